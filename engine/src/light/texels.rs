//! The texels of a face's skin map: their number, and weighted means of colours in them.

use glam::{Vec2, Vec3, Vec4, Vec4Swizzles};

/// Side of the square map of a face's skin, in texels.
pub(super) const SKIN_MAP_SIDE: usize = 64;
/// Texels of that map, rows from the top.
pub(super) const SKIN_TEXELS: usize = SKIN_MAP_SIDE * SKIN_MAP_SIDE;

/// The mean colour of a premultiplied texel (colour · weight, weight).
pub(super) fn colour(texel: Vec4) -> Vec3 {
    texel.xyz() / texel.w.max(1e-9)
}

/// Column and row of a texel on a map of `side`².
#[inline]
pub(super) fn corner(index: usize, side: usize) -> Vec2 {
    Vec2::new((index % side) as f32, (index / side) as f32)
}
