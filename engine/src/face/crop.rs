//! Crops: a rotated square of the frame becomes a model's input tensor.
//!
//! In: a frame in any pixel format, a region of interest. Out: RGB numbers in the model's value range.
//!
//! 1. Batch by batch of a row's samples: their positions in the stored picture ([`SampleGrid`]).
//! 2. The 2 × 2 pixels around each position are read as they are stored, and YUV becomes RGB pixel by pixel;
//!    interpolating first would round otherwise.
//! 3. Bilinear interpolation, rounded to 8 bits ([`bilinear`]).
//! 4. Levels are scaled to the value range.
//!
//! Crop pixel (u, v) shows the frame at `frame_from_crop(u, v)`: no half pixel is added, and colours are rounded to 8
//! bits, as in MediaPipe, whose landmarks we want.

mod bilinear;
mod sample_grid;

use pulp::{Arch, Simd, WithSimd};

use self::sample_grid::{Positions, SampleGrid, pixel_of};
use super::model::InputTensor;
use super::roi::Roi;
use crate::frame::{AnyTaps, BATCH, Frame, PixelBatch, Taps};

/// What lies outside the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Border {
    /// Black.
    Zero,
    /// The nearest pixel of the frame.
    Replicate,
}

/// The range that a model expects 8-bit levels to be mapped to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ValueRange {
    /// Value of level 0.
    pub black: f32,
    /// Value of level 255.
    pub white: f32,
}

impl ValueRange {
    /// 0 to 1: the landmark model's.
    pub const UNIT: Self = Self { black: 0.0, white: 1.0 };
    /// −1 to 1: the detector's.
    pub const SIGNED: Self = Self { black: -1.0, white: 1.0 };
}

/// Fills `out` (`side` rows of `side` RGB pixels) with the region, sampled bilinearly.
pub(super) fn crop(frame: &Frame<'_>, roi: &Roi, side: usize, border: Border, range: ValueRange, out: InputTensor<'_>) {
    let (grid, arch) = (SampleGrid::new(frame, roi, side), Arch::new());
    let (offset, scale) = (range.black, (range.white - range.black) / 255.0);
    match frame.taps() {
        AnyTaps::Rgba(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
        AnyTaps::Bgra(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
        AnyTaps::Rgb(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
        AnyTaps::Yuyv(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
        AnyTaps::Nv12(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
        AnyTaps::I420(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
    }
}

/// One crop from one format. Its loops over [`BATCH`] samples are kept simple so that the compiler vectorises them for
/// the processor's widest vectors: all that they call is inlined into [`with_simd`](WithSimd::with_simd).
struct Cropper<'a, T> {
    grid: SampleGrid,
    taps: T,
    border: Border,
    scale: f32,
    offset: f32,
    out: InputTensor<'a>,
}

impl<T: Taps> WithSimd for Cropper<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { grid, taps, border, scale, offset, out } = self;
        let (mut positions, mut quads, mut colours) = ([[0; BATCH]; 2], [[0; BATCH]; 4], [0; BATCH]);
        for (v, row) in (0..).zip(out.rows_of_square(grid.side)) {
            for (u, pixels) in (0..).step_by(BATCH).zip(row.chunks_mut(BATCH * 3)) {
                grid.positions(u, v, &mut positions);
                let count = pixels.len() / 3;
                let ends = [0, count - 1].map(|at| [positions[0][at], positions[1][at]]);
                if border == Border::Zero && grid.is_off(ends) {
                    pixels.fill(offset);
                    continue;
                }
                // A row of samples is a straight line: if both ends are inside the frame, so is every sample between.
                if ends.iter().all(|&end| grid.is_inside(end)) {
                    gather(&positions, count, &mut quads, |[x, y]| taps.quad(x as u32 as usize, y as u32 as usize));
                } else {
                    gather(&positions, count, &mut quads, |at| edge_quad(&grid, taps, border, at));
                }
                quads.iter_mut().for_each(|words| taps.to_colours(words));
                bilinear::interpolate(&quads, &positions, &mut colours);
                if T::BLUE_FIRST {
                    colours.iter_mut().for_each(|word| *word = word.swap_bytes() >> 8);
                }
                bilinear::write_rgb(&colours, scale, offset, pixels);
            }
        }
    }
}

/// Reads the taps of `count` samples.
#[inline(always)]
fn gather([xs, ys]: &Positions, count: usize, quads: &mut [PixelBatch; 4], quad_at: impl Fn([i32; 2]) -> [u32; 4]) {
    for at in 0..count.min(BATCH) {
        let quad = quad_at([xs[at], ys[at]].map(pixel_of));
        for (words, tap) in quads.iter_mut().zip(quad) {
            words[at] = tap;
        }
    }
}

/// The taps around a position that may lie outside.
#[inline(always)]
fn edge_quad<T: Taps>(grid: &SampleGrid, taps: T, border: Border, [x, y]: [i32; 2]) -> [u32; 4] {
    let tap = |x: i32, y: i32| {
        if border == Border::Zero && !grid.holds([x, y]) {
            return T::BLACK;
        }
        let [x, y] = grid.nearest([x, y]);
        taps.tap(x, y)
    };
    [tap(x, y), tap(x + 1, y), tap(x, y + 1), tap(x + 1, y + 1)]
}

#[cfg(test)]
mod tests;
