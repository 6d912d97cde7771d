//! Where a crop's samples lie in the stored picture, in fixed point.
//!
//! In: a frame and a region of interest. Out: positions in 1/32 pixels, batch by batch.
//!
//! 1. Origin, step across and step down of the region are computed once, in 2⁻³² pixels, and turned as the picture is
//!    stored.
//! 2. A sample's position is the origin plus whole multiples of the steps, rounded to 1/32 pixel, as OpenCV does
//!    it under MediaPipe.

use glam::{DVec2, Vec2};

use crate::face::roi::Roi;
use crate::frame::{BATCH, Frame};

/// Bits after the point of a position: 1/32 pixel.
pub(super) const FRACTION_BITS: u32 = 5;
/// Positions in a pixel.
pub(super) const ONE: i32 = 1 << FRACTION_BITS;
/// Bits after the point of origin and steps.
const STEP_BITS: u32 = 32;
/// Bits that rounding to a position drops.
const DROPPED_BITS: u32 = STEP_BITS - FRACTION_BITS;

/// Columns and rows of a batch of samples, in 1/32 pixels.
pub(super) type Positions = [[i32; BATCH]; 2];

/// The samples of a square crop. The stored picture may be turned against the upright one.
pub(super) struct SampleGrid {
    pub side: usize,
    /// Last pixel's column and row.
    last: [i32; 2],
    /// In 2⁻³² pixels, with the rounding to 1/32 added.
    origin: [i64; 2],
    down: [i64; 2],
    /// From a sample to those after it in its row.
    steps: [[i64; BATCH]; 2],
}

impl SampleGrid {
    pub(super) fn new(frame: &Frame<'_>, roi: &Roi, side: usize) -> Self {
        let fixed = |point: DVec2| (point * (1_u64 << STEP_BITS) as f64).to_array().map(|value| value as i64);
        let step = Vec2::from_angle(roi.rotation_rad).as_dvec2() * f64::from(roi.size_px) / side as f64;
        let corner = roi.frame_from_crop(Vec2::ZERO, side).as_dvec2();
        let (stored_px, rotation) = frame.stored();
        let last = stored_px.map(|side_px| side_px as i32 - 1);
        // Positions are rounded down, so positions counted from the opposite end are rounded up to be the same.
        let far_end = last.map(|last| (i64::from(last) << STEP_BITS) + (1 << DROPPED_BITS) - 1);
        let across = rotation.stored_from_upright(fixed(step), [0; 2]);
        Self {
            side,
            last,
            origin: rotation.stored_from_upright(fixed(corner + 0.5 / f64::from(ONE)), far_end),
            down: rotation.stored_from_upright(fixed(step.perp()), [0; 2]),
            steps: across.map(|across| std::array::from_fn(|index| across * index as i64)),
        }
    }

    /// Positions of the samples from (`u`, `v`) of the crop on.
    #[inline(always)]
    pub(super) fn positions(&self, u: i64, v: i64, positions: &mut Positions) {
        for (axis, positions) in positions.iter_mut().enumerate() {
            let steps = &self.steps[axis];
            let first = self.origin[axis] + self.down[axis] * v + steps[1] * u;
            for (position, step) in positions.iter_mut().zip(steps) {
                // No sum comes near 2⁶³: wrapping only spares the check.
                *position = (first.wrapping_add(*step) >> DROPPED_BITS) as i32;
            }
        }
    }

    /// All four pixels around the position are in the frame, and another right of them.
    #[inline(always)]
    pub(super) fn is_inside(&self, position: [i32; 2]) -> bool {
        let [x, y] = position.map(pixel_of);
        (0..self.last[0] - 1).contains(&x) && (0..self.last[1]).contains(&y)
    }

    /// No pixel of the frame is near any position between these two.
    #[inline(always)]
    pub(super) fn is_off(&self, ends: [[i32; 2]; 2]) -> bool {
        let [first, second] = ends.map(|end| end.map(pixel_of));
        (0..2).any(|axis| {
            let (low, high) = (first[axis].min(second[axis]), first[axis].max(second[axis]));
            high < -1 || low > self.last[axis]
        })
    }

    /// The frame has this pixel.
    #[inline(always)]
    pub(super) fn holds(&self, [x, y]: [i32; 2]) -> bool {
        (0..=self.last[0]).contains(&x) && (0..=self.last[1]).contains(&y)
    }

    /// The frame's pixel nearest to this one.
    #[inline(always)]
    pub(super) fn nearest(&self, [x, y]: [i32; 2]) -> [usize; 2] {
        [x.clamp(0, self.last[0]) as usize, y.clamp(0, self.last[1]) as usize]
    }
}

/// The pixel that a position is in, along one axis.
#[inline(always)]
pub(super) fn pixel_of(position: i32) -> i32 {
    position >> FRACTION_BITS
}
