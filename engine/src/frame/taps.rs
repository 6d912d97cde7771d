//! The pixels around a sample (its taps), read quickly from the bytes of each format: what interpolation needs.

mod packed;
mod yuv;

pub(crate) use packed::PackedTaps;
pub(crate) use yuv::{I420Taps, Nv12Taps, YuyvTaps};

use super::{Frame, PixelFormat, Rotation};

/// Samples computed together: they fill the widest vectors, and their scratch stays in the nearest cache.
pub(crate) const BATCH: usize = 64;

/// A pixel a word, for each sample of a batch.
pub(crate) type PixelBatch = [u32; BATCH];

/// The stored pixels of one format. A tap is a pixel as one word, in a layout of the format's own until
/// [`to_colours`](Self::to_colours); spare bits of a word are undefined.
pub(crate) trait Taps: Copy {
    /// A tap that is black.
    const BLACK: u32;
    /// Bytes of a colour word from low to high: blue, green, red; else red, green, blue.
    const BLUE_FIRST: bool = false;

    /// The tap of a pixel of the frame.
    fn tap(self, x: usize, y: usize) -> u32;

    /// The taps at (x, y), right of it, below it, and right below it. `x` must be two columns or more left of the last,
    /// so that a read may reach past the right tap; `y` one row or more above the last.
    fn quad(self, x: usize, y: usize) -> [u32; 4];

    /// Turns taps into colour words with 8 bits a channel.
    fn to_colours(self, taps: &mut PixelBatch);
}

/// A frame's pixels by format.
pub(crate) enum AnyTaps<'a> {
    Rgba(PackedTaps<'a, 4, false>),
    Bgra(PackedTaps<'a, 4, true>),
    Rgb(PackedTaps<'a, 3, false>),
    Yuyv(YuyvTaps<'a>),
    Nv12(Nv12Taps<'a>),
    I420(I420Taps<'a>),
}

impl<'a> Frame<'a> {
    /// The pixels as they are stored, whatever the rotation.
    pub(crate) fn taps(&self) -> AnyTaps<'a> {
        match self.format {
            PixelFormat::Rgba8 => AnyTaps::Rgba(PackedTaps::new(self)),
            PixelFormat::Bgra8 => AnyTaps::Bgra(PackedTaps::new(self)),
            PixelFormat::Rgb8 => AnyTaps::Rgb(PackedTaps::new(self)),
            PixelFormat::Yuyv => AnyTaps::Yuyv(YuyvTaps::new(self)),
            PixelFormat::Nv12 => AnyTaps::Nv12(Nv12Taps::new(self)),
            PixelFormat::I420 => AnyTaps::I420(I420Taps::new(self)),
        }
    }

    /// Width and height as stored, in pixels, and the turn that makes the picture upright.
    pub(crate) fn stored(&self) -> ([u32; 2], Rotation) {
        ([self.stored_width, self.stored_height], self.rotation)
    }
}

/// Index of the byte `x` of row `y`. Slicing checks it afterwards, and a frame's bytes are in memory, so wrapping
/// arithmetic only saves an overflow check.
#[inline(always)]
fn place(x: usize, y: usize, stride: usize) -> usize {
    y.wrapping_mul(stride).wrapping_add(x)
}

/// The `N` bytes at `at`.
#[inline(always)]
fn bytes<const N: usize>(data: &[u8], at: usize) -> [u8; N] {
    let mut bytes = [0; N];
    bytes.copy_from_slice(&data[at..][..N]);
    bytes
}

/// The `N` bytes at `at`, and those `step` bytes farther. One slice for both, so that bounds are checked once.
#[inline(always)]
fn both_rows<const N: usize>(data: &[u8], at: usize, step: usize) -> [[u8; N]; 2] {
    let span = &data[at..][..step.wrapping_add(N)];
    // It is as long as that.
    [span.first_chunk(), span.last_chunk()].map(|bytes| bytes.copied().unwrap_or([0; N]))
}

#[cfg(test)]
mod tests;
