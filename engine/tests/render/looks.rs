//! Golden pictures: every folder in `tests/looks` with a `test.toml` is a case.
//!
//! On a failure `actual.png` and `difference.png` (eight times amplified) lie in `target/tmp/looks/<case>`.
//! `CARMINE_BLESS=1` rewrites `expected.png` of the failing cases.

use std::path::Path;

use carmine::look::Look;
use image::{Rgba, RgbaImage};

use crate::fixture::{frame, looks_folder, render, try_on};

struct Case {
    input: String,
    tolerance: u8,
    outliers: f32,
}

fn read_case(folder: &Path) -> Case {
    let table: toml::Table = std::fs::read_to_string(folder.join("test.toml")).unwrap().parse().unwrap();
    Case {
        input: table["input"].as_str().unwrap().to_owned(),
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

/// What is wrong with a case, if anything.
fn run(folder: &Path) -> Option<String> {
    let case = read_case(folder);
    let picture = image::open(folder.join(&case.input)).unwrap().to_rgba8();
    let text = std::fs::read_to_string(folder.join("look.toml")).unwrap();
    let look = Look::from_toml("look.toml", &text, &mut |_, _| None).unwrap();
    let mut try_on = try_on();
    let actual = render(&try_on.scene(frame(&picture), &look).unwrap());

    let expected = image::open(folder.join("expected.png")).map(|e| e.to_rgba8()).ok();
    let same_size = expected.filter(|e| e.dimensions() == actual.dimensions());
    let worst = same_size.as_ref().map(|expected| {
        let difference = difference(expected, &actual);
        let over = difference.pixels().filter(|p| p.0[..3].iter().any(|&c| c > case.tolerance)).count();
        (over as f32 / (actual.width() * actual.height()) as f32, difference)
    });
    if worst.as_ref().is_some_and(|(share, _)| *share <= case.outliers) {
        return None;
    }
    if std::env::var_os("CARMINE_BLESS").is_some() {
        actual.save(folder.join("expected.png")).unwrap();
        return None;
    }
    let name = folder.file_name().unwrap();
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("looks").join(name);
    std::fs::create_dir_all(&out).unwrap();
    actual.save(out.join("actual.png")).unwrap();
    let Some((share, mut amplified)) = worst else {
        return Some(format!("{}: no expected.png of this size; see {}", name.display(), out.display()));
    };
    amplified.pixels_mut().for_each(|p| p.0[..3].iter_mut().for_each(|c| *c = c.saturating_mul(8)));
    amplified.save(out.join("difference.png")).unwrap();
    Some(format!("{}: {:.3} % of the pixels differ; see {}", name.display(), share * 100.0, out.display()))
}

#[test]
fn every_look_matches_its_expected_picture() {
    let mut cases: Vec<_> = std::fs::read_dir(looks_folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|folder| folder.join("test.toml").exists());
    cases.sort();
    assert!(cases.len() >= 5);
    let failures: Vec<_> = cases.iter().filter_map(|folder| run(folder)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
