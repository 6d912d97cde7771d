//! An eye's own directions.
//!
//! In: a fitted face and an eye's corners. Out: the line from corner to corner, the face's upright and its front, as
//! the camera sees them. Upright and front come from the face's pose, turned so that the eye is seen straight on: the
//! picture is taken without perspective along z there. The upright is made square to the corners' line.

use glam::{Mat3, Quat, Vec3};

use super::eye_landmarks::{EyeLandmarks, LID_POINTS};
use crate::face::FittedFace;

/// Narrowest eye that is drawn on, in pixels: below it the landmarks' noise dominates.
const NARROWEST_PX: f32 = 3.0;

/// Directions in `frame_px` with the landmarks' depth as z (x right, y down, z away from the camera), each as long as
/// the eye is wide, wherever the head looks.
#[derive(Clone, Copy)]
pub(super) struct EyeFrame {
    /// From the inner corner to the outer one.
    pub across: Vec3,
    /// The face's upright, at right angles to `across`.
    pub up: Vec3,
    /// Out of the face.
    pub front: Vec3,
    /// The length of each.
    pub width_px: f32,
}

impl EyeFrame {
    /// `None` if the eye is too narrow to be drawn on.
    pub fn new(face: &FittedFace, points: &EyeLandmarks) -> Option<Self> {
        let at = |index: u16| face.landmarks_px[usize::from(index)];
        let across = at(points.upper[LID_POINTS - 1]) - at(points.upper[0]);
        let width_px = across.length();
        let turn = frame_from_face(face, usize::from(points.upper[LID_POINTS - 1]));
        let outwards = across.try_normalize()?;
        let up = turn.y_axis.reject_from_normalized(outwards).try_normalize()? * width_px;
        let front = turn.z_axis * width_px;
        let is_sane = width_px >= NARROWEST_PX && width_px.is_finite() && up.is_finite() && front.is_finite();
        is_sane.then_some(Self { across, up, front, width_px })
    }

    /// The point `away` (x along the corners' line, y upright, z out of the face; in eye widths) from `from`.
    pub fn point(&self, from: Vec3, away: Vec3) -> Vec3 {
        from + self.across * away.x + self.up * away.y + self.front * away.z
    }
}

/// The face's axes as seen at `vertex` without perspective, along z.
fn frame_from_face(face: &FittedFace, vertex: usize) -> Mat3 {
    let to_vertex = face.camera_from_face.transform_point3(face.mesh_face_cm[vertex]).normalize_or(Vec3::NEG_Z);
    let facing = Mat3::from_quat(Quat::from_rotation_arc(to_vertex, Vec3::NEG_Z));
    let turned = |axis: Vec3| {
        let camera = facing * face.camera_from_face.transform_vector3(axis);
        (camera * Vec3::new(1.0, -1.0, -1.0)).normalize_or_zero()
    };
    Mat3::from_cols(turned(Vec3::X), turned(Vec3::Y), turned(Vec3::Z))
}
