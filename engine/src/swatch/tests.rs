//! Swatches show the product's colour and finish, at every size, and quickly.

use std::time::Instant;

use carmine_shaders::cpu::{delta_e2000, lab_from_linear_srgb, linear_from_srgb};
use glam::Vec3;

use super::*;
use crate::look::{Mask, Shade};

fn product(category: Category, shade: &str, finish: Finish) -> Product {
    let mask = Mask::built_in(category.default_mask()).unwrap();
    let shade = Shade::from_hex(shade).unwrap();
    Product { name: "Test".into(), category, shade, coverage: 0.6, finish, flakes: None, mask }
}

/// Opaque pixels of the middle half.
fn centre(picture: &[u8], side: usize) -> Vec<[u8; 3]> {
    let inside = |number: usize| {
        let (x, y) = (number % side, number / side);
        (side / 4..3 * side / 4).contains(&x) && (side / 4..3 * side / 4).contains(&y)
    };
    let pixels = picture.as_chunks::<4>().0.iter().enumerate();
    pixels.filter(|(number, pixel)| inside(*number) && pixel[3] > 250).map(|(_, [r, g, b, _])| [*r, *g, *b]).collect()
}

fn lab(rgb: [u8; 3]) -> Vec3 {
    lab_from_linear_srgb(linear_from_srgb(Vec3::from(rgb.map(f32::from)) / 255.0))
}

fn median(pixels: &[[u8; 3]]) -> [u8; 3] {
    [0, 1, 2].map(|channel| {
        let mut levels: Vec<u8> = pixels.iter().map(|pixel| pixel[channel]).collect();
        levels.sort_unstable();
        levels[levels.len() / 2]
    })
}

#[test]
fn a_matte_swatch_is_its_masstone() {
    let shades = ["#a8485a", "#c98468", "#4f1730", "#0b0a0c", "#e6c7ac", "#1c8290"];
    for category in Category::ALL {
        if matches!(category, Category::Lashes | Category::Lens | Category::Brow) {
            continue;
        }
        for shade in shades {
            let product = product(category, shade, Finish::Matte);
            for side in [64, 96, 160] {
                let pixels = centre(&paint(&product, side), side);
                assert!(pixels.len() > side * side / 40, "{}: {} pixels", category.name(), pixels.len());
                let difference = delta_e2000(lab(median(&pixels)), product.shade.masstone_lab());
                assert!(difference < 3.0, "{} {shade} at {side}: ΔE00 {difference}", category.name());
            }
        }
    }
}

#[test]
fn finishes_can_be_told_apart() {
    for category in [Category::Lipstick, Category::Eyeshadow] {
        let pictures = Finish::ALL.map(|finish| paint(&product(category, "#a8485a", finish), 96));
        for (one, two) in (0..8).flat_map(|one| (0..one).map(move |two| (one, two))) {
            let seen = |at: usize| pictures[at].as_chunks::<4>().0;
            let both = seen(one).iter().zip(seen(two)).filter(|(one, two)| one[3] > 128 || two[3] > 128);
            let difference = |one: &[u8; 4], two: &[u8; 4]| {
                if one[3].abs_diff(two[3]) > 60 {
                    return 20.0;
                }
                delta_e2000(lab([one[0], one[1], one[2]]), lab([two[0], two[1], two[2]]))
            };
            let differences: Vec<f32> = both.map(|(one, two)| difference(one, two)).collect();
            let mean = differences.iter().sum::<f32>() / differences.len() as f32;
            let names = (Finish::ALL[one].name(), Finish::ALL[two].name());
            assert!(mean > 1.2, "{}: {names:?} differ by ΔE00 {mean}", category.name());
        }
    }
}

#[test]
fn the_shinier_the_brighter_the_highlight() {
    let brightest = |finish| {
        let picture = paint(&product(Category::Lipstick, "#741a3c", finish), 96);
        let mut levels: Vec<f32> = centre(&picture, 96).into_iter().map(|rgb| lab(rgb).x).collect();
        levels.sort_by(f32::total_cmp);
        levels[levels.len() * 99 / 100]
    };
    let [matte, satin, cream, gloss] = [Finish::Matte, Finish::Satin, Finish::Cream, Finish::Gloss].map(brightest);
    assert!(matte + 3.0 < satin && satin + 3.0 < cream && cream + 10.0 < gloss, "{matte} {satin} {cream} {gloss}");
}

#[test]
fn every_size_has_its_picture_and_a_clear_margin() {
    for category in Category::ALL {
        let product = product(category, "#a8485a", Finish::Satin);
        for side in [33, 64, 128] {
            let picture = paint(&product, side);
            assert_eq!(picture.len(), 4 * side * side);
            assert_eq!(picture, paint(&product, side), "the same every time");
            let alpha = |x: usize, y: usize| picture[4 * (y * side + x) + 3];
            assert!((0..side).all(|i| alpha(i, 0).max(alpha(0, i)) < 40), "{} touches the edge", category.name());
        }
        assert_eq!(paint(&product, 0).len(), 4 * 8 * 8);
    }
}

#[test]
fn a_swatch_is_drawn_at_once() {
    for category in Category::ALL {
        let product = product(category, "#a8485a", Finish::Glitter);
        // The quickest of some, for other tests run beside it; it takes 1 to 4 ms on an idle core.
        let quickest = (0..7).map(|_| {
            let begun = Instant::now();
            std::hint::black_box(paint(&product, 128));
            begun.elapsed()
        });
        let quickest = quickest.min().unwrap();
        assert!(quickest.as_millis() < 20, "{}: {quickest:?}", category.name());
    }
}
