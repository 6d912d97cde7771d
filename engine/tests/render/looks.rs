//! Golden pictures: every folder in `tests/looks` with a `test.toml` is a case, and a test of its name.
//!
//! On a failure `actual.png` and `difference.png` (eight times amplified) lie in `target/tmp/looks/<case>`.
//! `CARMINE_BLESS=1` rewrites `expected.png` of the failing cases.

use std::path::Path;

use carmine::look::Look;
use image::{Rgba, RgbaImage};

use crate::fixture::{looks_folder, observed, render};

struct Case {
    input: String,
    /// What is compared: x, y, width, height.
    crop: Option<[u32; 4]>,
    tolerance: u8,
    outliers: f32,
}

fn read_case(folder: &Path) -> Case {
    let table: toml::Table = std::fs::read_to_string(folder.join("test.toml")).unwrap().parse().unwrap();
    Case {
        input: table["input"].as_str().unwrap().to_owned(),
        crop: table.get("crop").map(|crop| {
            let numbers: Vec<_> = crop.as_array().unwrap().iter().map(|n| n.as_integer().unwrap() as u32).collect();
            numbers.try_into().unwrap()
        }),
        tolerance: table["tolerance"].as_integer().unwrap() as u8,
        outliers: table["outliers"].as_float().unwrap() as f32,
    }
}

fn difference(a: &RgbaImage, b: &RgbaImage) -> RgbaImage {
    RgbaImage::from_fn(a.width(), a.height(), |x, y| {
        let (a, b) = (a.get_pixel(x, y), b.get_pixel(x, y));
        Rgba(std::array::from_fn(|c| if c == 3 { 255 } else { a[c].abs_diff(b[c]) }))
    })
}

/// Runs a case by its folder's name; fails with what is wrong.
fn run(name: &str) {
    let folder = &looks_folder().join(name);
    let case = read_case(folder);
    let text = std::fs::read_to_string(folder.join("look.toml")).unwrap();
    let look = Look::from_toml(name, &text, &mut |_, _| None).unwrap_or_else(|e| panic!("{e}"));
    let seen = observed(&case.input);
    let mut actual = render(&seen.scene(&look).with_occlusion(&seen.occlusion));
    if let Some([x, y, width, height]) = case.crop {
        actual = image::imageops::crop_imm(&actual, x, y, width, height).to_image();
    }

    let expected = image::open(folder.join("expected.png")).map(|e| e.to_rgba8()).ok();
    let same_size = expected.filter(|e| e.dimensions() == actual.dimensions());
    let worst = same_size.as_ref().map(|expected| {
        let difference = difference(expected, &actual);
        let over = difference.pixels().filter(|p| p.0[..3].iter().any(|&c| c > case.tolerance)).count();
        (over as f32 / (actual.width() * actual.height()) as f32, difference)
    });
    if worst.as_ref().is_some_and(|(share, _)| *share <= case.outliers) {
        return;
    }
    if std::env::var_os("CARMINE_BLESS").is_some() {
        // Opaque: no need for its alpha.
        image::DynamicImage::from(actual).to_rgb8().save(folder.join("expected.png")).unwrap();
        return;
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("looks").join(name);
    std::fs::create_dir_all(&out).unwrap();
    actual.save(out.join("actual.png")).unwrap();
    let Some((share, mut amplified)) = worst else {
        panic!("{name}: no expected.png of this size; see {}", out.display());
    };
    amplified.pixels_mut().for_each(|p| p.0[..3].iter_mut().for_each(|c| *c = c.saturating_mul(8)));
    amplified.save(out.join("difference.png")).unwrap();
    panic!("{name}: {:.3} % of the pixels differ; see {}", share * 100.0, out.display());
}

/// A test of each case's name.
macro_rules! cases {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                run(stringify!($name));
            }
        )*

        #[test]
        fn every_folder_is_a_case_above() {
            let entries = std::fs::read_dir(looks_folder()).unwrap().map(|entry| entry.unwrap());
            let folders = entries.filter(|entry| entry.path().join("test.toml").exists());
            let mut names: Vec<_> = folders.map(|folder| folder.file_name().into_string().unwrap()).collect();
            names.sort();
            assert_eq!(names, [$(stringify!($name)),*], "the folders of tests/looks, and the list in looks.rs");
        }
    };
}

cases! {
    category_blush_dark
    category_blush_light
    category_bronzer_dark
    category_bronzer_light
    category_brow_dark
    category_brow_light
    category_concealer_dark
    category_concealer_light
    category_contour_dark
    category_contour_light
    category_eyeliner_dark
    category_eyeliner_light
    category_eyeshadow_dark
    category_eyeshadow_light
    category_foundation_dark
    category_foundation_light
    category_highlighter_dark
    category_highlighter_light
    category_lashes_dark
    category_lashes_light
    category_lens_dark
    category_lens_light
    category_lip_gloss_dark
    category_lip_gloss_light
    category_lip_liner_dark
    category_lip_liner_light
    category_lipstick_dark
    category_lipstick_light
    category_mascara_dark
    category_mascara_light
    closed_eyes
    closed_mouth
    finish_cream
    finish_glitter
    finish_gloss
    finish_matte
    finish_metallic
    finish_satin
    finish_sheer
    finish_shimmer
    full_dark
    full_light
    glasses
    open_eyes
    open_mouth
    turned
}
