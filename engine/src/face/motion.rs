//! How a whole face moves in the picture, and where it will be a moment later.
//!
//! In: its landmarks in the last tracked frames, and the times between them. Out: the landmarks at a later time.
//!
//! 1. For every step between frames, fit the shift, growth and turn of all points ([`Movement`]). To the residuals fit
//!    a linear function of the points' place and depth, by least squares with a small ridge: a head that turns aside
//!    moves its nose more than its ears.
//! 2. Divide by the step's duration to get a speed; keep the last two.
//! 3. Extrapolate with the last speed and a part of its change. The more the speed has just changed, the less of it is
//!    used.
//!
//! The model and its constants are this project's own. `tests/prediction.rs` compares the result on clips with tracked
//! landmarks, and with landmarks that are simply held.

use std::ops::{Add, Mul, Sub};

use glam::{DMat3, DVec3, Vec2, Vec3};

use super::bounding_box::BoundingBox;
use super::movement::Movement;
use super::{LANDMARK_COUNT, Landmarks};

/// Shorter steps are too noisy to give a speed; after longer ones a face is assumed to be at rest.
const STEP_S: std::ops::RangeInclusive<f32> = 0.002..=0.5;
/// Largest factor of growth or shrinking in one step: beyond it lies another face or a tracking error.
const MOST_GROWTH: f32 = 2.0;
/// Share of the last change of speed that is expected to continue: a nod slows down before it reverses.
const GO_ON: f32 = 0.3;
/// How strongly a change of speed reduces the trust in the speed.
const DOUBT: f32 = 0.5;
/// Largest predicted movement, in sizes of the face.
const FARTHEST_SIZES: f32 = 0.5;
/// Ridge as a share of the points' spread: keeps the fit stable if they lie in a plane and have no spread in depth.
const RIDGE: f64 = 0.01;

/// How a whole face moves in the picture, from its last tracked points: shift, growth and turn, and the effect of an
/// out-of-plane turn of the head on points by their depth. Movements within the face are not modelled, so a blink or a
/// word is never extrapolated.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Motion {
    /// Over the last step, and over the one before.
    speeds: [Speed; 2],
    /// Middle of the last points.
    middle_px: Vec3,
    /// Mean of the face's width and height.
    size_px: f32,
}

impl Motion {
    /// At rest at `points_px`.
    pub fn resting(points_px: &Landmarks) -> Self {
        let mut motion = Self::default();
        motion.settle(points_px);
        motion
    }

    /// The face was at `from_px` and `step_s` seconds later at `to_px`.
    pub fn moved(&mut self, from_px: &Landmarks, to_px: &Landmarks, step_s: f32) {
        self.settle(to_px);
        if step_s > *STEP_S.end() {
            self.speeds = [Speed::default(); 2];
        } else if step_s >= *STEP_S.start() {
            let speed = Speed::between(from_px, to_px, self.middle_px, 1.0 / step_s);
            self.speeds = [speed, self.speeds[0]];
        }
    }

    /// Writes where `from_px`, the last points, will be `ahead_s` seconds later. At 0 they stay as they are.
    ///
    /// A constant speed is extrapolated exactly. The more it has just changed, the less it is trusted, so a face that
    /// stops overshoots little, and jitter is not extrapolated.
    pub fn carry(&self, from_px: &Landmarks, ahead_s: f32, to_px: &mut Landmarks) {
        let [last, before] = self.speeds;
        let change = last - before;
        let (moved, changed) = (last.dot(&last, self.size_px), change.dot(&change, self.size_px));
        let trust = if moved > 0.0 { moved / (moved + DOUBT * changed) } else { 0.0 };
        let speed = (last + change * GO_ON) * trust;
        let sizes_per_s = speed.dot(&speed, self.size_px).sqrt();
        let ahead_s = if sizes_per_s * ahead_s > FARTHEST_SIZES { FARTHEST_SIZES / sizes_per_s } else { ahead_s };
        let by = speed * ahead_s;
        if by == Speed::default() || !by.is_finite() {
            to_px.copy_from_slice(&from_px[..]);
            return;
        }
        let growth = by.spin.x.exp();
        let factor = Vec2::from_angle(by.spin.y) * growth;
        let shifted = self.middle_px.truncate() + by.shift_px;
        for (to, from) in to_px.iter_mut().zip(from_px.iter()) {
            let off = *from - self.middle_px;
            let leant = Vec2::new(by.lean[0].dot(off), by.lean[1].dot(off));
            *to = (shifted + factor.rotate(off.truncate()) + leant).extend(from.z * growth);
        }
    }

    fn settle(&mut self, points_px: &Landmarks) {
        self.size_px = BoundingBox::of_landmarks(points_px).mean_side();
        self.middle_px = points_px.iter().sum::<Vec3>() / LANDMARK_COUNT as f32;
    }
}

/// A movement per second; multiplied with a time, a movement.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Speed {
    /// Of the middle.
    shift_px: Vec2,
    /// Logarithm of the growth, and the turn in radians, clockwise on the screen.
    spin: Vec2,
    /// Linear term of the residuals: what a pixel to the right, down and away from the camera adds to x and to y.
    lean: [Vec3; 2],
}

impl Speed {
    fn between(from_px: &Landmarks, to_px: &Landmarks, middle_px: Vec3, per_s: f32) -> Self {
        let moved = Movement::between(from_px, to_px);
        let growth = moved.factor.length().clamp(1.0 / MOST_GROWTH, MOST_GROWTH);
        let turn = if moved.factor == Vec2::ZERO { 0.0 } else { moved.factor.to_angle() };
        let mut spread = DMat3::ZERO;
        let mut rests = [DVec3::ZERO; 2];
        for (from, to) in from_px.iter().zip(to_px.iter()) {
            let off = (*to - middle_px).as_dvec3();
            let rest = (*to - moved.of(*from)).as_dvec3();
            spread += DMat3::from_cols(off * off.x, off * off.y, off * off.z);
            rests[0] += off * rest.x;
            rests[1] += off * rest.y;
        }
        let trace = spread.x_axis.x + spread.y_axis.y + spread.z_axis.z;
        spread += DMat3::from_diagonal(DVec3::splat(trace * RIDGE));
        // Points in one place have no inverse.
        let lean = if spread.determinant().is_normal() {
            let inverse = spread.inverse();
            rests.map(|rest| (inverse * rest).as_vec3() * per_s)
        } else {
            [Vec3::ZERO; 2]
        };
        Self { shift_px: (moved.to - moved.from) * per_s, spin: Vec2::new(growth.ln(), turn) * per_s, lean }
    }

    /// Inner product in sizes of the face; spin and lean are measured at its rim, half a size from the middle.
    fn dot(&self, other: &Self, size_px: f32) -> f32 {
        let leans = self.lean[0].dot(other.lean[0]) + self.lean[1].dot(other.lean[1]);
        self.shift_px.dot(other.shift_px) / (size_px * size_px).max(1.0) + (self.spin.dot(other.spin) + leans) / 4.0
    }

    fn is_finite(&self) -> bool {
        self.shift_px.is_finite() && self.spin.is_finite() && self.lean.iter().all(|lean| lean.is_finite())
    }
}

impl Add for Speed {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let lean = [self.lean[0] + other.lean[0], self.lean[1] + other.lean[1]];
        Self { shift_px: self.shift_px + other.shift_px, spin: self.spin + other.spin, lean }
    }
}

impl Sub for Speed {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + other * -1.0
    }
}

impl Mul<f32> for Speed {
    type Output = Self;

    fn mul(self, by: f32) -> Self {
        Self { shift_px: self.shift_px * by, spin: self.spin * by, lean: self.lean.map(|lean| lean * by) }
    }
}

#[cfg(test)]
mod tests;
