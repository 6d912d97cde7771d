use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3};

use super::room::inside;
use super::skin::linear_at;
use crate::face::{FittedFace, rings};
use crate::frame::Frame;

/// A dark brown iris under light that shows white as 1: the commonest there is.
pub(super) const DARK_BROWN: Vec3 = Vec3::new(0.046, 0.023, 0.014);

/// Between pupil and limbal ring, in radii of the iris: a pupil of 5 mm in an iris of 11.7 mm ends at 0.43.
const RING: (f32, f32) = (0.48, 0.86);
/// An iris smaller than this many pixels is mostly blur.
const RADIUS_MIN_PX: f32 = 2.5;
const SPOKES: usize = 20;
const CIRCLES: usize = 5;

/// Mean bare linear colour of the right and the left iris, in the camera's own light: without pupil, catch-light, limbal
/// ring, lids and lashes. `None` where too little of it is in sight.
pub(super) fn irises(frame: &Frame<'_>, face: &FittedFace) -> [Option<Vec3>; 2] {
    [(&rings::RIGHT_EYE, rings::RIGHT_IRIS), (&rings::LEFT_EYE, rings::LEFT_IRIS)].map(|(eye, iris)| {
        let point = |index: u16| face.landmarks_px[usize::from(index)].truncate();
        let opening = eye.map(point);
        let centre = point(iris[0]);
        let radius = iris[1..].iter().map(|&index| point(index).distance(centre)).sum::<f32>() / 4.0;
        if radius < RADIUS_MIN_PX || !radius.is_finite() {
            return None;
        }
        // The upper lid shades what lies just under it, and its lashes hang in front.
        let up = (opening[12] - opening[4]).normalize_or(Vec2::NEG_Y) * radius * 0.25;

        let mut seen = [(0.0f32, Vec3::ZERO); SPOKES * CIRCLES];
        let mut count = 0;
        for circle in 0..CIRCLES {
            let part = (circle as f32 + 0.5) / CIRCLES as f32;
            let reach = radius * (RING.0 + (RING.1 - RING.0) * part);
            for spoke in 0..SPOKES {
                let angle = std::f32::consts::TAU * (spoke as f32 + part) / SPOKES as f32;
                let at = centre + Vec2::from_angle(angle) * reach;
                if inside(opening, at) && inside(opening, at + up) {
                    let colour = linear_at(frame, at);
                    seen[count] = (luminance(colour), colour);
                    count += 1;
                }
            }
        }
        if count < SPOKES * CIRCLES / 5 {
            return None;
        }
        // The brightest are catch-lights and white of the eye, the darkest pupil and lashes.
        let seen = &mut seen[..count];
        seen.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let kept = &seen[count / 5..(count * 7 / 10).max(count / 5 + 1)];
        Some(kept.iter().map(|(_, colour)| colour).sum::<Vec3>() / kept.len() as f32)
    })
}
