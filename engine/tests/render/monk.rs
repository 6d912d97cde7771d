//! A masstone shows as itself on every skin, and a sheer shade follows the skin.

use carmine::Scene;
use carmine::light::{LightEstimator, RoomLight};
use carmine_shaders::cpu::{delta_e2000, lab_from_linear_srgb, linear_from_srgb};
use glam::Vec3;
use image::{Rgba, RgbaImage};

use crate::fixture::{face_of, frame, input, lipstick, render};

/// Monk Skin Tone Scale, 1 to 10.
const MONK: [[u8; 3]; 10] = [
    [0xf6, 0xed, 0xe4],
    [0xf3, 0xe7, 0xdb],
    [0xf7, 0xea, 0xd0],
    [0xea, 0xda, 0xba],
    [0xd7, 0xbd, 0x96],
    [0xa0, 0x7e, 0x56],
    [0x82, 0x5c, 0x43],
    [0x60, 0x41, 0x34],
    [0x3a, 0x31, 0x2a],
    [0x29, 0x24, 0x20],
];

fn lab(rgb: [u8; 3]) -> Vec3 {
    lab_from_linear_srgb(linear_from_srgb(Vec3::from(rgb.map(f32::from)) / 255.0))
}

/// The colour in the middle of the lower lip when a whole flat picture has one skin's colour.
fn worn_on(look: &carmine::look::Look) -> Vec<[u8; 3]> {
    let picture = input("light_skin.png");
    let face = face_of(&picture);
    let lip = (face.landmarks_px[17].truncate() + face.landmarks_px[14].truncate()) * 0.5;
    let faces = [face];
    MONK.map(|tone| {
        let [r, g, b] = tone;
        let patch = RgbaImage::from_pixel(picture.width(), picture.height(), Rgba([r, g, b, 255]));
        let mut light = LightEstimator::calibrated(RoomLight::default());
        let light = light.estimate(&frame(&patch), &faces);
        let seen = render(&Scene::new(frame(&patch), &faces, light, look));
        let [r, g, b, _] = seen.get_pixel(lip.x.round() as u32, lip.y.round() as u32).0;
        [r, g, b]
    })
    .to_vec()
}

#[test]
fn an_opaque_matte_shade_is_its_swatch_on_all_ten_tones() {
    let swatches = [
        ("#b3152a", [0xb3, 0x15, 0x2a]),
        ("#4f1730", [0x4f, 0x17, 0x30]),
        ("#c98a7a", [0xc9, 0x8a, 0x7a]),
        ("#8e3a2b", [0x8e, 0x3a, 0x2b]),
    ];
    for (hex, rgb) in swatches {
        for (tone, seen) in worn_on(&lipstick(hex, "matte", 1.0, 2.0)).into_iter().enumerate() {
            let difference = delta_e2000(lab(rgb), lab(seen));
            assert!(difference <= 1.0, "{hex} on Monk {}: {seen:?}, ΔE00 {difference:.2}", tone + 1);
        }
    }
}

#[test]
fn a_sheer_shade_darkens_with_the_skin() {
    let worn = worn_on(&lipstick("#b3152a", "matte", 0.08, 1.0));
    let lightness: Vec<(f32, f32)> = MONK.iter().zip(worn).map(|(bare, worn)| (lab(*bare).x, lab(worn).x)).collect();
    for (darker, lighter) in lightness.iter().flat_map(|a| lightness.iter().map(move |b| (a, b))) {
        // The scale's lightest tones differ in hue more than in lightness.
        if lighter.0 - darker.0 > 3.0 {
            assert!(lighter.1 > darker.1, "{lightness:?}");
        }
    }
    assert!(lightness[0].1 - lightness[9].1 > 20.0, "{lightness:?}");
}
