//! Repeatable noise: the same number every time for the same place and seed.
//!
//! Value noise: random numbers at whole coordinates, between them a smooth step (Perlin 1985's interpolation).

use glam::Vec3;

/// Scrambles a number (the finaliser of MurmurHash3).
pub(crate) fn hash(mut value: u32) -> u32 {
    value = (value ^ (value >> 16)).wrapping_mul(0x85eb_ca6b);
    value = (value ^ (value >> 13)).wrapping_mul(0xc2b2_ae35);
    value ^ (value >> 16)
}

/// Evenly spread over 0–1.
pub(crate) fn uniform(value: u32) -> f32 {
    hash(value) as f32 / u32::MAX as f32
}

/// Smooth noise along a line, −1 to 1, one knot per unit.
pub(crate) fn line(at: f32, seed: u32) -> f32 {
    let knot = at.floor();
    let t = at - knot;
    let value = |step: i32| 2.0 * uniform((knot as i32 + step) as u32 ^ hash(seed)) - 1.0;
    let t = t * t * (3.0 - 2.0 * t);
    value(0) + (value(1) - value(0)) * t
}

/// Smooth noise in space, −1 to 1, one knot per unit.
pub(crate) fn space(at: Vec3, seed: u32) -> f32 {
    let knot = at.floor();
    let t = at - knot;
    let t = t * t * (3.0 - 2.0 * t);
    let [x, y, z] = knot.to_array().map(|v| v as i32 as u32);
    let mut sum = 0.0;
    for corner in 0..8u32 {
        let [dx, dy, dz] = [corner & 1, corner >> 1 & 1, corner >> 2];
        let part = |d: u32, t: f32| if d == 1 { t } else { 1.0 - t };
        let cell = hash(x.wrapping_add(dx) ^ hash(y.wrapping_add(dy) ^ hash(z.wrapping_add(dz) ^ seed)));
        sum += (2.0 * uniform(cell) - 1.0) * part(dx, t.x) * part(dy, t.y) * part(dz, t.z);
    }
    sum
}

/// Normally distributed, mean 0, standard deviation 1: the sum of four uniform numbers (central limit theorem). It has
/// no tails beyond ±3.5, which camera noise of a few steps does not need.
pub(crate) fn normal(seed: u32) -> f32 {
    let sum: f32 = (0..4).map(|part| uniform(seed.wrapping_mul(4).wrapping_add(part))).sum();
    (sum - 2.0) * 3.0f32.sqrt()
}
