//! A coloured contact lens: an iris without its eye.
//!
//! In: a place. Out: a texel. Fibres are noise that repeats round the centre, coarse and fine; the ring is darker at
//! its rim (the limbal ring) and lighter round the pupil (the collarette); the bowl's shape gives it a crescent of
//! shine.

use std::f32::consts::TAU;

use glam::Vec2;

use crate::noise::noise;
use carmine_shaders::cpu::smoothstep;

use super::texel::{FormContext, ProductTexel};

const RIM: f32 = 0.84;
const PUPIL: f32 = 0.30;

/// A ring of fibres between a dark rim and the clear middle.
pub(super) fn at(place: Vec2, context: FormContext) -> ProductTexel {
    let radius = place.length();
    let turn = place.y.atan2(place.x) / TAU + 0.5;
    let part = ((radius - PUPIL) / (RIM - PUPIL)).clamp(0.0, 1.0);
    let fibres = |count: i32, length: f32, salt: u32| {
        noise(Vec2::new(turn * count as f32, radius / length), count, context.seed ^ salt)
    };
    let fibre = 0.5 * fibres(44, 0.7, 1) + 0.5 * fibres(104, 0.3, 2);
    // The inner edge frays out.
    let inner = PUPIL + 0.04 + 0.07 * fibres(52, 3.0, 3);
    let ring = smoothstep(inner - 0.05, inner + 0.10, radius) * context.inside(radius - RIM);
    let limbal = smoothstep(0.80, 0.97, part);
    let collarette = (part - 0.30) / 0.13;
    let light =
        0.62 + 0.76 * fibre + 0.20 * (-collarette * collarette).exp() - 0.10 * smoothstep(0.0, 0.2, 0.25 - part);
    ProductTexel {
        // A bowl: its shine is a soft crescent.
        height: 0.36 * (1.0 - radius * radius).max(0.0).sqrt() + 0.012 * fibre,
        cover: ring * (0.86 + 0.14 * fibre),
        depth: 1.0,
        shade: light * (1.0 - 0.62 * limbal),
    }
}
