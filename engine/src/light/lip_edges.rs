//! Measures in the picture where the lips end: the landmarks' error is larger than a rim of bare lip that would show.
//!
//! In: a frame and a fitted face. Out: how far each of three edges lies beyond its landmarks.
//! 1. Across each landmark of an edge, corners left out, sample redness: ln(red / green), which light does not change.
//! 2. Mean profile over the edge.
//! 3. The edge is the steepest fall of the profile, weighted by the landmarks' usual error. A faint fall counts less,
//!    and below a threshold there is no edge.

use std::ops::{Range, RangeInclusive};

use super::chroma::log_chroma;
use super::landmark_points::{point_px, points_px};
use super::pixel::linear_at;
use crate::face::{FittedFace, rings};
use crate::frame::Frame;

/// How far the lips reach beyond their landmarks in the picture (negative: less far), in interocular distances. It is
/// of the size of the landmarks' error, but a bare rim that narrow is visible beside any product.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LipEdges {
    /// The upper lip's outer edge.
    pub upper: f32,
    /// The lower lip's outer edge.
    pub lower: f32,
    /// The lower lip's edge at the mouth's opening.
    pub opening: f32,
}

/// Samples across an edge, and how far apart they are in interocular distances.
const SAMPLES: usize = 21;
const MIDDLE: usize = SAMPLES / 2;
const STEP: f32 = 0.006;
/// Samples averaged on either side of an edge.
const AROUND: usize = 5;
/// Landmarks of a lip from one corner to the other that are sampled, without the corners.
const LANDMARKS: RangeInclusive<usize> = 2..=8;
/// Where the lower and the upper lip start on a ring, which runs along the lower lip and back along the upper one.
const LOWER: usize = 0;
const UPPER: usize = 10;
/// Standard deviation of the landmarks' own error, in samples.
const LANDMARK_SIGMA: f32 = 3.5;
/// Falls of redness below which there is no edge, and above which there surely is one.
const FALL_NONE: f32 = 0.03;
const FALL_SURE: f32 = 0.12;
/// Greatest distance of an edge from its landmarks, inwards and outwards.
const NEAREST: f32 = -0.015;
const FARTHEST: f32 = 0.042;
/// Added outwards, since redness fades before the lip ends.
const OVERLAP: f32 = 0.004;
/// Least opening of the mouth for its edge to be measured, in interocular distances.
const OPEN: f32 = 0.06;
/// Least interocular distance: lips of smaller faces are too small to be measured.
const INTEROCULAR_MIN_PX: f32 = 30.0;

impl LipEdges {
    pub(super) fn lerp(self, to: Self, part: f32) -> Self {
        let mix = |from: f32, to: f32| from + (to - from) * part;
        Self {
            upper: mix(self.upper, to.upper),
            lower: mix(self.lower, to.lower),
            opening: mix(self.opening, to.opening),
        }
    }
}

/// Measures the lips' edges; zeros if the lips are too small.
pub(super) fn lip_edges(frame: &Frame<'_>, face: &FittedFace) -> LipEdges {
    let unit = face.landmarks_px.interocular();
    if unit < INTEROCULAR_MIN_PX || !unit.is_finite() {
        return LipEdges::default();
    }
    let edge = |edge: &[u16; 20], within: &[u16; 20], start: usize| {
        let (edge, within) = (points_px(face, edge), points_px(face, within));
        let mut redness = [0.0; SAMPLES];
        for index in LANDMARKS.map(|index| index + start) {
            let outwards = (edge[index] - within[index]).normalize_or_zero() * (unit * STEP);
            for (sample, sum) in redness.iter_mut().enumerate() {
                let seen = linear_at(frame, edge[index] + outwards * (sample as f32 - MIDDLE as f32));
                *sum += log_chroma(seen).x;
            }
        }
        let count = LANDMARKS.count() as f32;
        (STEP * step(&redness.map(|sum| sum / count)) + OVERLAP).clamp(NEAREST, FARTHEST)
    };
    let gap = point_px(face, rings::LIPS_INNER[5]) - point_px(face, rings::LIPS_INNER[15]);
    let is_closed = gap.length() < OPEN * unit;
    LipEdges {
        upper: edge(&rings::LIPS_OUTER, &rings::LIPS_OUTER_MIDDLE, UPPER),
        lower: edge(&rings::LIPS_OUTER, &rings::LIPS_OUTER_MIDDLE, LOWER),
        opening: if is_closed { 0.0 } else { edge(&rings::LIPS_INNER, &rings::LIPS_INNER_MIDDLE, LOWER) },
    }
}

/// The steepest fall of a profile, in samples from its middle; shrunk towards the middle if it is faint.
fn step(profile: &[f32; SAMPLES]) -> f32 {
    let (mut best, mut place, mut fall) = (0.0, 0.0, 0.0);
    for edge in AROUND..SAMPLES - AROUND {
        let mean = |samples: Range<usize>| profile[samples].iter().sum::<f32>() / AROUND as f32;
        // The edge's own sample is half one and half the other.
        let fall_here = mean(edge - AROUND..edge) - mean(edge + 1..edge + 1 + AROUND);
        let place_here = edge as f32 - MIDDLE as f32;
        let score = fall_here * (-0.5 * (place_here / LANDMARK_SIGMA).powi(2)).exp();
        if score > best {
            (best, place, fall) = (score, place_here, fall_here);
        }
    }
    place * ((fall - FALL_NONE) / (FALL_SURE - FALL_NONE)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(edge: usize, contrast: f32) -> [f32; SAMPLES] {
        std::array::from_fn(|sample| if sample < edge { 0.6 + contrast } else { 0.6 })
    }

    #[test]
    fn an_edge_is_found_where_redness_ends() {
        for edge in 8..14 {
            let found = step(&profile(edge, 0.3)) + MIDDLE as f32;
            assert!((found - edge as f32 + 0.5).abs() <= 1.0, "{edge} {found}");
        }
    }

    #[test]
    fn lips_like_the_skin_keep_their_landmarks() {
        assert_eq!(step(&profile(14, 0.02)), 0.0);
        assert_eq!(step(&[0.4; SAMPLES]), 0.0);
        assert_eq!(step(&profile(8, -0.3)), 0.0, "redder outside");
    }
}
