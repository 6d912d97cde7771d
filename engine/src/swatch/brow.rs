//! A brow: hair by hair over a little powder.
//!
//! In: the picture's context. Out: texels. Hairs stand in two rows from head to tail, upright at the head and lying
//! down towards the tail; each is a strand. The powder below is soft and grainy.

use glam::{IVec2, Vec2};

use super::strand::Strand;
use crate::noise::{hash, noise};
use carmine_shaders::cpu::smoothstep;

use super::texel::{FormContext, ProductTexel, fill};

/// Direction from its head to its tail.
const AXIS: Vec2 = Vec2::new(0.97, 0.243_1);
/// From the middle to either end.
const REACH: f32 = 0.86;
/// Half its height at the head.
const HALF: f32 = 0.30;
const HAIRS: i32 = 64;

/// Draws a brow into an empty picture.
pub(super) fn draw(context: FormContext, side: usize, texels: &mut [ProductTexel]) {
    fill(texels, side, |at| powder(at, context));
    for number in 0..HAIRS {
        let random = |salt: i32| hash(IVec2::new(number, salt), context.seed);
        let root = (number as f32 + 0.9 * random(1)) / HAIRS as f32;
        let row = if number % 2 == 0 { -0.62 } else { 0.05 } + 0.3 * (random(2) - 0.5);
        let half = half(root);
        // Hairs grow up in front and lie down towards the tail, the upper row flatter than the lower.
        let lean = (1.25 - 1.15 * root + 0.3 * (random(3) - 0.5)) * if row > 0.0 { 0.75 } else { 1.0 };
        let way = Vec2::from_angle(lean) * ((0.9 + 0.5 * random(4)) * (0.20 + 0.9 * half) * 0.62);
        let from = Vec2::new(-REACH + 1.60 * root, row * half);
        let path = [from, from + 0.5 * way - 0.22 * way.perp(), from + way].map(on_picture);
        let width = 0.0135 * (0.7 + 0.6 * random(5));
        Strand { path, width, tapers: true, shade: 0.92 + 0.16 * random(6) }.draw(texels, side, context);
    }
}

fn powder(at: Vec2, context: FormContext) -> ProductTexel {
    let along = at.dot(AXIS);
    let across = AXIS.perp_dot(at) - arch(along);
    let part = ((along + REACH) / (2.0 * REACH)).clamp(0.0, 1.0);
    let inside = across.abs() / half(part).max(1e-3);
    let ends = smoothstep(0.0, 0.12, part) * (1.0 - smoothstep(0.9, 1.0, part));
    let cover = 0.55 * (1.0 - smoothstep(0.35, 1.0, inside)) * ends * (0.7 + 0.6 * noise(at * 30.0, 0, context.seed));
    ProductTexel { height: 0.0, cover, depth: 1.0, shade: 1.06 }
}

/// Half the brow's height, 0 at its head to 1 at its tail.
fn half(part: f32) -> f32 {
    HALF * (0.72 + 0.5 * part) * (1.0 - part * part * part).max(0.0).sqrt()
}

/// How far its middle lies above its axis.
fn arch(along: f32) -> f32 {
    0.05 - 0.22 * along * along
}

/// From along and across the brow.
fn on_picture(at: Vec2) -> Vec2 {
    AXIS * at.x + AXIS.perp() * (at.y + arch(at.x))
}
