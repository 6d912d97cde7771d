use glam::Vec2;

use super::FaceError;
use super::crop::{Border, crop};
use super::model::Model;
use super::region::{Region, overlap};
use crate::frame::Frame;
use crate::zeroize;

/// Side of the detector's square input in pixels.
pub(super) const SIDE: usize = 128;
/// Places at which the detector looks for a face.
pub(super) const ANCHORS: usize = 896;
/// Numbers per anchor: box centre and size, then six keypoints.
pub(super) const REGRESSORS: usize = 16;

/// Below this probability a box is not a face (MediaPipe's default).
const MIN_SCORE: f32 = 0.5;
/// Boxes that overlap by more than this share are one face (MediaPipe's default).
const SAME_FACE_IOU: f32 = 0.3;
/// Beyond this a logit's sigmoid is 0 or 1 in f32 anyway.
const MAX_LOGIT: f32 = 100.0;

const KEYPOINTS: usize = 6;

/// A face seen by the detector.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Detection {
    /// Probability, at least [`MIN_SCORE`].
    pub score: f32,
    /// Upper left corner.
    pub min: Vec2,
    /// Lower right corner.
    pub max: Vec2,
    /// Right eye, left eye, nose tip, mouth centre, right ear, left ear (the person's right).
    pub keypoints: [Vec2; KEYPOINTS],
}

impl Detection {
    /// Where its landmarks are to be looked for, the eyes level. `None` if there is no such place.
    pub(super) fn region(&self) -> Option<Region> {
        Region::around(self.min, self.max, self.keypoints[1] - self.keypoints[0])
    }
}

/// BlazeFace: the whole frame in, boxes with keypoints out.
#[derive(Debug)]
pub(super) struct Detector {
    model: Box<dyn Model>,
    anchors: Vec<Vec2>,
    candidates: Vec<Detection>,
    faces: Vec<Detection>,
}

impl Detector {
    pub(super) fn new(model: Box<dyn Model>) -> Self {
        Self { model, anchors: anchors(), candidates: Vec::with_capacity(ANCHORS), faces: Vec::with_capacity(ANCHORS) }
    }

    /// Overwrites the picture that was looked at and what was found in it.
    pub(super) fn zeroize(&mut self) -> Result<(), FaceError> {
        zeroize::empty(&mut self.candidates, Detection::default());
        zeroize::empty(&mut self.faces, Detection::default());
        self.model.zeroize()
    }

    /// The faces of a frame in `frame_px`, most probable first.
    pub(super) fn detect(&mut self, frame: &Frame<'_>) -> Result<&[Detection], FaceError> {
        let letterbox = Region::letterbox(frame.width(), frame.height());
        crop(frame, &letterbox, SIDE, Border::Black, [-1.0, 1.0], self.model.input()?);
        self.model.run()?;
        decode(self.model.output(0), self.model.output(1), &self.anchors, &mut self.candidates);
        merge(&mut self.candidates, &mut self.faces);
        for face in &mut self.faces {
            let to_frame = |point: Vec2| letterbox.frame_from_crop(point, SIDE);
            (face.min, face.max) = (to_frame(face.min), to_frame(face.max));
            face.keypoints = face.keypoints.map(to_frame);
        }
        Ok(&self.faces)
    }
}

#[cfg(test)]
impl Detector {
    pub(super) fn network(&mut self) -> &mut Box<dyn Model> {
        &mut self.model
    }
}

/// The anchors' centres in pixels of the input, in the order of the model's rows.
fn anchors() -> Vec<Vec2> {
    // Pixels per cell, and anchors per cell (all layers of one stride together).
    const LAYERS: [(usize, usize); 2] = [(8, 2), (16, 6)];
    let mut anchors = Vec::with_capacity(ANCHORS);
    for (stride, per_cell) in LAYERS {
        let cells = SIDE / stride;
        for cell in 0..cells * cells {
            let corner = Vec2::new((cell % cells) as f32, (cell / cells) as f32);
            anchors.extend(std::iter::repeat_n((corner + 0.5) * stride as f32, per_cell));
        }
    }
    anchors
}

/// Fills `found` with the probable boxes, in pixels of the input. Rows that are not finite are no faces.
fn decode(regressors: &[f32], logits: &[f32], anchors: &[Vec2], found: &mut Vec<Detection>) {
    found.clear();
    for ((row, &logit), &anchor) in regressors.chunks_exact(REGRESSORS).zip(logits).zip(anchors) {
        let score = 1.0 / (1.0 + (-logit.clamp(-MAX_LOGIT, MAX_LOGIT)).exp());
        let likely = score >= MIN_SCORE;
        let has_area = row[2] > 0.0 && row[3] > 0.0;
        if !likely || !has_area || !row.iter().all(|value| value.is_finite()) {
            continue;
        }
        let point = |at: usize| Vec2::new(row[at], row[at + 1]);
        let (centre, half) = (anchor + point(0), point(2) / 2.0);
        let keypoints = std::array::from_fn(|index| anchor + point(4 + 2 * index));
        found.push(Detection { score, min: centre - half, max: centre + half, keypoints });
    }
}

/// Weighted non-maximum suppression: every group of overlapping boxes becomes one, their mean weighted by score.
/// Empties `candidates`; `faces` come most probable first, each with its group's best score.
fn merge(candidates: &mut Vec<Detection>, faces: &mut Vec<Detection>) {
    faces.clear();
    candidates.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
    while let Some(&best) = candidates.first() {
        let mut sum = Detection { score: 0.0, min: Vec2::ZERO, max: Vec2::ZERO, keypoints: [Vec2::ZERO; KEYPOINTS] };
        let mut first = true;
        candidates.retain(|other| {
            // The best box always leaves, or a degenerate one would keep this loop running.
            let same = first || overlap((best.min, best.max), (other.min, other.max)) > SAME_FACE_IOU;
            first = false;
            if same {
                sum.score += other.score;
                sum.min += other.min * other.score;
                sum.max += other.max * other.score;
                for (to, from) in sum.keypoints.iter_mut().zip(other.keypoints) {
                    *to += from * other.score;
                }
            }
            !same
        });
        let total = sum.score;
        faces.push(Detection {
            score: best.score,
            min: sum.min / total,
            max: sum.max / total,
            keypoints: sum.keypoints.map(|point| point / total),
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn face(x: f32, y: f32, side: f32, score: f32) -> Detection {
        let min = Vec2::new(x, y);
        Detection { score, min, max: min + side, keypoints: [min; KEYPOINTS] }
    }

    #[test]
    fn anchors_are_cell_centres_inside_the_input() {
        let anchors = anchors();
        assert_eq!(anchors.len(), ANCHORS);
        assert!(anchors.iter().all(|a| a.cmpgt(Vec2::ZERO).all() && a.cmplt(Vec2::splat(SIDE as f32)).all()));
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
        decode(&regressors, &logits, &anchors, &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].min, anchors[2] + 5.0);
    }

    #[test]
    fn overlapping_boxes_become_their_weighted_mean() {
        let (mut candidates, mut faces) =
            (vec![face(0.0, 0.0, 10.0, 0.6), face(1.0, 0.0, 10.0, 0.9), face(50.0, 50.0, 10.0, 0.7)], vec![]);
        merge(&mut candidates, &mut faces);
        assert_eq!(faces.len(), 2);
        assert!((faces[0].min.x - 0.6).abs() < 1e-5 && faces[0].score == 0.9);
        assert!(faces[1].min.distance(Vec2::splat(50.0)) < 1e-4);
    }

    proptest! {
        #[test]
        fn merged_faces_stay_among_their_candidates(
            boxes in prop::collection::vec((0.0_f32..128.0, 0.0_f32..128.0, 0.0_f32..64.0, 0.5_f32..1.0), 0..40)
        ) {
            let mut candidates: Vec<_> = boxes.iter().map(|&(x, y, side, score)| face(x, y, side, score)).collect();
            let count = candidates.len();
            let mut faces = Vec::new();
            merge(&mut candidates, &mut faces);
            prop_assert!(candidates.is_empty() && faces.len() <= count && faces.is_empty() == (count == 0));
            prop_assert!(faces.windows(2).all(|pair| pair[0].score >= pair[1].score));
            for face in &faces {
                prop_assert!(face.min.cmpge(Vec2::splat(-0.01)).all() && face.max.cmple(Vec2::splat(192.01)).all());
            }
        }
    }
}
