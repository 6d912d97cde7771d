//! Weighted non-maximum suppression: every group of overlapping boxes becomes one.
//!
//! In: boxes with scores, many of them of the same face. Out: one box a face, most probable first.
//!
//! 1. The box with the best score is taken, with all that overlap it by more than [`MIN_OVERLAP_IOU`].
//! 2. Their mean, weighted by score, is a face: box and keypoints; its score is the best of them.
//! 3. Again with what is left.
//!
//! BlazeFace calls it blending (Bazarevsky et al. 2019, arXiv:1907.05047): boxes jitter less than if the best box alone
//! were kept.

use super::detection::Detection;
use crate::face::bounding_box::BoundingBox;

/// Boxes that overlap by more than this share are one face (MediaPipe's default).
const MIN_OVERLAP_IOU: f32 = 0.3;

/// Empties `candidates` into `faces`.
pub(super) fn weighted_nms(candidates: &mut Vec<Detection>, faces: &mut Vec<Detection>) {
    faces.clear();
    candidates.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
    while let Some(&best) = candidates.first() {
        let mut sum = Detection::default();
        let mut first = true;
        candidates.retain(|other| {
            // The best box is always removed, even if degenerate: otherwise the loop would not end.
            let same = first || best.bounds.iou(&other.bounds) > MIN_OVERLAP_IOU;
            first = false;
            if same {
                sum.score += other.score;
                sum.bounds.min += other.bounds.min * other.score;
                sum.bounds.max += other.bounds.max * other.score;
                for (to, from) in sum.keypoints.iter_mut().zip(other.keypoints) {
                    *to += from * other.score;
                }
            }
            !same
        });
        let total = sum.score;
        faces.push(Detection {
            score: best.score,
            bounds: BoundingBox { min: sum.bounds.min / total, max: sum.bounds.max / total },
            keypoints: sum.keypoints.map(|point| point / total),
            ..best
        });
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec2;
    use proptest::prelude::*;

    use super::*;
    use crate::face::detector::detection::KEYPOINTS;

    fn face(x: f32, y: f32, side: f32, score: f32) -> Detection {
        let min = Vec2::new(x, y);
        Detection { score, bounds: BoundingBox { min, max: min + side }, keypoints: [min; KEYPOINTS], tilt_rad: 0.0 }
    }

    #[test]
    fn overlapping_boxes_become_their_weighted_mean() {
        let (mut candidates, mut faces) =
            (vec![face(0.0, 0.0, 10.0, 0.6), face(1.0, 0.0, 10.0, 0.9), face(50.0, 50.0, 10.0, 0.7)], vec![]);
        weighted_nms(&mut candidates, &mut faces);
        assert_eq!(faces.len(), 2);
        assert!((faces[0].bounds.min.x - 0.6).abs() < 1e-5 && faces[0].score == 0.9);
        assert!(faces[1].bounds.min.distance(Vec2::splat(50.0)) < 1e-4);
    }

    proptest! {
        #[test]
        fn merged_faces_stay_among_their_candidates(
            boxes in prop::collection::vec((0.0_f32..128.0, 0.0_f32..128.0, 0.0_f32..64.0, 0.5_f32..1.0), 0..40)
        ) {
            let mut candidates: Vec<_> = boxes.iter().map(|&(x, y, side, score)| face(x, y, side, score)).collect();
            let count = candidates.len();
            let mut faces = Vec::new();
            weighted_nms(&mut candidates, &mut faces);
            prop_assert!(candidates.is_empty() && faces.len() <= count && faces.is_empty() == (count == 0));
            prop_assert!(faces.windows(2).all(|pair| pair[0].score >= pair[1].score));
            for face in &faces {
                let BoundingBox { min, max } = face.bounds;
                prop_assert!(min.cmpge(Vec2::splat(-0.01)).all() && max.cmple(Vec2::splat(192.01)).all());
            }
        }
    }
}
