//! One run of the landmark model.
//!
//! In: a frame and the region of it that should hold a face. Out: 478 landmarks in `frame_px`, and how probable it is
//! that a face is there.
//!
//! A low probability, or landmarks that are not finite or far out, are no face.

use super::crop::{Border, ValueRange, crop};
use super::model::Model;
use super::roi::Roi;
use super::{FaceError, LANDMARK_COUNT, Landmarks};
use crate::frame::Frame;

/// Side of the landmark model's square input in pixels.
pub(super) const INPUT_SIDE: usize = 256;
/// Farthest that a landmark may lie from the crop, even of a face that its crop cuts off. NaN fails this test too.
const FARTHEST_CROP_PX: f32 = 4.0 * INPUT_SIDE as f32;

/// The landmark model and the probability that it must give.
#[derive(Debug)]
pub(super) struct LandmarkFinder {
    model: Box<dyn Model>,
    min_presence: f32,
}

/// What the model says of a region that holds a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    /// Probability that the region holds a face.
    pub presence: f32,
    /// The region that the landmarks themselves give: where to look next.
    pub roi: Roi,
}

impl LandmarkFinder {
    pub(super) fn new(model: Box<dyn Model>, min_presence: f32) -> Self {
        Self { model, min_presence }
    }

    /// Writes the landmarks of the face in this region. `None`, and then anything in `landmarks_px`, if there is none.
    pub(super) fn find(
        &mut self,
        frame: &Frame<'_>,
        roi: &Roi,
        landmarks_px: &mut Landmarks,
    ) -> Result<Option<Found>, FaceError> {
        crop(frame, roi, INPUT_SIDE, Border::Replicate, ValueRange::UNIT, self.model.input()?);
        self.model.run()?;
        let (points, logit) = (self.model.output(0), self.model.output(1));
        let presence = logit.first().map_or(0.0, |logit| 1.0 / (1.0 + (-logit).exp()));
        let seen = presence >= self.min_presence;
        let sane = points.len() == 3 * LANDMARK_COUNT && points.iter().all(|value| value.abs() <= FARTHEST_CROP_PX);
        if !seen || !sane {
            return Ok(None);
        }
        roi.project(points, INPUT_SIDE, landmarks_px);
        Ok(Roi::around_landmarks(landmarks_px).map(|roi| Found { presence, roi }))
    }

    /// Overwrites the last region and what was found in it.
    pub(super) fn zeroize(&mut self) -> Result<(), FaceError> {
        self.model.zeroize()
    }
}

#[cfg(test)]
impl LandmarkFinder {
    pub(super) fn network(&mut self) -> &mut Box<dyn Model> {
        &mut self.model
    }
}
