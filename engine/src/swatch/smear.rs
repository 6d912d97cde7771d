//! Wet and waxy products, drawn out over the card: thick where the stroke begins, in ridges, dry at its end.
//!
//! In: a place. Out: a texel.
//!
//! 1. Along and across the bent stroke; the distance to its uneven edge.
//! 2. Ridges along it are stretched noise; towards the dry end the furrows between them lose their product first.
//! 3. Height: a dome, a bank along the edges, the ridges, and the blob where the stroke began.

use glam::Vec2;

use crate::noise::noise;
use carmine_shaders::cpu::smoothstep;

use super::texel::{FormContext, ProductTexel};

/// One stroke of a bullet, a finger, a spatula or a brush.
#[derive(Clone, Copy, Debug)]
pub(super) struct Smear {
    /// Direction of the stroke, a unit vector.
    axis: Vec2,
    /// Where along it the stroke begins.
    begin: f32,
    /// Where it ends.
    end: f32,
    /// Half its width at the beginning.
    half_at_begin: f32,
    /// Half its width at the end.
    half_at_end: f32,
    /// How far its middle is bent.
    bend: f32,
    /// Height of its middle above its edge.
    dome: f32,
    /// What was pushed aside stands this high along the edges.
    bank: f32,
    /// Ridges across, per unit.
    ridge_count: f32,
    /// How deep the furrows between them are.
    furrow_depth: f32,
    /// What was left where the stroke began.
    blob: f32,
    /// How long the dry end is; 0 for a round one.
    dry: f32,
}

const UP: Vec2 = Vec2::new(0.83, 0.557_76);

impl Smear {
    pub const LIPSTICK: Self = Self {
        axis: UP,
        begin: -0.66,
        end: 0.68,
        half_at_begin: 0.42,
        half_at_end: 0.39,
        bend: 0.10,
        dome: 0.07,
        bank: 0.035,
        ridge_count: 11.0,
        furrow_depth: 0.055,
        blob: 0.06,
        dry: 0.62,
    };
    pub const GLOSS: Self = Self {
        axis: UP,
        begin: -0.56,
        end: 0.68,
        half_at_begin: 0.40,
        half_at_end: 0.23,
        bend: 0.16,
        dome: 0.26,
        bank: 0.0,
        ridge_count: 2.6,
        furrow_depth: 0.035,
        blob: 0.10,
        dry: 0.0,
    };
    pub const FOUNDATION: Self = Self {
        axis: Vec2::new(0.92, 0.391_92),
        begin: -0.38,
        end: 0.64,
        half_at_begin: 0.50,
        half_at_end: 0.42,
        bend: -0.08,
        dome: 0.12,
        bank: 0.03,
        ridge_count: 4.5,
        furrow_depth: 0.065,
        blob: 0.13,
        dry: 0.42,
    };
    pub const CONCEALER: Self = Self {
        axis: UP,
        begin: -0.60,
        end: 0.66,
        half_at_begin: 0.37,
        half_at_end: 0.31,
        bend: -0.12,
        dome: 0.12,
        bank: 0.02,
        ridge_count: 4.0,
        furrow_depth: 0.05,
        blob: 0.10,
        dry: 0.25,
    };
    pub const CREAM: Self = Self {
        axis: Vec2::new(0.95, 0.312_25),
        begin: -0.42,
        end: 0.60,
        half_at_begin: 0.47,
        half_at_end: 0.42,
        bend: 0.08,
        dome: 0.09,
        bank: 0.03,
        ridge_count: 7.0,
        furrow_depth: 0.06,
        blob: 0.08,
        dry: 0.5,
    };
    pub const MASCARA: Self = Self {
        axis: UP,
        begin: -0.68,
        end: 0.66,
        half_at_begin: 0.32,
        half_at_end: 0.36,
        bend: 0.14,
        dome: 0.10,
        bank: 0.0,
        ridge_count: 17.0,
        furrow_depth: 0.12,
        blob: 0.02,
        dry: 0.95,
    };

    pub fn at(&self, place: Vec2, context: FormContext) -> ProductTexel {
        let Self { begin, end, half_at_begin, half_at_end, ridge_count, furrow_depth, .. } = *self;
        let along = place.dot(self.axis);
        let across = self.axis.perp_dot(place) + self.bend * (along * along - 0.3);
        let part = ((along - begin) / (end - begin)).clamp(0.0, 1.0);
        let uneven = noise(Vec2::new(along * 2.4, across * 2.0), 0, context.seed) - 0.5;
        let half = (half_at_begin + (half_at_end - half_at_begin) * part) * (1.0 + 0.12 * uneven);
        let beyond = (begin - along).max(along - end).max(0.0);
        let distance = Vec2::new(beyond, across).length() - half;
        if distance > context.pixel {
            return ProductTexel::default();
        }

        let wander = 0.05 * (noise(Vec2::new(along * 1.7, across * 2.0), 0, context.seed ^ 1) - 0.5);
        let furrow = |frequency: f32, length: f32, seed: u32| {
            noise(Vec2::new(along / length, (across + wander) * frequency), 0, context.seed ^ seed)
        };
        let ridge = 0.62 * furrow(ridge_count, 1.9, 2) + 0.38 * furrow(2.3 * ridge_count, 0.9, 3);
        let dryness =
            if self.dry > 0.0 { smoothstep(end + 0.75 * half - self.dry, end + 0.75 * half, along) } else { 0.0 };
        // Furrows run dry first.
        let left = smoothstep(dryness - 0.10, dryness + 0.10, 0.08 + 0.92 * ridge);
        let left = if dryness > 0.0 { left } else { 1.0 };

        let inward = (-distance / half).clamp(0.0, 1.0);
        let round = (1.0 - (1.0 - inward) * (1.0 - inward)).max(0.0).sqrt();
        let rim = (inward - 0.16) / 0.10;
        let blob = (along - begin - 0.08) / 0.26;
        let blob = self.blob * (-blob * blob).exp() * round;
        let height = self.dome * round * (1.0 - 0.55 * dryness)
            + self.bank * (-rim * rim).exp() * (1.0 - dryness) * smoothstep(begin - 0.1, begin + 0.5, along)
            + furrow_depth * (ridge - 0.5) * smoothstep(0.0, 0.35, inward)
            + blob;
        let depth = (0.55 + 0.45 * round) * (0.8 + 0.4 * ridge) * (1.0 - 0.6 * dryness);
        ProductTexel {
            height: height * left,
            cover: context.inside(distance) * left,
            depth: depth.clamp(0.05, 1.0),
            shade: 1.0,
        }
    }
}
