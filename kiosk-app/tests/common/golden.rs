//! Pictures of screens against those that were looked at and accepted: whole screens, pixel for pixel, without loss.
//!
//! On a difference the actual picture and the amplified difference lie in `target/tmp/screens`. `CARMINE_BLESS=1`
//! accepts what changed: look at every picture that you accept, at full size.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::PathBuf;

use carmine_kiosk::l10n::Language;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{Rgb, RgbImage, RgbaImage};

/// In which languages and on which screens each case is kept, in pixels. Few, so that all of them can be looked at: a
/// portrait kiosk, a small screen read from the right, and a wide one with the longest words. What must hold in every
/// language and on every screen (nothing cut, nothing on top of another) is checked by geometry.
pub const KEPT: [(Language, [u32; 2]); 3] =
    [(Language::En, [1080, 1920]), (Language::Ar, [1280, 800]), (Language::Pseudo, [1920, 1080])];

/// A pixel differs if one of its channels does by more.
const TOLERANCE: u8 = 6;
/// Part of the pixels that may differ, some 400 of a screen's two million: another version of the software adapter
/// smooths a few edges otherwise. A shifted control or an icon of another colour has more.
const OUTLIERS: f64 = 0.0002;

/// What is wrong with a screen's picture, if anything.
pub fn compare(name: &str, picture: &RgbaImage) -> Option<String> {
    let actual = image::DynamicImage::ImageRgba8(picture.clone()).to_rgb8();
    let (width, height) = actual.dimensions();
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/goldens/{name}.png"));
    let expected = image::open(&golden).ok().map(|image| image.to_rgb8());
    let wrong = match &expected {
        None => Some("there is no accepted picture".to_owned()),
        Some(expected) if expected.dimensions() != actual.dimensions() => Some("the size differs".to_owned()),
        Some(expected) => {
            let pairs = expected.pixels().zip(actual.pixels());
            let differs = |(a, b): &(&Rgb<u8>, &Rgb<u8>)| (0..3).any(|c| a.0[c].abs_diff(b.0[c]) > TOLERANCE);
            let count = pairs.filter(differs).count();
            let part = count as f64 / f64::from(width * height);
            (part > OUTLIERS).then(|| format!("{count} pixels differ, {:.3} %", part * 100.0))
        }
    }?;
    if std::env::var_os("CARMINE_BLESS").is_some() {
        std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
        let file = std::io::BufWriter::new(std::fs::File::create(&golden).unwrap());
        let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
        actual.write_with_encoder(encoder).unwrap();
        return None;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("screens");
    let path = folder.join(format!("{name}.png"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    actual.save(&path).unwrap();
    if let Some(expected) = expected.filter(|expected| expected.dimensions() == actual.dimensions()) {
        let amplified = RgbImage::from_fn(width, height, |x, y| {
            let (a, b) = (expected.get_pixel(x, y), actual.get_pixel(x, y));
            Rgb([0, 1, 2].map(|c| a.0[c].abs_diff(b.0[c]).saturating_mul(8)))
        });
        amplified.save(folder.join(format!("{name}-difference.png"))).unwrap();
    }
    Some(format!("{name}: {wrong}; see {}", path.display()))
}
