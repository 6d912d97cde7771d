use glam::{DVec2, Vec2};

use super::model::Rows;
use super::region::Region;
use crate::frame::Frame;

/// What lies outside the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Border {
    /// Black.
    Black,
    /// The nearest pixel of the frame.
    Nearest,
}

/// A sample's position is rounded to 1/32 of a pixel, as OpenCV does it under MediaPipe.
const FRACTION_BITS: u32 = 5;
const ONE: i32 = 1 << FRACTION_BITS;
/// Positions are counted in steps of 2⁻³² pixels on their way there.
const STEP_BITS: u32 = 32;

/// Fills `out` (`side`² RGB pixels) with the region, sampled bilinearly, 0–255 brought to `range`.
///
/// Crop pixel (u, v) shows the frame at `frame_from_crop(u, v)`: no half pixel is added, and colours are rounded
/// to 8 bits, as in MediaPipe, whose landmarks we want.
pub(super) fn crop(frame: &Frame<'_>, region: &Region, side: usize, border: Border, range: [f32; 2], out: Rows<'_>) {
    let grid = Grid::new(frame, region, side, border, range);
    match frame.packed() {
        Some(pixels) => grid.sample(out, |x, y| pixels.rgb_at(x, y), |x, y| pixels.quad_at(x, y)),
        None => {
            let rgb_at = |x, y| frame.rgb_at(x, y);
            let quad_at = |x, y| [rgb_at(x, y), rgb_at(x + 1, y), rgb_at(x, y + 1), rgb_at(x + 1, y + 1)];
            grid.sample(out, rgb_at, quad_at);
        }
    }
}

/// Where the samples lie.
struct Grid {
    side: usize,
    border: Border,
    /// Last pixel's column and row.
    last: [i32; 2],
    /// In 2⁻³² pixels, with the rounding to 1/32 added.
    origin: [i64; 2],
    across: [i64; 2],
    down: [i64; 2],
    scale: f32,
    offset: f32,
}

impl Grid {
    fn new(frame: &Frame<'_>, region: &Region, side: usize, border: Border, range: [f32; 2]) -> Self {
        let fixed = |point: DVec2| (point * (1_u64 << STEP_BITS) as f64).to_array().map(|value| value as i64);
        let step = Vec2::from_angle(region.rotation_rad).as_dvec2() * f64::from(region.size_px) / side as f64;
        let corner = region.frame_from_crop(Vec2::ZERO, side).as_dvec2();
        Self {
            side,
            border,
            last: [frame.width() as i32 - 1, frame.height() as i32 - 1],
            origin: fixed(corner + 0.5 / f64::from(ONE)),
            across: fixed(step),
            down: fixed(step.perp()),
            scale: (range[1] - range[0]) / 255.0,
            offset: range[0],
        }
    }

    /// Place of the first crop pixel in row `v`.
    fn start(&self, v: i64) -> [i64; 2] {
        [self.origin[0] + self.down[0] * v, self.origin[1] + self.down[1] * v]
    }

    /// All four pixels around the place are in the frame.
    fn is_inside(&self, at: [i64; 2]) -> bool {
        at.iter().zip(self.last).all(|(&at, last)| (0..last).contains(&(place(at) >> FRACTION_BITS)))
    }

    fn sample(
        &self,
        out: Rows<'_>,
        rgb_at: impl Fn(u32, u32) -> [u8; 3],
        quad_at: impl Fn(u32, u32) -> [[u8; 3]; 4],
    ) {
        let [right, bottom] = self.last;
        let edge_at = |x: i32, y: i32| {
            let inside = (0..=right).contains(&x) && (0..=bottom).contains(&y);
            if !inside && self.border == Border::Black {
                return [0; 3];
            }
            rgb_at(x.clamp(0, right) as u32, y.clamp(0, bottom) as u32)
        };
        let edge_quad = |x, y| [edge_at(x, y), edge_at(x + 1, y), edge_at(x, y + 1), edge_at(x + 1, y + 1)];
        for (v, row) in (0..).zip(out.of_square(self.side)) {
            // A row is straight: what holds for its ends holds for what lies between.
            let (first, reach) = (self.start(v), self.side as i64 - 1);
            let last = [first[0] + self.across[0] * reach, first[1] + self.across[1] * reach];
            let inside = self.is_inside(first) && self.is_inside(last);
            if inside {
                self.row(row, v, |x, y| quad_at(x as u32, y as u32));
            } else {
                self.row(row, v, edge_quad);
            }
        }
    }

    #[inline]
    fn row(&self, row: &mut [f32], v: i64, quad_at: impl Fn(i32, i32) -> [[u8; 3]; 4]) {
        let mut at = self.start(v);
        for pixel in row.as_chunks_mut::<3>().0 {
            let [x, y] = at.map(place);
            at = [at[0].wrapping_add(self.across[0]), at[1].wrapping_add(self.across[1])];
            let [a, b, c, d] = quad_at(x >> FRACTION_BITS, y >> FRACTION_BITS);
            let (right, lower) = ((x & (ONE - 1)) as f32, (y & (ONE - 1)) as f32);
            let (left, upper) = (ONE as f32 - right, ONE as f32 - lower);
            // Whole numbers below 2²⁴ all the way: exact, and quicker than checked integers.
            for channel in 0..3 {
                let above = f32::from(a[channel]) * left + f32::from(b[channel]) * right;
                let below = f32::from(c[channel]) * left + f32::from(d[channel]) * right;
                let rounded = (above * upper + below * lower) as i32 + ONE * ONE / 2;
                pixel[channel] = (rounded >> (2 * FRACTION_BITS)) as f32 * self.scale + self.offset;
            }
        }
    }
}

/// Whole 1/32 pixels.
#[inline]
fn place(fixed: i64) -> i32 {
    (fixed >> (STEP_BITS - FRACTION_BITS)) as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::PixelFormat;

    /// Red grows to the right, green downwards.
    fn ramp(width: usize, height: usize) -> Vec<u8> {
        (0..width * height).flat_map(|at| [(at % width * 8) as u8, (at / width * 8) as u8, 100, 255]).collect()
    }

    fn take(region: Region, side: usize, border: Border) -> Vec<[f32; 3]> {
        let data = ramp(16, 16);
        let frame = Frame::new(&data, PixelFormat::Rgba8, 16, 16).unwrap();
        let mut out = vec![f32::NAN; side * side * 3];
        crop(&frame, &region, side, border, [0.0, 255.0], Rows { values: &mut out, row_step: side * 3 });
        out.as_chunks::<3>().0.to_vec()
    }

    #[test]
    fn samples_lie_on_the_frame_without_a_half_pixel() {
        let region = Region { centre_px: Vec2::splat(8.0), size_px: 8.0, rotation_rad: 0.0 };
        assert_eq!(take(region, 8, Border::Nearest)[9], [40.0, 40.0, 100.0]);
        assert_eq!(take(region, 16, Border::Nearest)[17], [36.0, 36.0, 100.0]);
    }

    #[test]
    fn a_quarter_turn_reads_downwards() {
        let region = Region { centre_px: Vec2::splat(8.0), size_px: 8.0, rotation_rad: std::f32::consts::FRAC_PI_2 };
        let pixels = take(region, 8, Border::Nearest);
        assert_eq!([pixels[0], pixels[1]], [[96.0, 32.0, 100.0], [96.0, 40.0, 100.0]]);
    }

    #[test]
    fn outside_the_frame_lies_its_border() {
        let region = Region { centre_px: Vec2::splat(-40.0), size_px: 8.0, rotation_rad: 0.3 };
        assert!(take(region, 8, Border::Black).iter().all(|&pixel| pixel == [0.0; 3]));
        assert!(take(region, 8, Border::Nearest).iter().all(|&pixel| pixel == [0.0, 0.0, 100.0]));
    }

    #[test]
    fn the_whole_frame_and_far_more_can_be_sampled() {
        for size_px in [1e-3, 16.0, 17.0, 65_536.0] {
            for rotation_rad in [0.0, 0.7, -3.1] {
                let region = Region { centre_px: Vec2::splat(8.0), size_px, rotation_rad };
                let pixels = take(region, 32, Border::Nearest);
                assert!(pixels.as_flattened().iter().all(|value| (0.0..=255.0).contains(value)));
            }
        }
    }
}
