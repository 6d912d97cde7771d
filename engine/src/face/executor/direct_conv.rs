//! The kernel of every convolution over all channels: 1 × 1, strided 2 × 2, the stem, the heads.
//!
//! In: packed weights and a feature map. Out: rows of output pixels, bias, skip and PReLU included.
//!
//! It is a matrix product without im2col: channels lie last, so what one kernel row reads for an output pixel is one
//! run of memory (a segment), which the kernel reads where it lies.
//!
//! 1. Panel by panel of output channels, row by row, pixels are taken in tiles of 8, 4, 2 and 1.
//! 2. A microkernel keeps a tile's sums (pixels × vectors of channels) in registers, and goes through the segments
//!    input by input: a vector of weights times an input broadcast to all lanes, added to the sums.
//! 3. Epilogue: what the destination already holds (the skip) is added where asked for, PReLU applied, the result
//!    stored.

use pulp::{Simd, WithSimd};

use super::feature_map::FeatureMap;
use super::instruction_set::multiply_add;
use super::pack::PackedConv;

/// Output rows that a convolution computes from a feature map.
#[derive(Clone, Copy)]
pub(super) struct OutputRows<'a> {
    pub src: &'a FeatureMap,
    pub first: usize,
    pub count: usize,
    /// Output pixels in a row.
    pub pixels: usize,
}

/// Where a convolution's results go.
pub(super) struct Destination<'a> {
    pub values: &'a mut [f32],
    /// Index of the first result.
    pub start: usize,
    pub pixel_stride: usize,
    pub row_stride: usize,
}

/// Convolves rows of a feature map, padding included.
pub(super) fn convolve<S: Simd>(simd: S, conv: &PackedConv, rows: OutputRows<'_>, to: Destination<'_>) {
    let OutputRows { src, first, count, pixels } = rows;
    let src_start = src.shape.offset((first * conv.stride) as isize - conv.pad_top as isize, -(conv.pad_left as isize));
    simd.vectorize(DirectConv::<false> {
        conv,
        rows: count,
        pixels,
        src: src.floats(),
        src_start,
        src_pixel_stride: conv.stride * src.shape.pixel_stride,
        src_row_stride: conv.stride * src.shape.row_stride(),
        segment_stride: src.shape.row_stride(),
        dst: to.values,
        dst_start: to.start,
        dst_pixel_stride: to.pixel_stride,
        dst_row_stride: to.row_stride,
    });
}

/// Rows of pixels through a [`PackedConv`]. Where `ADD`, what the destination holds is added before the activation.
pub(super) struct DirectConv<'a, const ADD: bool> {
    pub conv: &'a PackedConv,
    pub rows: usize,
    /// Output pixels in a row.
    pub pixels: usize,
    pub src: &'a [f32],
    /// Index of the first output's first input.
    pub src_start: usize,
    /// Floats from one output pixel's inputs to the next one's, and from one output row's to the next one's.
    pub src_pixel_stride: usize,
    pub src_row_stride: usize,
    /// Floats from one kernel row's segment to the next one's.
    pub segment_stride: usize,
    /// Whole vectors are written, in the order of pixels: what lies beyond a pixel's last channel must be either a
    /// pixel that is written later, or padding that may be zeroed.
    pub dst: &'a mut [f32],
    pub dst_start: usize,
    pub dst_pixel_stride: usize,
    pub dst_row_stride: usize,
}

impl<const ADD: bool> WithSimd for DirectConv<'_, ADD> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let conv = self.conv;
        let inputs = conv.kernel[0] * conv.segment;
        let weights = S::as_simd_f32s(conv.weights.floats()).0;
        let (mut weight, mut first) = (0, 0);
        for &vectors in &conv.panels {
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

/// A tile of a few pixels by `N` vectors of channels, held in registers over all inputs. Unrolled pixel by pixel: an
/// array of sums indexed in a loop would be spilled to memory.
macro_rules! microkernel {
    ($name:ident: $($pixel:literal $sums:ident $inputs:ident),+) => {
        #[inline(always)]
        fn $name<S: Simd, const N: usize>(
            &mut self,
            simd: S,
            panel: &[S::f32s],
            first: usize,
            src: usize,
            dst: usize,
        ) {
            let conv = self.conv;
            let length = conv.segment;
            let Some(&bias) = S::as_simd_f32s(conv.bias.floats()).0[first..].first_chunk::<N>() else { return };
            $(let mut $sums = bias;)+
            for (segment, weights) in panel.chunks_exact(length * N).enumerate() {
                // Wrapping, because checks of sums would cost more than these few; slicing checks the result.
                let start = src.wrapping_add(segment.wrapping_mul(self.segment_stride));
                $(
                    let $inputs = start.wrapping_add(self.src_pixel_stride.wrapping_mul($pixel));
                    let $inputs = &self.src[$inputs..][..length];
                )+
                let weights = &weights.as_chunks::<N>().0[..length];
                let mut done = 0;
                if N == 1 {
                    // Unrolled by four, so that indices are computed once for several products.
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
            let Some(&slope) = S::as_simd_f32s(conv.slope.floats()).0[first..].first_chunk::<N>() else { return };
            let dst = dst.wrapping_add(first.wrapping_mul(S::F32_LANES));
            $(self.epilogue(simd, $sums, slope, dst.wrapping_add(self.dst_pixel_stride.wrapping_mul($pixel)));)+
        }
    };
}

impl<const ADD: bool> DirectConv<'_, ADD> {
    #[inline(always)]
    fn panel<S: Simd, const N: usize>(&mut self, simd: S, panel: &[S::f32s], first: usize) {
        for row in 0..self.rows {
            let (src, dst) = (self.src_start + row * self.src_row_stride, self.dst_start + row * self.dst_row_stride);
            let (src_step, dst_step) = (self.src_pixel_stride, self.dst_pixel_stride);
            let mut pixel = 0;
            // The largest tile that leaves registers for a column of weights and one input.
            if N <= 2 && (N == 1 || S::REGISTER_COUNT > 16) {
                while pixel + 8 <= self.pixels {
                    self.tile_8::<S, N>(simd, panel, first, src + pixel * src_step, dst + pixel * dst_step);
                    pixel += 8;
                }
            }
            while pixel + 4 <= self.pixels {
                self.tile_4::<S, N>(simd, panel, first, src + pixel * src_step, dst + pixel * dst_step);
                pixel += 4;
            }
            while pixel + 2 <= self.pixels {
                self.tile_2::<S, N>(simd, panel, first, src + pixel * src_step, dst + pixel * dst_step);
                pixel += 2;
            }
            while pixel < self.pixels {
                self.tile_1::<S, N>(simd, panel, first, src + pixel * src_step, dst + pixel * dst_step);
                pixel += 1;
            }
        }
    }

    microkernel!(tile_8: 0 a in_a, 1 b in_b, 2 c in_c, 3 d in_d, 4 e in_e, 5 f in_f, 6 g in_g, 7 h in_h);
    microkernel!(tile_4: 0 a in_a, 1 b in_b, 2 c in_c, 3 d in_d);
    microkernel!(tile_2: 0 a in_a, 1 b in_b);
    microkernel!(tile_1: 0 a in_a);

    /// Activates and stores one pixel's sums.
    #[inline(always)]
    fn epilogue<S: Simd, const N: usize>(&mut self, simd: S, sums: [S::f32s; N], slope: [S::f32s; N], dst: usize) {
        let stored = S::as_mut_simd_f32s(&mut self.dst[dst..]).0;
        let Some(stored) = stored.first_chunk_mut::<N>() else { return };
        let zero = simd.splat_f32s(0.0);
        for n in 0..N {
            // This order of operands propagates NaN on every processor.
            let sum = if ADD { simd.add_f32s(sums[n], stored[n]) } else { sums[n] };
            stored[n] = multiply_add(simd, simd.min_f32s(zero, sum), slope[n], simd.max_f32s(zero, sum));
        }
    }
}
