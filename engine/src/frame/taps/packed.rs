//! Taps of RGBA, BGRA and RGB pictures.

use super::{Frame, PixelBatch, Taps, both_rows, bytes, place};

/// Pixels of `BYTES` bytes, colours in the lowest three.
#[derive(Clone, Copy)]
pub(crate) struct PackedTaps<'a, const BYTES: usize, const BLUE_FIRST: bool> {
    data: &'a [u8],
    stride: usize,
}

impl<'a, const BYTES: usize, const BLUE_FIRST: bool> PackedTaps<'a, BYTES, BLUE_FIRST> {
    pub(super) fn new(frame: &Frame<'a>) -> Self {
        Self { data: frame.data, stride: frame.stride }
    }
}

impl<const BYTES: usize, const BLUE_FIRST: bool> Taps for PackedTaps<'_, BYTES, BLUE_FIRST> {
    const BLACK: u32 = 0;
    const BLUE_FIRST: bool = BLUE_FIRST;

    #[inline(always)]
    fn tap(self, x: usize, y: usize) -> u32 {
        let [first, second, third] = bytes(self.data, place(x * BYTES, y, self.stride));
        u32::from_le_bytes([first, second, third, 0])
    }

    #[inline(always)]
    fn quad(self, x: usize, y: usize) -> [u32; 4] {
        let at = place(x * BYTES, y, self.stride);
        let [upper, lower] = both_rows(self.data, at, self.stride).map(u64::from_le_bytes);
        let right = 8 * BYTES;
        [upper as u32, (upper >> right) as u32, lower as u32, (lower >> right) as u32]
    }

    #[inline(always)]
    fn to_colours(self, _: &mut PixelBatch) {}
}
