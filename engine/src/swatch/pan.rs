//! Pressed powders in their pan's shape, embossed.
//!
//! In: a place. Out: a texel. The pan is a rounded rectangle given by its signed distance; inside
//! its bevel and groove lies the pressed pattern, with soft clouds and grains of about a pixel.

use glam::Vec2;

use crate::noise::{hash, noise};
use carmine_shaders::cpu::smoothstep;

use super::texel::{FormContext, ProductTexel};

/// A pressed powder.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pan {
    /// Half its width and height.
    half: Vec2,
    /// Radius of its corners.
    corner: f32,
    emboss: Emboss,
}

/// What the press leaves in the powder.
#[derive(Clone, Copy, Debug)]
enum Emboss {
    /// A woven cloth.
    Linen,
    /// Rays from below.
    Sun,
    /// Petals round the middle.
    Petals,
    /// Slanting lines.
    Lines,
    /// Waves.
    Silk,
    /// Only a ring.
    Ring,
    /// A soft swelling.
    Smooth,
}

impl Pan {
    pub const SHADOW: Self = Self { half: Vec2::splat(0.74), corner: 0.22, emboss: Emboss::Linen };
    pub const FOIL: Self = Self { emboss: Emboss::Smooth, ..Self::SHADOW };
    pub const BLUSH: Self = Self { half: Vec2::splat(0.78), corner: 0.78, emboss: Emboss::Petals };
    pub const BRONZER: Self = Self { half: Vec2::splat(0.80), corner: 0.80, emboss: Emboss::Sun };
    pub const CONTOUR: Self = Self { half: Vec2::new(0.80, 0.62), corner: 0.20, emboss: Emboss::Lines };
    pub const HIGHLIGHTER: Self = Self { half: Vec2::splat(0.78), corner: 0.78, emboss: Emboss::Silk };
    pub const POWDER: Self = Self { half: Vec2::splat(0.80), corner: 0.80, emboss: Emboss::Ring };

    pub fn at(&self, place: Vec2, context: FormContext) -> ProductTexel {
        let outside = place.abs() - (self.half - self.corner);
        let distance = outside.max(Vec2::ZERO).length() + outside.max_element().min(0.0) - self.corner;
        if distance > context.pixel {
            return ProductTexel::default();
        }
        let bevel = smoothstep(0.0, 0.09, -distance);
        let field = smoothstep(0.10, 0.16, -distance);
        let emboss = self.emboss.relief(place, distance) * field;
        // Powder is uneven: soft clouds, and grains of about a pixel.
        let cloud = noise(place * 5.0, 0, context.seed) - 0.5;
        let cell = (place / context.pixel.max(0.013)).floor().as_ivec2();
        let grain = hash(cell, context.seed ^ 7) - 0.5;
        let groove = smoothstep(0.075, 0.10, -distance) * (1.0 - smoothstep(0.10, 0.125, -distance));
        ProductTexel {
            height: 0.05 * bevel + 0.022 * emboss + 0.010 * cloud + 0.0035 * grain - 0.012 * groove,
            cover: context.inside(distance),
            depth: 1.0,
            shade: 1.0 + 0.035 * grain + 0.03 * cloud - 0.06 * groove,
        }
    }
}

impl Emboss {
    /// −1 pressed in to 1 standing out.
    fn relief(self, place: Vec2, distance: f32) -> f32 {
        use std::f32::consts::TAU;
        let ridge = |phase: f32| (phase * TAU).sin();
        match self {
            Self::Linen => {
                let thread = place * 9.5;
                let over = (thread.x.floor() + thread.y.floor()).rem_euclid(2.0) < 0.5;
                let arch = |at: f32| (at.rem_euclid(1.0) * 0.5 * TAU).sin();
                let bump = |across: f32, along: f32| arch(across) * (0.3 + 0.7 * arch(along));
                0.42 * if over { bump(thread.x, thread.y) } else { bump(thread.y, thread.x) } - 0.4
            }
            Self::Sun => {
                let from = place - Vec2::new(0.0, -0.62);
                let rays = ridge(from.x.atan2(from.y) / TAU * 26.0);
                let rings = smoothstep(0.28, 0.34, from.length());
                rays * rings + 0.8 * (1.0 - rings)
            }
            Self::Petals => {
                // Six petals round a button, folded onto one.
                let turn = place.y.atan2(place.x);
                let sector = TAU / 6.0;
                let folded = (turn + 0.5 * sector).rem_euclid(sector) - 0.5 * sector;
                let at = Vec2::from_angle(folded) * place.length();
                let petal = ((at - Vec2::new(0.36, 0.0)) / Vec2::new(0.23, 0.165)).length();
                let button = place.length() / 0.105;
                let dome = |reach: f32| (1.0 - reach * reach).max(0.0).sqrt();
                1.5 * dome(petal).max(dome(button))
            }
            Self::Smooth => 2.2 * (1.0 - place.length_squared()) + 0.5 * (place.x * 2.6 + place.y * 1.7).sin(),
            Self::Lines => ridge((place.x + place.y) * 4.2) * 0.8,
            Self::Silk => ridge(place.y * 3.2 + 0.22 * (place.x * 4.0).sin() + 0.1 * (place.x * 9.0).sin()) * 1.3,
            Self::Ring => {
                let at = (-distance - 0.26) / 0.035;
                -(-at * at).exp()
            }
        }
    }
}
