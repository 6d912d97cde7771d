//! Flakes drawn one by one: each flashes when it mirrors the lamp.
//!
//! In: the colour without flakes, the place and its light. Out: the colour with them. Every kind of flake has a grid of
//! cells; some cells hold a flake, placed, tilted and tinted by a hash of the cell.

use glam::{Vec2, Vec3};

use super::texel::FormContext;
use crate::look::Finish;
use crate::noise::hash;

/// A kind of flake, one for some cells of a grid.
struct Flake {
    /// Of a cell, in picture units.
    size: f32,
    /// Part of the cells that have one.
    density: f32,
    /// Greatest tilt, as a tangent.
    lean: f32,
    /// Exponent of their flash: the higher the narrower.
    narrow: f32,
    /// How bright.
    strength: f32,
    /// How far they hide what lies below: dark unless they flash.
    opaque: f32,
}

const METALLIC: [Flake; 1] =
    [Flake { size: 0.014, density: 0.9, lean: 0.40, narrow: 30.0, strength: 0.28, opaque: 0.0 }];
const SHIMMER: [Flake; 2] = [
    Flake { size: 0.016, density: 0.6, lean: 0.55, narrow: 50.0, strength: 0.75, opaque: 0.0 },
    Flake { size: 0.034, density: 0.16, lean: 0.5, narrow: 60.0, strength: 1.1, opaque: 0.0 },
];
const GLITTER: [Flake; 3] = [
    Flake { size: 0.045, density: 0.95, lean: 0.75, narrow: 14.0, strength: 1.1, opaque: 0.75 },
    Flake { size: 0.080, density: 0.70, lean: 0.65, narrow: 16.0, strength: 1.7, opaque: 0.85 },
    Flake { size: 0.125, density: 0.34, lean: 0.55, narrow: 18.0, strength: 2.2, opaque: 0.95 },
];

/// A place of the product under the lamp.
#[derive(Clone, Copy)]
pub(super) struct FlakePlace {
    pub at: Vec2,
    pub normal: Vec3,
    /// Half way between the lamp and the viewer.
    pub half: Vec3,
}

/// Lays single flakes over what is `seen`, each flashing when it mirrors the lamp.
pub(super) fn over(finish: Finish, mut seen: Vec3, place: FlakePlace, context: FormContext, colour: Vec3) -> Vec3 {
    let FlakePlace { at, normal, half } = place;
    let layers: &[Flake] = match finish {
        Finish::Metallic => &METALLIC,
        Finish::Shimmer => &SHIMMER,
        Finish::Glitter => &GLITTER,
        _ => &[],
    };
    for (layer, flake) in (1u32..).zip(layers) {
        let size = flake.size.max(1.25 * context.pixel);
        let cell = (at / size).floor();
        let random = |salt: u32| hash(cell.as_ivec2(), context.seed ^ (layer * 64 + salt));
        if random(0) > flake.density {
            continue;
        }
        let middle = (cell + 0.5 + 0.3 * (Vec2::new(random(1), random(2)) - 0.5)) * size;
        let cover = context.inside(at.distance(middle) - 0.44 * size);
        if cover <= 0.0 {
            continue;
        }
        let tilt = Vec2::new(random(3) - 0.5, random(4) - 0.5) * 2.0 * flake.lean;
        let facing = (normal + tilt.extend(0.0)).normalize_or_zero().dot(half).max(0.0);
        let flash = flake.strength * facing.powf(flake.narrow) * (0.5 + random(6));
        // Foil is cut from sheets of slightly different colours.
        let hue = 1.0 + 0.22 * (Vec3::new(random(7), random(8), random(9)) - 0.5);
        let own = colour * hue.lerp(Vec3::ONE, 1.0 - flake.opaque);
        let dark = own * (0.10 + 0.34 * random(10));
        seen = seen.lerp(dark, flake.opaque * cover) + own.lerp(Vec3::ONE, 0.4 * random(5)) * (flash * cover);
    }
    seen
}
