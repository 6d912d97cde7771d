use glam::Vec2;

use super::likeness::log_chroma;
use super::skin::linear_at;
use crate::face::{FittedFace, rings};
use crate::frame::Frame;

/// How far the picture shows the lips to reach beyond their landmarks (below 0: not as far), in interocular distances.
/// Landmarks are good to about that much, and a rim of bare lip gives any product away.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LipEdges {
    /// The upper lip's outer edge.
    pub upper: f32,
    /// The lower lip's outer edge.
    pub lower: f32,
    /// The lower lip's edge at the mouth's opening.
    pub opening: f32,
}

/// Looks across an edge, and how far apart they are in interocular distances.
const LOOKS: usize = 21;
const STEP: f32 = 0.006;
/// Looks to either side of an edge that speak for what lies there.
const SIDE: usize = 5;
/// Landmarks of a lip from one corner to the other that are looked at, corners left out.
const POINTS: std::ops::RangeInclusive<usize> = 2..=8;
/// Standard deviation of the landmarks' own error, in looks.
const LANDMARK_ERROR: f32 = 3.5;
/// Steps of redness (natural logarithm of red over green) that are no lip's edge, and that surely are.
const CONTRAST: (f32, f32) = (0.03, 0.12);
/// Farther from its landmarks no edge is believed to be.
const NEAREST: f32 = -0.015;
const FARTHEST: f32 = 0.042;
/// Product ends this far beyond redness, which fades before the lip does.
const OVERLAP: f32 = 0.004;
/// A mouth that is less open has no edge there; in interocular distances.
const OPEN: f32 = 0.06;
/// Eyes closer together show lips too small for this, in pixels.
const SMALLEST_PX: f32 = 30.0;

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

/// Where redness ends at the lips' edges.
pub(super) fn lip_edges(frame: &Frame<'_>, face: &FittedFace) -> LipEdges {
    let unit = face.landmarks_px.interocular();
    if unit < SMALLEST_PX || !unit.is_finite() {
        return LipEdges::default();
    }
    let at = |index: u16| face.landmarks_px[usize::from(index)].truncate();
    // Rings run along the lower lip and back along the upper one.
    let edge = |edge: &[u16; 20], within: &[u16; 20], lip: usize| {
        let mut redness = [0.0; LOOKS];
        for point in POINTS.map(|point| point + 10 * lip) {
            let (end, inside) = (at(edge[point]), at(within[point]));
            let outwards = (end - inside).normalize_or_zero() * (unit * STEP);
            for (look, sum) in redness.iter_mut().enumerate() {
                let seen = linear_at(frame, end + outwards * (look as f32 - (LOOKS / 2) as f32));
                *sum += log_chroma(seen).x;
            }
        }
        let count = POINTS.count() as f32;
        (STEP * step(&redness.map(|sum| sum / count)) + OVERLAP).clamp(NEAREST, FARTHEST)
    };
    let gap: Vec2 = at(rings::LIPS_INNER[5]) - at(rings::LIPS_INNER[15]);
    LipEdges {
        upper: edge(&rings::LIPS_OUTER, &rings::LIPS_OUTER_MIDDLE, 1),
        lower: edge(&rings::LIPS_OUTER, &rings::LIPS_OUTER_MIDDLE, 0),
        opening: if gap.length() < OPEN * unit { 0.0 } else { edge(&rings::LIPS_INNER, &rings::LIPS_INNER_MIDDLE, 0) },
    }
}

/// Where a profile falls most, in looks from its middle; nearer to the middle the less it falls.
fn step(profile: &[f32; LOOKS]) -> f32 {
    let (mut best, mut found) = (0.0, (0.0, 0.0));
    for middle in SIDE..LOOKS - SIDE {
        let mean = |range: std::ops::Range<usize>| profile[range].iter().sum::<f32>() / SIDE as f32;
        // The edge's own look is half one and half the other.
        let fall = mean(middle - SIDE..middle) - mean(middle + 1..middle + 1 + SIDE);
        let place = middle as f32 - (LOOKS / 2) as f32;
        let score = fall * (-0.5 * (place / LANDMARK_ERROR).powi(2)).exp();
        if score > best {
            (best, found) = (score, (place, fall));
        }
    }
    found.0 * ((found.1 - CONTRAST.0) / (CONTRAST.1 - CONTRAST.0)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(edge: usize, contrast: f32) -> [f32; LOOKS] {
        std::array::from_fn(|look| if look < edge { 0.6 + contrast } else { 0.6 })
    }

    #[test]
    fn an_edge_is_found_where_redness_ends() {
        for edge in 8..14 {
            let found = step(&profile(edge, 0.3)) + (LOOKS / 2) as f32;
            assert!((found - edge as f32 + 0.5).abs() <= 1.0, "{edge} {found}");
        }
    }

    #[test]
    fn lips_like_the_skin_keep_their_landmarks() {
        assert_eq!(step(&profile(14, 0.02)), 0.0);
        assert_eq!(step(&[0.4; LOOKS]), 0.0);
        assert_eq!(step(&profile(8, -0.3)), 0.0, "redder outside");
    }
}
