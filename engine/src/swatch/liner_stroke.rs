//! Pencils and liners: a line.
//!
//! In: a place. Out: a texel. Wet: one sweep along a curve, thin, swelling, flicked up into a point. Waxy: a zigzag of
//! overlapping lines, broken where the paper's tooth (noise of two scales) is not reached.

use glam::Vec2;

use crate::noise::{hash, noise};
use carmine_shaders::cpu::smoothstep;

use super::texel::{FormContext, ProductTexel};

/// What the line is drawn with.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Medium {
    /// One sweep of a wet brush, ending in a point.
    Wet,
    /// To and fro with a pencil; the paper's tooth shows.
    Waxy,
}

/// A line across the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinerStroke {
    medium: Medium,
    half: f32,
    turns: f32,
}

impl LinerStroke {
    pub const LIQUID: Self = Self { medium: Medium::Wet, half: 0.21, turns: 0.0 };
    pub const KOHL: Self = Self { medium: Medium::Waxy, half: 0.165, turns: 1.5 };
    pub const PENCIL: Self = Self { medium: Medium::Waxy, half: 0.135, turns: 2.0 };

    pub fn at(&self, place: Vec2, context: FormContext) -> ProductTexel {
        match self.medium {
            Medium::Wet => self.wet(place, context),
            Medium::Waxy => self.waxy(place, context),
        }
    }

    /// Thin, swelling, and flicked up into a point.
    fn wet(&self, place: Vec2, context: FormContext) -> ProductTexel {
        let along = ((place.x + 0.84) / 1.68).clamp(0.0, 1.0);
        let curve = |x: f32| -0.30 + 0.10 * x + 0.38 * x * x * (0.6 + 0.4 * x);
        let slope = (curve(place.x + 0.01) - curve(place.x - 0.01)) / 0.02;
        let across = (place.y - curve(place.x)) / (1.0 + slope * slope).sqrt();
        let half = self.half * along.powf(0.55) * (1.0 - along).powf(0.75) * 2.1;
        let beyond = (place.x.abs() - 0.84).max(0.0);
        let distance = if beyond > 0.0 { beyond + across.abs() } else { across.abs() - half };
        let inward = (-distance / self.half).clamp(0.0, 1.0);
        let round = (1.0 - (1.0 - inward) * (1.0 - inward)).max(0.0).sqrt();
        let ripple = 0.012 * noise(Vec2::new(place.x * 3.0, place.y * 9.0), 0, context.seed);
        ProductTexel { height: 0.16 * round + ripple, cover: context.inside(distance), depth: 1.0, shade: 1.0 }
    }

    /// A zigzag whose lines lie half over each other.
    fn waxy(&self, place: Vec2, context: FormContext) -> ProductTexel {
        // In the zigzag's own frame, along its lines.
        let axis = Vec2::new(0.94, 0.341_17);
        let (along, side) = (place.dot(axis), axis.perp_dot(place));
        let spacing = self.half * 1.55;
        let mut texel = ProductTexel::default();
        let count = (self.turns * 2.0) as i32;
        let mut distance = f32::MAX;
        for number in 0..=count {
            let offset = number as f32 - 0.5 * count as f32;
            let uneven = hash(glam::IVec2::new(number, 3), context.seed) - 0.5;
            let lean = 0.10 * if number % 2 == 0 { along } else { -along };
            let bow = 0.10 * along * along;
            let across = side - offset * spacing - lean - bow + 0.05;
            let reach = 0.68 - 0.10 * offset.abs() + 0.12 * uneven;
            let beyond = (along.abs() - reach).max(0.0);
            let pressed = self.half * (1.0 - 0.25 * smoothstep(0.2, 0.8, along));
            let one = Vec2::new(beyond, across).length() - pressed;
            distance = distance.min(one);
            let inward = (-one / pressed).clamp(0.0, 1.0);
            let fine = noise(Vec2::new(along * 2.0, across * 34.0), 0, context.seed ^ number as u32);
            texel.height = texel.height.max(0.028 * inward.sqrt() + 0.005 * fine * inward);
        }
        let tooth = 0.55 * noise(place * 24.0, 0, context.seed ^ 21) + 0.45 * noise(place * 47.0, 0, context.seed ^ 22);
        let inward = (-distance / self.half).clamp(0.0, 1.0);
        // Wax catches on the tooth: full in the middle, broken at the edge and where the hand lifts.
        let lifted = smoothstep(0.25, 0.95, along) * 0.34 + 0.32 * (1.0 - smoothstep(0.0, 0.45, inward)) + 0.10;
        let caught = smoothstep(lifted - 0.06, lifted + 0.10, tooth + 0.04);
        texel.height += 0.004 * (tooth - 0.5);
        texel.cover = context.inside(distance) * caught;
        texel.depth = 1.0;
        texel.shade = 1.0;
        texel
    }
}
