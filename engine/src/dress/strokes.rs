//! Tapered lines as strips of triangles.
//!
//! In: points with half widths and visibility. Out: two vertices per point, perpendicular to the line's direction on
//! the picture and a margin beyond either side; each carries its distance from the line, so that the shader softens the
//! edge.

use carmine_shaders::StrokeVertex;
use glam::{Vec2, Vec3};

/// Places along each stroke.
pub(super) const SAMPLES: usize = 6;
/// Vertices of each stroke.
pub(super) const STROKE_VERTICES: usize = 2 * SAMPLES;

/// How far a strip reaches beyond the stroke on either side, in pixels: what its soft edge takes.
const MARGIN_PX: f32 = 0.75;
/// A longer stroke comes from broken landmarks and is not drawn.
const LONGEST_PX: f32 = 4000.0;

/// A tapered line.
#[derive(Clone, Copy, Default)]
pub(super) struct Stroke {
    /// In `frame_px` with depth.
    pub points: [Vec3; SAMPLES],
    pub half_widths: [f32; SAMPLES],
    pub visibility: [f32; SAMPLES],
    /// Depth offset in front of the face, in the unit of depth.
    pub lift: f32,
}

impl Stroke {
    /// Whether its numbers are finite and in a sane range.
    pub fn is_drawable(&self) -> bool {
        let reach = (self.points[SAMPLES - 1] - self.points[0]).length();
        self.points.iter().all(|point| point.is_finite())
            && self.half_widths.iter().all(|half| half.is_finite() && *half > 0.0)
            && reach < LONGEST_PX
            && self.visibility.iter().any(|&seen| seen > 0.0)
    }

    /// Both sides in turn, from the first point to the last.
    pub fn vertices(&self) -> [StrokeVertex; STROKE_VERTICES] {
        let flat = |sample: usize| self.points[sample].truncate();
        // Where a stroke points at the camera its own direction is undefined: use the whole stroke's.
        let whole = (flat(SAMPLES - 1) - flat(0)).normalize_or(Vec2::NEG_Y);
        std::array::from_fn(|vertex| {
            let (sample, side) = (vertex / 2, if vertex % 2 == 0 { 1.0 } else { -1.0 });
            let along = flat((sample + 1).min(SAMPLES - 1)) - flat(sample.saturating_sub(1));
            let across = along.try_normalize().unwrap_or(whole).perp();
            let reach = self.half_widths[sample] + MARGIN_PX;
            StrokeVertex {
                position_px: flat(sample) + across * (side * reach),
                depth_px: self.points[sample].z - self.lift,
                visibility: self.visibility[sample].clamp(0.0, 1.0),
                across_px: side * reach,
                half_width_px: self.half_widths[sample],
            }
        })
    }
}

/// A number in −1…1 that is always the same for one seed and one purpose (Wellons's lowbias32 hash).
pub(super) fn signed_hash(seed: u32, purpose: u32) -> f32 {
    let mut x = seed.wrapping_mul(0x9e37_79b9) ^ purpose.wrapping_mul(0x85eb_ca6b).wrapping_add(1);
    x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    (x ^ (x >> 16)) as f32 / (u32::MAX as f32 / 2.0) - 1.0
}
