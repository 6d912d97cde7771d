//! Means of what is known on a square map, and guesses where nothing is. Texels are premultiplied: value · weight, weight.

use glam::{Vec4, Vec4Swizzles};

use super::skin_map::SIDE;

/// How far a blur reaches, in texels.
const FAR: usize = 24;

/// Gaussian over a map of 64² texels; `reach` is its standard deviation in texels along x and y.
pub(super) fn blur(map: &mut [Vec4; SIDE * SIDE], reach: [f32; 2]) {
    for (reach, along, across) in [(reach[0], 1, SIDE), (reach[1], SIDE, 1)] {
        let mut weights = [0.0f32; FAR + 1];
        let far = ((reach * 2.7).ceil() as usize).clamp(1, FAR);
        for (distance, weight) in weights.iter_mut().take(far + 1).enumerate() {
            *weight = (-0.5 * (distance as f32 / reach.max(0.3)).powi(2)).exp();
        }
        let total = weights[0] + 2.0 * weights[1..].iter().sum::<f32>();
        weights.iter_mut().for_each(|weight| *weight /= total);
        for line in 0..SIDE {
            // Beyond the border lies nothing: zeros there spare the inner loop every check.
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

/// Texels of a map of `side`² and all its halvings down to one texel.
pub(super) const fn pyramid_len(side: usize) -> usize {
    if side == 1 { 1 } else { side * side + pyramid_len(side / 2) }
}

/// Push-pull (Gortler et al. 1996): makes every texel known. The first `side`² entries of `pyramid` are the map; where its
/// weight is below 1, what is known farther and farther away takes over. All weights are 1 afterwards, or 0 if nothing
/// was known at all.
pub(super) fn push_pull(pyramid: &mut [Vec4], side: usize) {
    let (mut start, mut side_now) = (0, side);
    while side_now > 1 {
        let (fine, coarse) = pyramid[start..].split_at_mut(side_now * side_now);
        let half = side_now / 2;
        for (row, texels) in coarse.chunks_exact_mut(half).take(half).enumerate() {
            for (column, to) in texels.iter_mut().enumerate() {
                let at = 2 * row * side_now + 2 * column;
                let sum = fine[at] + fine[at + 1] + fine[at + side_now] + fine[at + side_now + 1];
                // One good texel of four is enough to speak for all.
                *to = if sum.w > 1.0 { sum / sum.w } else { sum };
            }
        }
        start += side_now * side_now;
        side_now = half;
    }
    if pyramid[start].w > 0.0 {
        pyramid[start] /= pyramid[start].w;
    }
    while side_now < side {
        let half = side_now;
        side_now *= 2;
        start -= side_now * side_now;
        let (fine, coarse) = pyramid[start..].split_at_mut(side_now * side_now);
        for (index, texel) in fine.iter_mut().enumerate() {
            let missing = 1.0 - texel.w;
            if missing > 1e-4 {
                *texel += bilinear(coarse, half, index % side_now, index / side_now) * missing;
            }
        }
    }
}

/// The coarser map at a fine texel's centre.
fn bilinear(coarse: &[Vec4], half: usize, column: usize, row: usize) -> Vec4 {
    let step = |fine: usize| {
        let near = fine / 2;
        let far = if fine % 2 == 1 { (near + 1).min(half - 1) } else { near.saturating_sub(1) };
        (near, far)
    };
    let ((x, far_x), (y, far_y)) = (step(column), step(row));
    let at = |x: usize, y: usize| coarse[y * half + x];
    (at(x, y) * 0.75 + at(far_x, y) * 0.25) * 0.75 + (at(x, far_y) * 0.75 + at(far_x, far_y) * 0.25) * 0.25
}

/// Colour of a premultiplied texel.
pub(super) fn colour(texel: Vec4) -> glam::Vec3 {
    texel.xyz() / texel.w.max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_known_texel_fills_the_map() {
        let mut pyramid = [Vec4::ZERO; pyramid_len(SIDE)];
        pyramid[37] = Vec4::new(0.4, 0.3, 0.2, 1.0);
        push_pull(&mut pyramid, SIDE);
        assert!(pyramid[..SIDE * SIDE].iter().all(|t| t.abs_diff_eq(Vec4::new(0.4, 0.3, 0.2, 1.0), 1e-4)));
    }

    #[test]
    fn what_is_known_stays_and_the_rest_lies_between() {
        let mut pyramid = [Vec4::ZERO; pyramid_len(SIDE)];
        for row in 0..SIDE {
            pyramid[row * SIDE] = Vec4::new(0.2, 0.2, 0.2, 1.0);
            pyramid[row * SIDE + SIDE - 1] = Vec4::new(0.8, 0.8, 0.8, 1.0);
        }
        push_pull(&mut pyramid, SIDE);
        assert_eq!((pyramid[0].x, pyramid[SIDE - 1].x), (0.2, 0.8));
        assert!(pyramid[..SIDE * SIDE].iter().all(|t| (0.199..0.801).contains(&t.x) && (t.w - 1.0).abs() < 1e-4));
        push_pull(&mut [Vec4::ZERO; pyramid_len(SIDE)], SIDE);
    }

    #[test]
    fn a_blur_keeps_what_is_even() {
        let mut map = [Vec4::ONE; SIDE * SIDE];
        blur(&mut map, [2.0, 3.0]);
        assert!(map.iter().all(|&texel| colour(texel).abs_diff_eq(glam::Vec3::ONE, 1e-5)));
        assert!(map[20 * SIDE + 20].w > 0.98 && map[0].w < 0.5);
    }
}
