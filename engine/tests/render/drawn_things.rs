//! Things drawn before a face, as lit and shaded as the picture: masks, scarves, sunglasses, phones, cups and hands.

use carmine::face::FittedFace;
use glam::{Vec2, Vec3};
use image::RgbaImage;

use crate::regions::inside;

/// The landmarks that place a thing: the tip of the nose and the irises.
const NOSE_TIP: usize = 1;
const IRISES: [usize; 2] = [468, 473];

/// A kind of thing and its look.
#[derive(Clone, Copy, Debug)]
pub enum Thing {
    /// A mask in linear reflectances.
    Mask(Vec3),
    Scarf(Vec3),
    PlaidScarf,
    Sunglasses(Vec3, Glasses),
    Phone(Vec3, Held),
    Cup {
        cup: Vec3,
        lid: Vec3,
    },
    /// A hand before the mouth, its colour a factor on the cheeks'.
    Hand(Vec3),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glasses {
    Round,
    Aviator,
    Square,
    Mirrored,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    BeforeTheMouth,
    BeforeHalfTheFace,
}

const fn rgb(r: f32, g: f32, b: f32) -> Vec3 {
    Vec3::new(r, g, b)
}

/// All that is drawn, with names.
pub const THINGS: [(&str, Thing); 28] = [
    ("surgical mask, blue", Thing::Mask(rgb(0.45, 0.62, 0.75))),
    ("surgical mask, white", Thing::Mask(rgb(0.85, 0.85, 0.84))),
    ("surgical mask, green", Thing::Mask(rgb(0.4, 0.65, 0.5))),
    ("cloth mask, black", Thing::Mask(rgb(0.03, 0.03, 0.035))),
    ("cloth mask, navy", Thing::Mask(rgb(0.05, 0.07, 0.16))),
    ("cloth mask, red", Thing::Mask(rgb(0.5, 0.05, 0.06))),
    ("cloth mask, pink", Thing::Mask(rgb(0.8, 0.55, 0.55))),
    ("cloth mask, beige", Thing::Mask(rgb(0.62, 0.48, 0.38))),
    ("cloth mask, grey", Thing::Mask(rgb(0.4, 0.4, 0.4))),
    ("scarf, plaid", Thing::PlaidScarf),
    ("scarf, grey wool", Thing::Scarf(rgb(0.25, 0.25, 0.26))),
    ("scarf, brown wool", Thing::Scarf(rgb(0.22, 0.13, 0.08))),
    ("scarf, cream wool", Thing::Scarf(rgb(0.75, 0.68, 0.55))),
    ("scarf, teal", Thing::Scarf(rgb(0.05, 0.25, 0.27))),
    ("scarf, black", Thing::Scarf(rgb(0.025, 0.025, 0.03))),
    ("sunglasses, black", Thing::Sunglasses(rgb(0.008, 0.008, 0.01), Glasses::Square)),
    ("sunglasses, black and round", Thing::Sunglasses(rgb(0.008, 0.008, 0.01), Glasses::Round)),
    ("sunglasses, grey", Thing::Sunglasses(rgb(0.06, 0.06, 0.065), Glasses::Aviator)),
    ("sunglasses, blue", Thing::Sunglasses(rgb(0.06, 0.12, 0.3), Glasses::Square)),
    ("sunglasses, mirrored", Thing::Sunglasses(rgb(0.35, 0.4, 0.45), Glasses::Mirrored)),
    ("phone before the mouth, black", Thing::Phone(rgb(0.02, 0.02, 0.022), Held::BeforeTheMouth)),
    ("phone before half of the face, white", Thing::Phone(rgb(0.8, 0.8, 0.8), Held::BeforeHalfTheFace)),
    ("phone before half of the face, silver", Thing::Phone(rgb(0.45, 0.46, 0.48), Held::BeforeHalfTheFace)),
    ("cup, white", Thing::Cup { cup: rgb(0.8, 0.79, 0.77), lid: rgb(0.05, 0.05, 0.05) }),
    ("cup, red", Thing::Cup { cup: rgb(0.5, 0.04, 0.05), lid: rgb(0.85, 0.85, 0.85) }),
    ("hand before the mouth, own colour", Thing::Hand(Vec3::ONE)),
    ("hand before the mouth, darker", Thing::Hand(rgb(0.75, 0.7, 0.68))),
    ("hand before the mouth, redder", Thing::Hand(rgb(1.05, 0.88, 0.85))),
];

/// A face's own measure: x along the eyes, y down the face, in distances between the irises from the tip of the nose.
struct Place<'a> {
    face: &'a FittedFace,
    right: Vec2,
    unit_px: f32,
    half_width: f32,
}

impl<'a> Place<'a> {
    fn new(face: &'a FittedFace) -> Self {
        let [right, left] = IRISES.map(|i| face.landmarks_px[i].truncate());
        let across = left - right;
        let mut place = Self { face, right: across.normalize_or(Vec2::X), unit_px: across.length(), half_width: 1.0 };
        place.half_width = place.of(234).x.abs().max(place.of(454).x.abs());
        place
    }

    fn local(&self, at: Vec2) -> Vec2 {
        let from = (at - self.face.landmarks_px[NOSE_TIP].truncate()) / self.unit_px;
        Vec2::new(from.dot(self.right), from.dot(self.right.perp()))
    }

    /// A landmark's place.
    fn of(&self, landmark: usize) -> Vec2 {
        self.local(self.face.landmarks_px[landmark].truncate())
    }

    fn mask(&self) -> Vec<Vec2> {
        let p = |i| self.of(i);
        let bridge = p(6) * 0.45 + p(197) * 0.55;
        let side = |i: usize| Vec2::new(p(i).x * 0.6 + p(6).x * 0.4, bridge.y + 0.05);
        let drop = Vec2::new(0.0, 0.1);
        vec![
            p(234) * 0.9 + drop,
            p(116) * 0.7 + p(123) * 0.3,
            p(101) * 0.4 + p(118) * 0.6,
            side(198),
            bridge,
            side(420),
            p(330) * 0.4 + p(347) * 0.6,
            p(345) * 0.7 + p(352) * 0.3,
            p(454) * 0.9 + drop,
            p(397) * 1.06,
            p(379) * 1.08,
            p(152) * 1.1 + drop * 0.5,
            p(150) * 1.08,
            p(172) * 1.06,
        ]
    }
}

/// `picture` with `thing` before its face, and the pixels that the thing has at least half of.
pub fn draw(picture: &RgbaImage, face: &FittedFace, thing: Thing) -> (RgbaImage, Vec<Vec2>) {
    const SAMPLES: u32 = 3;
    let place = Place::new(face);
    let (skin, light) = (cheeks(picture, face), white(picture));
    let outline = place.mask();
    let (mut drawn, mut pixels) = (picture.clone(), Vec::new());
    for (x, y, pixel) in drawn.enumerate_pixels_mut() {
        let (mut sum, mut count) = (Vec3::ZERO, 0.0);
        for sub in 0..SAMPLES * SAMPLES {
            let step = Vec2::new((sub % SAMPLES) as f32, (sub / SAMPLES) as f32);
            let at = Vec2::new(x as f32, y as f32) + (step + 0.5) / SAMPLES as f32 - 0.5;
            if let Some(colour) = colour(thing, place.local(at), &place, &outline, skin, light) {
                sum += colour;
                count += 1.0;
            }
        }
        if count > 0.0 {
            let share = count / (SAMPLES * SAMPLES) as f32;
            let grain = 1.0 + 0.03 * (hash(x, y) - 0.5);
            let mixed = linear(pixel.0) * (1.0 - share) + sum / count * grain * share;
            pixel.0[..3].copy_from_slice(&srgb(mixed));
            if share >= 0.5 {
                pixels.push(Vec2::new(x as f32, y as f32));
            }
        }
    }
    (drawn, pixels)
}

/// The thing's colour at a place, lit; `None` beside it.
fn colour(thing: Thing, at: Vec2, place: &Place<'_>, outline: &[Vec2], skin: Vec3, light: f32) -> Option<Vec3> {
    let Vec2 { x, y } = at;
    let wide = place.half_width;
    // A round thing gets darker to the sides and down.
    let round = (1.0 - (x / (1.35 * wide)).powi(2)).clamp(0.15, 1.0).sqrt() * (1.0 - 0.12 * y.clamp(-1.0, 2.0));
    match thing {
        Thing::Mask(reflectance) => inside(outline, at).then(|| {
            let fold = if ((y * 3.1).rem_euclid(1.0) - 0.5).abs() < 0.06 { 0.88 } else { 1.0 };
            let nose = 1.0 + 0.12 * (1.0 - (x.hypot(y - 0.1) / 0.5).min(1.0));
            reflectance * light * round * fold * nose
        }),
        Thing::Scarf(reflectance) => scarf(at, wide).map(|folds| reflectance * light * round * folds),
        Thing::PlaidScarf => scarf(at, wide).map(|folds| {
            let is_red = (x * 2.3).rem_euclid(1.0) < 0.35;
            let dyed = if is_red { rgb(0.5, 0.04, 0.05) } else { rgb(0.75, 0.72, 0.65) };
            let stripe = if (y * 2.3).rem_euclid(1.0) < 0.3 { 0.5 } else { 1.0 };
            dyed * stripe * light * round * folds
        }),
        Thing::Sunglasses(reflectance, shape) => lens(at, place, shape).then(|| {
            let glint = if shape == Glasses::Mirrored && (x * 7.0 + y * 9.0).sin() > 0.7 { 1.8 } else { 1.0 };
            reflectance * light * glint
        }),
        Thing::Phone(reflectance, held) => {
            let (centre, half, angle) = match held {
                Held::BeforeTheMouth => (Vec2::new(0.05, 0.75), Vec2::new(0.95, 0.48), 0.06),
                Held::BeforeHalfTheFace => (Vec2::new(0.75, 0.1), Vec2::new(0.5, 1.0), 0.1_f32),
            };
            let own = Vec2::from_angle(-angle).rotate(at - centre);
            let is_camera = (own - Vec2::new(-0.25 * half.x, -0.6 * half.min_element())).length() < 0.12;
            let shaded = if is_camera { rgb(0.01, 0.01, 0.012) } else { reflectance };
            let rim = (own / half).abs();
            (rim.x.powi(8) + rim.y.powi(8) < 1.0).then(|| shaded * light * (1.0 + 0.25 * own.x / half.x))
        }
        Thing::Cup { cup, lid } => {
            let is_lid = (0.22..0.38).contains(&y) && (x - 0.02).abs() < 0.5;
            let is_cup = (0.22..1.7).contains(&y) && (x - 0.02).abs() < 0.46 - 0.08 * (y - 0.2);
            let shade = 0.55 + 0.5 * (1.0 - ((x - 0.12) / 0.55).powi(2)).clamp(0.0, 1.0).sqrt();
            (is_lid || is_cup).then(|| if is_lid { lid } else { cup } * light * shade)
        }
        Thing::Hand(factor) => {
            let own = Vec2::from_angle(-0.1).rotate(at - Vec2::new(-0.1, 0.62));
            let crease = if ((own.x * 3.2).rem_euclid(1.0) - 0.5).abs() < 0.05 { 0.94 } else { 1.0 };
            hand(own).map(|shade| skin * factor * shade * crease)
        }
    }
}

fn scarf(at: Vec2, half_width: f32) -> Option<f32> {
    let Vec2 { x, y } = at;
    let top = 0.12 + 0.05 * (x * 3.0 + 1.0).sin();
    let folds = 0.75 + 0.25 * (y * 14.0 + (x * 4.0).sin() * 1.5).cos();
    (y > top && x.abs() < half_width * 1.6 && y < 2.4).then_some(folds)
}

fn lens(at: Vec2, place: &Place<'_>, shape: Glasses) -> bool {
    IRISES.iter().zip([-1.0, 1.0]).any(|(&iris, side)| {
        let eye = place.of(iris);
        let Vec2 { x, y } = at - eye - Vec2::new(0.03 * side, 0.06);
        let is_lens = match shape {
            Glasses::Round | Glasses::Mirrored => (x / 0.42).powi(2) + (y / 0.36).powi(2) < 1.0,
            Glasses::Aviator => (x / 0.46).abs().powf(2.5) + ((y - 0.06 + 0.1 * side * x) / 0.36).abs().powf(2.5) < 1.0,
            Glasses::Square => (x / 0.45).abs().powi(6) + (y / 0.27).abs().powi(6) < 1.0,
        };
        let is_bridge = (at.y - eye.y).abs() < 0.04 && at.x.abs() < eye.x.abs();
        let is_out = at.x * side > eye.x.abs() + 0.38 && at.x.abs() < place.half_width * 1.02;
        is_lens || is_bridge || (is_out && (at.y - eye.y + 0.05).abs() < 0.045)
    })
}

/// Four fingers and the back of a hand, shaded.
fn hand(own: Vec2) -> Option<f32> {
    let fingers = [(-0.36, 0.62), (-0.12, 0.72), (0.12, 0.68), (0.36, 0.55)];
    let finger = fingers.iter().rev().find_map(|&(middle, length)| {
        let off = own.y - middle;
        let end = if own.x > length { Vec2::new(own.x - length, off).length() } else { off.abs() };
        (end < 0.125 && own.x > -1.1).then(|| 0.62 + 0.5 * (1.0 - (end / 0.135).powi(2)).max(0.0).sqrt())
    });
    let is_back = (-1.4..-0.2).contains(&own.x) && own.y.abs() < 0.55;
    finger.or(is_back.then_some(0.95))
}

/// The cheeks' median colour.
fn cheeks(picture: &RgbaImage, face: &FittedFace) -> Vec3 {
    let colours = [50, 280, 151, 5, 205, 425].map(|i: usize| {
        let at = face.landmarks_px[i]
            .truncate()
            .clamp(Vec2::ZERO, Vec2::new((picture.width() - 1) as f32, (picture.height() - 1) as f32));
        linear(picture.get_pixel(at.x as u32, at.y as u32).0)
    });
    let median = |channel: usize| {
        let mut values = colours.map(|colour| colour[channel]);
        values.sort_by(f32::total_cmp);
        (values[2] + values[3]) / 2.0
    };
    Vec3::new(median(0), median(1), median(2))
}

/// How bright a white thing is, from the picture's bright parts.
fn white(picture: &RgbaImage) -> f32 {
    let mut levels: Vec<f32> = picture.pixels().map(|pixel| linear(pixel.0).dot(rgb(0.2126, 0.7152, 0.0722))).collect();
    levels.sort_by(f32::total_cmp);
    (levels[levels.len() * 97 / 100] / 0.75).clamp(0.35, 1.0)
}

fn linear(pixel: [u8; 4]) -> Vec3 {
    Vec3::from_array([0, 1, 2].map(|channel: usize| {
        let value = f32::from(pixel[channel]) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    }))
}

fn srgb(linear: Vec3) -> [u8; 3] {
    linear.to_array().map(|value| {
        let value = value.clamp(0.0, 1.0);
        let encoded = if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
        (encoded * 255.0).round() as u8
    })
}

/// An even number from 0 to 1 for a pixel, always the same.
fn hash(x: u32, y: u32) -> f32 {
    let mixed = (x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77)).wrapping_mul(0xc2b2_ae3d);
    (mixed >> 8) as f32 / (1 << 24) as f32
}
