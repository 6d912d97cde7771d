//! A text as a QR code (ISO/IEC 18004): which of its modules are dark. Pages and screens draw them.

use fast_qr::{ECL, QRBuilder};
use thiserror::Error;

/// Light modules around the code that scanners need.
pub const QUIET_MODULES: usize = 4;

/// A text that makes no QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum QrError {
    /// Longer than the largest code.
    #[error("{0} bytes are too many for a QR code: shorten the link's base or the look")]
    TooLong(usize),
}

/// A QR code without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    side: usize,
    /// Rows from the top.
    dark: Vec<bool>,
}

impl Qr {
    /// The code of a text: with 15 % of it mendable, or 7 % where it is too long for that.
    pub fn new(text: &str) -> Result<Self, QrError> {
        let build = |level| QRBuilder::new(text).ecl(level).build();
        let code = build(ECL::M).or_else(|_| build(ECL::L)).map_err(|_| QrError::TooLong(text.len()))?;
        let side = code.size;
        let dark = (0..side).flat_map(|row| code[row][..side].iter().map(|module| module.value())).collect();
        Ok(Self { side, dark })
    }

    /// Modules along a side.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Whether a module is dark; light outside of the code.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.side && self.dark.get(row * self.side + column).is_some_and(|dark| *dark)
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, ColorImage};
    use proptest::prelude::*;

    use super::*;

    fn side_with_quiet(qr: &Qr) -> usize {
        qr.side() + 2 * QUIET_MODULES
    }

    /// The code with its quiet zone, `scale_px` whole pixels a module.
    fn image(qr: &Qr, scale_px: usize, dark: Color32, light: Color32) -> ColorImage {
        let side_px = side_with_quiet(qr) * scale_px;
        let mut image = ColorImage::filled([side_px; 2], light);
        let module = |at: usize| (at / scale_px).checked_sub(QUIET_MODULES).unwrap_or(qr.side());
        for (at, pixel) in image.pixels.iter_mut().enumerate() {
            if qr.is_dark(module(at % side_px), module(at / side_px)) {
                *pixel = dark;
            }
        }
        image
    }

    fn read(image: &ColorImage) -> Vec<String> {
        let luma = |x, y| image[(x, y)].r();
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(image.width(), image.height(), luma);
        picture.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
    }

    #[test]
    fn every_length_is_read_back() {
        for length in [1, 17, 60, 120, 240, 298, 360, 900, 2331] {
            let text: String = "https://example.com/look#1AQCRqbqGZFmz-_".chars().cycle().take(length).collect();
            let qr = Qr::new(&text).unwrap();
            assert_eq!(read(&image(&qr, 3, Color32::BLACK, Color32::WHITE)), [text], "{length}");
        }
        assert_eq!(Qr::new(&"x".repeat(3000)), Err(QrError::TooLong(3000)));
    }

    #[test]
    fn a_long_text_is_mended_less() {
        // The largest at level M, 40-M, holds 2331 bytes; at level L as much goes into 36-L.
        assert_eq!(Qr::new(&"x".repeat(2331)).unwrap().side(), 17 + 4 * 40);
        assert_eq!(Qr::new(&"x".repeat(2332)).unwrap().side(), 17 + 4 * 36);
        assert_eq!(Qr::new(&"x".repeat(298)).unwrap().side(), 17 + 4 * 13);
    }

    #[test]
    fn it_has_a_quiet_zone_and_finders() {
        let qr = Qr::new("carmine").unwrap();
        let scale = 200 / side_with_quiet(&qr);
        let image = image(&qr, scale, Color32::BLACK, Color32::WHITE);
        assert!(image.width() <= 200 && image.width() + side_with_quiet(&qr) > 200);
        let quiet = QUIET_MODULES * scale;
        for at in 0..image.width() {
            for edge in 0..quiet {
                assert!(image[(at, edge)] == Color32::WHITE && image[(edge, at)] == Color32::WHITE);
            }
        }
        assert!(image[(quiet, quiet)] == Color32::BLACK && qr.is_dark(0, 0) && !qr.is_dark(1, 1));
        assert!(!qr.is_dark(qr.side(), 0) && !qr.is_dark(0, qr.side()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_text_is_read_back(text in "[ -~]{1,200}") {
            let qr = Qr::new(&text).unwrap();
            prop_assert_eq!(read(&image(&qr, 4, Color32::from_gray(40), Color32::from_gray(250))), [text]);
        }
    }
}
