//! Patterns within a mask: grain that thins a shape, and the fibres of a lens.
//!
//! In: a position in the chart. Out: 0 to 1. Both are value noise (`noise`), stretched along the grain's direction, or
//! laid round the chart's centre so that it repeats after one turn.

use glam::Vec2;

use super::shape::Texture;
use crate::noise::noise;

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
        fn spokes_close(seed: u32, radius in 0.01f32..2.0) {
            let just = |side: f32| spokes(Vec2::new(-radius, side * radius * 1e-5), 40, seed);
            prop_assert!((just(1.0) - just(-1.0)).abs() < 0.01);
        }
    }
}
