//! Pictures of screens against those that were looked at and accepted.
//!
//! On a difference the actual picture and the amplified difference lie in `target/tmp/screens`. `CARMINE_BLESS=1` accepts
//! what changed: look at every picture that you accept, at full size (`CARMINE_SCREENS`).
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::PathBuf;

use image::imageops::FilterType;
use image::{Rgb, RgbImage, RgbaImage};

/// Kept small: a quarter of the screen's width and height shows every shift of a control and every text that is cut.
const SHRINK: u32 = 4;
/// A pixel differs if one of its channels does by more.
const TOLERANCE: u8 = 28;
/// Part of the pixels that may differ: another version of the software adapter smooths edges otherwise.
const OUTLIERS: f64 = 0.0003;

/// What is wrong with a screen's picture, if anything.
pub fn compare(name: &str, picture: &RgbaImage) -> Option<String> {
    let (width, height) = (picture.width() / SHRINK, picture.height() / SHRINK);
    let small = image::imageops::resize(picture, width, height, FilterType::Triangle);
    let jpeg = encoded(&image::DynamicImage::ImageRgba8(small).to_rgb8());
    let actual = image::load_from_memory(&jpeg).unwrap().to_rgb8();
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/goldens/{name}.jpg"));
    let expected = image::open(&golden).ok().map(|image| image.to_rgb8());
    let wrong = match &expected {
        None => Some("there is no accepted picture".to_owned()),
        Some(expected) if expected.dimensions() != actual.dimensions() => Some("the size differs".to_owned()),
        Some(expected) => {
            let pairs = expected.pixels().zip(actual.pixels());
            let differs = |(a, b): &(&Rgb<u8>, &Rgb<u8>)| (0..3).any(|c| a.0[c].abs_diff(b.0[c]) > TOLERANCE);
            let part = pairs.filter(differs).count() as f64 / f64::from(width * height);
            (part > OUTLIERS).then(|| format!("{:.2} % of the pixels differ", part * 100.0))
        }
    }?;
    if std::env::var_os("CARMINE_BLESS").is_some() {
        std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
        std::fs::write(&golden, &jpeg).unwrap();
        return None;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("screens");
    let path = folder.join(format!("{name}.png"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    actual.save(&path).unwrap();
    if let Some(expected) = expected.filter(|expected| expected.dimensions() == actual.dimensions()) {
        let amplified = RgbImage::from_fn(width, height, |x, y| {
            let (a, b) = (expected.get_pixel(x, y), actual.get_pixel(x, y));
            Rgb([0, 1, 2].map(|c| a.0[c].abs_diff(b.0[c]).saturating_mul(4)))
        });
        amplified.save(folder.join(format!("{name}-difference.png"))).unwrap();
    }
    Some(format!("{name}: {wrong}; see {}", path.display()))
}

/// Kept as JPEG, which is a twentieth of the size; the actual picture goes through the same, so that nothing is lost to the
/// comparison.
fn encoded(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(picture).unwrap();
    bytes
}
