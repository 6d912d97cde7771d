//! A masstone shows as itself on every skin, and a sheer shade follows the skin.

use carmine::Scene;
use carmine::face::FittedFace;
use carmine::light::{LightEstimator, MONK_SRGB, RoomLight, SkinTone};
use carmine::look::{Category, Chart, Look, Mask};
use carmine::matching::match_foundations;
use carmine::models::CanonicalFace;
use carmine_shaders::cpu::{delta_e2000, lab_from_linear_srgb, linear_from_srgb};
use glam::{Vec2, Vec3};
use image::{Rgba, RgbaImage};

use crate::fixture::{frame, observed, render};
use crate::products::Product;

fn lab(rgb: [u8; 3]) -> Vec3 {
    lab_from_linear_srgb(linear_from_srgb(Vec3::from(rgb.map(f32::from)) / 255.0))
}

/// Where on the picture a category's mask is thickest: in the middle of the lower lip, or at a vertex of the face.
fn core(category: Category, face: &FittedFace) -> Vec2 {
    let mask = Mask::built_in(category.default_mask()).unwrap();
    if mask.chart != Chart::Face {
        return (face.landmarks_px[17].truncate() + face.landmarks_px[14].truncate()) * 0.5;
    }
    let side = mask.chart.tile().1.x as usize;
    let mut coats = vec![0; side * side];
    mask.rasterize(None, &mut coats);
    // The least coat round a place, for the pixel next to it is a little aside.
    let thickness = |uv: Vec2| {
        let texel = uv * side as f32;
        let around = (-4..=4).flat_map(|dy| (-4..=4).map(move |dx| Vec2::new(dx as f32, dy as f32)));
        let coat = |by: Vec2| {
            let at = (texel + by).clamp(Vec2::ZERO, Vec2::splat(side as f32 - 1.0)).as_usizevec2();
            coats[at.y * side + at.x]
        };
        around.map(coat).min().unwrap()
    };
    // Places on the mesh that face the camera.
    let canonical = CanonicalFace::embedded().unwrap();
    let facing = |corners: &&[u16; 3]| corners.iter().all(|&i| face.visibility[usize::from(i)] > 0.995);
    let middle = |points: [Vec2; 3]| (points[0] + points[1] + points[2]) / 3.0;
    let places = canonical.triangles.iter().filter(facing).map(|corners| {
        let uv = middle(corners.map(|i| Vec2::from(canonical.uv[usize::from(i)])));
        (thickness(uv), middle(corners.map(|i| face.landmarks_px[usize::from(i)].truncate())))
    });
    let (coat, at) = places.max_by_key(|(coat, _)| *coat).unwrap();
    assert!(coat > 120, "{category:?}: {coat}");
    at
}

/// The colour in the core of a category's mask when a whole flat picture has one skin's colour.
///
/// The light is stated, not guessed: white, even, and without the sheen that real skin has and the estimator expects.
/// The `fairness` bench measures the whole chain on heads that have it.
fn worn_on(category: Category, look: &Look) -> Vec<[u8; 3]> {
    let seen = observed("light_skin.png");
    let at = core(category, seen.face()).round();
    MONK_SRGB
        .map(|[r, g, b]| {
            let patch = RgbaImage::from_pixel(seen.picture.width(), seen.picture.height(), Rgba([r, g, b, 255]));
            let mut light = LightEstimator::with_room(RoomLight::default());
            let mut light = light.estimate(&frame(&patch), &seen.faces).clone();
            for face in &mut light.faces {
                face.lips.map.iter_mut().chain(face.skin.map.iter_mut()).for_each(|texel| texel.w = 1.0);
            }
            let worn = render(&Scene::new(frame(&patch), &seen.faces, &light, look));
            let [r, g, b, _] = worn.get_pixel(at.x as u32, at.y as u32).0;
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
    let mut off = Vec::new();
    for category in [Category::Lipstick, Category::Foundation, Category::Blush, Category::Eyeshadow] {
        for (hex, rgb) in swatches {
            let product = Product::of(category).shade(hex).with_finish("matte").coverage(1.0).amount(2.0);
            for (tone, seen) in worn_on(category, &product.look()).into_iter().enumerate() {
                let difference = delta_e2000(lab(rgb), lab(seen));
                if difference > 1.0 {
                    let name = category.name();
                    off.push(format!("{name} {hex} on Monk {}: {seen:?}, ΔE00 {difference:.2}", tone + 1));
                }
            }
        }
    }
    assert!(off.is_empty(), "{}", off.join("\n"));
}

#[test]
fn a_sheer_shade_darkens_with_the_skin() {
    for category in [Category::Lipstick, Category::Foundation, Category::Blush, Category::Eyeshadow] {
        let product = Product::of(category).shade("#b3152a").with_finish("matte").coverage(0.08);
        let worn = worn_on(category, &product.look());
        let lightness: Vec<(f32, f32)> =
            MONK_SRGB.iter().zip(worn).map(|(bare, worn)| (lab(*bare).x, lab(worn).x)).collect();
        for (darker, lighter) in lightness.iter().flat_map(|a| lightness.iter().map(move |b| (a, b))) {
            // The scale's lightest tones differ in hue more than in lightness.
            if lighter.0 - darker.0 > 3.0 {
                assert!(lighter.1 > darker.1, "{category:?}: {lightness:?}");
            }
        }
        assert!(lightness[0].1 - lightness[9].1 > 20.0, "{category:?}: {lightness:?}");
    }
}

#[test]
fn a_matched_foundation_looks_as_it_was_matched() {
    // Without gloss, which matching leaves out.
    let worn = Product::of(Category::Foundation).shade("#966746").with_finish("matte").coverage(0.32).look();
    let seen = worn_on(Category::Foundation, &worn);
    for (bare, seen) in MONK_SRGB.into_iter().zip(seen) {
        let tone = SkinTone {
            lab: lab(bare),
            spread_lab: Vec3::ZERO,
            sigma_lab: Vec3::ZERO,
            ita_deg: 0.0,
            ita_sigma_deg: 0.0,
            monk: 1,
            monk_second: 2,
            monk_probability: [0.1; 10],
        };
        let matched = match_foundations(&tone, [&worn.layers[0].product])[0];
        let difference = delta_e2000(matched.rendered_lab, lab(seen));
        assert!(difference < 1.0, "{bare:?}: {seen:?} is ΔE00 {difference:.2} from {}", matched.rendered_lab);
    }
}
