//! Charts: small flat coordinate systems glued to a face, and their tiles in the film atlas.

use glam::{UVec2, Vec2};

/// Width and height of the film atlas in texels.
pub const ATLAS_SIZE: UVec2 = UVec2::new(1024, 512);

/// A flat coordinate system on the face, in which masks are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Chart {
    /// Canonical u and v; 0, 0 is the upper corner on the person's right.
    Face,
    /// x: 0 the right corner of the mouth to 1 the left one. y: 1 the upper lip's outer edge, 0 the opening, −1 the
    /// lower lip's outer edge.
    Lips,
    /// In eye widths. x: 0 the inner corner, 1 the outer one. y: distance from the lash line, positive above the upper
    /// lid and negative below the lower one; the eye's opening has no height.
    Eyes,
    /// x: 0 the brow's inner end to 1 its tail. y: 0 its lower edge, 1 its upper one.
    Brows,
    /// In radii of the iris from its centre, y up.
    Iris,
    /// One film for all lashes.
    Lashes,
}

impl Chart {
    /// Every chart.
    pub const ALL: [Self; 6] = [Self::Face, Self::Lips, Self::Eyes, Self::Brows, Self::Iris, Self::Lashes];

    /// Number that the shaders know it by.
    pub fn shader_id(self) -> u32 {
        self as u32
    }

    /// Smallest and largest position that the chart's tile shows, in the chart's units.
    pub fn bounds(self) -> (Vec2, Vec2) {
        match self {
            Self::Face | Self::Lashes => (Vec2::ZERO, Vec2::ONE),
            Self::Lips => (Vec2::new(0.0, -1.0), Vec2::ONE),
            Self::Eyes => (Vec2::new(-0.25, -0.5), Vec2::new(1.75, 0.5)),
            Self::Brows => (Vec2::new(-0.1, -0.5), Vec2::new(1.1, 1.5)),
            Self::Iris => (Vec2::splat(-1.25), Vec2::splat(1.25)),
        }
    }

    /// Whether y grows upwards: then the tile's first row shows the largest y.
    pub fn is_y_up(self) -> bool {
        !matches!(self, Self::Face | Self::Lashes)
    }

    /// First texel and size of the chart's tile in the film atlas.
    pub fn tile(self) -> (UVec2, UVec2) {
        let (x, y, width, height) = match self {
            Self::Face => (0, 0, 512, 512),
            Self::Eyes => (512, 0, 512, 256),
            Self::Lips => (512, 256, 256, 256),
            Self::Brows => (768, 256, 256, 128),
            Self::Iris => (768, 384, 128, 128),
            Self::Lashes => (896, 384, 16, 16),
        };
        (UVec2::new(x, y), UVec2::new(width, height))
    }

    /// Position in the tile, 0–1 from its first row and column, of a position in the chart's units.
    pub fn tile_uv(self, position: Vec2) -> Vec2 {
        let (low, high) = self.bounds();
        let uv = (position - low) / (high - low);
        if self.is_y_up() { Vec2::new(uv.x, 1.0 - uv.y) } else { uv }
    }

    /// Inverse of [`tile_uv`](Self::tile_uv).
    pub fn position(self, tile_uv: Vec2) -> Vec2 {
        let (low, high) = self.bounds();
        let uv = if self.is_y_up() { Vec2::new(tile_uv.x, 1.0 - tile_uv.y) } else { tile_uv };
        low + uv * (high - low)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tiles_lie_in_the_atlas_and_apart() {
        for (i, one) in Chart::ALL.into_iter().enumerate() {
            let (low, size) = one.tile();
            assert!((low + size).cmple(ATLAS_SIZE).all());
            for other in &Chart::ALL[i + 1..] {
                let (other_low, other_size) = other.tile();
                let apart = (low + size).cmple(other_low).any() || (other_low + other_size).cmple(low).any();
                assert!(apart, "{one:?} {other:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn positions_round_trip(x in 0f32..1.0, y in 0f32..1.0) {
            for chart in Chart::ALL {
                let uv = Vec2::new(x, y);
                prop_assert!(chart.tile_uv(chart.position(uv)).abs_diff_eq(uv, 1e-5));
            }
        }
    }
}
