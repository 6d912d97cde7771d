//! Regions of interest: the rotated squares of the frame that the models are shown.
//!
//! In: a face's bounding box and the line of its eyes. Out: a [`Roi`], and with it points of the model's crop in the
//! frame.
//!
//! 1. The square's centre is the box's, its side the box's longer side × 1.5.
//! 2. It is turned so that the eyes lie level.
//! 3. What lies too far out, or is not finite, is refused.
//!
//! As in MediaPipe's Face Landmarker graphs.

use std::f32::consts::{PI, TAU};

use glam::Vec2;

use super::Landmarks;
use super::bounding_box::BoundingBox;
use crate::frame::Frame;

/// How much larger than the face its region is.
const EXPANSION: f32 = 1.5;
/// Landmarks of the eyes' outer corners.
const RIGHT_EYE: usize = 33;
const LEFT_EYE: usize = 263;
/// A region larger or farther out than this many pixels holds no face of any frame.
const FARTHEST_PX: f32 = 8.0 * Frame::MAX_SIDE_PX as f32;

/// Regions whose centres are nearer than this part of the larger one's side are of one head.
const SAME_HEAD: f32 = 0.3;
/// A rotated square of the frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Roi {
    /// Middle in `frame_px`.
    pub centre_px: Vec2,
    /// Side in pixels, above zero.
    pub size_px: f32,
    /// Clockwise turn on the screen in radians, −π to π.
    pub rotation_rad: f32,
}

/// How much two regions may differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tolerance {
    /// From centre to centre, of the first one's side.
    pub centre: f32,
    /// Logarithm of the sides' ratio.
    pub size: f32,
    /// In radians.
    pub turn_rad: f32,
}

impl Roi {
    /// Nowhere.
    pub const BLANK: Self = Self { centre_px: Vec2::ZERO, size_px: 1.0, rotation_rad: 0.0 };

    /// The smallest upright square around a whole frame.
    pub(super) fn letterbox(width_px: u32, height_px: u32) -> Self {
        let size = Vec2::new(width_px as f32, height_px as f32);
        Self { centre_px: size / 2.0, size_px: size.max_element(), rotation_rad: 0.0 }
    }

    /// Around the face with these landmarks. `None` if they are not finite or have no extent.
    pub(super) fn around_landmarks(landmarks_px: &Landmarks) -> Option<Self> {
        let eye_line = (landmarks_px[LEFT_EYE] - landmarks_px[RIGHT_EYE]).truncate();
        Self::around(BoundingBox::of_landmarks(landmarks_px), eye_line)
    }

    /// Around the face in a box (`frame_px`), turned so that `eye_line` lies level. `None` if that is no region of any
    /// frame.
    pub(super) fn around(face: BoundingBox, eye_line: Vec2) -> Option<Self> {
        let roi = Self {
            centre_px: face.centre(),
            size_px: face.longer_side() * EXPANSION,
            rotation_rad: eye_line.y.atan2(eye_line.x).clamp(-PI, PI),
        };
        let sane = roi.centre_px.abs().max_element() <= FARTHEST_PX
            && roi.size_px <= FARTHEST_PX
            && roi.size_px > 0.0
            && roi.centre_px.is_finite()
            && roi.rotation_rad.is_finite();
        sane.then_some(roi)
    }

    /// The same square, turned clockwise on the screen by so much.
    pub(super) fn turned(&self, by_rad: f32) -> Self {
        Self { rotation_rad: wrapped(self.rotation_rad + by_rad), ..*self }
    }

    /// Whether both lie on the same head: no two heads are so near to each other.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        self.centre_px.distance(other.centre_px) <= SAME_HEAD * self.size_px.max(other.size_px)
    }

    /// Whether the other region differs from this one by no more.
    pub(super) fn is_within(&self, tolerance: &Tolerance, other: &Self) -> bool {
        let moved = self.centre_px.distance(other.centre_px) / self.size_px;
        let grown = (other.size_px / self.size_px).ln();
        let turned = self.turn_to(other).abs();
        moved <= tolerance.centre && grown.abs() <= tolerance.size && turned <= tolerance.turn_rad
    }

    /// How far the other one is turned against this one, clockwise, −π to π.
    pub(super) fn turn_to(&self, other: &Self) -> f32 {
        wrapped(other.rotation_rad - self.rotation_rad)
    }

    /// A point of the crop of `side` pixels, in `frame_px`.
    pub(super) fn frame_from_crop(&self, point_crop_px: Vec2, side: usize) -> Vec2 {
        let offset = point_crop_px * (self.size_px / side as f32) - self.size_px / 2.0;
        self.centre_px + Vec2::from_angle(self.rotation_rad).rotate(offset)
    }

    /// Writes the model's landmarks (x, y, z in pixels of its crop of `side` pixels) in `frame_px`.
    pub(super) fn project(&self, points_crop_px: &[f32], side: usize, landmarks_px: &mut Landmarks) {
        let scale = self.size_px / side as f32;
        for (to, from) in landmarks_px.iter_mut().zip(points_crop_px.chunks_exact(3)) {
            *to = self.frame_from_crop(Vec2::new(from[0], from[1]), side).extend(from[2] * scale);
        }
    }

    /// Intersection over union, both taken as upright squares.
    pub(super) fn iou(&self, other: &Self) -> f32 {
        let upright = |roi: &Self| {
            let half = roi.size_px / 2.0;
            BoundingBox { min: roi.centre_px - half, max: roi.centre_px + half }
        };
        upright(self).iou(&upright(other))
    }
}

/// The same angle between −π and π.
fn wrapped(angle_rad: f32) -> f32 {
    let positive = angle_rad.rem_euclid(TAU);
    if positive > PI { positive - TAU } else { positive }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;

    #[test]
    fn a_level_face_gives_an_upright_roi_with_a_margin() {
        let mut landmarks = Landmarks::default();
        landmarks.fill(Vec3::new(50.0, 50.0, 0.0));
        (landmarks[RIGHT_EYE], landmarks[LEFT_EYE]) = (Vec3::new(30.0, 40.0, 0.0), Vec3::new(70.0, 40.0, 0.0));
        let roi = Roi::around_landmarks(&landmarks).unwrap();
        assert_eq!(roi, Roi { centre_px: Vec2::new(50.0, 45.0), size_px: 60.0, rotation_rad: 0.0 });
        assert_eq!(roi.frame_from_crop(Vec2::splat(128.0), 256), roi.centre_px);
        assert_eq!(roi.frame_from_crop(Vec2::ZERO, 256), Vec2::new(20.0, 15.0));
    }

    #[test]
    fn a_face_tilted_clockwise_turns_its_roi_clockwise() {
        let roi = Roi::around(BoundingBox { min: Vec2::ZERO, max: Vec2::splat(10.0) }, Vec2::ONE).unwrap();
        assert!((roi.rotation_rad - PI / 4.0).abs() < 1e-6);
        let right_of_centre = roi.frame_from_crop(Vec2::new(1.0, 0.5), 1) - roi.centre_px;
        assert!(right_of_centre.x > 0.0 && right_of_centre.y > 0.0);
    }

    #[test]
    fn regions_are_compared_in_place_size_and_turn() {
        let tolerance = Tolerance { centre: 0.1, size: 0.1, turn_rad: 0.1 };
        let roi = Roi { centre_px: Vec2::splat(100.0), size_px: 50.0, rotation_rad: PI - 0.01 };
        assert!(roi.is_within(&tolerance, &roi) && roi.is_within(&tolerance, &roi.turned(0.05)), "across half a turn");
        let others = [
            Roi { centre_px: Vec2::new(106.0, 100.0), ..roi },
            Roi { size_px: 56.0, ..roi },
            Roi { size_px: 44.0, ..roi },
            roi.turned(0.2),
            roi.turned(PI),
        ];
        assert!(others.iter().all(|other| !roi.is_within(&tolerance, other)));
        assert!(roi.is_near(&roi.turned(PI)) && !roi.is_near(&Roi { centre_px: Vec2::splat(115.0), ..roi }));
    }

    #[test]
    fn points_without_a_place_or_extent_have_no_roi() {
        for point in [Vec3::splat(f32::NAN), Vec3::splat(1e30), Vec3::splat(7.0)] {
            let mut landmarks = Landmarks::default();
            landmarks.fill(point);
            assert_eq!(Roi::around_landmarks(&landmarks), None);
        }
    }
}
