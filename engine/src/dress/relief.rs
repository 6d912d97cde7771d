//! How the skin beside a lash line stands out from the eye's plane.
//!
//! In: a lash line, an eye's frame and two rows of landmarks beside the line. Out: per column of the line, heights,
//! normals and visibility at the two distances where the landmarks are, interpolated between them.
//!
//! 1. Each row becomes a smooth curve of points, normals and visibility.
//! 2. Each column takes the point of the curve that lies straight above or below it.

use glam::{Vec3, Vec4};

use super::contour::{STEPS, smooth};
use super::eye_frame::EyeFrame;
use super::eye_landmarks::{LID_COLUMNS, LID_POINTS};
use crate::face::FittedFace;

/// Limit of the height, in eye widths: nothing round an eye stands out farther.
const HIGHEST: f32 = 0.8;

/// The skin along a line that leaves the eye: its height, normal and visibility.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Relief {
    /// Distances from the line's start at which the face has landmarks, in eye widths, growing.
    at: [f32; 2],
    /// How far the skin stands out there, in eye widths.
    height: [f32; 2],
    normal: [Vec3; 2],
    seen: [f32; 2],
}

/// The skin's normal and visibility at one place.
#[derive(Clone, Copy)]
pub(super) struct SkinPatch {
    /// Camera space.
    pub normal: Vec3,
    /// How much of it the camera sees, 0–1.
    pub seen: f32,
}

/// A place on a row of landmarks.
#[derive(Clone, Copy, Default)]
struct RowPoint {
    point: Vec3,
    /// Normal, then visibility.
    surface: Vec4,
}

impl Relief {
    /// Along every column of a lid, from its lash `line` through two `rows` of landmarks.
    pub fn of_lid(
        reliefs: &mut [Self; LID_COLUMNS],
        line: &[Vec3; LID_COLUMNS],
        frame: &EyeFrame,
        face: &FittedFace,
        rows: &[&[u16]; 2],
    ) {
        let EyeFrame { across, up, front, .. } = *frame;
        let width2 = across.length_squared().max(1e-9);
        for (row, points) in rows.iter().enumerate() {
            let mut curve = [RowPoint::default(); LID_COLUMNS];
            let count = (points.len().min(LID_POINTS) - 1) * STEPS + 1;
            let vertex = |point: usize| usize::from(points[point]);
            let mut places = curve.iter_mut();
            smooth(
                |p| face.landmarks_px[vertex(p)],
                points.len(),
                |point: Vec3| {
                    places.next().into_iter().for_each(|place| place.point = point);
                },
            );
            let mut places = curve.iter_mut();
            smooth(
                |p| face.normals_camera[vertex(p)].extend(face.visibility[vertex(p)]),
                points.len(),
                |surface: Vec4| {
                    places.next().into_iter().for_each(|place| place.surface = surface);
                },
            );
            // The rows are wider than the lash line: each column takes the point straight above or below it.
            let mut next = 1;
            for (to, root) in reliefs.iter_mut().zip(line) {
                let past = |place: &RowPoint| (place.point - root).dot(across);
                while next + 1 < count && past(&curve[next]) < 0.0 {
                    next += 1;
                }
                let (a, b) = (curve[next - 1], curve[next]);
                let step = past(&b) - past(&a);
                let t = if step > 0.0 { (-past(&a) / step).clamp(0.0, 1.0) } else { 1.0 };
                let away = (a.point.lerp(b.point, t) - root) / width2;
                let surface = a.surface.lerp(b.surface, t);
                let nearest = if row == 0 { 0.03 } else { to.at[0] + 0.05 };
                to.at[row] = away.dot(up).abs().max(nearest);
                to.height[row] = away.dot(front).clamp(-HIGHEST, HIGHEST);
                (to.normal[row], to.seen[row]) = (surface.truncate(), surface.w.clamp(0.0, 1.0));
            }
        }
    }

    /// How far the skin stands out, `distance` from the line's start; both in eye widths.
    pub fn height(&self, distance: f32) -> f32 {
        let ([near, far], [low, high]) = (self.at, self.height);
        let height = if distance < near {
            low * distance / near
        } else {
            low + (high - low) * ((distance - near) / (far - near)).min(1.0)
        };
        height.clamp(-HIGHEST, HIGHEST)
    }

    /// The skin at `distance` (in eye widths) from the line's start. At the lash line itself the normal points into the
    /// eye though nothing hides the skin, so the lid's normal is used there.
    pub fn surface(&self, distance: f32) -> SkinPatch {
        let t = ((distance - self.at[0]) / (self.at[1] - self.at[0])).clamp(0.0, 1.0);
        SkinPatch {
            normal: self.normal[0].lerp(self.normal[1], t),
            seen: self.seen[0] + (self.seen[1] - self.seen[0]) * t,
        }
    }
}
