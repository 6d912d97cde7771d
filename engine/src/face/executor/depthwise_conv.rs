//! The kernel of 3 × 3 depthwise convolutions, and of the 2 × 2 max-pooling of the skips beside them.
//!
//! In: packed taps and three rows of input. Out: one row of output.
//!
//! 1. A 3 × 3 window of vectors slides from left to right over the three rows: each step loads one new column, and the
//!    other two stay in registers.
//! 2. The window's nine products are summed in three independent chains, so that they overlap in the pipeline.
//!
//! Where a pixel is half a vector wide, each vector holds two pixels, and the middle column straddles two vectors.

use pulp::{Simd, WithSimd};

use super::instruction_set::multiply_add;
use super::pack::PackedDepthwise;

/// One row of output pixels through a [`PackedDepthwise`].
pub(super) struct DepthwiseRow<'a> {
    pub depthwise: &'a PackedDepthwise,
    /// Output pixels.
    pub pixels: usize,
    /// The three rows of input around it, each from the first column that the first output reads.
    pub src: [&'a [f32]; 3],
    pub dst: &'a mut [f32],
}

/// The next vector of each of the three rows; breaks the enclosing loop at the end of a row.
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
        if self.depthwise.pixel_stride < S::F32_LANES { self.narrow(simd) } else { self.wide(simd) }
    }
}

impl DepthwiseRow<'_> {
    /// Each vector is a part of one pixel.
    #[inline(always)]
    fn wide<S: Simd>(self, simd: S) {
        let period = self.depthwise.period;
        let [above, level, below] = self.src.map(|row| S::as_simd_f32s(row).0);
        let to = S::as_mut_simd_f32s(self.dst).0;
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
                *to = convolve_window(simd, weights, bias, [left, middle, right]);
                (left, middle) = (middle, right);
                if self.depthwise.stride == 2 {
                    (left, middle) = (middle, column!(above, level, below));
                }
            }
        }
    }

    /// Each vector is two pixels.
    #[inline(always)]
    fn narrow<S: Simd>(self, simd: S) {
        let pixel_stride = self.depthwise.pixel_stride;
        let [mut above, mut level, mut below] = self.src.map(|row| S::as_simd_f32s(row).0.iter());
        let [mut above_half, mut level_half, mut below_half] =
            self.src.map(|row| S::as_simd_f32s(&row[pixel_stride..]).0.iter());
        let weights = S::as_simd_f32s(self.depthwise.weights.floats()).0.as_chunks::<9>().0[0];
        let bias = S::as_simd_f32s(self.depthwise.bias.floats()).0[0];
        let to = S::as_mut_simd_f32s(self.dst).0;
        // Runs once: the macro needs a loop to break.
        #[expect(clippy::never_loop, reason = "the columns end it early")]
        loop {
            let mut left = column!(above, level, below);
            for to in to.iter_mut().take(self.pixels * pixel_stride / S::F32_LANES) {
                let middle = column!(above_half, level_half, below_half);
                let right = column!(above, level, below);
                *to = convolve_window(simd, weights, bias, [left, middle, right]);
                left = right;
            }
            break;
        }
    }
}

/// A 3 × 3 window, as columns from top to bottom, through nine taps, row by row.
#[inline(always)]
fn convolve_window<S: Simd>(simd: S, weights: [S::f32s; 9], bias: S::f32s, columns: [[S::f32s; 3]; 3]) -> S::f32s {
    let [a, b, c, d, e, f, g, h, i] = weights;
    let [left, middle, right] = columns;
    // Three chains, since each addition waits for the one before it.
    let above = multiply_add(simd, a, left[0], multiply_add(simd, b, middle[0], simd.mul_f32s(c, right[0])));
    let level = multiply_add(simd, d, left[1], multiply_add(simd, e, middle[1], simd.mul_f32s(f, right[1])));
    let below = multiply_add(simd, g, left[2], multiply_add(simd, h, middle[2], multiply_add(simd, i, right[2], bias)));
    simd.add_f32s(simd.add_f32s(above, level), below)
}

/// One row of a 2 × 2 max-pooling with stride 2. Channels that the output has beyond the input's become zero.
pub(super) struct MaxPoolRow<'a> {
    /// Output pixels.
    pub pixels: usize,
    pub src_pixel_stride: usize,
    pub dst_pixel_stride: usize,
    /// Two rows of input.
    pub src: [&'a [f32]; 2],
    pub dst: &'a mut [f32],
}

impl WithSimd for MaxPoolRow<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { pixels, src_pixel_stride, dst_pixel_stride, src, dst } = self;
        let [above, below] = src.map(|row| row.chunks_exact(2 * src_pixel_stride));
        for ((above, below), to) in above.zip(below).zip(dst.chunks_exact_mut(dst_pixel_stride)).take(pixels) {
            let halves = |pair| {
                let (left, right) = <[f32]>::split_at(pair, src_pixel_stride);
                (S::as_simd_f32s(left).0, S::as_simd_f32s(right).0)
            };
            let ((a, b), (c, d)) = (halves(above), halves(below));
            let to = S::as_mut_simd_f32s(to).0;
            for (((&a, &b), (&c, &d)), to) in a.iter().zip(b).zip(c.iter().zip(d)).zip(&mut *to) {
                *to = simd.max_f32s(simd.max_f32s(a, b), simd.max_f32s(c, d));
            }
            for to in to.iter_mut().skip(src_pixel_stride / S::F32_LANES) {
                *to = simd.splat_f32s(0.0);
            }
        }
    }
}
