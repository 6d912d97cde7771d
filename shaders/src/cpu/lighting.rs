//! Splits a camera pixel into diffuse detail and surface reflection; specular lobes. Twin of
//! `wgsl/shared/lighting.wgsl`, which lists the steps.

use glam::Vec3;

use super::colour::luminance;
use super::smoothstep::smoothstep;

/// A pixel as detail · mean + specular · white.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    /// Diffuse level relative to the local mean colour.
    pub detail: f32,
    /// Light mirrored by the surface, in units of white.
    pub specular: f32,
}

/// Brighter than this is not the zone's relief but skin beyond its edge.
const DETAIL_MAX: f32 = 1.25;

/// A pixel with the channels of blown-out skin restored. `encoded` and `seen_mean`: pixel and mean as the camera shows
/// them, sRGB-encoded and linear; the other two in neutral light.
pub fn unclipped(pixel: Vec3, encoded: Vec3, mean: Vec3, seen_mean: Vec3) -> Vec3 {
    let clipped =
        encoded.map(|value| smoothstep(0.95, 0.99, value)) * seen_mean.map(|value| smoothstep(0.8, 1.0, value));
    let level = (pixel / mean.max(Vec3::splat(1e-3))).max_element().min(DETAIL_MAX);
    pixel + (pixel.max(mean * level) - pixel) * clipped
}

/// The dichromatic model by least squares with a penalty on `specular` and a soft knee, limited to what exceeds the
/// mean; reflections are estimated from `around`, the pixel's neighbourhood. All colours linear RGB in neutral light,
/// whose white is 1, 1, 1.
pub fn parts(pixel: Vec3, around: Vec3, mean: Vec3) -> Parts {
    const RIDGE: f32 = 0.05;
    const KNEE: f32 = 0.44;
    let mm = mean.dot(mean).max(1e-6);
    let mw = mean.element_sum().max(1e-3);
    let fit = (mm * around.element_sum() - mw * around.dot(mean)) / (mm * 3.0 * (1.0 + RIDGE) - mw * mw);
    let reflected = fit.max(0.0);
    let above = (around.dot(mean) - mm) / mw;
    let specular = (reflected * reflected / (reflected + KNEE * luminance(mean) + 1e-4)).min(above.max(0.0));
    let detail = (pixel.dot(mean) - specular * mw) / mm;
    Parts { detail: detail.clamp(0.0, DETAIL_MAX), specular }
}

/// Half-way between the light and a viewer at +z.
pub fn half_vector(light_direction: Vec3) -> Vec3 {
    (light_direction + Vec3::Z).normalize_or_zero()
}

/// Blinn's lobe.
pub fn lobe(normal: Vec3, half_vector: Vec3, exponent: f32) -> f32 {
    normal.dot(half_vector).max(0.0).powf(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIP: Vec3 = Vec3::new(0.3, 0.12, 0.1);

    #[test]
    fn the_mean_itself_has_no_reflection() {
        let split = parts(LIP, LIP, LIP);
        assert!((split.detail - 1.0).abs() < 1e-5 && split.specular < 1e-5, "{split:?}");
    }

    #[test]
    fn a_crease_is_detail_and_a_glint_is_reflection() {
        let crease = parts(LIP * 0.5, LIP * 0.5, LIP);
        assert!((crease.detail - 0.5).abs() < 1e-4 && crease.specular < 1e-4, "{crease:?}");
        let glint = parts(LIP + 0.3, LIP + 0.3, LIP);
        assert!((0.15..0.3).contains(&glint.specular), "{glint:?}");
        let grain = parts(LIP + 0.3, LIP, LIP);
        assert!(grain.specular < 1e-5, "{grain:?}");
    }

    #[test]
    fn blown_out_skin_is_diffuse_and_brighter_where_it_is_brighter() {
        let mean = Vec3::new(1.6, 0.85, 0.6);
        let mut last = 0.0;
        for part in [0.5f32, 0.7, 0.9, 1.0, 1.1] {
            let seen = (mean * part).min(Vec3::ONE);
            let encoded = crate::cpu::srgb_from_linear(seen);
            let whole = unclipped(seen, encoded, mean, mean);
            assert!(whole.abs_diff_eq(mean * part, 0.02), "{part}: {whole}");
            let split = parts(whole, whole, mean);
            assert!(split.specular < 0.01 && split.detail > last, "{part}: {split:?}");
            last = split.detail;
        }
    }

    #[test]
    fn a_clipped_highlight_on_skin_that_is_not_blown_stays_one() {
        let mean = Vec3::new(0.7, 0.4, 0.3);
        let glint = Vec3::new(1.0, 0.98, 0.95);
        assert_eq!(unclipped(glint, Vec3::splat(0.995), mean, mean), glint);
        let plain = Vec3::new(0.9, 0.5, 0.4);
        assert_eq!(unclipped(plain, Vec3::new(0.94, 0.73, 0.66), Vec3::ONE, Vec3::ONE), plain);
    }

    #[test]
    fn the_lobe_peaks_half_way_between_light_and_viewer() {
        let light = Vec3::new(0.0, 0.6, 0.8);
        let half = half_vector(light);
        assert!((lobe(half, half_vector(light), 64.0) - 1.0).abs() < 1e-5);
        assert!(lobe(Vec3::Z, half_vector(light), 64.0) < 0.1);
    }
}
