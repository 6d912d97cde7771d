use glam::Vec3;

use super::contour::smooth;
use super::eye::{COLUMNS, LID_POINTS};
use crate::face::FittedFace;

/// Nothing round an eye stands out farther, in eye widths.
const HIGHEST: f32 = 0.8;

/// The skin along one line that leaves the eye: how far it stands out, how it lies and what is seen of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Relief {
    /// Distances from the line's start at which the face has landmarks, in eye widths, growing.
    at: [f32; 2],
    /// How far the skin stands out there, in eye widths.
    height: [f32; 2],
    normal: [Vec3; 2],
    seen: [f32; 2],
}

impl Relief {
    /// Along every column of a lid, from its lash `line` through two `rows` of landmarks.
    pub fn of_lid(
        reliefs: &mut [Self; COLUMNS],
        line: &[Vec3; COLUMNS],
        frame: (Vec3, Vec3, Vec3),
        face: &FittedFace,
        rows: &[[u16; LID_POINTS]; 2],
    ) {
        let (_, up, front) = frame;
        for (row, points) in rows.iter().enumerate() {
            let vertex = |point: usize| usize::from(points[point]);
            each(
                reliefs,
                |p| face.landmarks_px[vertex(p)],
                |column, to, point: Vec3| {
                    let away = (point - line[column]) / up.length_squared().max(1e-9);
                    let nearest = if row == 0 { 0.03 } else { to.at[0] + 0.05 };
                    to.at[row] = away.dot(up).abs().max(nearest);
                    to.height[row] = away.dot(front).clamp(-HIGHEST, HIGHEST);
                },
            );
            each(reliefs, |p| face.normals_camera[vertex(p)], |_, to, normal: Vec3| to.normal[row] = normal);
            each(reliefs, |p| face.visibility[vertex(p)], |_, to, seen: f32| to.seen[row] = seen.clamp(0.0, 1.0));
        }
    }

    /// How far the skin stands out, `distance` from the line's start; both in eye widths.
    pub fn height(&self, distance: f32) -> f32 {
        let ([near, far], [low, high]) = (self.at, self.height);
        let height = if distance < near {
            low * distance / near
        } else {
            low + (high - low) * ((distance - near) / (far - near)).min(1.3)
        };
        height.clamp(-HIGHEST, HIGHEST)
    }

    /// Normal and visibility, `distance` from the line's start. The lash line itself turns in, which hides nothing of
    /// it: there the lid speaks.
    pub fn surface(&self, distance: f32) -> (Vec3, f32) {
        let t = ((distance - self.at[0]) / (self.at[1] - self.at[0])).clamp(0.0, 1.0);
        (self.normal[0].lerp(self.normal[1], t), self.seen[0] + (self.seen[1] - self.seen[0]) * t)
    }
}

/// Sets something in every column from the value that a smooth curve has there.
fn each<T>(reliefs: &mut [Relief; COLUMNS], points: impl Fn(usize) -> T, set: impl Fn(usize, &mut Relief, T))
where
    T: Copy + std::ops::Add<Output = T> + std::ops::Mul<f32, Output = T>,
{
    let mut column = 0;
    smooth(points, LID_POINTS, |value| {
        set(column, &mut reliefs[column], value);
        column += 1;
    });
}
