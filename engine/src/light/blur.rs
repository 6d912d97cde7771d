//! A Gaussian blur of the skin map, separable: once along the rows, once along the columns.
//!
//! The map holds premultiplied texels (colour · weight, weight), so a blurred texel is a weighted mean of the known
//! texels around it. Beyond the border the weight is 0.

use glam::Vec4;

use super::texels::{SKIN_MAP_SIDE as SIDE, SKIN_TEXELS};

/// How far a blur reaches, in texels at most and in standard deviations.
const FAR: usize = 24;
const FAR_SIGMAS: f32 = 2.7;
/// A narrower one changes nothing.
const SIGMA_MIN: f32 = 0.3;

/// Blurs in place; `sigma` is the standard deviation in texels along x and y.
pub(super) fn blur(map: &mut [Vec4; SKIN_TEXELS], sigma: [f32; 2]) {
    for (sigma, along, across) in [(sigma[0], 1, SIDE), (sigma[1], SIDE, 1)] {
        let mut weights = [0.0f32; FAR + 1];
        let far = ((sigma * FAR_SIGMAS).ceil() as usize).clamp(1, FAR);
        for (distance, weight) in weights.iter_mut().take(far + 1).enumerate() {
            *weight = (-0.5 * (distance as f32 / sigma.max(SIGMA_MIN)).powi(2)).exp();
        }
        let total = weights[0] + 2.0 * weights[1..].iter().sum::<f32>();
        weights.iter_mut().for_each(|weight| *weight /= total);
        for line in 0..SIDE {
            // Zeros beyond the border spare the inner loop every check.
            let mut values = [Vec4::ZERO; SIDE + 2 * FAR];
            for (i, value) in values[FAR..FAR + SIDE].iter_mut().enumerate() {
                *value = map[line * across + i * along];
            }
            for i in 0..SIDE {
                let (before, after) = (&values[i + FAR - far..i + FAR], &values[i + FAR + 1..i + FAR + 1 + far]);
                let pairs = before.iter().rev().zip(after).zip(&weights[1..=far]);
                let sides: Vec4 = pairs.map(|((&before, &after), &weight)| (before + after) * weight).sum();
                map[line * across + i * along] = sides + values[i + FAR] * weights[0];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::super::texels::colour;
    use super::*;

    #[test]
    fn a_blur_keeps_what_is_even() {
        let mut map = [Vec4::ONE; SKIN_TEXELS];
        blur(&mut map, [2.0, 3.0]);
        assert!(map.iter().all(|&texel| colour(texel).abs_diff_eq(Vec3::ONE, 1e-5)));
        assert!(map[20 * SIDE + 20].w > 0.98 && map[0].w < 0.5);
    }
}
