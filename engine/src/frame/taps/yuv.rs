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

/// A plane of luma, then U and V in turn at half size.
#[derive(Clone, Copy)]
pub(crate) struct Nv12Taps<'a> {
    luma: &'a [u8],
    chroma: &'a [u8],
    stride: usize,
    yuv: YuvMatrix,
}

impl<'a> Nv12Taps<'a> {
    pub(super) fn new(frame: &Frame<'a>) -> Self {
        let (luma, chroma) = frame.data.split_at(frame.stride * frame.stored_height as usize);
        Self { luma, chroma, stride: frame.stride, yuv: frame.yuv }
    }

    /// The chroma of the pixels at (x, y) and right of it.
    #[inline(always)]
    fn chroma_pair(self, x: usize, y: usize) -> [u32; 2] {
        let two = u32::from_le_bytes(bytes(self.chroma, place(x & !1, y / 2, self.stride)));
        [two << 8, two >> (16 * (x & 1)) << 8]
    }
}

impl Taps for Nv12Taps<'_> {
    const BLACK: u32 = 0x80_80_00;

    #[inline(always)]
    fn tap(self, x: usize, y: usize) -> u32 {
        let [u, v] = bytes(self.chroma, place(x & !1, y / 2, self.stride));
        u32::from_le_bytes([self.luma[place(x, y, self.stride)], u, v, 0])
    }

    #[inline(always)]
    fn quad(self, x: usize, y: usize) -> [u32; 4] {
        let at = place(x, y, self.stride);
        let [[a, b], [c, d]] = both_rows(self.luma, at, self.stride).map(|pair: [u8; 2]| pair.map(u32::from));
        let ([left, right], [lower_left, lower_right]) = (self.chroma_pair(x, y), self.chroma_pair(x, y + 1));
        [a | left, b | right, c | lower_left, d | lower_right]
    }

    #[inline(always)]
    fn to_colours(self, taps: &mut PixelBatch) {
        self.yuv.to_colours::<16>(taps);
    }
}

/// Planes of luma, of U and of V, the last two at half size.
#[derive(Clone, Copy)]
pub(crate) struct I420Taps<'a> {
    luma: &'a [u8],
    u: &'a [u8],
    v: &'a [u8],
    stride: usize,
    yuv: YuvMatrix,
}

impl<'a> I420Taps<'a> {
    pub(super) fn new(frame: &Frame<'a>) -> Self {
        let height = frame.stored_height as usize;
        let (luma, chroma) = frame.data.split_at(frame.stride * height);
        let (u, v) = chroma.split_at(frame.stride / 2 * (height / 2));
        Self { luma, u, v, stride: frame.stride, yuv: frame.yuv }
    }

    /// The chroma of the pixels at (x, y) and right of it.
    #[inline(always)]
    fn chroma_pair(self, x: usize, y: usize) -> [u32; 2] {
        let at = place(x / 2, y / 2, self.stride / 2);
        let ([u, next_u], [v, next_v]) = (bytes(self.u, at), bytes(self.v, at));
        let two = u32::from_le_bytes([u, next_u, v, next_v]);
        [two << 8, two >> (8 * (x & 1)) << 8]
    }
}

impl Taps for I420Taps<'_> {
    const BLACK: u32 = 0x80_00_80_00;

    #[inline(always)]
    fn tap(self, x: usize, y: usize) -> u32 {
        let at = place(x / 2, y / 2, self.stride / 2);
        u32::from_le_bytes([self.luma[place(x, y, self.stride)], self.u[at], 0, self.v[at]])
    }

    #[inline(always)]
    fn quad(self, x: usize, y: usize) -> [u32; 4] {
        let at = place(x, y, self.stride);
        let [[a, b], [c, d]] = both_rows(self.luma, at, self.stride).map(|pair: [u8; 2]| pair.map(u32::from));
        let ([left, right], [lower_left, lower_right]) = (self.chroma_pair(x, y), self.chroma_pair(x, y + 1));
        [a | left, b | right, c | lower_left, d | lower_right]
    }

    #[inline(always)]
    fn to_colours(self, taps: &mut PixelBatch) {
        self.yuv.to_colours::<24>(taps);
    }
}
