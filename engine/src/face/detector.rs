//! BlazeFace, short range, the face detector.
//!
//! In: a frame and the square of it to search, turned or not. Out: faces' boxes and keypoints in `frame_px`, most
//! probable first.
//!
//! 1. The square is scaled to 128 × 128 pixels, levels in −1 to 1; what lies outside the frame is black. The smallest
//!    square around the whole frame is MediaPipe's letterbox.
//! 2. The network gives for each of 896 anchors a logit, and a box with six keypoints relative to the anchor's centre.
//! 3. Anchors whose probability is high enough become candidates.
//! 4. Weighted non-maximum suppression makes one face of each group ([`nms`]).
//! 5. Faces are brought back to the frame.
//!
//! The network: Bazarevsky et al. 2019, arXiv:1907.05047. Anchors, range and thresholds: MediaPipe's graph for it.

mod detection;
mod nms;

use glam::Vec2;

pub(in crate::face) use self::detection::Detection;
use self::nms::weighted_nms;
use super::FaceError;
use super::bounding_box::BoundingBox;
use super::crop::{Border, ValueRange, crop};
use super::model::Model;
use super::roi::Roi;
use crate::frame::Frame;
use crate::zeroize;

/// Side of the detector's square input in pixels.
pub(super) const INPUT_SIDE: usize = 128;
/// Number of anchors.
pub(super) const ANCHORS: usize = 896;
/// Numbers per anchor: box centre and size, then six keypoints.
pub(super) const REGRESSORS: usize = 16;
/// Where in them the keypoints begin.
const FIRST_KEYPOINT: usize = 4;

/// Beyond this a logit's sigmoid is 0 or 1 in f32 anyway.
const MAX_LOGIT: f32 = 100.0;

/// The detector and its reused buffers.
#[derive(Debug)]
pub(super) struct Detector {
    model: Box<dyn Model>,
    /// Below this probability a box is not a face.
    min_confidence: f32,
    anchors: Vec<Vec2>,
    candidates: Vec<Detection>,
    faces: Vec<Detection>,
}

impl Detector {
    pub(super) fn new(model: Box<dyn Model>, min_confidence: f32) -> Self {
        let (candidates, faces) = (Vec::with_capacity(ANCHORS), Vec::with_capacity(ANCHORS));
        Self { model, min_confidence, anchors: anchors(), candidates, faces }
    }

    /// Overwrites the last frame and what was found in it.
    pub(super) fn zeroize(&mut self) -> Result<(), FaceError> {
        zeroize::empty(&mut self.candidates, Detection::default());
        zeroize::empty(&mut self.faces, Detection::default());
        self.model.zeroize()
    }

    /// The faces in a square of the frame, in `frame_px`, most probable first. It finds those that stand upright in the
    /// square.
    pub(super) fn detect(&mut self, frame: &Frame<'_>, view: &Roi) -> Result<&[Detection], FaceError> {
        crop(frame, view, INPUT_SIDE, Border::Zero, ValueRange::SIGNED, self.model.input()?);
        self.model.run()?;
        let (boxes, logits) = (self.model.output(0), self.model.output(1));
        decode(boxes, logits, &self.anchors, self.min_confidence, &mut self.candidates);
        weighted_nms(&mut self.candidates, &mut self.faces);
        self.faces.iter_mut().for_each(|face| face.move_to_frame(view, INPUT_SIDE));
        Ok(&self.faces)
    }
}

#[cfg(test)]
impl Detector {
    pub(super) fn network(&mut self) -> &mut Box<dyn Model> {
        &mut self.model
    }
}

/// A grid of anchors, all feature maps of one stride together.
struct AnchorGrid {
    /// Pixels of the input per cell.
    stride: usize,
    anchors_per_cell: usize,
}

const ANCHOR_GRIDS: [AnchorGrid; 2] =
    [AnchorGrid { stride: 8, anchors_per_cell: 2 }, AnchorGrid { stride: 16, anchors_per_cell: 6 }];

/// The anchors' centres in pixels of the input, in the order of the model's rows.
fn anchors() -> Vec<Vec2> {
    let mut anchors = Vec::with_capacity(ANCHORS);
    for AnchorGrid { stride, anchors_per_cell } in ANCHOR_GRIDS {
        let cells = INPUT_SIDE / stride;
        for cell in 0..cells * cells {
            let corner = Vec2::new((cell % cells) as f32, (cell / cells) as f32);
            anchors.extend(std::iter::repeat_n((corner + 0.5) * stride as f32, anchors_per_cell));
        }
    }
    anchors
}

/// Fills `found` with the probable boxes, in pixels of the input. Rows that are not finite are no faces.
fn decode(regressors: &[f32], logits: &[f32], anchors: &[Vec2], min_confidence: f32, found: &mut Vec<Detection>) {
    found.clear();
    for ((row, &logit), &anchor) in regressors.chunks_exact(REGRESSORS).zip(logits).zip(anchors) {
        let score = 1.0 / (1.0 + (-logit.clamp(-MAX_LOGIT, MAX_LOGIT)).exp());
        let likely = score >= min_confidence;
        let has_area = row[2] > 0.0 && row[3] > 0.0;
        if !likely || !has_area || !row.iter().all(|value| value.is_finite()) {
            continue;
        }
        let point = |at: usize| Vec2::new(row[at], row[at + 1]);
        let (centre, half) = (anchor + point(0), point(2) / 2.0);
        let bounds = BoundingBox { min: centre - half, max: centre + half };
        let keypoints = std::array::from_fn(|index| anchor + point(FIRST_KEYPOINT + 2 * index));
        found.push(Detection { score, bounds, keypoints, tilt_rad: 0.0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_cell_centres_inside_the_input() {
        let anchors = anchors();
        assert_eq!(anchors.len(), ANCHORS);
        assert!(anchors.iter().all(|a| a.cmpgt(Vec2::ZERO).all() && a.cmplt(Vec2::splat(INPUT_SIDE as f32)).all()));
        assert_eq!(
            [anchors[0], anchors[2], anchors[511]],
            [Vec2::splat(4.0), Vec2::new(12.0, 4.0), Vec2::splat(124.0)]
        );
        assert_eq!(
            [anchors[512], anchors[518], anchors[895]],
            [Vec2::splat(8.0), Vec2::new(24.0, 8.0), Vec2::splat(120.0)]
        );
    }

    #[test]
    fn rows_that_are_not_numbers_are_no_faces() {
        let anchors = anchors();
        let mut regressors = vec![10.0; ANCHORS * REGRESSORS];
        let mut logits = vec![-5.0; ANCHORS];
        logits[..3].copy_from_slice(&[5.0, f32::NAN, 5.0]);
        regressors[5] = f32::NAN;
        let mut found = Vec::new();
        decode(&regressors, &logits, &anchors, 0.5, &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].bounds.min, anchors[2] + 5.0);
    }
}
