//! Taps of YUV pictures: a tap holds a pixel's luma in its lowest byte and its chroma above. [`YuvMatrix`] converts
//! them.

use super::{Frame, PixelBatch, Taps, both_rows, bytes, place};
use crate::frame::YuvMatrix;

/// Y U Y V, which is a tap of the left pixel as it lies there.
#[derive(Clone, Copy)]
pub(crate) struct YuyvTaps<'a> {
    data: &'a [u8],
    stride: usize,
    yuv: YuvMatrix,
}

impl<'a> YuyvTaps<'a> {
    /// Where U and V are in a tap.
    const CHROMA: u32 = 0xFF_00_FF_00;

    pub(super) fn new(frame: &Frame<'a>) -> Self {
        Self { data: frame.data, stride: frame.stride, yuv: frame.yuv }
    }

    /// The taps at a pixel and right of it, of two pairs of pixels.
    #[inline(always)]
    fn pair(four: u64, odd: usize) -> [u32; 2] {
        // From an odd pixel on, the right one is the first of the next pair.
        let luma = (four >> (16 * odd)) as u32;
        let right = (four >> (32 * odd)) as u32;
        [four as u32 & Self::CHROMA | luma & 0xFF, right & Self::CHROMA | luma >> 16 & 0xFF]
    }
}

impl Taps for YuyvTaps<'_> {
    const BLACK: u32 = 0x80_00_80_00;

    #[inline(always)]
    fn tap(self, x: usize, y: usize) -> u32 {
        let [left, u, right, v] = bytes(self.data, place((x & !1) * 2, y, self.stride));
        u32::from_le_bytes([if x & 1 == 0 { left } else { right }, u, 0, v])
    }

    #[inline(always)]
    fn quad(self, x: usize, y: usize) -> [u32; 4] {
        let rows = both_rows(self.data, place((x & !1) * 2, y, self.stride), self.stride);
        let [[a, b], [c, d]] = rows.map(|four| Self::pair(u64::from_le_bytes(four), x & 1));
        [a, b, c, d]
    }

    #[inline(always)]
    fn to_colours(self, taps: &mut PixelBatch) {
        self.yuv.to_colours::<24>(taps);
    }
}

/// A plane of luma, and chroma at half size.
#[derive(Clone, Copy)]
pub(crate) struct SubsampledTaps<'a, C> {
    luma: &'a [u8],
    stride: usize,
    chroma: C,
    yuv: YuvMatrix,
}

pub(crate) type Nv12Taps<'a> = SubsampledTaps<'a, InterleavedChroma<'a>>;
pub(crate) type I420Taps<'a> = SubsampledTaps<'a, PlanarChroma<'a>>;

/// U and V at half size. Both lie above a tap's lowest byte, which is the luma's.
pub(crate) trait Chroma: Copy {
    /// U and V of grey.
    const GREY: u32;

    /// U and V of the pixel at (x, y).
    fn at(self, x: usize, y: usize) -> u32;

    /// U and V of the pixels at (x, y) and right of it.
    fn pair(self, x: usize, y: usize) -> [u32; 2];

    /// Turns taps into colour words.
    fn to_colours(yuv: YuvMatrix, taps: &mut PixelBatch);
}

impl<'a> Nv12Taps<'a> {
    pub(super) fn new(frame: &Frame<'a>) -> Self {
        let (luma, values) = frame.data.split_at(frame.stride * frame.stored_height as usize);
        let chroma = InterleavedChroma { values, stride: frame.stride };
        Self { luma, stride: frame.stride, chroma, yuv: frame.yuv }
    }
}

impl<'a> I420Taps<'a> {
    pub(super) fn new(frame: &Frame<'a>) -> Self {
        let (height, stride) = (frame.stored_height as usize, frame.stride / 2);
        let (luma, chroma) = frame.data.split_at(frame.stride * height);
        let (u, v) = chroma.split_at(stride * (height / 2));
        Self { luma, stride: frame.stride, chroma: PlanarChroma { u, v, stride }, yuv: frame.yuv }
    }
}

impl<C: Chroma> Taps for SubsampledTaps<'_, C> {
    const BLACK: u32 = C::GREY;

    #[inline(always)]
    fn tap(self, x: usize, y: usize) -> u32 {
        u32::from(self.luma[place(x, y, self.stride)]) | self.chroma.at(x, y)
    }

    #[inline(always)]
    fn quad(self, x: usize, y: usize) -> [u32; 4] {
        let at = place(x, y, self.stride);
        let [[a, b], [c, d]] = both_rows(self.luma, at, self.stride).map(|pair: [u8; 2]| pair.map(u32::from));
        let ([left, right], [lower_left, lower_right]) = (self.chroma.pair(x, y), self.chroma.pair(x, y + 1));
        [a | left, b | right, c | lower_left, d | lower_right]
    }

    #[inline(always)]
    fn to_colours(self, taps: &mut PixelBatch) {
        C::to_colours(self.yuv, taps);
    }
}

/// U and V in turn: from bit 8 and from bit 16 of a tap.
#[derive(Clone, Copy)]
pub(crate) struct InterleavedChroma<'a> {
    values: &'a [u8],
    stride: usize,
}

impl Chroma for InterleavedChroma<'_> {
    const GREY: u32 = 0x80_80_00;

    #[inline(always)]
    fn at(self, x: usize, y: usize) -> u32 {
        let [u, v] = bytes(self.values, place(x & !1, y / 2, self.stride));
        u32::from_le_bytes([0, u, v, 0])
    }

    #[inline(always)]
    fn pair(self, x: usize, y: usize) -> [u32; 2] {
        let two = u32::from_le_bytes(bytes(self.values, place(x & !1, y / 2, self.stride)));
        [two << 8, two >> (16 * (x & 1)) << 8]
    }

    #[inline(always)]
    fn to_colours(yuv: YuvMatrix, taps: &mut PixelBatch) {
        yuv.to_colours::<16>(taps);
    }
}

/// A plane of U and one of V: from bit 8 and from bit 24 of a tap.
#[derive(Clone, Copy)]
pub(crate) struct PlanarChroma<'a> {
    u: &'a [u8],
    v: &'a [u8],
    stride: usize,
}

impl Chroma for PlanarChroma<'_> {
    const GREY: u32 = 0x80_00_80_00;

    #[inline(always)]
    fn at(self, x: usize, y: usize) -> u32 {
        let at = place(x / 2, y / 2, self.stride);
        u32::from_le_bytes([0, self.u[at], 0, self.v[at]])
    }

    #[inline(always)]
    fn pair(self, x: usize, y: usize) -> [u32; 2] {
        let at = place(x / 2, y / 2, self.stride);
        let ([u, next_u], [v, next_v]) = (bytes(self.u, at), bytes(self.v, at));
        let two = u32::from_le_bytes([u, next_u, v, next_v]);
        [two << 8, two >> (8 * (x & 1)) << 8]
    }

    #[inline(always)]
    fn to_colours(yuv: YuvMatrix, taps: &mut PixelBatch) {
        yuv.to_colours::<24>(taps);
    }
}
