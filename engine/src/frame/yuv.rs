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

/// A [`YuvCoding`] (ITU-R BT.601, BT.709) in 16.16 fixed point.
#[derive(Clone, Copy, Debug)]
pub(super) struct YuvMatrix {
    black: i32,
    luma: i32,
    red_v: i32,
    green_u: i32,
    green_v: i32,
    blue_u: i32,
}

impl YuvMatrix {
    pub fn new(coding: YuvCoding) -> Self {
        const BT601: [f32; 4] = [1.402, 0.344_136, 0.714_136, 1.772];
        const BT709: [f32; 4] = [1.574_8, 0.187_324, 0.468_124, 1.855_6];
        let fixed = |value: f32| (value * 65536.0) as i32;
        let (black, luma, chroma) = if coding.full_range { (0, 1.0, 1.0) } else { (16, 255.0 / 219.0, 255.0 / 224.0) };
        let matrix = if coding.bt709 { BT709 } else { BT601 };
        let [red_v, green_u, green_v, blue_u] = matrix.map(|c| fixed(c * chroma));
        Self { black, luma: fixed(luma), red_v, green_u, green_v, blue_u }
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
    fn the_two_matrices_differ_in_red() {
        let red = |bt709| {
            let yuv = YuvMatrix::new(YuvCoding { bt709, full_range: true });
            yuv.rgb(100, yuv.chroma(128, 200))[0]
        };
        assert_eq!((red(false), red(true)), (201, 213));
    }
}
