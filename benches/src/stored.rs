//! A picture in each of the formats that a host may hand in.

use std::fmt;

use carmine::Frame;
use carmine::frame::PixelFormat;

use crate::clip::{Clip, SIZES, Size};

/// A format at a size.
#[derive(Clone, Copy, Debug)]
pub struct Stored(pub PixelFormat, pub Size);

impl Stored {
    /// Every format at each measured size.
    pub fn all() -> impl Iterator<Item = Self> {
        SIZES.into_iter().flat_map(|size| PixelFormat::ALL.map(|format| Self(format, size)))
    }

    /// The clip's first frame.
    pub fn bytes(self, clip: &Clip) -> Vec<u8> {
        let frame = clip.frame(0);
        let (pixels, width) = (frame.as_rgba().map_or(&[][..], |(pixels, _)| pixels), frame.width() as usize);
        let pixels = pixels.as_chunks::<4>().0;
        // Where pixels share their chroma, it is the first one's.
        let every_other = |x: usize, y: usize| pixels[y * 2 * width + x * 2];
        let places = (0..pixels.len() / 4).map(|at| (at % (width / 2), at / (width / 2)));
        match self.0 {
            PixelFormat::Bgra8 => pixels.iter().flat_map(|&[r, g, b, a]| [b, g, r, a]).collect(),
            PixelFormat::Rgb8 => pixels.iter().flat_map(|&[r, g, b, _]| [r, g, b]).collect(),
            PixelFormat::Yuyv => {
                let pairs = pixels.as_chunks::<2>().0.iter();
                pairs.flat_map(|&[left, right]| [luma(left), chroma(left)[0], luma(right), chroma(left)[1]]).collect()
            }
            PixelFormat::Nv12 => {
                let luma = pixels.iter().map(|&pixel| luma(pixel));
                luma.chain(places.flat_map(|(x, y)| chroma(every_other(x, y)))).collect()
            }
            PixelFormat::I420 => {
                let plane = |index: usize| places.clone().map(move |(x, y)| chroma(every_other(x, y))[index]);
                pixels.iter().map(|&pixel| luma(pixel)).chain(plane(0)).chain(plane(1)).collect()
            }
            _ => pixels.as_flattened().to_vec(),
        }
    }

    /// Those bytes as a frame.
    pub fn frame(self, bytes: &[u8]) -> Frame<'_> {
        match Frame::new(bytes, self.0, self.1.0, self.1.1) {
            Ok(frame) => frame,
            Err(error) => unreachable!("made for this format and size: {error}"),
        }
    }
}

impl fmt::Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.0, self.1)
    }
}

/// BT.601, limited range, as is the frame's default.
fn luma([r, g, b, _]: [u8; 4]) -> u8 {
    let [r, g, b] = [r, g, b].map(f32::from);
    (16.0 + 0.256_79 * r + 0.504_13 * g + 0.097_91 * b).round() as u8
}

fn chroma([r, g, b, _]: [u8; 4]) -> [u8; 2] {
    let [r, g, b] = [r, g, b].map(f32::from);
    let u = 128.0 - 0.148_22 * r - 0.290_99 * g + 0.439_22 * b;
    let v = 128.0 + 0.439_22 * r - 0.367_79 * g - 0.071_43 * b;
    [u, v].map(|value| value.round() as u8)
}
