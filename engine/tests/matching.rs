//! The bundled foundations on skins of every depth.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::path::Path;

use carmine::light::{MONK_SRGB, SkinTone};
use carmine::look::{Category, Product};
use carmine::matching::{Depth, Match, Undertone, match_foundations};
use carmine_shaders::cpu::{lab_from_linear_srgb, linear_from_srgb, linear_srgb_from_lab};
use glam::Vec3;

fn foundations() -> Vec<Product> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/products");
    let mut paths: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        Product::from_toml(&path.display().to_string(), &std::fs::read_to_string(path).unwrap(), &mut |_, _| None)
    };
    let products = paths.iter().map(|path| read(path).unwrap());
    products.filter(|product| product.category == Category::Foundation).collect()
}

fn tone(lab: Vec3, sigma_lab: Vec3) -> SkinTone {
    SkinTone {
        lab,
        spread_lab: Vec3::ONE,
        sigma_lab,
        ita_deg: 0.0,
        ita_sigma_deg: 0.0,
        monk: 5,
        monk_second: 6,
        monk_probability: [0.1; 10],
    }
}

const SURE: Vec3 = Vec3::new(1.5, 0.5, 0.8);

fn monk_lab(tone: usize) -> Vec3 {
    lab_from_linear_srgb(linear_from_srgb(Vec3::from(MONK_SRGB[tone].map(f32::from)) / 255.0))
}

fn ranked(lab: Vec3) -> Vec<Match> {
    match_foundations(&tone(lab, SURE), &foundations())
}

#[test]
fn every_monk_tone_finds_its_foundation() {
    for number in 0..10 {
        let matches = ranked(monk_lab(number));
        assert!(matches[0].delta_e00 <= 3.0, "Monk {}: ΔE00 {}", number + 1, matches[0].delta_e00);
        assert!(matches.is_sorted_by(|one, other| one.delta_e00 <= other.delta_e00));
    }
}

#[test]
fn rosy_and_golden_skins_of_every_depth_find_theirs() {
    // Depth, and the chroma that skin of it has (Xiao et al. 2017, rounded).
    for (lightness, chroma) in
        [(84.0, 14.0), (76.0, 21.0), (68.0, 24.0), (60.0, 25.0), (50.0, 24.0), (40.0, 22.0), (30.0, 17.0)]
    {
        for (hue_deg, expected) in [(50.0f32, "rosy"), (58.0, "neutral"), (68.0, "golden")] {
            let (sin, cos) = hue_deg.to_radians().sin_cos();
            let best = ranked(Vec3::new(lightness, chroma * cos, chroma * sin))[0];
            assert!(best.delta_e00 <= 3.5, "{expected}, L* {lightness}: ΔE00 {}", best.delta_e00);
        }
    }
}

#[test]
fn the_deeper_the_skin_the_deeper_its_foundation() {
    let foundations = foundations();
    // From 3 on; the scale's first three tones are almost equally light.
    let chosen = |lab| foundations[ranked(lab)[0].index].shade.masstone_lab().x;
    let depths: Vec<f32> = (3..10).map(|number| chosen(monk_lab(number))).collect();
    assert!(depths.is_sorted_by(|lighter, darker| lighter > darker), "{depths:?}");
}

#[test]
fn what_has_no_shade_is_left_out() {
    let foundations = foundations();
    let matches = ranked(monk_lab(5));
    assert!(foundations.iter().any(|product| product.name == "Soft Focus Veil"));
    assert!(matches.iter().all(|found| foundations[found.index].name != "Soft Focus Veil"));
    assert!(matches.len() >= 24 && match_foundations(&tone(monk_lab(5), SURE), &[]).is_empty());
}

#[test]
fn words_follow_what_is_seen() {
    let foundations = foundations();
    let find =
        |name: &str, lab| *ranked(lab).iter().find(|found| foundations[found.index].name.starts_with(name)).unwrap();
    let (tan, fair) = (monk_lab(5), monk_lab(1));
    assert_eq!(find("Porcelain", tan).depth, Depth::Lighter);
    assert_eq!(find("Ebony", tan).depth, Depth::Darker);
    assert_eq!(find("Ebony", fair).depth, Depth::Darker);
    assert_eq!(find("Rose Beige", tan).undertone, Undertone::Cooler);
    assert_eq!(find("Honey", Vec3::new(55.0, 18.0, 18.0)).undertone, Undertone::Warmer);
}

#[test]
fn what_is_not_known_of_the_skin_is_not_known_of_the_match() {
    let foundations = foundations();
    let best = |sigma_lab| match_foundations(&tone(monk_lab(6), sigma_lab), &foundations)[0];
    let (sure, guessed) = (best(SURE), best(Vec3::new(9.0, 3.0, 4.0)));
    assert_eq!((sure.index, sure.delta_e00), (guessed.index, guessed.delta_e00));
    assert!(sure.confidence > 0.9 && guessed.confidence < 0.6, "{sure:?} {guessed:?}");
    let all = match_foundations(&tone(monk_lab(6), Vec3::ZERO), &foundations);
    assert_eq!(all[0].confidence, 1.0);
    assert_eq!(all.last().unwrap().confidence, 0.0);
}

#[test]
fn a_tone_that_no_skin_has_is_matched_all_the_same() {
    for lab in [Vec3::ZERO, Vec3::new(100.0, 0.0, 0.0), Vec3::new(50.0, 90.0, -90.0), linear_srgb_from_lab(Vec3::ONE)] {
        let matches = ranked(lab);
        assert!(matches.iter().all(|found| found.delta_e00.is_finite() && found.rendered_lab.is_finite()), "{lab}");
    }
}
