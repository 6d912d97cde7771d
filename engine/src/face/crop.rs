mod blend;
mod grid;

use pulp::{Arch, Simd, WithSimd};

use self::blend::{blend, emit};
use self::grid::Grid;
use super::model::Rows;
use super::region::Region;
use crate::frame::{AnyTaps, Frame, RUN, Taps, Words};

/// What lies outside the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Border {
    /// Black.
    Black,
    /// The nearest pixel of the frame.
    Nearest,
}

/// Fills `out` (`side` rows of `side` RGB pixels) with the region, sampled bilinearly, 0–255 brought to `range`.
///
/// Crop pixel (u, v) shows the frame at `frame_from_crop(u, v)`: no half pixel is added, and colours are rounded
/// to 8 bits, as in MediaPipe, whose landmarks we want. The frame is read where it is shown, in whatever format it is
/// stored: YUV becomes RGB tap by tap, before blending, since blending first would round otherwise.
pub(super) fn crop(frame: &Frame<'_>, region: &Region, side: usize, border: Border, range: [f32; 2], out: Rows<'_>) {
    let (grid, arch) = (Grid::new(frame, region, side), Arch::new());
    let [offset, scale] = [range[0], (range[1] - range[0]) / 255.0];
    match frame.taps() {
        AnyTaps::Rgba(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
        AnyTaps::Bgra(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
        AnyTaps::Rgb(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
        AnyTaps::Yuyv(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
        AnyTaps::Nv12(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
        AnyTaps::I420(taps) => arch.dispatch(Cropper { grid, taps, border, scale, offset, out }),
    }
}

/// One crop from one format. Its loops over [`RUN`] samples are plain so that the compiler makes vectors of them, as wide as
/// the processor has: all that they call is inlined into [`with_simd`](WithSimd::with_simd).
struct Cropper<'a, T> {
    grid: Grid,
    taps: T,
    border: Border,
    scale: f32,
    offset: f32,
    out: Rows<'a>,
}

impl<T: Taps> WithSimd for Cropper<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { grid, taps, border, scale, offset, out } = self;
        let (mut places, mut quads, mut colours) = ([[0; RUN]; 2], [[0; RUN]; 4], [0; RUN]);
        for (v, row) in (0..).zip(out.of_square(grid.side)) {
            for (u, pixels) in (0..).step_by(RUN).zip(row.chunks_mut(RUN * 3)) {
                grid.places(u, v, &mut places);
                let count = pixels.len() / 3;
                let ends = [0, count - 1].map(|at| [places[0][at], places[1][at]]);
                if border == Border::Black && grid.is_off(ends) {
                    pixels.fill(offset);
                    continue;
                }
                // A row is straight: what holds for its ends holds for what lies between.
                if ends.iter().all(|&end| grid.is_inside(end)) {
                    gather(&places, count, &mut quads, |[x, y]| taps.quad(x as u32 as usize, y as u32 as usize));
                } else {
                    gather(&places, count, &mut quads, |at| edge_quad(&grid, taps, border, at));
                }
                quads.iter_mut().for_each(|words| taps.to_colours(words));
                blend(&quads, &places, &mut colours);
                if T::BLUE_FIRST {
                    colours.iter_mut().for_each(|word| *word = word.swap_bytes() >> 8);
                }
                emit(&colours, scale, offset, pixels);
            }
        }
    }
}

/// Reads the taps of `count` samples.
#[inline(always)]
fn gather([xs, ys]: &[[i32; RUN]; 2], count: usize, quads: &mut [Words; 4], quad_at: impl Fn([i32; 2]) -> [u32; 4]) {
    for at in 0..count.min(RUN) {
        let quad = quad_at([xs[at], ys[at]].map(grid::whole));
        for (words, tap) in quads.iter_mut().zip(quad) {
            words[at] = tap;
        }
    }
}

/// The taps around a place that may lie outside.
#[inline(always)]
fn edge_quad<T: Taps>(grid: &Grid, taps: T, border: Border, [x, y]: [i32; 2]) -> [u32; 4] {
    let tap = |x: i32, y: i32| {
        if border == Border::Black && !grid.holds([x, y]) {
            return T::BLACK;
        }
        let [x, y] = grid.nearest([x, y]);
        taps.tap(x, y)
    };
    [tap(x, y), tap(x + 1, y), tap(x, y + 1), tap(x + 1, y + 1)]
}

#[cfg(test)]
mod tests;
