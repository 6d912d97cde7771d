//! Pixels that are not square, as old television and some cameras have them: the picture is stretched until they are.

use carmine::frame::PixelFormat;
use image::RgbaImage;
use image::imageops::{FilterType, resize};

use super::Picture;

/// Farthest that pixels are stretched.
const MOST: f64 = 8.0;

/// A pixel's width and height in any unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aspect {
    across: u32,
    down: u32,
}

impl Aspect {
    /// As wide as high.
    pub const SQUARE: Self = Self { across: 1, down: 1 };

    /// From words like `4:3`. A zero says that it is not known, and what is no ratio says nothing: then they are square.
    pub fn parse(words: &str) -> Self {
        let ratio: Option<(u32, u32)> =
            words.split_once(':').and_then(|(across, down)| Some((across.parse().ok()?, down.parse().ok()?)));
        match ratio {
            Some((across, down)) if across > 0 && down > 0 => Self { across, down },
            _ => Self::SQUARE,
        }
    }

    /// Whether there is nothing to do.
    pub fn is_square(self) -> bool {
        self.across == self.down
    }

    /// The picture's size with square pixels, as ffmpeg is asked for it too: the shorter side of a pixel decides, so
    /// that none is lost, and sides are even.
    pub fn squared(self, width: u32, height: u32) -> [u32; 2] {
        if self.is_square() {
            return [width, height];
        }
        let ratio = f64::from(self.across) / f64::from(self.down);
        let side = |side: u32, by: f64| 2 * ((f64::from(side) * by.clamp(1.0, MOST) / 2.0).round() as u32).max(1);
        [side(width, ratio), side(height, 1.0 / ratio)]
    }

    /// Stretches a picture of RGBA8 to that size.
    pub fn stretch(self, picture: &mut Picture) {
        let [width, height] = self.squared(picture.width, picture.height);
        let data = std::mem::take(&mut picture.data);
        if let Some(narrow) = RgbaImage::from_raw(picture.width, picture.height, data) {
            picture.data = resize(&narrow, width, height, FilterType::CatmullRom).into_raw();
            picture.shape(PixelFormat::Rgba8, width, height);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shorter_side_of_a_pixel_grows_and_sides_are_even() {
        for (words, size, squared) in [
            ("1:1", [721, 575], [721, 575]),
            ("16:16", [721, 575], [721, 575]),
            ("0:0", [720, 576], [720, 576]),
            ("0:1", [720, 576], [720, 576]),
            ("wide", [720, 576], [720, 576]),
            ("4:3", [720, 576], [960, 576]),
            ("3:4", [720, 576], [720, 768]),
            ("16:15", [720, 576], [768, 576]),
            ("10:11", [720, 480], [720, 528]),
            ("4:3", [5, 3], [6, 4]),
            ("4000000000:1", [10, 10], [80, 10]),
            ("1:4000000000", [10, 10], [10, 80]),
        ] {
            assert_eq!(Aspect::parse(words).squared(size[0], size[1]), squared, "{words}");
        }
    }
}
