//! How the frame is placed in the target: fitted, cropped, mirrored, with make-up in a part of it.
//!
//! In: sizes of frame and target, [`View`]. Out: transforms between frame uv, clip space and target pixels, and the
//! parts of the frame that are shown and worn.
//!
//! 1. The crop (else the whole frame) is scaled evenly until it covers or fits into the target, centred.
//! 2. A mirrored view swaps left and right of clip space.
//! 3. The worn span of the target is transformed to the frame, with its ends between pixels.

use glam::{Vec2, Vec4};

/// How the frame is placed in the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Target width in pixels.
    pub target_width: u32,
    /// Target height in pixels.
    pub target_height: u32,
    /// How the frame fills the target.
    pub fit: ContentFit,
    /// Left and right swapped, as in a mirror.
    pub mirrored: bool,
    /// The part of the frame that is shown in place of the whole; `None`: all of it. One without area counts as `None`.
    pub crop_px: Option<CropPx>,
    /// Where the make-up is drawn, as in a wipe between before and after; `None`: everywhere.
    pub worn: Option<WornSpan>,
}

/// A rectangle of the frame by its edges in `frame_px`: the whole frame is (−½, −½) to (width − ½, height − ½). Parts
/// outside the frame are left as the pass cleared them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CropPx {
    /// Left and upper edge.
    pub min: Vec2,
    /// Right and lower edge.
    pub max: Vec2,
}

/// A part of the target's width, 0 its left edge to 1 its right one, mirrored or not, to the nearest pixel. The rest
/// shows the bare picture, bit for bit; so does all of it if `from` is not less than `to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WornSpan {
    /// Where the make-up begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

/// How a frame fills a target of another shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentFit {
    /// Covers the whole target; what exceeds it is cropped.
    Cover,
    /// Shows the whole frame; the rest is left as the pass cleared it.
    Contain,
}

/// A transform of the plane along its axes: position · scale + offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ScaleOffset {
    pub scale: Vec2,
    pub offset: Vec2,
}

impl ScaleOffset {
    pub const IDENTITY: Self = Self { scale: Vec2::ONE, offset: Vec2::ZERO };
}

impl View {
    /// All of the frame, pixel for pixel, worn everywhere. Also what other views are made from:
    /// `View { mirrored: true, ..View::same_size(width, height) }`.
    pub fn same_size(width: u32, height: u32) -> Self {
        Self {
            target_width: width,
            target_height: height,
            fit: ContentFit::Contain,
            mirrored: false,
            crop_px: None,
            worn: None,
        }
    }

    /// Where a place of the frame is shown, in pixels from the target's upper left corner: the target's first pixel
    /// reaches from 0 to 1. Outside the target if the place is not shown. `frame_size_px`: the upright frame's.
    pub fn target_from_frame_px(&self, frame_size_px: Vec2, position_px: Vec2) -> Vec2 {
        let ScaleOffset { scale, offset } = self.clip_from_uv(frame_size_px);
        let clip = (position_px + 0.5) / frame_size_px * scale + offset;
        (clip * Vec2::new(0.5, -0.5) + 0.5) * self.target_px()
    }

    pub(super) fn target_px(&self) -> Vec2 {
        Vec2::new(self.target_width.max(1) as f32, self.target_height.max(1) as f32)
    }

    /// How many pixels of the target one of the frame covers.
    pub(super) fn px_per_frame_px(&self, frame_size_px: Vec2) -> f32 {
        self.clip_from_uv(frame_size_px).scale.y.abs() * 0.5 * self.target_height as f32 / frame_size_px.y
    }

    /// Takes frame uv (0–1, y down) to clip space (−1–1, y up).
    pub(super) fn clip_from_uv(&self, frame_size_px: Vec2) -> ScaleOffset {
        let target = self.target_px();
        let (low, high) = self.part_uv(frame_size_px);
        let ratio = target / (frame_size_px * (high - low));
        let zoom = match self.fit {
            ContentFit::Cover => ratio.max_element(),
            ContentFit::Contain => ratio.min_element(),
        };
        let covered = frame_size_px * zoom / target;
        let side = if self.mirrored { -1.0 } else { 1.0 };
        let scale = Vec2::new(2.0 * side, -2.0) * covered;
        ScaleOffset { scale, offset: scale * (-0.5 * (low + high)) }
    }

    /// Smallest and largest uv of the frame that are shown.
    pub(super) fn shown_uv(&self, frame_size_px: Vec2) -> Vec4 {
        let (low, high) = self.part_uv(frame_size_px);
        let (low, high) = (low.clamp(Vec2::ZERO, Vec2::ONE), high.clamp(Vec2::ZERO, Vec2::ONE));
        Vec4::new(low.x, low.y, high.x, high.y)
    }

    /// Smallest and largest uv of the frame where make-up is drawn. The ends lie between pixels: through pixel centres
    /// the edge would be ragged.
    pub(super) fn worn_uv(&self, frame_size_px: Vec2) -> Vec4 {
        const NOWHERE: Vec4 = Vec4::new(1.0, 1.0, 0.0, 0.0);
        let shown = self.shown_uv(frame_size_px);
        let Some(WornSpan { from, to }) = self.worn else { return shown };
        let width = self.target_px().x;
        let [from, to] = [from, to].map(|across| (across * width).round() / width);
        if from.is_nan() || to.is_nan() || from >= to {
            return NOWHERE;
        }
        let ScaleOffset { scale, offset } = self.clip_from_uv(frame_size_px);
        let [one, other] = [from, to].map(|across| (across * 2.0 - 1.0 - offset.x) / scale.x);
        Vec4::new(shown.x.max(one.min(other)), shown.y, shown.z.min(one.max(other)), shown.w)
    }

    /// The part of the frame that is fitted into the target, in uv; may reach beyond 0–1.
    fn part_uv(&self, frame_size_px: Vec2) -> (Vec2, Vec2) {
        let has_area = |crop: &CropPx| crop.max.is_finite() && crop.min.is_finite() && crop.min.cmplt(crop.max).all();
        match self.crop_px.filter(has_area) {
            Some(CropPx { min, max }) => ((min + 0.5) / frame_size_px, (max + 0.5) / frame_size_px),
            None => (Vec2::ZERO, Vec2::ONE),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn corners(view: View) -> (Vec2, Vec2) {
        let ScaleOffset { scale, offset } = view.clip_from_uv(Vec2::new(640.0, 480.0));
        (offset, scale + offset)
    }

    #[test]
    fn the_same_size_fills_the_target_exactly() {
        assert_eq!(corners(View::same_size(640, 480)), (Vec2::new(-1.0, 1.0), Vec2::new(1.0, -1.0)));
    }

    #[test]
    fn cover_cuts_contain_leaves_bars_and_a_mirror_swaps_sides() {
        let wide = View { fit: ContentFit::Cover, mirrored: true, ..View::same_size(960, 480) };
        assert_eq!(corners(wide), (Vec2::new(1.0, 1.5), Vec2::new(-1.0, -1.5)));
        let bars = View { fit: ContentFit::Contain, mirrored: false, ..wide };
        let (low, _) = corners(bars);
        assert!(low.abs_diff_eq(Vec2::new(-2.0 / 3.0, 1.0), 1e-6), "{low}");
    }

    #[test]
    fn a_crop_takes_the_place_of_the_frame() {
        let frame = Vec2::new(640.0, 480.0);
        let crop = CropPx { min: Vec2::new(99.5, 49.5), max: Vec2::new(419.5, 289.5) };
        let view = View { crop_px: Some(crop), ..View::same_size(640, 480) };
        let at = |view: View, x: f32, y: f32| view.target_from_frame_px(frame, Vec2::new(x, y));
        assert!(at(view, 99.5, 49.5).abs_diff_eq(Vec2::ZERO, 1e-3));
        assert!(at(view, 419.5, 289.5).abs_diff_eq(frame, 1e-3));
        assert!(at(View { mirrored: true, ..view }, 419.5, 289.5).abs_diff_eq(Vec2::new(0.0, 480.0), 1e-3));
        let shown = view.shown_uv(frame);
        assert!(shown.abs_diff_eq(Vec4::new(100.0, 50.0, 420.0, 290.0) / Vec4::new(640.0, 480.0, 640.0, 480.0), 1e-6));
    }

    #[test]
    fn without_area_a_crop_is_none_and_beyond_the_frame_it_shows_nothing() {
        let whole = View::same_size(64, 48);
        let frame = Vec2::new(64.0, 48.0);
        for max in [Vec2::ZERO, Vec2::new(10.0, 0.0), Vec2::NAN, Vec2::INFINITY] {
            let view = View { crop_px: Some(CropPx { min: Vec2::ZERO, max }), ..whole };
            assert_eq!(view.clip_from_uv(frame), whole.clip_from_uv(frame), "{max}");
        }
        let all = View { crop_px: Some(CropPx { min: Vec2::splat(-0.5), max: frame - 0.5 }), ..whole };
        assert_eq!((all.clip_from_uv(frame), all.shown_uv(frame)), (whole.clip_from_uv(frame), whole.shown_uv(frame)));
        let aside = View { crop_px: Some(CropPx { min: Vec2::splat(90.0), max: Vec2::splat(99.0) }), ..whole };
        assert_eq!(aside.shown_uv(frame), Vec4::ONE);
    }

    proptest! {
        #[test]
        fn places_lie_where_fit_and_mirror_put_them(
            x in 0f32..640.0, y in 0f32..480.0, width in 1u32..2000, height in 1u32..2000, mirrored in any::<bool>(),
        ) {
            let frame = Vec2::new(640.0, 480.0);
            let at = Vec2::new(x, y);
            for fit in [ContentFit::Cover, ContentFit::Contain] {
                let view = View { fit, mirrored, ..View::same_size(width, height) };
                let target = Vec2::new(width as f32, height as f32);
                // The middle stays the middle; all else lies around it, scaled.
                let from_middle = (at + 0.5 - frame * 0.5) * view.px_per_frame_px(frame);
                let turned = if mirrored { from_middle * Vec2::new(-1.0, 1.0) } else { from_middle };
                let expected = target * 0.5 + turned;
                prop_assert!(view.target_from_frame_px(frame, at).abs_diff_eq(expected, 0.02), "{expected}");
            }
        }
    }
}
