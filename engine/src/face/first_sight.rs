//! From a detection to landmarks that can be trusted: how every face is first seen, in a still or a stream.
//!
//! In: a frame and one of the detector's finds in it. Out: landmarks, their presence and the region they give; or that
//! there is no face.
//!
//! Neither network knows when it is wrong: the detector finds eyes in the chin of a face that is upside down, and the
//! landmark model lays a confident face on it. But both are wrong in different ways, so they are asked in turn until
//! they agree:
//!
//! 1. The landmark model sees the region that the detection gives.
//! 2. If the detection is a certain one, not tilted much, and the landmarks lie where it has eyes, nose and mouth, that
//!    is the face. So it is with nearly every upright one, at the cost of one run of the landmark model, as in
//!    MediaPipe.
//! 3. If not, the detector looks again at the landmarks' surroundings, turned so that they are upright, and turned by
//!    one, two and three quarters more. What it is most certain of says how the face is turned, and gives the next
//!    detection; if it is turned as the landmarks are, the upright view gives it, which is the most exact.
//! 4. If the region that it gives is the one that the landmarks come from, both agree. If not, all begins again with
//!    it; after [`ROUNDS`] rounds without agreement there is no face.
//!
//! A detection that lies on its side may lead both to the same place slightly beside the face. So where frames stand alone,
//! a certain one of the same face in a turned frame goes before it ([`search`](super::search)).
//!
//! Measured on 53 stills at 12 angles each: landmarks that were far off came from detections of at most 0.82, and one
//! of the views was more certain by at least 0.08.

use std::f32::consts::FRAC_PI_4;

use super::detector::{Detection, Detector};
use super::landmark_finder::{Found, LandmarkFinder};
use super::roi::{Roi, Tolerance};
use super::views::TURNS;
use super::{FaceError, Landmarks};
use crate::frame::Frame;

/// Detections that are followed up for one face.
const ROUNDS: usize = 4;
/// How much the region that landmarks give may differ from the one that they were found in.
const BORNE_OUT: Tolerance = Tolerance { centre: 0.1, size: 0.17, turn_rad: 0.157 };
/// How much the region of the second look may differ from the one before.
const SAME: Tolerance = Tolerance { centre: 0.1, size: 0.1, turn_rad: 0.105 };
/// By how much a turned view must be more certain than the upright one. The detector follows a turn by itself in part,
/// so its views differ little where the face is upright already.
const CLEARLY: f32 = 0.05;
/// Side of the square in which the detector looks again, of the landmarks' region: the face is then as large in it as
/// one at arm's length is in a camera's frame.
const SURROUNDINGS: f32 = 1.6;
/// How far its face may lie from the landmarks' middle, of their region's side.
const SAME_PLACE: f32 = 0.35;

/// What a detection turned out to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sight {
    /// A face: both networks agree.
    Face(Found),
    /// Not even the landmark model sees a face there.
    Nothing,
    /// The networks do not agree, after several runs of both.
    Doubtful,
}

/// Looks at detections with both networks.
#[derive(Debug)]
pub(super) struct FirstSight<'a> {
    pub detector: &'a mut Detector,
    pub landmarks: &'a mut LandmarkFinder,
}

impl FirstSight<'_> {
    /// Writes the landmarks of the detected face; anything, if it is none.
    pub(super) fn examine(
        &mut self,
        frame: &Frame<'_>,
        detection: Detection,
        landmarks_px: &mut Landmarks,
    ) -> Result<Sight, FaceError> {
        let mut detection = detection;
        for round in 0..ROUNDS {
            let nothing = if round == 0 { Sight::Nothing } else { Sight::Doubtful };
            let Some(roi) = detection.roi() else { return Ok(nothing) };
            let Some(found) = self.landmarks.find(frame, &roi, landmarks_px)? else { return Ok(nothing) };
            if detection.is_certain() && detection.agrees(landmarks_px) && roi.is_within(&BORNE_OUT, &found.roi) {
                return Ok(Sight::Face(found));
            }
            let Some(again) = self.look_again(frame, &found.roi)? else { return Ok(Sight::Doubtful) };
            if again.agrees(landmarks_px) && again.roi().is_some_and(|again| roi.is_within(&SAME, &again)) {
                return Ok(Sight::Face(found));
            }
            detection = again;
        }
        Ok(Sight::Doubtful)
    }

    /// What the detector sees around these landmarks: if it is most certain of a face that is turned against them, that
    /// one; else the upright one.
    fn look_again(&mut self, frame: &Frame<'_>, face: &Roi) -> Result<Option<Detection>, FaceError> {
        let (mut best, mut upright): (Option<Detection>, _) = (None, None);
        for (turn, quarter) in TURNS.iter().enumerate() {
            let view = Roi { size_px: face.size_px * SURROUNDINGS, ..face.turned(*quarter) };
            let near = |found: &&Detection| found.bounds.centre().distance(face.centre_px) <= SAME_PLACE * face.size_px;
            let Some(found) = self.detector.detect(frame, &view)?.iter().find(near).copied() else { continue };
            if turn == 0 {
                upright = Some(found);
            }
            if best.is_none_or(|best| found.score > best.score + if Some(best) == upright { CLEARLY } else { 0.0 }) {
                best = Some(found);
            }
        }
        let is_turned = |found: &Detection| found.roi().is_some_and(|roi| roi.turn_to(face).abs() > FRAC_PI_4);
        Ok(best.filter(is_turned).or(upright).or(best))
    }
}
