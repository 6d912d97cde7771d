//! Light in which a camera tells less than the truth: strongly coloured, or so strong that skin is blown out.
//!
//! Such pictures are made from ordinary ones: each channel of their linear light is multiplied, as a light's filter or
//! a longer exposure does it, and clipped.

use carmine::light::{ColourDoubt, LightEstimator, ToneReading, ToneRejection};
use carmine::look::{Category, Look};
use carmine_shaders::cpu::{delta_e2000, lab_from_linear_srgb, linear_from_srgb, srgb_from_linear};
use glam::{Vec2, Vec3, Vec3Swizzles};
use image::{Rgba, RgbaImage};

use crate::fixture::{Observed, input, observed, try_on};
use crate::products::{Product, look};
use crate::regions;

const LIGHT_AND_DARK: [&str; 2] = ["light_skin.png", "dark_skin.png"];
const EVERYBODY: [&str; 6] =
    ["light_skin.png", "dark_skin.png", "glasses.png", "open_mouth.jpg", "turned.jpg", "closed_eyes.jpg"];
const RED: Vec3 = Vec3::new(1.0, 0.15, 0.12);
const GREEN: Vec3 = Vec3::new(0.2, 1.0, 0.25);
const BLUE: Vec3 = Vec3::new(0.15, 0.25, 1.0);

fn linear(pixel: &Rgba<u8>) -> Vec3 {
    linear_from_srgb(Vec3::new(f32::from(pixel[0]), f32::from(pixel[1]), f32::from(pixel[2])) / 255.0)
}

/// The picture in that light.
fn lit(picture: &RgbaImage, light: Vec3) -> RgbaImage {
    let mut lit = picture.clone();
    for pixel in lit.pixels_mut() {
        let [red, green, blue] = (srgb_from_linear(linear(pixel) * light) * 255.0 + 0.5).to_array();
        *pixel = Rgba([red as u8, green as u8, blue as u8, 255]);
    }
    lit
}

/// An input in that light; its landmarks are those of the input as it is.
fn seen_in(name: &str, light: Vec3) -> Observed {
    let seen = observed(name);
    Observed::new(lit(&seen.picture, light), seen.faces.clone())
}

fn doubt(seen: &Observed) -> Option<ColourDoubt> {
    seen.light.faces[0].doubt
}

#[test]
fn white_light_a_lamp_and_the_sky_are_trusted_on_light_and_dark_skin() {
    for name in EVERYBODY {
        for light in [Vec3::ONE, Vec3::splat(0.5), Vec3::new(1.0, 0.8, 0.55), Vec3::new(0.85, 0.93, 1.0)] {
            assert_eq!(doubt(&seen_in(name, light)), None, "{name} in {light}");
        }
    }
}

#[test]
fn strong_red_green_and_blue_light_is_not_trusted_and_gives_no_skin_tone() {
    for name in EVERYBODY {
        for light in [RED, GREEN, BLUE] {
            let seen = seen_in(name, light);
            assert_eq!(doubt(&seen), Some(ColourDoubt::ColouredLight), "{name} in {light}");
            let tone = seen.light.faces[0].tone;
            assert!(matches!(tone, ToneReading::CannotTell(_)), "{name} in {light}: {tone:?}");
        }
    }
}

#[test]
fn a_face_two_stops_overexposed_is_not_trusted_and_gives_no_skin_tone() {
    for name in LIGHT_AND_DARK {
        let seen = seen_in(name, Vec3::splat(4.0));
        assert_eq!(doubt(&seen), Some(ColourDoubt::Overexposed), "{name}");
        let tone = seen.light.faces[0].tone;
        assert_eq!(tone, ToneReading::CannotTell(ToneRejection::TooBright), "{name}");
    }
}

#[test]
fn the_whole_chain_notices_what_the_station_notices() {
    let mut try_on = try_on();
    let mut of = |light| {
        let picture = lit(&input("light_skin.png"), light);
        let seen = try_on.observe(&crate::fixture::frame(&picture)).unwrap();
        assert_eq!(seen.faces().len(), 1, "a face in {light}");
        seen.light().faces[0].doubt
    };
    assert_eq!(of(Vec3::ONE), None);
    assert_eq!(of(Vec3::new(1.0, 0.3, 0.25)), Some(ColourDoubt::ColouredLight));
    assert_eq!(of(Vec3::splat(4.0)), Some(ColourDoubt::Overexposed));
}

#[test]
#[ignore = "needs the test faces in ../shared/faces"]
fn stills_are_trusted_as_they_are_and_doubted_in_hard_light() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/faces");
    let mut try_on = try_on();
    let (mut faces, mut coloured, mut bright, mut faults) = (0, 0, 0, Vec::new());
    for path in ["stills", "cg"].iter().flat_map(|kind| folder.join(kind).read_dir().unwrap()) {
        let path = path.unwrap().path();
        let Ok(picture) = image::open(&path) else { continue };
        let picture = picture.to_rgba8();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let seen = try_on.observe(&crate::fixture::frame(&picture)).unwrap();
        let (fitted, light) = (seen.faces().to_vec(), seen.light().clone());
        for (face, lit) in fitted.iter().zip(&light.faces) {
            faces += 1;
            if let Some(doubt) = lit.doubt {
                faults.push(format!("{name}: {doubt:?} as it is"));
            }
            let of = |light: Vec3| {
                let picture = self::lit(&picture, light);
                let light = LightEstimator::default()
                    .estimate(&crate::fixture::frame(&picture), std::slice::from_ref(face))
                    .clone();
                light.faces[0].doubt
            };
            for light in [RED, GREEN, BLUE] {
                coloured += usize::from(of(light) == Some(ColourDoubt::ColouredLight));
            }
            bright += usize::from(of(Vec3::splat(4.0)) == Some(ColourDoubt::Overexposed));
        }
    }
    println!("{faces} faces: in strong light {coloured} of {} noticed, two stops brighter {bright}", 3 * faces);
    assert!(faces > 40, "{faces} faces");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(coloured as f32 > 0.97 * 3.0 * faces as f32, "{coloured} of {}", 3 * faces);
    // Drawn people in the dark are not blown out even then.
    assert!(bright as f32 > 0.85 * faces as f32, "{bright} of {faces}");
}

/// Mean linear colour of some pixels.
fn mean(picture: &RgbaImage, pixels: &[Vec2]) -> Vec3 {
    pixels.iter().map(|at| linear(picture.get_pixel(at.x as u32, at.y as u32))).sum::<Vec3>() / pixels.len() as f32
}

/// ln(red / green) and ln(blue / green).
fn log_chroma(colour: Vec3) -> Vec2 {
    let log = (colour + 0.004).map(f32::ln);
    Vec2::new(log.x - log.y, log.z - log.y)
}

#[test]
fn products_take_the_light_that_is_seen() {
    for name in LIGHT_AND_DARK {
        for (category, shade) in [(Category::Lipstick, "#b98a8a"), (Category::Foundation, "#b08868")] {
            let worn = Product::of(category).shade(shade).with_finish("matte").coverage(0.97).look();
            let white = observed(name).wearing(&worn);
            let changed = regions::changed(&observed(name).picture, &white);
            for light in [RED, GREEN, BLUE] {
                let seen = seen_in(name, light).wearing(&worn);
                // What this camera would see of the made-up face in that light.
                let truth = log_chroma(mean(&lit(&white, light), &changed));
                let shown = log_chroma(mean(&seen, &changed));
                let before = log_chroma(mean(&white, &changed));
                let what = format!("{name} {category:?} in {light}: {shown}, should be {truth}; in white {before}");
                assert!(shown.distance(truth) < 0.35 * truth.distance(before), "{what}");
            }
        }
    }
}

/// What covers skin: opaque and sheer, darker and lighter than it, dull and shiny.
fn worn_on_skin() -> [(&'static str, Look); 6] {
    let of = Product::of;
    [
        ("foundation", of(Category::Foundation).shade("#b08868").look()),
        ("sheer foundation", of(Category::Foundation).shade("#c09a78").with_finish("satin").coverage(0.35).look()),
        ("dark foundation", of(Category::Foundation).coverage(0.6).look()),
        ("blush", of(Category::Blush).look()),
        ("bronzer", of(Category::Bronzer).look()),
        ("several", look(&[of(Category::Foundation).coverage(0.5), of(Category::Bronzer), of(Category::Blush)])),
    ]
}

/// Lab colours of a picture, each averaged with its eight neighbours: grain is no seam.
struct Smooth {
    width: u32,
    labs: Vec<Vec3>,
}

impl Smooth {
    fn of(picture: &RgbaImage) -> Self {
        let (width, height) = picture.dimensions();
        let mut labs = Vec::with_capacity((width * height) as usize);
        for y in 0..height {
            for x in 0..width {
                let around = (0..9).map(|i| {
                    let (x, y) = ((x + i % 3).clamp(1, width) - 1, (y + i / 3).clamp(1, height) - 1);
                    linear(picture.get_pixel(x, y))
                });
                labs.push(lab_from_linear_srgb(around.sum::<Vec3>() / 9.0));
            }
        }
        Self { width, labs }
    }

    fn at(&self, x: i32, y: i32) -> Vec3 {
        self.labs[y as usize * self.width as usize + x as usize]
    }
}

/// Pairs of places on painted skin to either side of a border where it is blown out: the blown one first.
fn across_borders(bare: &RgbaImage, worn: &RgbaImage) -> Vec<[(i32, i32); 2]> {
    const APART: i32 = 2;
    let (width, height) = (bare.width() as i32, bare.height() as i32);
    let at = |picture: &RgbaImage, (x, y): (i32, i32)| *picture.get_pixel(x as u32, y as u32);
    let blown = |place| at(bare, place).0[..3].iter().any(|&value| value >= 252);
    let free = |place| at(bare, place).0[..3].iter().all(|&value| value <= 246);
    // Well inside what is painted.
    let painted = |(x, y): (i32, i32)| {
        let inside = (3..width - 3).contains(&x) && (3..height - 3).contains(&y);
        inside && (-2..=2).all(|dy| (-2..=2).all(|dx| at(bare, (x + dx, y + dy)) != at(worn, (x + dx, y + dy))))
    };
    let mut pairs = Vec::new();
    for y in 0..height {
        for x in 0..width {
            for (dx, dy) in [(APART, 0), (0, APART), (-APART, 0), (0, -APART)] {
                let [p, q] = [(x, y), (x + dx, y + dy)];
                if painted(p) && painted(q) && blown(p) && free(q) {
                    pairs.push([p, q]);
                }
            }
        }
    }
    pairs
}

#[test]
fn no_grey_or_pink_seam_lies_where_skin_begins_to_be_blown_out() {
    let mut faults = Vec::new();
    let mut compared = 0;
    for name in LIGHT_AND_DARK {
        for (what, look) in worn_on_skin() {
            let painted = observed(name).wearing(&look);
            for stops in [1, 2] {
                let light = Vec3::splat(2f32.powi(stops));
                let seen = seen_in(name, light);
                let worn = seen.wearing(&look);
                let [bare_lab, worn_lab, truth] = [&seen.picture, &worn, &lit(&painted, light)].map(Smooth::of);
                let pairs = across_borders(&seen.picture, &worn);
                let (mut darker, mut greyer, mut other) = (0, 0, 0);
                for &[p, q] in &pairs {
                    let of = |labs: &Smooth| [labs.at(p.0, p.1), labs.at(q.0, q.1)];
                    let ([bare_p, bare_q], [p, q], [true_p, true_q]) = (of(&bare_lab), of(&worn_lab), of(&truth));
                    if bare_p.x < bare_q.x + 1.0 {
                        continue;
                    }
                    let chroma = |lab: Vec3| lab.y.hypot(lab.z);
                    // Brighter skin is brighter painted skin, and greyer only as what is brighter pales; but for where a
                    // coat ends.
                    let (deeper, paler) = ((true_p.x - true_q.x).min(0.0), (chroma(true_p) - chroma(true_q)).min(0.0));
                    darker += usize::from(p.x < q.x + deeper - 1.5);
                    greyer += usize::from(chroma(p) < chroma(q) + paler - 4.0 && p.x < q.x + 0.5);
                    // No other hue than a camera with more range would show on either side.
                    let step = (p - q).yz() - (true_p - true_q).yz();
                    other += usize::from(step.length() > 14.0);
                }
                compared += pairs.len();
                let share = |count: usize| count as f32 / (pairs.len() as f32).max(1.0);
                let found = [darker, greyer, other].map(share);
                if found.into_iter().any(|share| share > SEAM_SHARE) {
                    faults.push(format!(
                        "{name} {what} +{stops}: darker, greyer, other hue {found:.3?} of {}",
                        pairs.len()
                    ));
                }
            }
        }
    }
    assert!(compared > 3000, "{compared} pairs");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Part of the border where hair, glasses or the grain of the picture may look like a seam.
const SEAM_SHARE: f32 = 0.03;

#[test]
fn blown_out_painted_skin_is_as_bright_and_as_coloured_as_a_longer_exposure_makes_it() {
    for (name, stops, most) in [("light_skin.png", 1, 8.0), ("light_skin.png", 2, 12.0), ("dark_skin.png", 2, 16.0)] {
        for (what, look) in worn_on_skin() {
            let light = Vec3::splat(2f32.powi(stops));
            let seen = seen_in(name, light);
            let worn = seen.wearing(&look);
            let truth = lit(&observed(name).wearing(&look), light);
            let changed = regions::changed(&seen.picture, &worn);
            let off = |at: &Vec2| {
                let of =
                    |picture: &RgbaImage| lab_from_linear_srgb(linear(picture.get_pixel(at.x as u32, at.y as u32)));
                delta_e2000(of(&worn), of(&truth))
            };
            let mean = changed.iter().map(off).sum::<f32>() / changed.len() as f32;
            assert!(mean < most, "{name} {what} +{stops}: ΔE00 {mean}");
        }
    }
}

#[test]
#[ignore = "writes pictures for people to look at: CARMINE_HARD_LIGHT=FOLDER"]
fn pictures() {
    let Some(folder) = std::env::var_os("CARMINE_HARD_LIGHT").map(std::path::PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for name in LIGHT_AND_DARK {
        for (what, look) in worn_on_skin() {
            for stops in [0, 1, 2] {
                let light = Vec3::splat(2f32.powi(stops));
                let seen = seen_in(name, light);
                let stem = format!("{}-{}-{stops}", name.trim_end_matches(".png"), what.replace(' ', "_"));
                seen.picture.save(folder.join(format!("{stem}-bare.png"))).unwrap();
                seen.wearing(&look).save(folder.join(format!("{stem}-worn.png"))).unwrap();
                lit(&observed(name).wearing(&look), light).save(folder.join(format!("{stem}-ideal.png"))).unwrap();
            }
        }
        let lips = Product::of(Category::Lipstick).look();
        for (light_name, light) in [("red", RED), ("green", GREEN), ("blue", BLUE)] {
            let seen = seen_in(name, light);
            let stem = format!("{}-lipstick-{light_name}", name.trim_end_matches(".png"));
            seen.wearing(&lips).save(folder.join(format!("{stem}-worn.png"))).unwrap();
            lit(&observed(name).wearing(&lips), light).save(folder.join(format!("{stem}-ideal.png"))).unwrap();
        }
    }
}
