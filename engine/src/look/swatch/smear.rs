//! Wet and waxy products, drawn out over the card: thick where the stroke begins, in ridges, dry at its end.

use glam::Vec2;

use super::super::mask::noise::noise;
use super::{Body, Canvas, smoothstep};

/// One stroke of a bullet, a finger, a spatula or a brush.
#[derive(Clone, Copy, Debug)]
pub(super) struct Smear {
    /// Direction of the stroke, a unit vector.
    axis: Vec2,
    /// Where along it the stroke begins and ends.
    span: (f32, f32),
    /// Half its width at the beginning and at the end.
    half: (f32, f32),
    /// How far its middle is bent.
    bend: f32,
    /// Height of its middle above its edge.
    dome: f32,
    /// What was pushed aside stands this high along the edges.
    bank: f32,
    /// Ridges across, and how deep the furrows between them are.
    ridges: (f32, f32),
    /// What was left where the stroke began.
    blob: f32,
    /// How long the dry end is; 0 for a round one.
    dry: f32,
}

const UP: Vec2 = Vec2::new(0.83, 0.557_76);

impl Smear {
    pub const LIPSTICK: Self = Self {
        axis: UP,
        span: (-0.66, 0.68),
        half: (0.42, 0.39),
        bend: 0.10,
        dome: 0.07,
        bank: 0.035,
        ridges: (11.0, 0.055),
        blob: 0.06,
        dry: 0.62,
    };
    pub const GLOSS: Self = Self {
        axis: UP,
        span: (-0.56, 0.68),
        half: (0.40, 0.23),
        bend: 0.16,
        dome: 0.26,
        bank: 0.0,
        ridges: (2.6, 0.035),
        blob: 0.10,
        dry: 0.0,
    };
    pub const FOUNDATION: Self = Self {
        axis: Vec2::new(0.92, 0.391_92),
        span: (-0.38, 0.64),
        half: (0.50, 0.42),
        bend: -0.08,
        dome: 0.12,
        bank: 0.03,
        ridges: (4.5, 0.065),
        blob: 0.13,
        dry: 0.42,
    };
    pub const CONCEALER: Self = Self {
        axis: UP,
        span: (-0.60, 0.66),
        half: (0.37, 0.31),
        bend: -0.12,
        dome: 0.12,
        bank: 0.02,
        ridges: (4.0, 0.05),
        blob: 0.10,
        dry: 0.25,
    };
    pub const CREAM: Self = Self {
        axis: Vec2::new(0.95, 0.312_25),
        span: (-0.42, 0.60),
        half: (0.47, 0.42),
        bend: 0.08,
        dome: 0.09,
        bank: 0.03,
        ridges: (7.0, 0.06),
        blob: 0.08,
        dry: 0.5,
    };
    pub const MASCARA: Self = Self {
        axis: UP,
        span: (-0.68, 0.66),
        half: (0.32, 0.36),
        bend: 0.14,
        dome: 0.10,
        bank: 0.0,
        ridges: (17.0, 0.12),
        blob: 0.02,
        dry: 0.95,
    };

    pub fn at(&self, place: Vec2, canvas: Canvas) -> Body {
        let (begin, end) = self.span;
        let along = place.dot(self.axis);
        let across = self.axis.perp_dot(place) + self.bend * (along * along - 0.3);
        let part = ((along - begin) / (end - begin)).clamp(0.0, 1.0);
        let uneven = noise(Vec2::new(along * 2.4, across * 2.0), 0, canvas.seed) - 0.5;
        let half = (self.half.0 + (self.half.1 - self.half.0) * part) * (1.0 + 0.12 * uneven);
        let beyond = (begin - along).max(along - end).max(0.0);
        let distance = Vec2::new(beyond, across).length() - half;
        if distance > canvas.pixel {
            return Body::default();
        }

        let wander = 0.05 * (noise(Vec2::new(along * 1.7, across * 2.0), 0, canvas.seed ^ 1) - 0.5);
        let furrow = |frequency: f32, length: f32, seed: u32| {
            noise(Vec2::new(along / length, (across + wander) * frequency), 0, canvas.seed ^ seed)
        };
        let (count, depth) = self.ridges;
        let ridge = 0.62 * furrow(count, 1.9, 2) + 0.38 * furrow(2.3 * count, 0.9, 3);
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
            + depth * (ridge - 0.5) * smoothstep(0.0, 0.35, inward)
            + blob;
        let depth = (0.55 + 0.45 * round) * (0.8 + 0.4 * ridge) * (1.0 - 0.6 * dryness);
        Body { height: height * left, cover: canvas.inside(distance) * left, depth: depth.clamp(0.05, 1.0), shade: 1.0 }
    }
}
