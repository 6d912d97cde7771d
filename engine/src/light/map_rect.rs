//! Where a small square map lies in the frame: a rectangle around landmarks, and its texels.

use glam::{Vec2, Vec4};

/// The smallest rectangle around points, in `frame_px`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub low: Vec2,
    pub high: Vec2,
}

impl Bounds {
    pub fn of(points: impl Iterator<Item = Vec2>) -> Self {
        let empty = Self { low: Vec2::MAX, high: Vec2::MIN };
        points.fold(empty, |bounds, point| Self { low: bounds.low.min(point), high: bounds.high.max(point) })
    }

    pub fn size(self) -> Vec2 {
        self.high - self.low
    }
}

/// A rectangle that a map covers, in `frame_px`.
#[derive(Clone, Copy, Debug)]
pub(super) struct MapRect {
    pub origin: Vec2,
    /// Width and height of a texel.
    pub texel: Vec2,
    size: Vec2,
}

impl MapRect {
    /// A map of `side`² texels around `bounds`, each side of which counts as no less than `least_px` and gets `margin`
    /// of its length more at both ends.
    pub fn around(bounds: Bounds, least_px: f32, margin: f32, side: usize) -> Self {
        let size = bounds.size().max(Vec2::splat(least_px));
        let (origin, size) = (bounds.low - size * margin, size * (1.0 + 2.0 * margin));
        Self { origin, texel: size / side as f32, size }
    }

    /// Min x, min y, width, height.
    pub fn to_vec4(self) -> Vec4 {
        Vec4::new(self.origin.x, self.origin.y, self.size.x, self.size.y)
    }

    /// The frame's place of a place on the map, in texels from its upper left corner.
    #[inline]
    pub fn place_px(self, on_map: Vec2) -> Vec2 {
        self.origin + on_map * self.texel
    }
}
