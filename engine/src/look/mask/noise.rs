use glam::{IVec2, Vec2};

use super::shape::Texture;

/// A number in 0–1 that is the same for the same cell on every machine (PCG, O'Neill 2014, as a hash).
pub(in crate::look) fn hash(cell: IVec2, seed: u32) -> f32 {
    let mut value = seed;
    for part in [cell.x, cell.y] {
        value = (value ^ part as u32).wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        value = ((value >> ((value >> 28) + 4)) ^ value).wrapping_mul(277_803_737);
        value ^= value >> 22;
    }
    (value >> 8) as f32 / (1 << 24) as f32
}

/// Smooth noise, 0 to 1, with cells of size 1; along x it repeats after `period` cells (0: never).
pub(in crate::look) fn noise(at: Vec2, period: i32, seed: u32) -> f32 {
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

impl Texture {
    /// What is left of a coat at a position, 0 to 1.
    pub fn kept(&self, position: Vec2) -> f32 {
        let turned = Vec2::new(position.dot(self.turn), position.perp_dot(self.turn));
        1.0 - self.amount * noise(turned / self.grain, 0, self.seed)
    }
}

/// Fibres round the centre of the chart: bright ones near 1.
pub(super) fn spokes(position: Vec2, count: u16, seed: u32) -> f32 {
    let radius = position.length();
    let turn = position.y.atan2(position.x) / std::f32::consts::TAU + 0.5;
    // Coarse and fine fibres, which break off along the radius now and then.
    let layer =
        |count: i32, length: f32, seed: u32| noise(Vec2::new(turn * count as f32, radius / length), count, seed);
    let count = i32::from(count);
    0.6 * layer(count, 0.5, seed) + 0.4 * layer(count.saturating_mul(2), 0.3, seed.wrapping_add(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn noise_is_bounded_and_spokes_close(x in -50f32..50.0, y in -50f32..50.0, seed: u32, radius in 0.01f32..2.0) {
            prop_assert!((0.0..=1.0).contains(&noise(Vec2::new(x, y), 0, seed)));
            let just = |side: f32| spokes(Vec2::new(-radius, side * radius * 1e-5), 40, seed);
            prop_assert!((just(1.0) - just(-1.0)).abs() < 0.01);
        }
    }
}
