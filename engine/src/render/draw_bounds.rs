//! Draw bounds: the part of the target that make-up may cover; the G-buffer covers just that.
//!
//! In: the worn rectangles of the frame, how the frame lands in the target. Out: the bounds in target pixels, the size
//! of a G-buffer for them, and the transform from the target's clip space to the G-buffer's.
//!
//! 1. Rectangles are transformed to the target, united, rounded outwards to pixels and clipped to the target.
//! 2. The G-buffer keeps its size while faces move a little, so that it is not reallocated for every frame.
//! 3. There is one texel per target pixel; if the bounds exceed the G-buffer's greatest size, texels are larger.

use glam::{UVec2, Vec2, Vec4};

use super::View;
use super::view::ScaleOffset;

/// A G-buffer grows in steps of this, so that a face coming nearer does not make a new one for every frame.
const STEP: u32 = 128;
/// Its longest side: what the smallest devices allow. A larger face is drawn coarser.
const SIDE_MAX: u32 = 2048;

/// A rectangle of the target, in whole pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DrawBounds {
    low_px: Vec2,
    size_px: Vec2,
    target_px: Vec2,
}

impl DrawBounds {
    /// Around rectangles in `frame_px`; `None` if nothing of them is inside the target.
    pub fn around(rects_px: impl Iterator<Item = Vec4>, frame_size_px: Vec2, view: &View) -> Option<Self> {
        let target_px = view.target_px();
        let target_from_frame = |position_px: Vec2| view.target_from_frame_px(frame_size_px, position_px);
        let (low, high) = rects_px.fold((Vec2::MAX, Vec2::MIN), |(low, high), rect| {
            let one = target_from_frame(Vec2::new(rect.x, rect.y));
            let two = target_from_frame(Vec2::new(rect.x + rect.z, rect.y + rect.w));
            (low.min(one).min(two), high.max(one).max(two))
        });
        let (low_px, high_px) = (low.floor().max(Vec2::ZERO), high.ceil().min(target_px));
        low_px.cmplt(high_px).all().then(|| Self { low_px, size_px: high_px - low_px, target_px })
    }

    /// Size of a G-buffer for these bounds: what `old` had while that is large enough and less than twice too large.
    pub fn gbuffer_size(&self, old: UVec2) -> UVec2 {
        let wanted = self.size_px.as_uvec2().map(|side| side.next_multiple_of(STEP));
        let fits = |side: u32, old: u32| if old >= side && old <= 2 * side + STEP { old } else { side };
        UVec2::new(fits(wanted.x, old.x), fits(wanted.y, old.y)).min(UVec2::splat(SIDE_MAX))
    }

    /// From the target's clip space to that of a G-buffer of `gbuffer_size` texels.
    pub fn gbuffer_from_clip(&self, gbuffer_size: UVec2) -> ScaleOffset {
        let texels_per_px = (gbuffer_size.as_vec2() / self.size_px).min(Vec2::ONE);
        let covered_px = gbuffer_size.as_vec2() / texels_per_px;
        // x: target pixel = (clip + 1) / 2 · target, G-buffer clip = (pixel − low) / covered · 2 − 1; y runs the other
        // way.
        let scale = self.target_px / covered_px;
        let offset = (self.target_px - 2.0 * self.low_px) / covered_px - 1.0;
        ScaleOffset { scale, offset: offset * Vec2::new(1.0, -1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::ContentFit;

    #[test]
    fn a_target_pixel_falls_on_its_texel() {
        let view = View { fit: ContentFit::Cover, mirrored: true, ..View::same_size(1080, 1920) };
        let frame = Vec2::new(1280.0, 720.0);
        let bounds = DrawBounds::around([Vec4::new(500.0, 200.0, 200.0, 300.0)].into_iter(), frame, &view).unwrap();
        let size = bounds.gbuffer_size(UVec2::ZERO);
        let ScaleOffset { scale, offset } = bounds.gbuffer_from_clip(size);
        let texel_of = |target_px: Vec2| {
            let clip = target_px / bounds.target_px * Vec2::new(2.0, -2.0) + Vec2::new(-1.0, 1.0);
            let in_gbuffer = clip * scale + offset;
            (in_gbuffer * Vec2::new(0.5, -0.5) + 0.5) * size.as_vec2()
        };
        for at in [Vec2::new(0.5, 0.5), Vec2::new(100.5, 31.5)] {
            assert!(texel_of(bounds.low_px + at).abs_diff_eq(at, 1e-2), "{}", texel_of(bounds.low_px + at));
        }
    }

    #[test]
    fn a_gbuffer_stays_while_faces_move_and_shrinks_when_they_leave() {
        let bounds =
            |side: f32| DrawBounds { low_px: Vec2::ZERO, size_px: Vec2::splat(side), target_px: Vec2::splat(4000.0) };
        let size = bounds(500.0).gbuffer_size(UVec2::ZERO);
        assert_eq!(size, UVec2::splat(512));
        assert_eq!(bounds(400.0).gbuffer_size(size), size);
        assert_eq!(bounds(100.0).gbuffer_size(size), UVec2::splat(128));
        assert_eq!(bounds(3000.0).gbuffer_size(size), UVec2::splat(2048));
    }

    #[test]
    fn nothing_in_sight_has_no_bounds() {
        let view = View::same_size(640, 480);
        let beyond = [Vec4::new(700.0, 10.0, 50.0, 50.0)];
        assert_eq!(DrawBounds::around(beyond.into_iter(), Vec2::new(640.0, 480.0), &view), None);
    }
}
