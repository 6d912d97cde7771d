//! Lights the swatches with one large soft box at the upper left, and a white room.
//!
//! In: a product and the texels of its form. Out: RGBA8, straight alpha.
//!
//! 1. Normals from the heights beside each pixel.
//! 2. Diffuse: the masstone, or a film of the product over a white card (Kubelka & Munk 1931), lit by lamp and room.
//! 3. Specular: a Blinn–Phong lobe round the lamp's image, the blurred image itself, and the room at grazing angles.
//! 4. Flakes, each in a cell of its own, flash when they mirror the lamp (microfacets drawn one by one).
//! 5. A soft contact shadow lies below: coverage, shifted and blurred twice with a box.

use std::sync::OnceLock;

use carmine_shaders::cpu::{film, over, smoothstep, srgb_from_linear};
use glam::{Vec2, Vec3};

use super::flakes::{self, FlakePlace};
use super::shadow;
use super::texel::{FormContext, ProductTexel, place};
use crate::dress::k_over_s;
use crate::look::{Category, Finish, Product};

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

/// A glow round the lamp's mirror image.
#[derive(Clone, Copy)]
struct BroadLobe {
    strength: f32,
    /// Exponent: the higher the narrower.
    power: f32,
}

/// The lamp's mirror image.
#[derive(Clone, Copy)]
struct SharpImage {
    strength: f32,
    /// Of its edges, in tangents.
    blur: f32,
}

/// What a product does with light that does not enter it, as its finish has it.
struct SwatchMaterial {
    broad: BroadLobe,
    sharp: SharpImage,
    /// How much of the room is mirrored at grazing angles.
    rim: f32,
    /// Mirrored light takes the flakes' colour.
    tinted: bool,
    /// Part of the masstone that remains below the flakes.
    diffuse: f32,
    /// How far the relief shows: powders are rough and soft.
    relief: f32,
}

impl SwatchMaterial {
    fn of(finish: Finish) -> Self {
        let broad = |strength, power| BroadLobe { strength, power };
        let sharp = |strength, blur| SharpImage { strength, blur };
        let (broad, sharp, rim, relief, diffuse) = match finish {
            Finish::Matte => (broad(0.006, 5.0), sharp(0.0, 0.5), 0.0, 0.75, 1.0),
            Finish::Satin => (broad(0.09, 20.0), sharp(0.07, 0.40), 0.02, 0.9, 1.0),
            Finish::Cream => (broad(0.10, 20.0), sharp(0.22, 0.22), 0.04, 0.9, 1.0),
            Finish::Gloss => (broad(0.05, 20.0), sharp(0.95, 0.05), 0.16, 1.0, 1.0),
            Finish::Metallic => (broad(0.80, 11.0), sharp(0.50, 0.30), 0.10, 1.0, 0.50),
            Finish::Shimmer => (broad(0.30, 7.0), sharp(0.06, 0.40), 0.03, 1.0, 0.86),
            Finish::Glitter => (broad(0.05, 9.0), sharp(0.10, 0.30), 0.03, 1.0, 1.0),
            Finish::Sheer => (broad(0.03, 12.0), sharp(0.30, 0.12), 0.08, 1.0, 1.0),
        };
        Self { broad, sharp, rim, tinted: finish.has_flakes(), diffuse, relief }
    }
}

/// The picture of what `texels` say is there.
pub(super) fn light(product: &Product, context: FormContext, side: usize, texels: &[ProductTexel]) -> Vec<u8> {
    let material = SwatchMaterial::of(product.finish);
    let masstone = product.shade.masstone_linear();
    let colours = Colours::of(product);
    let shadow = shadow::of(texels, side);
    let mut out = Vec::with_capacity(4 * texels.len());
    for (number, texel) in texels.iter().enumerate() {
        let below = shadow::OPACITY * shadow[number];
        if texel.cover <= 0.0 {
            out.extend([0, 0, 0, (255.0 * below).round() as u8]);
            continue;
        }
        let at = place(number, side);
        let normal = normal(texels, side, number, material.relief / context.pixel);
        let to_lamp = (LAMP - at.extend(texel.height)).normalize_or_zero();
        // A flat card is evenly lit, so that a flat matte place shows the masstone.
        let facing = (normal.dot(to_lamp) / to_lamp.z).max(0.0);
        let diffuse = (ROOM + (1.0 - ROOM) * facing) * texel.shade * material.diffuse;
        let tint = if material.tinted { colours.flakes } else { Vec3::ONE };
        let mut seen = colours.below(masstone, texel.depth) * diffuse;
        seen += tint * mirrored(&material, normal, to_lamp);
        let place = FlakePlace { at, normal, half: (to_lamp + Vec3::Z).normalize_or_zero() };
        seen = flakes::over(product.finish, seen, place, context, colours.flakes);
        let alpha = texel.cover + (1.0 - texel.cover) * below;
        // Over the black shadow, as straight alpha.
        let share = texel.cover / alpha.max(1e-3);
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
    /// Thickness of the deepest place; `None` for an opaque product.
    thickness: Option<f32>,
    flakes: Vec3,
}

impl Colours {
    fn of(product: &Product) -> Self {
        let masstone = product.shade.masstone_linear();
        let clear = matches!(product.finish, Finish::Gloss | Finish::Sheer | Finish::Glitter);
        let clear = clear && product.category != Category::Lens;
        let lighter = if product.finish == Finish::Metallic { 0.2 } else { 0.45 };
        Self {
            k_over_s: k_over_s(masstone),
            thickness: clear.then_some(COATS * product.coverage),
            flakes: product
                .flakes
                .as_ref()
                .map_or(masstone.lerp(Vec3::ONE, lighter), |flakes| flakes.masstone_linear()),
        }
    }

    /// What is seen of the product itself, without reflections.
    fn below(&self, masstone: Vec3, depth: f32) -> Vec3 {
        match self.thickness {
            None => masstone,
            Some(thickness) => over(film(self.k_over_s, thickness * depth * depth), Vec3::splat(CARD)),
        }
    }
}

/// From the heights beside the pixel; what is not covered is as high as the pixel itself at half.
fn normal(texels: &[ProductTexel], side: usize, number: usize, scale: f32) -> Vec3 {
    let (x, y) = (number % side, number / side);
    let height = |x: usize, y: usize| texels[y * side + x].height;
    let across = height((x + 1).min(side - 1), y) - height(x.saturating_sub(1), y);
    let up = height(x, y.saturating_sub(1)) - height(x, (y + 1).min(side - 1));
    Vec3::new(-0.5 * across * scale, -0.5 * up * scale, 1.0).normalize_or_zero()
}

fn mirrored(material: &SwatchMaterial, normal: Vec3, to_lamp: Vec3) -> f32 {
    let half = (to_lamp + Vec3::Z).normalize_or_zero();
    let broad = material.broad.strength * normal.dot(half).max(0.0).powf(material.broad.power);
    let seen = 2.0 * normal.z * normal - Vec3::Z;
    let grazing = (1.0 - normal.z).powi(3);
    broad + material.sharp.strength * lamp(seen, to_lamp, material.sharp.blur) + material.rim * grazing.min(1.0) * 2.0
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
