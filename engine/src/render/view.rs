use glam::Vec2;

/// Where the frame lands in the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Target width in pixels.
    pub target_width: u32,
    /// Target height in pixels.
    pub target_height: u32,
    /// How the frame fills the target.
    pub fit: Fit,
    /// Left and right swapped, as in a mirror.
    pub mirrored: bool,
}

/// How a frame fills a target of another shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// All of the target covered; what sticks out of the frame is cut.
    Cover,
    /// All of the frame shown; the rest is left as the pass cleared it.
    Contain,
}

impl View {
    /// The frame pixel for pixel.
    pub fn same_size(width: u32, height: u32) -> Self {
        Self { target_width: width, target_height: height, fit: Fit::Contain, mirrored: false }
    }

    /// How many pixels of the target one of the frame covers.
    pub(super) fn px_per_frame_px(&self, frame_size_px: Vec2) -> f32 {
        let (scale, _) = self.clip_from_uv(frame_size_px);
        scale.y.abs() * 0.5 * self.target_height as f32 / frame_size_px.y
    }

    /// Scale and offset that take frame uv (0–1, y down) to clip space (−1–1, y up).
    pub(super) fn clip_from_uv(&self, frame_size_px: Vec2) -> (Vec2, Vec2) {
        let target = Vec2::new(self.target_width.max(1) as f32, self.target_height.max(1) as f32);
        let ratio = target / frame_size_px;
        let scale = match self.fit {
            Fit::Cover => ratio.max_element(),
            Fit::Contain => ratio.min_element(),
        };
        let covered = frame_size_px * scale / target;
        let side = if self.mirrored { -1.0 } else { 1.0 };
        let clip_scale = Vec2::new(2.0 * side, -2.0) * covered;
        (clip_scale, clip_scale * -0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corners(view: View) -> (Vec2, Vec2) {
        let (scale, offset) = view.clip_from_uv(Vec2::new(640.0, 480.0));
        (offset, scale + offset)
    }

    #[test]
    fn the_same_size_fills_the_target_exactly() {
        assert_eq!(corners(View::same_size(640, 480)), (Vec2::new(-1.0, 1.0), Vec2::new(1.0, -1.0)));
    }

    #[test]
    fn cover_cuts_contain_leaves_bars_and_a_mirror_swaps_sides() {
        let wide = View { target_width: 960, target_height: 480, fit: Fit::Cover, mirrored: true };
        assert_eq!(corners(wide), (Vec2::new(1.0, 1.5), Vec2::new(-1.0, -1.5)));
        let bars = View { fit: Fit::Contain, mirrored: false, ..wide };
        let (low, _) = corners(bars);
        assert!(low.abs_diff_eq(Vec2::new(-2.0 / 3.0, 1.0), 1e-6), "{low}");
    }
}
