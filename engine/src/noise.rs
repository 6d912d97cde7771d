//! Repeatable noise for masks and swatches: the same number on every machine for the same place and seed.
//!
//! Value noise: hashed numbers (PCG; O'Neill 2014) at whole coordinates, between them a cubic step.

use glam::{IVec2, Vec2};

/// A number in 0–1 that is the same for the same cell on every machine.
pub(crate) fn hash(cell: IVec2, seed: u32) -> f32 {
    let mut value = seed;
    for part in [cell.x, cell.y] {
        value = (value ^ part as u32).wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        value = ((value >> ((value >> 28) + 4)) ^ value).wrapping_mul(277_803_737);
        value ^= value >> 22;
    }
    (value >> 8) as f32 / (1 << 24) as f32
}

/// Smooth noise, 0 to 1, with cells of size 1; along x it repeats after `period` cells (0: never).
pub(crate) fn noise(at: Vec2, period: i32, seed: u32) -> f32 {
    let cell = at.floor();
    let t = at - cell;
    let t = t * t * (3.0 - 2.0 * t);
    let cell = cell.as_ivec2();
    let corner = |x: i32, y: i32| {
        let x = cell.x.saturating_add(x);
        let x = if period > 0 { x.rem_euclid(period) } else { x };
        hash(IVec2::new(x, cell.y.saturating_add(y)), seed)
    };
    let top = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * t.x;
    let bottom = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * t.x;
    top + (bottom - top) * t.y
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn noise_is_bounded(x in -50f32..50.0, y in -50f32..50.0, seed: u32) {
            prop_assert!((0.0..=1.0).contains(&noise(Vec2::new(x, y), 0, seed)));
        }
    }
}
