use std::f32::consts::PI;

use glam::{Vec2, Vec3};

use super::Landmarks;
use crate::frame::Frame;

/// How much wider than the face its region is (MediaPipe's).
const MARGIN: f32 = 1.5;
/// The eyes' outer corners: a region is turned so that they lie level.
const RIGHT_EYE: usize = 33;
const LEFT_EYE: usize = 263;
/// A region larger or farther out than this many pixels holds no face of any frame.
const FARTHEST_PX: f32 = 8.0 * Frame::MAX_SIDE_PX as f32;

/// A turned square of the frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Region {
    /// Middle in `frame_px`.
    pub centre_px: Vec2,
    /// Side in pixels, above zero.
    pub size_px: f32,
    /// Clockwise turn on the screen in radians, −π to π.
    pub rotation_rad: f32,
}

impl Region {
    /// Nowhere.
    pub const BLANK: Self = Self { centre_px: Vec2::ZERO, size_px: 1.0, rotation_rad: 0.0 };

    /// The smallest upright square around a whole frame.
    pub(super) fn letterbox(width_px: u32, height_px: u32) -> Self {
        let size = Vec2::new(width_px as f32, height_px as f32);
        Self { centre_px: size / 2.0, size_px: size.max_element(), rotation_rad: 0.0 }
    }

    /// Where landmarks are to be looked for next. `None` if they are not finite or have no extent.
    pub(super) fn around_landmarks(landmarks_px: &Landmarks) -> Option<Self> {
        let (min, max) = bounds(landmarks_px);
        Self::around(min, max, (landmarks_px[LEFT_EYE] - landmarks_px[RIGHT_EYE]).truncate())
    }

    /// Where the landmarks of a face in a box (`frame_px`) are to be looked for, turned so that `level` lies level.
    /// `None` if there is no such place.
    pub(super) fn around(min: Vec2, max: Vec2, level: Vec2) -> Option<Self> {
        let region = Self {
            centre_px: (min + max) / 2.0,
            size_px: (max - min).max_element() * MARGIN,
            rotation_rad: level.y.atan2(level.x).clamp(-PI, PI),
        };
        let sane = region.centre_px.abs().max_element() <= FARTHEST_PX
            && region.size_px <= FARTHEST_PX
            && region.size_px > 0.0
            && region.centre_px.is_finite()
            && region.rotation_rad.is_finite();
        sane.then_some(region)
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

    /// Shared over joint area, both taken as upright squares.
    pub(super) fn overlap(&self, other: &Self) -> f32 {
        let corners =
            |region: &Self| (region.centre_px - region.size_px / 2.0, region.centre_px + region.size_px / 2.0);
        overlap(corners(self), corners(other))
    }
}

/// Bounding box (min, max) of all landmarks in x and y.
pub(super) fn bounds(landmarks: &Landmarks) -> (Vec2, Vec2) {
    let (min, max) =
        landmarks.iter().fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(min, max), &p| (min.min(p), max.max(p)));
    (min.truncate(), max.truncate())
}

/// Shared area over joint area of two boxes (corners min, max): 0–1, and 0 for boxes without area.
pub(super) fn overlap(a: (Vec2, Vec2), b: (Vec2, Vec2)) -> f32 {
    let area = |(min, max): (Vec2, Vec2)| (max - min).max(Vec2::ZERO).element_product();
    let shared = area((a.0.max(b.0), a.1.min(b.1)));
    let joint = area(a) + area(b) - shared;
    if joint > 0.0 { shared / joint } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_face_gives_an_upright_region_with_a_margin() {
        let mut landmarks = Landmarks::default();
        landmarks.fill(Vec3::new(50.0, 50.0, 0.0));
        (landmarks[RIGHT_EYE], landmarks[LEFT_EYE]) = (Vec3::new(30.0, 40.0, 0.0), Vec3::new(70.0, 40.0, 0.0));
        let region = Region::around_landmarks(&landmarks).unwrap();
        assert_eq!(region, Region { centre_px: Vec2::new(50.0, 45.0), size_px: 60.0, rotation_rad: 0.0 });
        assert_eq!(region.frame_from_crop(Vec2::splat(128.0), 256), region.centre_px);
        assert_eq!(region.frame_from_crop(Vec2::ZERO, 256), Vec2::new(20.0, 15.0));
    }

    #[test]
    fn a_face_tilted_clockwise_turns_its_region_clockwise() {
        let region = Region::around(Vec2::ZERO, Vec2::splat(10.0), Vec2::ONE).unwrap();
        assert!((region.rotation_rad - PI / 4.0).abs() < 1e-6);
        let right_of_centre = region.frame_from_crop(Vec2::new(1.0, 0.5), 1) - region.centre_px;
        assert!(right_of_centre.x > 0.0 && right_of_centre.y > 0.0);
    }

    #[test]
    fn points_without_a_place_or_extent_have_no_region() {
        for point in [Vec3::splat(f32::NAN), Vec3::splat(1e30), Vec3::splat(7.0)] {
            let mut landmarks = Landmarks::default();
            landmarks.fill(point);
            assert_eq!(Region::around_landmarks(&landmarks), None);
        }
    }
}
