//! The detector's result for one face.

use glam::Vec2;

use crate::face::bounding_box::BoundingBox;
use crate::face::roi::Roi;

pub(super) const KEYPOINTS: usize = 6;
/// Keypoints by which a face is turned level.
const RIGHT_EYE: usize = 0;
const LEFT_EYE: usize = 1;

/// A face found by the detector.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::face) struct Detection {
    /// Probability, 0–1.
    pub score: f32,
    pub bounds: BoundingBox,
    /// Right eye, left eye, nose tip, mouth centre, right ear, left ear (the person's right).
    pub keypoints: [Vec2; KEYPOINTS],
}

impl Detection {
    /// The region to find its landmarks in. `None` if it is no region of any frame.
    pub(in crate::face) fn roi(&self) -> Option<Roi> {
        Roi::around(self.bounds, self.keypoints[LEFT_EYE] - self.keypoints[RIGHT_EYE])
    }
}
