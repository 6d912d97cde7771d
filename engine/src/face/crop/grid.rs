use glam::{DVec2, Vec2};

use crate::face::region::Region;
use crate::frame::{Frame, RUN, Rotation};

/// A sample's position is rounded to 1/32 of a pixel, as OpenCV does it under MediaPipe.
pub(super) const FRACTION_BITS: u32 = 5;
/// Places in a pixel.
pub(super) const ONE: i32 = 1 << FRACTION_BITS;
/// Positions are counted in steps of 2⁻³² pixels on their way there.
const STEP_BITS: u32 = 32;
/// From a position to a place.
const PLACE_BITS: u32 = STEP_BITS - FRACTION_BITS;

/// Where the samples lie in the stored picture, which may be turned against the upright one.
pub(super) struct Grid {
    pub side: usize,
    /// Last pixel's column and row.
    last: [i32; 2],
    /// In 2⁻³² pixels, with the rounding to 1/32 added.
    origin: [i64; 2],
    down: [i64; 2],
    /// From a sample to those after it in its row.
    steps: [[i64; RUN]; 2],
}

impl Grid {
    pub(super) fn new(frame: &Frame<'_>, region: &Region, side: usize) -> Self {
        let fixed = |point: DVec2| (point * (1_u64 << STEP_BITS) as f64).to_array().map(|value| value as i64);
        let step = Vec2::from_angle(region.rotation_rad).as_dvec2() * f64::from(region.size_px) / side as f64;
        let corner = region.frame_from_crop(Vec2::ZERO, side).as_dvec2();
        let (stored_px, rotation) = frame.stored();
        let last = stored_px.map(|side_px| side_px as i32 - 1);
        let turned = |[x, y]: [i64; 2], [right, bottom]: [i64; 2]| match rotation {
            Rotation::None => [x, y],
            Rotation::Cw90 => [y, bottom - x],
            Rotation::Cw180 => [right - x, bottom - y],
            Rotation::Cw270 => [right - y, x],
        };
        // A place is rounded down, so one counted from the other end must be rounded up to be the same.
        let far_end = last.map(|last| (i64::from(last) << STEP_BITS) + (1 << PLACE_BITS) - 1);
        let across = turned(fixed(step), [0; 2]);
        Self {
            side,
            last,
            origin: turned(fixed(corner + 0.5 / f64::from(ONE)), far_end),
            down: turned(fixed(step.perp()), [0; 2]),
            steps: across.map(|across| std::array::from_fn(|index| across * index as i64)),
        }
    }

    /// Columns and rows, in 1/32 pixels, of the samples from (`u`, `v`) of the crop on.
    #[inline(always)]
    pub(super) fn places(&self, u: i64, v: i64, places: &mut [[i32; RUN]; 2]) {
        for (axis, places) in places.iter_mut().enumerate() {
            let steps = &self.steps[axis];
            let first = self.origin[axis] + self.down[axis] * v + steps[1] * u;
            for (place, step) in places.iter_mut().zip(steps) {
                // No sum comes near 2⁶³: wrapping only spares the check.
                *place = (first.wrapping_add(*step) >> PLACE_BITS) as i32;
            }
        }
    }

    /// All four pixels around the place are in the frame, and another right of them.
    #[inline(always)]
    pub(super) fn is_inside(&self, place: [i32; 2]) -> bool {
        let [x, y] = place.map(whole);
        (0..self.last[0] - 1).contains(&x) && (0..self.last[1]).contains(&y)
    }

    /// No pixel of the frame is near any place between these two.
    #[inline(always)]
    pub(super) fn is_off(&self, ends: [[i32; 2]; 2]) -> bool {
        let [first, second] = ends.map(|end| end.map(whole));
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

/// The pixel that a place is in, along one axis.
#[inline(always)]
pub(super) fn whole(place: i32) -> i32 {
    place >> FRACTION_BITS
}
