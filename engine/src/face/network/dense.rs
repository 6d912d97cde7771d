//! The kernel of every convolution over all channels: 1 × 1, strided 2 × 2, the stem, the heads.

use pulp::{Simd, WithSimd};

use super::multiply_add;
use super::pack::Dense;

/// Rows of pixels through a [`Dense`].
pub(super) struct DenseRows<'a, const ADD: bool> {
    pub dense: &'a Dense,
    pub rows: usize,
    /// Output pixels in a row.
    pub pixels: usize,
    pub from: &'a [f32],
    /// Place of the first output's first input.
    pub from_start: usize,
    /// Floats from one output pixel's inputs to the next one's, and from one output row's to the next one's.
    pub from_step: usize,
    pub from_row: usize,
    /// Floats from one row of `from` to the next.
    pub segment_row: usize,
    /// Whole vectors are written, in the order of pixels: what lies beyond a pixel's last channel must be either
    /// another pixel to come or free for zeros. Where `ADD`, what is there is added before the slope.
    pub to: &'a mut [f32],
    pub to_start: usize,
    pub to_step: usize,
    pub to_row: usize,
}

impl<const ADD: bool> WithSimd for DenseRows<'_, ADD> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let dense = self.dense;
        let inputs = dense.kernel[0] * dense.segment;
        let weights = S::as_simd_f32s(dense.weights.floats()).0;
        let (mut weight, mut first) = (0, 0);
        for &vectors in &dense.panels {
            let panel = &weights[weight..weight + inputs * vectors];
            match vectors {
                1 => self.panel::<S, 1>(simd, panel, first),
                2 => self.panel::<S, 2>(simd, panel, first),
                3 => self.panel::<S, 3>(simd, panel, first),
                _ => self.panel::<S, 4>(simd, panel, first),
            }
            (weight, first) = (weight + inputs * vectors, first + vectors);
        }
    }
}

/// A few pixels by `N` vectors of channels, held in registers over all inputs. Spelled out pixel by pixel: an array of
/// sums that is indexed in a loop ends up in memory.
macro_rules! tile {
    ($name:ident: $($pixel:literal $sums:ident $inputs:ident),+) => {
        #[inline(always)]
        fn $name<S: Simd, const N: usize>(
            &mut self,
            simd: S,
            panel: &[S::f32s],
            first: usize,
            from: usize,
            to: usize,
        ) {
            let dense = self.dense;
            let length = dense.segment;
            let Some(&bias) = S::as_simd_f32s(dense.bias.floats()).0[first..].first_chunk::<N>() else { return };
            $(let mut $sums = bias;)+
            for (segment, weights) in panel.chunks_exact(length * N).enumerate() {
                // Wrapping, because checks of sums would cost more than these few; slicing checks the result.
                let start = from.wrapping_add(segment.wrapping_mul(self.segment_row));
                $(
                    let $inputs = start.wrapping_add(self.from_step.wrapping_mul($pixel));
                    let $inputs = &self.from[$inputs..][..length];
                )+
                let weights = &weights.as_chunks::<N>().0[..length];
                let mut done = 0;
                if N == 1 {
                    // By fours, so that places are counted once for several products.
                    let quads = weights.as_chunks::<4>().0;
                    for (quad, weights) in quads.iter().enumerate() {
                        $(let $inputs = &$inputs.as_chunks::<4>().0[..quads.len()][quad];)+
                        for at in 0..4 {
                            $($sums[0] = multiply_add(simd, weights[at][0], simd.splat_f32s($inputs[at]), $sums[0]);)+
                        }
                    }
                    done = 4 * quads.len();
                }
                for at in done..length {
                    let weights = weights[at];
                    $(
                        let input = simd.splat_f32s($inputs[at]);
                        for n in 0..N {
                            $sums[n] = multiply_add(simd, weights[n], input, $sums[n]);
                        }
                    )+
                }
            }
            let Some(&slope) = S::as_simd_f32s(dense.slope.floats()).0[first..].first_chunk::<N>() else { return };
            let to = to.wrapping_add(first.wrapping_mul(S::F32_LANES));
            $(self.finish(simd, $sums, slope, to.wrapping_add(self.to_step.wrapping_mul($pixel)));)+
        }
    };
}

impl<const ADD: bool> DenseRows<'_, ADD> {
    #[inline(always)]
    fn panel<S: Simd, const N: usize>(&mut self, simd: S, panel: &[S::f32s], first: usize) {
        for row in 0..self.rows {
            let (from, to) = (self.from_start + row * self.from_row, self.to_start + row * self.to_row);
            let mut pixel = 0;
            // As many as leave the registers a column of weights and one input.
            if N <= 2 && (N == 1 || S::REGISTER_COUNT > 16) {
                while pixel + 8 <= self.pixels {
                    self.tile_8::<S, N>(simd, panel, first, from + pixel * self.from_step, to + pixel * self.to_step);
                    pixel += 8;
                }
            }
            while pixel + 4 <= self.pixels {
                self.tile_4::<S, N>(simd, panel, first, from + pixel * self.from_step, to + pixel * self.to_step);
                pixel += 4;
            }
            while pixel + 2 <= self.pixels {
                self.tile_2::<S, N>(simd, panel, first, from + pixel * self.from_step, to + pixel * self.to_step);
                pixel += 2;
            }
            while pixel < self.pixels {
                self.tile_1::<S, N>(simd, panel, first, from + pixel * self.from_step, to + pixel * self.to_step);
                pixel += 1;
            }
        }
    }

    tile!(tile_8: 0 a in_a, 1 b in_b, 2 c in_c, 3 d in_d, 4 e in_e, 5 f in_f, 6 g in_g, 7 h in_h);
    tile!(tile_4: 0 a in_a, 1 b in_b, 2 c in_c, 3 d in_d);
    tile!(tile_2: 0 a in_a, 1 b in_b);
    tile!(tile_1: 0 a in_a);

    /// Writes one pixel's sums.
    #[inline(always)]
    fn finish<S: Simd, const N: usize>(&mut self, simd: S, sums: [S::f32s; N], slope: [S::f32s; N], to: usize) {
        let places = S::as_mut_simd_f32s(&mut self.to[to..]).0;
        let Some(places) = places.first_chunk_mut::<N>() else { return };
        let zero = simd.splat_f32s(0.0);
        for n in 0..N {
            // In this order of operands what is not a number stays so on every processor.
            let sum = if ADD { simd.add_f32s(sums[n], places[n]) } else { sums[n] };
            places[n] = multiply_add(simd, simd.min_f32s(zero, sum), slope[n], simd.max_f32s(zero, sum));
        }
    }
}
