//! The kernel of the convolutions that keep channels apart, and of the pooled skips beside them.

use pulp::{Simd, WithSimd};

use super::multiply_add;
use super::pack::Depthwise;

/// One row of output pixels through a [`Depthwise`].
pub(super) struct DepthwiseRow<'a> {
    pub depthwise: &'a Depthwise,
    /// Output pixels.
    pub pixels: usize,
    /// The three rows of input around it, each from the first column that the first output reads.
    pub from: [&'a [f32]; 3],
    pub to: &'a mut [f32],
}

/// The next vector of each of three rows; ends the loop around it where there are none.
macro_rules! column {
    ($($row:ident),+) => {{
        let ($(Some(&$row),)+) = ($($row.next(),)+) else { break };
        [$($row),+]
    }};
}

impl WithSimd for DepthwiseRow<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        if self.depthwise.step < S::F32_LANES { self.narrow(simd) } else { self.wide(simd) }
    }
}

impl DepthwiseRow<'_> {
    /// Each vector is a part of one pixel: columns wander from right to left through the registers.
    #[inline(always)]
    fn wide<S: Simd>(self, simd: S) {
        let period = self.depthwise.period;
        let [above, level, below] = self.from.map(|row| S::as_simd_f32s(row).0);
        let to = S::as_mut_simd_f32s(self.to).0;
        let weights = S::as_simd_f32s(self.depthwise.weights.floats()).0.as_chunks::<9>().0;
        let bias = S::as_simd_f32s(self.depthwise.bias.floats()).0;
        for part in 0..period {
            let (weights, bias) = (weights[part], bias[part]);
            let mut above = above[part..].iter().step_by(period);
            let mut level = level[part..].iter().step_by(period);
            let mut below = below[part..].iter().step_by(period);
            let mut left = column!(above, level, below);
            let mut middle = column!(above, level, below);
            for to in to[part..].iter_mut().step_by(period).take(self.pixels) {
                let right = column!(above, level, below);
                *to = nine(simd, weights, bias, [left, middle, right]);
                (left, middle) = (middle, right);
                if self.depthwise.stride == 2 {
                    (left, middle) = (middle, column!(above, level, below));
                }
            }
        }
    }

    /// Each vector is two pixels: the middle column straddles two vectors.
    #[inline(always)]
    fn narrow<S: Simd>(self, simd: S) {
        let step = self.depthwise.step;
        let [mut above, mut level, mut below] = self.from.map(|row| S::as_simd_f32s(row).0.iter());
        let [mut above_half, mut level_half, mut below_half] =
            self.from.map(|row| S::as_simd_f32s(&row[step..]).0.iter());
        let weights = S::as_simd_f32s(self.depthwise.weights.floats()).0.as_chunks::<9>().0[0];
        let bias = S::as_simd_f32s(self.depthwise.bias.floats()).0[0];
        let to = S::as_mut_simd_f32s(self.to).0;
        // Once, since the loop serves one vector of weights.
        #[expect(clippy::never_loop, reason = "the columns end it early")]
        loop {
            let mut left = column!(above, level, below);
            for to in to.iter_mut().take(self.pixels * step / S::F32_LANES) {
                let middle = column!(above_half, level_half, below_half);
                let right = column!(above, level, below);
                *to = nine(simd, weights, bias, [left, middle, right]);
                left = right;
            }
            break;
        }
    }
}

/// Three columns (each from above) through nine weights (row by row).
#[inline(always)]
fn nine<S: Simd>(simd: S, weights: [S::f32s; 9], bias: S::f32s, columns: [[S::f32s; 3]; 3]) -> S::f32s {
    let [a, b, c, d, e, f, g, h, i] = weights;
    let [left, middle, right] = columns;
    // Three sums, since each waits for the one before it.
    let above = multiply_add(simd, a, left[0], multiply_add(simd, b, middle[0], simd.mul_f32s(c, right[0])));
    let level = multiply_add(simd, d, left[1], multiply_add(simd, e, middle[1], simd.mul_f32s(f, right[1])));
    let below = multiply_add(simd, g, left[2], multiply_add(simd, h, middle[2], multiply_add(simd, i, right[2], bias)));
    simd.add_f32s(simd.add_f32s(above, level), below)
}

/// One row of the largest of 2 × 2 pixels.
pub(super) struct PoolRow<'a> {
    /// Output pixels.
    pub pixels: usize,
    /// Floats from pixel to pixel of the input and of the output.
    pub steps: [usize; 2],
    /// Two rows of input.
    pub from: [&'a [f32]; 2],
    pub to: &'a mut [f32],
}

impl WithSimd for PoolRow<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let [from_step, to_step] = self.steps;
        let [above, below] = self.from.map(|row| row.chunks_exact(2 * from_step));
        for ((above, below), to) in above.zip(below).zip(self.to.chunks_exact_mut(to_step)).take(self.pixels) {
            let halves = |pair| {
                let (left, right) = <[f32]>::split_at(pair, from_step);
                (S::as_simd_f32s(left).0, S::as_simd_f32s(right).0)
            };
            let ((a, b), (c, d)) = (halves(above), halves(below));
            let to = S::as_mut_simd_f32s(to).0;
            for (((&a, &b), (&c, &d)), to) in a.iter().zip(b).zip(c.iter().zip(d)).zip(&mut *to) {
                *to = simd.max_f32s(simd.max_f32s(a, b), simd.max_f32s(c, d));
            }
            for to in to.iter_mut().skip(from_step / S::F32_LANES) {
                *to = simd.splat_f32s(0.0);
            }
        }
    }
}
