//! How well an opaque lipstick fills the lip that the picture shows: bare lip left, paint on skin, paint on teeth, in
//! per cent of the lip's core. Colour models of lip and skin, made here from the picture, say which pixel is which.

use std::path::{Path, PathBuf};

use carmine::face::FittedFace;
use carmine::look::Category;
use carmine::models::rings;
use carmine_shaders::cpu::{lab_from_linear_srgb, linear_from_srgb, srgb_from_linear};
use glam::{Mat3, Vec2, Vec3};
use image::RgbaImage;

use crate::fixture::{Observed, frame, observed, try_on};
use crate::products::Product;
use crate::regions::{self, changed_among, distance, inside, ring};

/// Colours of a kind in CIE L\*a\*b\*.
struct Colour {
    mean: Vec3,
    inverse: Mat3,
    ln_det: f32,
}

impl Colour {
    fn of(samples: &[Vec3]) -> Self {
        let median = |values: Vec<f32>| {
            let mut values = values;
            values.sort_by(f32::total_cmp);
            values[values.len() / 2]
        };
        let per_axis = |value: &dyn Fn(Vec3) -> Vec3| {
            Vec3::from([0, 1, 2].map(|axis| median(samples.iter().map(|&lab| value(lab)[axis]).collect())))
        };
        let centre = per_axis(&|lab| lab);
        let spread = per_axis(&|lab| (lab - centre).abs()) * 1.4826 + 1.0;
        let kept: Vec<_> =
            samples.iter().filter(|lab| (**lab - centre).abs().cmplt(spread * 3.5).all()).copied().collect();
        let mean = kept.iter().sum::<Vec3>() / kept.len() as f32;
        let mut covariance = Mat3::from_diagonal(Vec3::new(6.0, 2.0, 2.0));
        for off in kept.iter().map(|lab| *lab - mean) {
            covariance += Mat3::from_cols(off * off.x, off * off.y, off * off.z) * (1.0 / (kept.len() - 1) as f32);
        }
        Self { mean, inverse: covariance.inverse(), ln_det: covariance.determinant().ln() }
    }

    fn distance(&self, lab: Vec3) -> f32 {
        (lab - self.mean).dot(self.inverse * (lab - self.mean))
    }
}

#[derive(Debug)]
struct Filled {
    bare_lip: f32,
    painted_skin: f32,
    painted_teeth: f32,
}

fn measure(seen: &Observed, worn: &RgbaImage) -> Option<Filled> {
    let face: &FittedFace = seen.face();
    let [outer, inner] = [&rings::LIPS_OUTER, &rings::LIPS_INNER].map(|landmarks| ring(face, landmarks));
    let width = outer[0].distance(outer[10]);
    let margin = (width / 45.0).round().max(1.0);
    let middle = outer.iter().sum::<Vec2>() / outer.len() as f32;
    let wide: Vec<Vec2> = outer.iter().map(|&point| middle + (point - middle) * 1.5).collect();
    let lab = |x: u32, y: u32| {
        let [r, g, b, _] = seen.picture.get_pixel(x, y).0;
        lab_from_linear_srgb(linear_from_srgb(Vec3::new(f32::from(r), f32::from(g), f32::from(b)) / 255.0))
    };
    let change = |x: u32, y: u32| {
        let pair = seen.picture.get_pixel(x, y).0.into_iter().zip(worn.get_pixel(x, y).0);
        pair.take(3).map(|(before, after)| before.abs_diff(after)).max().unwrap_or(0)
    };
    let pixels = || (0..seen.picture.width()).flat_map(|x| (0..seen.picture.height()).map(move |y| (x, y)));
    let near: Vec<_> = pixels().filter(|&(x, y)| inside(&wide, Vec2::new(x as f32, y as f32))).collect();
    let (mut core, mut skin) = (Vec::new(), Vec::new());
    for &(x, y) in &near {
        let at = Vec2::new(x as f32, y as f32);
        let (from_outer, in_outer) = (distance(&outer, at), inside(&outer, at));
        if in_outer && !inside(&inner, at) && from_outer > margin && distance(&inner, at) > margin {
            core.push((x, y));
        } else if !in_outer && from_outer > 2.0 * margin {
            skin.push((x, y));
        }
    }
    if width < 40.0 || core.len() < 30 {
        return None;
    }
    let colours = |pixels: &[(u32, u32)]| Colour::of(&pixels.iter().map(|&(x, y)| lab(x, y)).collect::<Vec<_>>());
    let (lip_colour, skin_colour) = (colours(&core), colours(&skin));
    let mut changes: Vec<_> = core.iter().map(|&(x, y)| change(x, y)).collect();
    changes.sort_unstable();
    let painted_from = f32::from(changes[changes.len() / 2].max(1)) * 0.5;
    let mut counts = [0; 3];
    for &(x, y) in &near {
        let at = Vec2::new(x as f32, y as f32);
        if !inside(&outer, at) && distance(&outer, at) > 2.0 * margin {
            continue;
        }
        let (lab, in_opening) = (lab(x, y), inside(&inner, at));
        let is_painted = f32::from(change(x, y)) > painted_from;
        let (lip, skin) = (lip_colour.distance(lab), skin_colour.distance(lab));
        let cost = lip + lip_colour.ln_det - skin - skin_colour.ln_det;
        let is_teeth = in_opening && lab.x > 55.0 && lab.y.hypot(lab.z) < 18.0;
        counts[0] += u32::from(cost < -4.0 && lip < 9.0 && !is_painted);
        counts[1] += u32::from(cost > 6.0 && skin < 9.0 && !in_opening && is_painted);
        counts[2] += u32::from(is_teeth && is_painted);
    }
    let [bare_lip, painted_skin, painted_teeth] = counts.map(|count| 100.0 * count as f32 / core.len() as f32);
    Some(Filled { bare_lip, painted_skin, painted_teeth })
}

/// A lipstick that no lip is taken for.
fn opaque(seen: &Observed) -> RgbaImage {
    seen.wearing(&Product::of(Category::Lipstick).with_finish("matte").shade("#1f9a3c").coverage(0.99).look())
}

#[test]
fn lips_are_filled_to_the_edges_that_the_picture_shows() {
    // The first mouth is 42 pixels wide, so that a row of pixels is a tenth of its lips.
    for (name, most) in [("light_skin.png", 22.0), ("dark_skin.png", 24.0), ("open_mouth.jpg", 14.0)] {
        let seen = observed(name);
        let filled = measure(seen, &opaque(seen)).unwrap();
        println!("{name}: {filled:?}");
        assert!(
            filled.bare_lip < most && filled.painted_skin < 4.0 && filled.painted_teeth < 12.0,
            "{name}: {filled:?}"
        );
    }
}

/// The picture in another light: linear RGB times this, as a camera clips it.
fn lit(picture: &RgbaImage, light: Vec3) -> RgbaImage {
    let mut lit = picture.clone();
    for pixel in lit.pixels_mut() {
        let [r, g, b, a] = pixel.0;
        let linear = linear_from_srgb(Vec3::new(f32::from(r), f32::from(g), f32::from(b)) / 255.0) * light;
        let [r, g, b] = (srgb_from_linear(linear.min(Vec3::ONE)) * 255.0).round().to_array().map(|value| value as u8);
        pixel.0 = [r, g, b, a];
    }
    lit
}

#[test]
fn teeth_stay_bare_in_light_that_tells_no_colours_apart() {
    for name in ["light_skin.png", "dark_skin.png", "open_mouth.jpg"] {
        let seen = observed(name);
        let mouth = regions::mouth(seen.face()).core(&seen.picture);
        let painted =
            |seen: &Observed| changed_among(&seen.picture, &opaque(seen), &mouth).len() as f32 / mouth.len() as f32;
        let as_it_is = painted(seen);
        let stops = [0.5, 0.9, 1.0, 1.5, 2.0].map(|stops: f32| Vec3::splat(stops.exp2()));
        let lamps = [Vec3::new(1.3, 0.2, 0.15), Vec3::new(0.15, 1.3, 0.2), Vec3::new(0.15, 0.2, 1.3)];
        for light in stops.into_iter().chain(lamps) {
            let share = painted(&Observed::new(lit(&seen.picture, light), seen.faces.clone()));
            assert!(share <= as_it_is + 0.1, "{name} under {light}: {share} of the opening is painted, not {as_it_is}");
        }
    }
}

/// The pictures of the shared test faces with one face.
fn shared_stills() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/faces/stills");
    let mut stills: Vec<_> =
        folder.read_dir().into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    stills.sort();
    stills
}

#[test]
#[ignore = "needs the test faces in ../shared/faces"]
fn lips_of_strangers_are_filled_to_the_edges_that_their_pictures_show() {
    let mut try_on = try_on();
    let mut rows = Vec::new();
    for path in shared_stills() {
        let Ok(picture) = image::open(&path) else { continue };
        let picture = picture.to_rgba8();
        let faces = try_on.track(&frame(&picture)).unwrap().to_vec();
        if faces.len() != 1 {
            continue;
        }
        let seen = Observed::new(picture, faces);
        if let Some(filled) = measure(&seen, &opaque(&seen)) {
            println!("{}: {filled:?}", path.display());
            rows.push(filled);
        }
    }
    assert!(rows.len() > 30, "only {} mouths: are the test faces in ../shared/faces?", rows.len());
    let percentiles = |value: &dyn Fn(&Filled) -> f32| {
        let mut values: Vec<_> = rows.iter().map(value).collect();
        values.sort_by(f32::total_cmp);
        [values.len() / 2, values.len() * 9 / 10].map(|at| values[at])
    };
    let [bare, skin, teeth] = [
        percentiles(&|filled| filled.bare_lip),
        percentiles(&|filled| filled.painted_skin),
        percentiles(&|filled| filled.painted_teeth),
    ];
    println!(
        "{} mouths, median and 90th percentile: bare lip {bare:?}, painted skin {skin:?}, painted teeth {teeth:?}",
        rows.len()
    );
    assert!(bare[0] <= 8.0 && bare[1] <= 25.0, "bare lip {bare:?}");
    assert!(skin[0] <= 2.0 && skin[1] <= 9.0, "painted skin {skin:?}");
    assert!(teeth[1] <= 2.0, "painted teeth {teeth:?}");
}
