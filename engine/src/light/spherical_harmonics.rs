//! Irradiance over surface normals as spherical harmonics. Three bands, nine coefficients, are nearly all that a matte
//! surface can show of distant light (Ramamoorthi & Hanrahan 2001, whose order, signs and factors these are).
//!
//! The coefficients describe the luminance of a white, matte surface: the light's bands, each times the clamped
//! cosine's.

use std::f32::consts::PI;

use glam::Vec3;

/// Coefficients of the first three bands.
pub(super) const BASIS: usize = 9;
pub(super) type Coefficients = [f32; BASIS];

/// Y00, and the factors of the bands' functions.
const CONSTANT: f32 = 0.282_095;
const LINEAR: f32 = 0.488_603;
const QUADRATIC: f32 = 1.092_548;
const QUADRATIC_Z: f32 = 0.315_392;
const QUADRATIC_XY: f32 = 0.546_274;

/// The clamped cosine as a series of Legendre polynomials: 1/4 + 1/2 cos θ + 5/16 P₂(cos θ) + … (Ramamoorthi & Hanrahan
/// 2001).
const COSINE_SERIES: [f32; 3] = [0.25, 0.5, 5.0 / 16.0];
/// Band 2 over band 1 of what a point light shows where it shines straight on.
pub(super) const POINT_QUADRATIC_OVER_LINEAR: f32 = 0.625;

/// Where light comes from when nothing is known: from above the camera.
pub(super) const PRIOR_DIRECTION: Vec3 = Vec3::new(0.0, 0.35, 0.936_75);

/// Real spherical harmonics of a unit direction, orthonormal over the sphere, in the order Y00, Y1−1 (y), Y10 (z), Y11
/// (x), Y2−2 (xy), Y2−1 (yz), Y20 (3z² − 1), Y21 (xz), Y22 (x² − y²).
pub(super) fn basis(n: Vec3) -> Coefficients {
    [
        CONSTANT,
        LINEAR * n.y,
        LINEAR * n.z,
        LINEAR * n.x,
        QUADRATIC * n.x * n.y,
        QUADRATIC * n.y * n.z,
        QUADRATIC_Z * (3.0 * n.z * n.z - 1.0),
        QUADRATIC * n.x * n.z,
        QUADRATIC_XY * (n.x * n.x - n.y * n.y),
    ]
}

/// The band (0 to 2) that a coefficient belongs to.
pub(super) fn band(index: usize) -> usize {
    (index > 0) as usize + (index > 3) as usize
}

/// What a white, matte surface with this normal shows.
pub(super) fn shading(sh: &Coefficients, normal_camera: Vec3) -> f32 {
    basis(normal_camera).iter().zip(sh).map(|(b, c)| b * c).sum()
}

/// Band 0: the mean over all directions.
pub(super) fn mean(sh: &Coefficients) -> f32 {
    sh[0] * CONSTANT
}

/// Band 1 as a vector: it points towards the light; its length is the contrast in the shading.
pub(super) fn linear_band(sh: &Coefficients) -> Vec3 {
    Vec3::new(sh[3], sh[1], sh[2]) * LINEAR
}

/// Shading by light of which the part `key` comes from a distant point and the rest evenly from everywhere, of
/// strength 1 towards the point.
pub(super) fn point_and_ambient(direction: Vec3, key: f32) -> Coefficients {
    let zonal = [COSINE_SERIES[0] * 4.0 * PI, COSINE_SERIES[1] * 4.0 * PI / 3.0, COSINE_SERIES[2] * 4.0 * PI / 5.0];
    let mut sh = basis(direction);
    for (index, coefficient) in sh.iter_mut().enumerate() {
        *coefficient *= key * zonal[band(index)];
    }
    sh[0] += (1.0 - key) * 4.0 * PI * CONSTANT;
    sh
}

/// Band 2 of a light around `direction` that shows `strength` of it where it shines straight on.
pub(super) fn quadratic_band(direction: Vec3, strength: f32) -> [f32; 5] {
    let around = basis(direction);
    let zonal = strength * 4.0 * PI / 5.0;
    std::array::from_fn(|index| zonal * around[4 + index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_bands_of_a_point_light_reach_17_of_16_parts_of_its_peak() {
        for direction in [Vec3::new(0.6, 0.3, 0.7), Vec3::new(-0.8, 0.1, 0.5), PRIOR_DIRECTION] {
            let direction = direction.normalize_or_zero();
            let shown = shading(&point_and_ambient(direction, 0.6), direction);
            assert!((shown - (0.4 + 0.6 * 1.0625)).abs() < 1e-3, "{shown}");
        }
    }
}
