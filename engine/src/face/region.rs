use std::f32::consts::PI;

use glam::{Vec2, Vec3};

use super::Landmarks;
use super::detector::{Detection, overlap};
use crate::frame::Frame;

/// How much wider than the face its region is (MediaPipe's).
const MARGIN: f32 = 1.5;
/// The eyes' outer corners: a region is turned so that they lie level.
const RIGHT_EYE: usize = 33;
const LEFT_EYE: usize = 263;

/// A turned square of the frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Region {
    /// Middle in `frame_px`.
    pub centre_px: Vec2,
    /// Side in pixels, above zero.
    pub size_px: f32,
    /// Clockwise turn on the screen in radians, −π to π.
    pub rotation_rad: f32,
}

/// What lies outside the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Border {
    /// Black.
    Black,
    /// The nearest pixel of the frame.
    Nearest,
}

impl Region {
    /// The smallest upright square around a whole frame.
    pub(super) fn letterbox(width_px: u32, height_px: u32) -> Self {
        let size = Vec2::new(width_px as f32, height_px as f32);
        Self { centre_px: size / 2.0, size_px: size.max_element(), rotation_rad: 0.0 }
    }

    /// Where the landmarks of a detected face are to be looked for. `None` if there is no such place.
    pub(super) fn around_detection(face: &Detection) -> Option<Self> {
        Self::around(face.min, face.max, face.keypoints[1] - face.keypoints[0])
    }

    /// Where landmarks are to be looked for next. `None` if they are not finite or have no extent.
    pub(super) fn around_landmarks(landmarks_px: &Landmarks) -> Option<Self> {
        let (min, max) = bounds(landmarks_px);
        Self::around(min, max, (landmarks_px[LEFT_EYE] - landmarks_px[RIGHT_EYE]).truncate())
    }

    fn around(min: Vec2, max: Vec2, level: Vec2) -> Option<Self> {
        let region = Self {
            centre_px: (min + max) / 2.0,
            size_px: (max - min).max_element() * MARGIN,
            rotation_rad: level.y.atan2(level.x).clamp(-PI, PI),
        };
        let finite = region.centre_px.is_finite() && region.size_px.is_finite() && region.rotation_rad.is_finite();
        (finite && region.size_px > 0.0).then_some(region)
    }

    /// A point of the crop of `side` pixels, in `frame_px`.
    pub(super) fn frame_from_crop(&self, point_crop_px: Vec2, side: usize) -> Vec2 {
        let offset = point_crop_px * (self.size_px / side as f32) - self.size_px / 2.0;
        self.centre_px + Vec2::from_angle(self.rotation_rad).rotate(offset)
    }

    /// Writes the model's landmarks (x, y, z in pixels of its crop of `side` pixels) in `frame_px`.
    pub(super) fn project(&self, points_crop_px: &[f32], side: usize, landmarks_px: &mut Landmarks) {
        let scale = self.size_px / side as f32;
        for (to, from) in landmarks_px.iter_mut().zip(points_crop_px.chunks_exact(3)) {
            *to = self.frame_from_crop(Vec2::new(from[0], from[1]), side).extend(from[2] * scale);
        }
    }

    /// Shared over joint area, both taken as upright squares.
    pub(super) fn overlap(&self, other: &Self) -> f32 {
        let corners =
            |region: &Self| (region.centre_px - region.size_px / 2.0, region.centre_px + region.size_px / 2.0);
        overlap(corners(self), corners(other))
    }
}

/// Bounding box (min, max) of all landmarks in x and y.
pub(super) fn bounds(landmarks: &Landmarks) -> (Vec2, Vec2) {
    let (min, max) =
        landmarks.iter().fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(min, max), &p| (min.min(p), max.max(p)));
    (min.truncate(), max.truncate())
}

/// Fractions of a pixel that a sample's position is rounded to.
const FRACTION_BITS: u32 = 5;
const ONE: i32 = 1 << FRACTION_BITS;

/// Fills `out` (`side`² RGB pixels) with the region, sampled bilinearly, 0–255 brought to `range`.
///
/// Crop pixel (u, v) shows the frame at `frame_from_crop(u, v)`: no half pixel is added, and colours are rounded
/// to 8 bits, as in MediaPipe, whose landmarks we want.
pub(super) fn crop(frame: &Frame<'_>, region: &Region, side: usize, border: Border, range: [f32; 2], out: &mut [f32]) {
    match frame.packed() {
        Some(pixels) => sample(frame, region, side, border, range, out, |x, y| pixels.rgb_at(x, y)),
        None => sample(frame, region, side, border, range, out, |x, y| frame.rgb_at(x, y)),
    }
}

fn sample(
    frame: &Frame<'_>,
    region: &Region,
    side: usize,
    border: Border,
    range: [f32; 2],
    out: &mut [f32],
    rgb_at: impl Fn(u32, u32) -> [u8; 3],
) {
    let (right, bottom) = (frame.width() as i32 - 1, frame.height() as i32 - 1);
    let at = |x: i32, y: i32| -> [i32; 3] {
        let inside = (0..=right).contains(&x) && (0..=bottom).contains(&y);
        if !inside && border == Border::Black {
            return [0; 3];
        }
        rgb_at(x.clamp(0, right) as u32, y.clamp(0, bottom) as u32).map(i32::from)
    };
    let scale = (range[1] - range[0]) / 255.0;
    let origin = region.frame_from_crop(Vec2::ZERO, side);
    let step = Vec2::from_angle(region.rotation_rad) * (region.size_px / side as f32);
    for (v, row) in out.chunks_exact_mut(side * 3).enumerate() {
        let start = origin + step.perp() * v as f32;
        for (u, pixel) in row.chunks_exact_mut(3).enumerate() {
            let place = (start + step * u as f32) * ONE as f32;
            // Saturates: far outside is still outside.
            let (x, y) = (place.x.round() as i32, place.y.round() as i32);
            let (across, down) = (x & (ONE - 1), y & (ONE - 1));
            let (x, y) = (x >> FRACTION_BITS, y >> FRACTION_BITS);
            let [a, b, c, d] = [at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)];
            for channel in 0..3 {
                let upper = a[channel] * (ONE - across) + b[channel] * across;
                let lower = c[channel] * (ONE - across) + d[channel] * across;
                let value = (upper * (ONE - down) + lower * down + ONE * ONE / 2) >> (2 * FRACTION_BITS);
                pixel[channel] = value as f32 * scale + range[0];
            }
        }
    }
}
