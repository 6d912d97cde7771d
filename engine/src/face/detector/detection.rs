//! The detector's result for one face.

use glam::Vec2;

use crate::face::Landmarks;
use crate::face::bounding_box::BoundingBox;
use crate::face::roi::Roi;

pub(super) const KEYPOINTS: usize = 6;
/// Keypoints by which a face is turned level.
const RIGHT_EYE: usize = 0;
const LEFT_EYE: usize = 1;

/// The landmarks between which a keypoint lies, of those that the detector knows best: eyes, nose tip, mouth.
const LANDMARKS: [[usize; 2]; 4] = [[33, 133], [263, 362], [1, 1], [13, 14]];
/// How far from there it may lie, of the face's side.
const FARTHEST: f32 = 0.15;
/// From this probability on a detection needs no second look, if the landmarks bear it out.
const CERTAIN: f32 = 0.85;
/// Farther than this from level, 20°, the detector's boxes are too small for the landmark model to be exact.
const LEVEL_RAD: f32 = 0.35;

/// A face found by the detector.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::face) struct Detection {
    /// Probability, 0–1.
    pub score: f32,
    /// Around the face as it stands; in a turned square, turned back about its middle.
    pub bounds: BoundingBox,
    /// Right eye, left eye, nose tip, mouth centre, right ear, left ear (the person's right).
    pub keypoints: [Vec2; KEYPOINTS],
    /// How far its eyes are from level in the square that it was found in, in radians. The boxes of tilted faces are
    /// not so exact.
    pub tilt_rad: f32,
}

impl Detection {
    /// From pixels of a square of `side` pixels, cut out of the frame at `view`, to `frame_px`.
    pub(super) fn move_to_frame(&mut self, view: &Roi, side: usize) {
        self.tilt_rad = self.eye_line().to_angle();
        let place = |point: Vec2| view.frame_from_crop(point, side);
        let middle = (place(self.bounds.min) + place(self.bounds.max)) / 2.0;
        let half = (self.bounds.max - self.bounds.min) * (view.size_px / side as f32) / 2.0;
        self.bounds = BoundingBox { min: middle - half, max: middle + half };
        self.keypoints = self.keypoints.map(place);
    }

    /// Whether these landmarks (`frame_px`) have eyes, nose and mouth where it has them.
    pub(in crate::face) fn agrees(&self, landmarks_px: &Landmarks) -> bool {
        let farthest = FARTHEST * self.bounds.longer_side();
        LANDMARKS.iter().zip(self.keypoints).all(|(&[one, other], keypoint)| {
            let between = landmarks_px[one].midpoint(landmarks_px[other]).truncate();
            between.distance(keypoint) <= farthest
        })
    }

    /// Whether it is likely to be right, and exact.
    pub(in crate::face) fn is_certain(&self) -> bool {
        self.score >= CERTAIN && self.tilt_rad.abs() <= LEVEL_RAD
    }

    /// The region to find its landmarks in. `None` if it is no region of any frame.
    pub(in crate::face) fn roi(&self) -> Option<Roi> {
        Roi::around(self.bounds, self.eye_line())
    }

    fn eye_line(&self) -> Vec2 {
        self.keypoints[LEFT_EYE] - self.keypoints[RIGHT_EYE]
    }
}
