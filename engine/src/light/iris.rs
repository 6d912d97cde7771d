//! The bare colour of the irises, without pupil, catch-light, limbal ring, lids and lashes.
//!
//! In: a frame and a fitted face. Out: a mean linear colour per eye.
//! 1. Sample circles between pupil and limbal ring where the eye is open, with a margin below the upper lid.
//! 2. Sort by luminance and leave out the brightest, which are catch-lights and white of the eye, and the darkest,
//!    pupil and lashes.
//! 3. Mean of the rest.

use glam::{Vec2, Vec3};

use super::landmark_points::EyeContour;
use super::pixel::linear_at;
use super::ranked_colours::RankedColours;
use crate::face::FittedFace;
use crate::frame::Frame;
use crate::polygon;

/// A dark brown iris, the most common one, under light in which white is 1.
pub(super) const DARK_BROWN: Vec3 = Vec3::new(0.046, 0.023, 0.014);

/// Between pupil and limbal ring, in radii of the iris: a pupil of 5 mm in an iris of 11.7 mm ends at 0.43.
const RING_INNER: f32 = 0.48;
const RING_OUTER: f32 = 0.86;
/// An iris smaller than this is mostly blur.
const RADIUS_MIN_PX: f32 = 2.5;
/// The upper lid shades what lies just under it, and its lashes hang in front: so far, in radii.
const LID_MARGIN: f32 = 0.25;
const SPOKES: usize = 20;
const CIRCLES: usize = 5;
const SAMPLES: usize = SPOKES * CIRCLES;

/// Of the right and the left eye, in the camera's own light. `None` if too little of an iris is visible.
pub(super) fn irises(frame: &Frame<'_>, face: &FittedFace) -> [Option<Vec3>; 2] {
    EyeContour::both(face).map(|eye| iris(frame, &eye))
}

fn iris(frame: &Frame<'_>, eye: &EyeContour) -> Option<Vec3> {
    let radius = eye.iris_radius;
    if radius < RADIUS_MIN_PX || !radius.is_finite() {
        return None;
    }
    let up = (-eye.down()).normalize_or(Vec2::NEG_Y) * radius * LID_MARGIN;
    let places =
        (0..CIRCLES).flat_map(|circle| (0..SPOKES).map(move |spoke| (circle, spoke))).map(|(circle, spoke)| {
            let part = (circle as f32 + 0.5) / CIRCLES as f32;
            let reach = radius * (RING_INNER + (RING_OUTER - RING_INNER) * part);
            // Each circle is turned a little against the next.
            let angle = std::f32::consts::TAU * (spoke as f32 + part) / SPOKES as f32;
            eye.iris_centre + Vec2::from_angle(angle) * reach
        });
    let is_open = |at: &Vec2| polygon::contains(&eye.opening, *at) && polygon::contains(&eye.opening, *at + up);
    let seen = RankedColours::<SAMPLES>::of(places.filter(is_open).map(|at| linear_at(frame, at)));
    let count = seen.len();
    (count >= SAMPLES / 5).then(|| seen.mean(count / 5..(count * 7 / 10).max(count / 5 + 1)))
}
