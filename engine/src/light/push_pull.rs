//! Fills the gaps of a map from the known texels around them: push-pull (Gortler et al. 1996).
//!
//! In: a square map of premultiplied texels (colour · weight, weight), weight 0 where nothing is known, 1 where all is.
//! Out: the same with every texel known.
//! 1. Pull: halve the map again and again; a coarse texel is the weighted mean of its four.
//! 2. Push: from the coarsest level down, a texel of weight w < 1 gets 1 − w of the coarser level, bilinearly.

use glam::Vec4;

/// Texels of a map of `side`² and all its halvings down to one texel.
pub(super) const fn pyramid_len(side: usize) -> usize {
    if side == 1 { 1 } else { side * side + pyramid_len(side / 2) }
}

/// Makes every texel known. The first `side`² entries of `pyramid` are the map. All weights are 1 afterwards, or 0 if
/// nothing was known at all.
pub(super) fn push_pull(pyramid: &mut [Vec4], side: usize) {
    let (mut start, mut side_now) = (0, side);
    while side_now > 1 {
        let (fine, coarse) = pyramid[start..].split_at_mut(side_now * side_now);
        let half = side_now / 2;
        for (row, texels) in coarse.chunks_exact_mut(half).take(half).enumerate() {
            for (column, to) in texels.iter_mut().enumerate() {
                let at = 2 * row * side_now + 2 * column;
                let sum = fine[at] + fine[at + 1] + fine[at + side_now] + fine[at + side_now + 1];
                // One fully known texel of four is enough for a fully known mean.
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

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 64;

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
}
