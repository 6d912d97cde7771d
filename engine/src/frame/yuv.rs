//! YUV to RGB in fixed point.
//!
//! In: luma and chroma of 8 bits, and their coding. Out: R'G'B' of 8 bits, as the camera encoded it.
//!
//! 1. Limited range is stretched: luma from 16–235, chroma from 16–240.
//! 2. R = Y + 2 (1 − Kr) V, B = Y + 2 (1 − Kb) U, and G from Y = Kr R + Kg G + Kb B, with U and V around 128.
//! 3. Sums in 16.16 fixed point are rounded and clamped.
//!
//! Kr and Kb are 0.299 and 0.114 in ITU-R BT.601, 0.2126 and 0.0722 in BT.709.

/// How YUV becomes RGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YuvCoding {
    /// BT.709 coefficients; else BT.601.
    pub bt709: bool,
    /// Y, U and V use all of 0–255 (as in JPEG); else 16–235 and 16–240.
    pub full_range: bool,
}

impl Default for YuvCoding {
    /// BT.601, limited range: what webcams send.
    fn default() -> Self {
        Self { bt709: false, full_range: false }
    }
}

/// Share of U and V in red, green (taken off) and blue.
struct ChromaCoefficients {
    red_v: f32,
    green_u: f32,
    green_v: f32,
    blue_u: f32,
}

const BT601: ChromaCoefficients =
    ChromaCoefficients { red_v: 1.402, green_u: 0.344_136, green_v: 0.714_136, blue_u: 1.772 };
const BT709: ChromaCoefficients =
    ChromaCoefficients { red_v: 1.574_8, green_u: 0.187_324, green_v: 0.468_124, blue_u: 1.855_6 };

/// A [`YuvCoding`] in 16.16 fixed point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct YuvMatrix {
    black: i32,
    luma: i32,
    red_v: i32,
    green_u: i32,
    green_v: i32,
    blue_u: i32,
}

impl YuvMatrix {
    pub fn new(coding: YuvCoding) -> Self {
        let fixed = |value: f32| (value * 65536.0) as i32;
        let (black, luma, chroma) = if coding.full_range { (0, 1.0, 1.0) } else { (16, 255.0 / 219.0, 255.0 / 224.0) };
        let ChromaCoefficients { red_v, green_u, green_v, blue_u } = if coding.bt709 { BT709 } else { BT601 };
        Self {
            black,
            luma: fixed(luma),
            red_v: fixed(red_v * chroma),
            green_u: fixed(green_u * chroma),
            green_v: fixed(green_v * chroma),
            blue_u: fixed(blue_u * chroma),
        }
    }

    /// What U and V add to red, green and blue, with the half that rounds.
    #[inline]
    pub fn chroma(self, u: u8, v: u8) -> [i32; 3] {
        let (u, v) = (i32::from(u) - 128, i32::from(v) - 128);
        [self.red_v * v, -self.green_u * u - self.green_v * v, self.blue_u * u].map(|c| c + 32768)
    }

    /// The colour of a luma sample over chroma from [`chroma`](Self::chroma).
    #[inline]
    pub fn rgb(self, y: u8, chroma: [i32; 3]) -> [u8; 3] {
        let luma = (i32::from(y) - self.black) * self.luma;
        chroma.map(|c| ((luma + c) >> 16).clamp(0, 255) as u8)
    }

    /// The colours of many pixels at once, each a word: from luma, U (from bit 8) and V (from bit `V`) to red, green
    /// and blue, lowest byte first; bit for bit as [`rgb`](Self::rgb). Written as plain sums so that it is vectorised.
    #[inline(always)]
    pub fn to_colours<const V: u32>(self, words: &mut [u32]) {
        let black = 32768 - self.black * self.luma;
        let red = black - 128 * self.red_v;
        let green = black + 128 * (self.green_u + self.green_v);
        let blue = black - 128 * self.blue_u;
        // No sum comes near 2³¹: wrapping only saves overflow checks.
        let level = |sum: i32| (sum >> 16).clamp(0, 255) as u32;
        for word in words {
            let channel = |shift: u32| (*word >> shift & 0xFF) as i32;
            let (luma, u, v) = (channel(0).wrapping_mul(self.luma), channel(8), channel(V));
            let r = luma.wrapping_add(v.wrapping_mul(self.red_v)).wrapping_add(red);
            let b = luma.wrapping_add(u.wrapping_mul(self.blue_u)).wrapping_add(blue);
            let g = luma.wrapping_sub(u.wrapping_mul(self.green_u)).wrapping_sub(v.wrapping_mul(self.green_v));
            *word = level(r) | level(g.wrapping_add(green)) << 8 | level(b) << 16;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limited_range_reaches_black_and_white() {
        let yuv = YuvMatrix::new(YuvCoding::default());
        let grey = yuv.chroma(128, 128);
        assert_eq!((yuv.rgb(16, grey), yuv.rgb(235, grey)), ([0; 3], [255; 3]));
    }

    #[test]
    fn many_pixels_at_once_become_what_each_becomes_alone() {
        for (bt709, full_range) in [(false, false), (false, true), (true, false), (true, true)] {
            let yuv = YuvMatrix::new(YuvCoding { bt709, full_range });
            for (y, u) in (0..=255).step_by(3).flat_map(|y| (0..=255).step_by(5).map(move |u| (y, u))) {
                let mut words: Vec<u32> = (0..=255).map(|v| u32::from_le_bytes([y, u, v, 77])).collect();
                yuv.to_colours::<16>(&mut words);
                for (v, word) in (0..=255).zip(words) {
                    assert_eq!(word.to_le_bytes()[..3], yuv.rgb(y, yuv.chroma(u, v)), "{y} {u} {v}");
                }
            }
        }
    }

    #[test]
    fn the_two_matrices_differ_in_red() {
        let red = |bt709| {
            let yuv = YuvMatrix::new(YuvCoding { bt709, full_range: true });
            yuv.rgb(100, yuv.chroma(128, 200))[0]
        };
        assert_eq!((red(false), red(true)), (201, 213));
    }
}
