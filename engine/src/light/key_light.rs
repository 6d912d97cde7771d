//! The strongest light on a face, from the harmonics of its irradiance.
//!
//! In: nine coefficients. Out: direction, strength and softness.
//! 1. The linear band points to the light; its length is the light's contrast in the shading.
//! 2. A distant light of irradiance E and an even one A show A + E/4 in the mean and E/2 in the linear band: that gives
//!    the key's part of all light.
//! 3. Of a disc of half-angle α in the sky, band 2 over band 1 is cos α of what it is for a point (the clamped cosine's
//!    series, Ramamoorthi & Hanrahan 2001): softness is 1 − cos α.

use glam::Vec3;

use super::spherical_harmonics::{
    Coefficients, POINT_QUADRATIC_OVER_LINEAR, PRIOR_DIRECTION, basis, linear_band, mean,
};

/// A direction is held this far in front of the face at least (z of the unit vector): no light is seen behind it.
const DIRECTION_Z_MIN: f32 = 0.2;
const STRENGTH_MIN: f32 = 0.3;
const STRENGTH_MAX: f32 = 0.9;
/// Softness of a weak key, whose size cannot be determined: that of a window, between point and sky.
const WINDOW_SOFTNESS: f32 = 0.5;
/// Linear band over the mean from which on the key's size is measured, and the range over which that gains full weight.
const CONTRAST_MIN: f32 = 0.1;
const CONTRAST_RANGE: f32 = 0.4;

/// The strongest light, from harmonics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct KeyLight {
    /// Unit vector towards it, camera space, z ≥ 0.2.
    pub direction_camera: Vec3,
    /// Its part of all light, 0.3–0.9.
    pub strength: f32,
    /// 0 a point, 1 as broad as half the sky.
    pub softness: f32,
}

impl KeyLight {
    pub fn of(sh: &Coefficients) -> Self {
        let linear = linear_band(sh);
        let mean = mean(sh).max(1e-4);
        let direction = linear.normalize_or(PRIOR_DIRECTION);
        let in_front = direction.with_z(direction.z.max(DIRECTION_Z_MIN)).normalize_or(PRIOR_DIRECTION);
        let slope = linear.length();
        let (key, ambient) = (2.0 * slope, (mean - 0.5 * slope).max(0.0));
        let quadratic: f32 = basis(direction)[4..].iter().zip(&sh[4..]).map(|(b, c)| b * c).sum();
        let sure = ((slope / mean - CONTRAST_MIN) / CONTRAST_RANGE).clamp(0.0, 1.0);
        let cosine = (quadratic / (POINT_QUADRATIC_OVER_LINEAR * slope.max(1e-4))).clamp(0.0, 1.0);
        Self {
            direction_camera: in_front,
            strength: (key / (key + ambient).max(1e-4)).clamp(STRENGTH_MIN, STRENGTH_MAX),
            softness: WINDOW_SOFTNESS + (1.0 - cosine - WINDOW_SOFTNESS) * sure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::spherical_harmonics::point_and_ambient;
    use super::*;

    #[test]
    fn a_point_light_s_harmonics_tell_where_it_is() {
        for direction in [Vec3::new(0.6, 0.3, 0.7), Vec3::new(-0.8, 0.1, 0.5), PRIOR_DIRECTION] {
            let direction = direction.normalize_or_zero();
            let key = KeyLight::of(&point_and_ambient(direction, 0.6));
            assert!(key.direction_camera.abs_diff_eq(direction, 1e-3), "{key:?}");
            assert!((key.strength - 0.6).abs() < 0.02 && key.softness < 0.05, "{key:?}");
        }
    }

    #[test]
    fn a_sky_is_soft_and_even_light_is_neither() {
        let mut sh = point_and_ambient(Vec3::Y, 0.8);
        sh[4..].fill(0.0);
        assert!(KeyLight::of(&sh).softness > 0.95);
        assert!((KeyLight::of(&point_and_ambient(Vec3::Z, 0.0)).softness - 0.5).abs() < 1e-3);
    }
}
