//! One large soft box to the upper left, and a white room. What it makes of a product's finish.

use std::sync::OnceLock;

use carmine_shaders::cpu::{film, k_over_s_from_masstone, over, srgb_from_linear};
use glam::{Vec2, Vec3};

use super::super::mask::noise::hash;
use super::super::{Finish, Product};
use super::{Body, Canvas, place, smoothstep};

/// Where the soft box hangs.
const LAMP: Vec3 = Vec3::new(-1.5, 1.9, 2.3);
/// Half its width and height as seen from the product, in tangents.
const LAMP_HALF: Vec2 = Vec2::new(0.46, 0.26);
/// Light from all over the room, of all light on a flat card.
const ROOM: f32 = 0.42;
/// Reflectance of the card below.
const CARD: f32 = 0.86;
/// Coats of a smear's thickest place, times the thickness of one for each part of coverage.
const COATS: f32 = 10.0;
/// Of the contact shadow: opacity, width and shift in picture units.
const SHADOW: (f32, f32, Vec2) = (0.26, 0.045, Vec2::new(0.022, -0.030));

/// What a surface does with light that does not enter it.
struct Surface {
    /// A glow round the lamp's mirror image, and how narrow.
    broad: (f32, f32),
    /// The lamp's mirror image, and how blurred.
    sharp: (f32, f32),
    /// How much of the room is mirrored at grazing angles.
    rim: f32,
    /// Mirrored light takes the flakes' colour.
    tinted: bool,
    /// Part of the masstone that remains below the flakes.
    diffuse: f32,
    /// How far the relief shows: powders are rough and soft.
    relief: f32,
}

impl Surface {
    fn of(finish: Finish) -> Self {
        let (broad, sharp, rim, relief) = match finish {
            Finish::Matte => ((0.006, 5.0), (0.0, 0.5), 0.0, 0.75),
            Finish::Satin => ((0.09, 20.0), (0.07, 0.40), 0.02, 0.9),
            Finish::Cream => ((0.10, 20.0), (0.22, 0.22), 0.04, 0.9),
            Finish::Gloss => ((0.05, 20.0), (0.95, 0.05), 0.16, 1.0),
            Finish::Metallic => ((0.80, 11.0), (0.50, 0.30), 0.10, 1.0),
            Finish::Shimmer => ((0.30, 7.0), (0.06, 0.40), 0.03, 1.0),
            Finish::Glitter => ((0.05, 9.0), (0.10, 0.30), 0.03, 1.0),
            Finish::Sheer => ((0.03, 12.0), (0.30, 0.12), 0.08, 1.0),
        };
        let diffuse = match finish {
            Finish::Metallic => 0.50,
            Finish::Shimmer => 0.86,
            _ => 1.0,
        };
        Self { broad, sharp, rim, tinted: finish.has_flakes(), diffuse, relief }
    }
}

/// The picture of what `bodies` say is there.
pub(super) fn light(product: &Product, canvas: Canvas, side: usize, bodies: &[Body]) -> Vec<u8> {
    let surface = Surface::of(product.finish);
    let masstone = product.shade.masstone_linear();
    let colours = Colours::of(product);
    let shadow = shadow(bodies, side);
    let mut out = Vec::with_capacity(4 * bodies.len());
    for (number, body) in bodies.iter().enumerate() {
        let below = SHADOW.0 * shadow[number];
        if body.cover <= 0.0 {
            out.extend([0, 0, 0, (255.0 * below).round() as u8]);
            continue;
        }
        let at = place(number, side);
        let normal = normal(bodies, side, number, surface.relief / canvas.pixel);
        let to_lamp = (LAMP - at.extend(body.height)).normalize_or_zero();
        // A flat card is evenly lit, so that a flat matte place shows the masstone.
        let facing = (normal.dot(to_lamp) / to_lamp.z).max(0.0);
        let diffuse = (ROOM + (1.0 - ROOM) * facing) * body.shade * surface.diffuse;
        let tint = if surface.tinted { colours.flakes } else { Vec3::ONE };
        let mut seen = colours.body(masstone, body.depth) * diffuse;
        seen += tint * mirrored(&surface, normal, to_lamp);
        seen = flakes(product.finish, seen, at, canvas, (normal, to_lamp), colours.flakes);
        let alpha = body.cover + (1.0 - body.cover) * below;
        // Over the black shadow, as straight alpha.
        let share = body.cover / alpha.max(1e-3);
        out.extend(seen.to_array().map(|level| (encoded(level) * share).round() as u8));
        out.push((255.0 * alpha).round() as u8);
    }
    out
}

/// sRGB level, 0–255, of linear light: looked up, within half a level.
fn encoded(linear: f32) -> f32 {
    const STEPS: usize = 4096;
    static LEVELS: OnceLock<Box<[f32]>> = OnceLock::new();
    let level = |step: usize| 255.0 * srgb_from_linear(Vec3::splat(step as f32 / (STEPS - 1) as f32)).x;
    let levels = LEVELS.get_or_init(|| (0..STEPS).map(level).collect());
    levels[(linear.clamp(0.0, 1.0) * (STEPS - 1) as f32).round() as usize]
}

struct Colours {
    k_over_s: Vec3,
    /// Thickness of the deepest place; `None`: nothing can be looked through.
    thickness: Option<f32>,
    flakes: Vec3,
}

impl Colours {
    fn of(product: &Product) -> Self {
        let masstone = product.shade.masstone_linear();
        let clear = matches!(product.finish, Finish::Gloss | Finish::Sheer | Finish::Glitter);
        let clear = clear && product.category != super::Category::Lens;
        let lighter = if product.finish == Finish::Metallic { 0.2 } else { 0.45 };
        Self {
            k_over_s: k_over_s_from_masstone(masstone.clamp(Vec3::splat(0.003), Vec3::splat(0.97))),
            thickness: clear.then_some(COATS * product.coverage),
            flakes: product
                .flakes
                .as_ref()
                .map_or(masstone.lerp(Vec3::ONE, lighter), |flakes| flakes.masstone_linear()),
        }
    }

    fn body(&self, masstone: Vec3, depth: f32) -> Vec3 {
        match self.thickness {
            None => masstone,
            Some(thickness) => over(film(self.k_over_s, thickness * depth * depth), Vec3::splat(CARD)),
        }
    }
}

/// From the heights beside the pixel; what is not covered is as high as the pixel itself at half.
fn normal(bodies: &[Body], side: usize, number: usize, scale: f32) -> Vec3 {
    let (x, y) = (number % side, number / side);
    let height = |x: usize, y: usize| bodies[y * side + x].height;
    let across = height((x + 1).min(side - 1), y) - height(x.saturating_sub(1), y);
    let up = height(x, y.saturating_sub(1)) - height(x, (y + 1).min(side - 1));
    Vec3::new(-0.5 * across * scale, -0.5 * up * scale, 1.0).normalize_or_zero()
}

fn mirrored(surface: &Surface, normal: Vec3, to_lamp: Vec3) -> f32 {
    let half = (to_lamp + Vec3::Z).normalize_or_zero();
    let broad = surface.broad.0 * normal.dot(half).max(0.0).powf(surface.broad.1);
    let seen = 2.0 * normal.z * normal - Vec3::Z;
    let grazing = (1.0 - normal.z).powi(3);
    broad + surface.sharp.0 * lamp(seen, to_lamp, surface.sharp.1) + surface.rim * grazing.min(1.0) * 2.0
}

/// How much of the soft box is seen in a direction.
fn lamp(seen: Vec3, to_lamp: Vec3, blur: f32) -> f32 {
    let ahead = seen.dot(to_lamp);
    if ahead <= 0.0 {
        return 0.0;
    }
    let right = to_lamp.cross(Vec3::Y).normalize_or_zero();
    let up = right.cross(to_lamp);
    let at = Vec2::new(seen.dot(right), seen.dot(up)) / ahead;
    let edge = |at: f32, half: f32| 1.0 - smoothstep(half - blur, half + blur, at.abs());
    edge(at.x, LAMP_HALF.x) * edge(at.y, LAMP_HALF.y)
}

/// A kind of flake, one for some cells of a grid.
struct Flake {
    /// Of a cell, in picture units.
    size: f32,
    /// Part of the cells that have one.
    density: f32,
    /// How far they lean, and how narrow they flash.
    lean: f32,
    narrow: f32,
    /// How bright.
    strength: f32,
    /// How far they hide what lies below: dark unless they flash.
    opaque: f32,
}

const fn flake([size, density, lean, narrow, strength, opaque]: [f32; 6]) -> Flake {
    Flake { size, density, lean, narrow, strength, opaque }
}

const METALLIC: [Flake; 1] = [flake([0.014, 0.9, 0.40, 30.0, 0.28, 0.0])];
const SHIMMER: [Flake; 2] = [flake([0.016, 0.6, 0.55, 50.0, 0.75, 0.0]), flake([0.034, 0.16, 0.5, 60.0, 1.1, 0.0])];
const GLITTER: [Flake; 3] = [
    flake([0.045, 0.95, 0.75, 14.0, 1.1, 0.75]),
    flake([0.080, 0.70, 0.65, 16.0, 1.7, 0.85]),
    flake([0.125, 0.34, 0.55, 18.0, 2.2, 0.95]),
];

/// Lays single flakes over what is `seen`, each flashing when it mirrors the lamp.
fn flakes(
    finish: Finish,
    mut seen: Vec3,
    at: Vec2,
    canvas: Canvas,
    (normal, to_lamp): (Vec3, Vec3),
    colour: Vec3,
) -> Vec3 {
    let half = (to_lamp + Vec3::Z).normalize_or_zero();
    let layers: &[Flake] = match finish {
        Finish::Metallic => &METALLIC,
        Finish::Shimmer => &SHIMMER,
        Finish::Glitter => &GLITTER,
        _ => &[],
    };
    for (layer, flake) in (1u32..).zip(layers) {
        let size = flake.size.max(1.25 * canvas.pixel);
        let cell = (at / size).floor();
        let random = |salt: u32| hash(cell.as_ivec2(), canvas.seed ^ (layer * 64 + salt));
        if random(0) > flake.density {
            continue;
        }
        let middle = (cell + 0.5 + 0.3 * (Vec2::new(random(1), random(2)) - 0.5)) * size;
        let body = canvas.inside(at.distance(middle) - 0.44 * size);
        if body <= 0.0 {
            continue;
        }
        let tilt = Vec2::new(random(3) - 0.5, random(4) - 0.5) * 2.0 * flake.lean;
        let facing = (normal + tilt.extend(0.0)).normalize_or_zero().dot(half).max(0.0);
        let flash = flake.strength * facing.powf(flake.narrow) * (0.5 + random(6));
        // Foil is cut from sheets of slightly different colours.
        let hue = 1.0 + 0.22 * (Vec3::new(random(7), random(8), random(9)) - 0.5);
        let own = colour * hue.lerp(Vec3::ONE, 1.0 - flake.opaque);
        let dark = own * (0.10 + 0.34 * random(10));
        seen = seen.lerp(dark, flake.opaque * body) + own.lerp(Vec3::ONE, 0.4 * random(5)) * (flash * body);
    }
    seen
}

/// What covers the light from above, blurred and shifted: 0–1.
fn shadow(bodies: &[Body], side: usize) -> Vec<f32> {
    let (_, width, shift) = SHADOW;
    let pixels = |units: f32| (units * side as f32 / 2.0).round() as isize;
    let (dx, dy, radius) = (pixels(shift.x), -pixels(shift.y), pixels(width).max(1));
    let at = |x: isize, y: isize| {
        let inside = (0..side as isize).contains(&x) && (0..side as isize).contains(&y);
        if inside { bodies[y as usize * side + x as usize].cover } else { 0.0 }
    };
    let mut shifted = Vec::with_capacity(bodies.len());
    for y in 0..side as isize {
        shifted.extend((0..side as isize).map(|x| at(x - dx, y - dy)));
    }
    for _ in 0..2 {
        blur(&mut shifted, side, radius as usize, 1, side);
        blur(&mut shifted, side, radius as usize, side, 1);
    }
    shifted
}

/// A running mean along lines of `side` values that lie `step` apart; the lines themselves lie `line` apart.
fn blur(values: &mut [f32], side: usize, radius: usize, step: usize, line: usize) {
    let mut copy = vec![0.0; side];
    for start in (0..side).map(|number| number * line) {
        for (number, copy) in copy.iter_mut().enumerate() {
            *copy = values[start + number * step];
        }
        let mut sum: f32 = copy.iter().take(radius).sum();
        for number in 0..side {
            sum += copy.get(number + radius).copied().unwrap_or(0.0);
            sum -= if number > radius { copy[number - radius - 1] } else { 0.0 };
            values[start + number * step] = sum / (2 * radius + 1) as f32;
        }
    }
}
