//! The shading of skin around a place, as a plane: gives the shading of lips, whose own luminance does not separate
//! light from pigment.
//!
//! In: samples of skin with their diffuse luminances, a place and a width. Out: luminance over the face's median at any
//! place near by.
//! 1. Weigh the samples by how near they are and how well they are seen.
//! 2. Weighted least squares of a plane, with a ridge towards no slope and towards the median.

use glam::{Mat3, Vec2, Vec3};

use super::skin_samples::SkinSamples;

/// Squared distance over which a sample's weight falls to 1/e, in squared widths.
const REACH_SQUARED: f32 = 0.7;
/// How much, in samples, the ridge weighs on the slopes and on the level.
const RIDGE_SLOPE: f32 = 0.5;
const RIDGE_LEVEL: f32 = 0.05;
/// Samples are clamped to these, over the median.
const SAMPLE_MIN: f32 = 0.2;
const SAMPLE_MAX: f32 = 2.0;
/// The plane's values are clamped to these.
const PLANE_MIN: f32 = 0.35;
const PLANE_MAX: f32 = 1.6;
/// Least median: a darker face gives no shading.
const MEDIAN_MIN: f32 = 1e-4;

/// Luminance of skin relative to the face's median, as a plane.
pub(super) struct ShadingPlane {
    level: f32,
    gradient: Vec2,
    centre_px: Vec2,
}

impl ShadingPlane {
    /// Fits the skin around `centre_px`, samples within about `width_px` of it counting most.
    pub fn fit(skin: &SkinSamples, centre_px: Vec2, width_px: f32) -> Self {
        let flat = Self { level: 1.0, gradient: Vec2::ZERO, centre_px };
        let Some(median) = skin.luminance().filter(|&median| median > MEDIAN_MIN) else { return flat };
        let mut matrix = Mat3::from_diagonal(Vec3::new(RIDGE_SLOPE, RIDGE_SLOPE, RIDGE_LEVEL));
        let mut right = Vec3::new(0.0, 0.0, RIDGE_LEVEL);
        for sample in skin.iter() {
            let offset = (sample.position_px - centre_px) / width_px.max(1.0);
            let weight = (-offset.length_squared() / REACH_SQUARED).exp() * sample.visibility;
            let unknowns = offset.extend(1.0);
            matrix += Mat3::from_cols(unknowns * unknowns.x, unknowns * unknowns.y, unknowns) * weight;
            right += unknowns * (weight * (sample.luminance / median).clamp(SAMPLE_MIN, SAMPLE_MAX));
        }
        let solution = matrix.inverse() * right;
        if !solution.is_finite() {
            return flat;
        }
        Self { level: solution.z, gradient: solution.truncate() / width_px.max(1.0), centre_px }
    }

    /// The luminance at a place, over the face's median.
    pub fn at(&self, position_px: Vec2) -> f32 {
        (self.level + self.gradient.dot(position_px - self.centre_px)).clamp(PLANE_MIN, PLANE_MAX)
    }
}
