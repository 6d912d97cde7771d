//! The similarity in the picture's plane that brings points closest to others.
//!
//! In: two sets of landmarks, point by point. Out: shift, turn and growth.
//!
//! 1. Take both sets relative to their means.
//! 2. With points as complex numbers a and b, the factor that makes Σ|b − factor·a|² least is Σ b·ā / Σ|a|²: least
//!    squares in closed form (Umeyama 1991 has it for any number of dimensions).

use glam::{DVec2, Vec2, Vec3, Vec4};

use super::Landmarks;

/// The shift, turn and growth in x and y that brings all points closest to others. z stays.
pub(super) struct Movement {
    pub from: Vec2,
    pub to: Vec2,
    /// As a complex factor: growth × (cosine, sine) of the turn.
    pub factor: Vec2,
}

impl Movement {
    pub fn between(from: &Landmarks, to: &Landmarks) -> Self {
        let mean = |points: &Landmarks| {
            points.iter().map(|point| point.truncate().as_dvec2()).sum::<DVec2>() / points.len() as f64
        };
        let (from_mean, to_mean) = (mean(from), mean(to));
        let (mut factor, mut spread) = (DVec2::ZERO, 0.0);
        for (a, b) in from.iter().zip(to.iter()) {
            let (a, b) = (a.truncate().as_dvec2() - from_mean, b.truncate().as_dvec2() - to_mean);
            factor += DVec2::new(a.dot(b), a.perp_dot(b));
            spread += a.length_squared();
        }
        let factor = if spread > 0.0 { factor / spread } else { DVec2::X };
        Self { from: from_mean.as_vec2(), to: to_mean.as_vec2(), factor: factor.as_vec2() }
    }

    pub fn of(&self, point: Vec3) -> Vec3 {
        (self.to + self.factor.rotate(point.truncate() - self.from)).extend(point.z)
    }

    /// Speeds of shift, growth and turn in sizes of the face per second; growth and turn as seen at the face's rim,
    /// half a size from the middle.
    pub fn per_second(&self, size: f32, per_size: f32) -> Vec4 {
        let (shift, growth) = (self.to - self.from, (self.factor - Vec2::X) * size / 2.0);
        Vec4::new(shift.x, shift.y, growth.x, growth.y) * per_size
    }
}
