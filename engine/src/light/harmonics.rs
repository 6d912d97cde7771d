use glam::Vec3;

use super::likeness::log_chroma;
use super::skin::{SkinSamples, median};
use crate::face::MESH_VERTEX_COUNT;
use crate::zeroize;

/// Coefficients of the first three bands.
pub(super) const BASIS: usize = 9;
pub(super) type Coefficients = [f32; BASIS];

/// Real spherical harmonics of a unit direction, orthonormal over the sphere, in the order Y00, Y1−1 (y), Y10 (z), Y11 (x),
/// Y2−2 (xy), Y2−1 (yz), Y20 (3z² − 1), Y21 (xz), Y22 (x² − y²); signs and factors as in Ramamoorthi & Hanrahan 2001.
pub(super) fn basis(n: Vec3) -> Coefficients {
    [
        0.282_095,
        0.488_603 * n.y,
        0.488_603 * n.z,
        0.488_603 * n.x,
        1.092_548 * n.x * n.y,
        1.092_548 * n.y * n.z,
        0.315_392 * (3.0 * n.z * n.z - 1.0),
        1.092_548 * n.x * n.z,
        0.546_274 * (n.x * n.x - n.y * n.y),
    ]
}

/// What a matte surface with the given normal shows.
pub(super) fn shaded(sh: &Coefficients, normal_camera: Vec3) -> f32 {
    basis(normal_camera).iter().zip(sh).map(|(b, c)| b * c).sum()
}

/// Where light comes from when nothing is known: from above the camera, half of it from everywhere.
pub(super) const PRIOR_DIRECTION: Vec3 = Vec3::new(0.0, 0.35, 0.936_75);

/// Light of which the part `key` comes from a distant point and the rest from everywhere, of strength 1 towards it:
/// the clamped cosine is 1/4 + 1/2 cos θ + 5/16 P₂(cos θ) + … (Ramamoorthi & Hanrahan 2001).
fn point_and_ambient(direction: Vec3, key: f32) -> Coefficients {
    use std::f32::consts::PI;
    let zonal = [0.25 * 4.0 * PI, 0.5 * 4.0 * PI / 3.0, 5.0 / 16.0 * 4.0 * PI / 5.0];
    let mut sh = basis(direction);
    for (index, coefficient) in sh.iter_mut().enumerate() {
        *coefficient *= key * zonal[band(index)];
    }
    sh[0] += (1.0 - key) * 4.0 * PI * 0.282_095;
    sh
}

/// Band 2 over band 1 of a window's light, as a part of what a point's light has.
const TYPICAL_CURVE: f32 = 0.7;

/// The linear band as a vector: towards the light, as long as it changes the shading.
fn linear_band(sh: &Coefficients) -> Vec3 {
    Vec3::new(sh[3], sh[1], sh[2]) * 0.488_603
}

pub(super) fn band(index: usize) -> usize {
    (index > 0) as usize + (index > 3) as usize
}

/// Fits the light to the luminance of bare skin over its normals. Reused from face to face.
#[derive(Debug, Default)]
pub(super) struct Fit {
    rows: Vec<Row>,
    residuals: Vec<f32>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    basis: Coefficients,
    value: f32,
    weight: f32,
}

impl Fit {
    pub fn zeroize(&mut self) {
        zeroize::empty(&mut self.rows, Row { basis: [0.0; BASIS], value: 0.0, weight: 0.0 });
        zeroize::empty(&mut self.residuals, 0.0);
    }

    /// The light relative to the skin's median luminance: what skin that faces so and so shows, over that median.
    ///
    /// Least squares with weights that let highlights count for little and cast shadows for less (iterated, Geman &
    /// McClure), and a ridge towards [`PRIOR_DIRECTION`] for the directions that no skin in sight faces. Few samples
    /// or few directions give bands 0 and 1 alone; too few give the prior.
    pub fn fit(&mut self, skin: &SkinSamples) -> Coefficients {
        self.fit_from(None, skin)
    }

    /// The same with a `start` that is nearly right, which is quicker.
    pub fn fit_from(&mut self, start: Option<Coefficients>, skin: &SkinSamples) -> Coefficients {
        let mut sh = point_and_ambient(PRIOR_DIRECTION, 0.5);
        let front = shaded(&sh, Vec3::Z);
        sh.iter_mut().for_each(|coefficient| *coefficient /= front);
        let (Some(likeness), Some(median)) = (skin.likeness(), skin.luminance()) else { return sh };
        let prior = sh;

        self.rows.clear();
        self.rows.reserve(MESH_VERTEX_COUNT);
        self.residuals.clear();
        self.residuals.reserve(MESH_VERTEX_COUNT);
        let (mut total, mut mean, mut square) = (0.0, Vec3::ZERO, Vec3::ZERO);
        for sample in skin.iter() {
            let off = (log_chroma(sample.colour) - likeness.chroma) / (2.5 * likeness.spread);
            let weight = sample.visibility * sample.trust / (1.0 + off.length_squared()).powi(2);
            let value = (sample.luminance / median.max(1e-4)).min(4.0);
            self.rows.push(Row { basis: basis(sample.normal_camera), value, weight });
            total += weight;
            mean += sample.normal_camera * weight;
            square += sample.normal_camera * sample.normal_camera * weight;
        }
        let mean = mean / total.max(1e-3);
        let directions = square / total.max(1e-3) - mean * mean;
        let unknowns = if total > 60.0 && directions.x.min(directions.y) > 0.02 { BASIS } else { 4 };
        if unknowns < BASIS {
            sh[4..].fill(0.0);
        }
        let rounds = if start.is_some() { 4..6 } else { 0..6 };
        sh = start.unwrap_or(sh);
        for round in rounds {
            let scale = self.spread(&sh).max(0.05);
            // A face shows half of all directions, over which band 2 looks much like the others: unless the samples speak
            // against it, it is what a light like that in band 1 has.
            let mut belief = prior;
            if round > 0 {
                let linear = linear_band(&sh);
                let curve = TYPICAL_CURVE * 0.625 * linear.length() * 4.0 * std::f32::consts::PI / 5.0;
                let around = basis(linear.normalize_or(Vec3::Z));
                belief[4..].iter_mut().zip(&around[4..]).for_each(|(to, basis)| *to = curve * basis);
            }
            let mut normal = [[0.0f64; BASIS]; BASIS];
            let mut right = [0.0f64; BASIS];
            for (index, (row, right)) in normal.iter_mut().zip(&mut right).enumerate() {
                // In samples: how many of them an opinion that was there before weighs.
                let ridge = total.max(30.0) * [0.001, 0.002, 0.08][band(index)];
                row[index] = f64::from(ridge);
                *right = f64::from(ridge * if unknowns < BASIS && index > 3 { 0.0 } else { belief[index] });
            }
            for row in &self.rows {
                let off = row.value - dot(&row.basis, &sh);
                let off = if round == 0 { 0.0 } else { off / (scale * if off > 0.0 { 2.0 } else { 3.0 }) };
                let weight = row.weight / (1.0 + off * off).powi(2);
                for i in 0..unknowns {
                    let scaled = row.basis[i] * weight;
                    right[i] += f64::from(scaled * row.value);
                    for (sum, basis) in normal[i][..=i].iter_mut().zip(&row.basis) {
                        *sum += f64::from(scaled * basis);
                    }
                }
            }
            solve(&mut normal, &mut right);
            if right.iter().any(|value| !value.is_finite()) {
                return prior;
            }
            sh = right.map(|value| value as f32);
        }
        sh
    }

    /// Robust standard deviation of what the light does not explain.
    fn spread(&mut self, sh: &Coefficients) -> f32 {
        self.residuals.clear();
        self.residuals.extend(self.rows.iter().map(|row| (row.value - dot(&row.basis, sh)).abs()));
        1.4826 * median(&mut self.residuals).unwrap_or(1.0)
    }
}

fn dot(a: &Coefficients, b: &Coefficients) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Solves a symmetric positive definite system, whose lower half is given, by Cholesky's method; the result is left in `right`.
fn solve(matrix: &mut [[f64; BASIS]; BASIS], right: &mut [f64; BASIS]) {
    for i in 0..BASIS {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let left = matrix[i][j] - sum;
            matrix[i][j] = if i == j { left.max(1e-12).sqrt() } else { left / matrix[j][j] };
        }
        let sum: f64 = (0..i).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - sum) / matrix[i][i];
    }
    for i in (0..BASIS).rev() {
        let sum: f64 = (i + 1..BASIS).map(|k| matrix[k][i] * right[k]).sum();
        right[i] = (right[i] - sum) / matrix[i][i];
    }
}

/// The strongest light, as harmonics tell it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Key {
    /// Unit vector towards it, camera space, z ≥ 0.2.
    pub direction_camera: Vec3,
    /// Its part of all light, 0.3–0.9.
    pub strength: f32,
    /// 0 a point, 1 as broad as half the sky.
    pub softness: f32,
}

impl Key {
    /// Direction and strength from the linear band: a distant light of irradiance E and an even one A show A + E/4 in
    /// the mean and E/2 in the linear band.
    ///
    /// Softness from the ratio of the bands: of a disc of half-angle α in the sky, band 2 over band 1 is cos α
    /// of what it is for a point, and `softness` is 1 − cos α.
    pub fn of(sh: &Coefficients) -> Self {
        let linear = linear_band(sh);
        let mean = (sh[0] * 0.282_095).max(1e-4);
        let direction = linear.normalize_or(PRIOR_DIRECTION);
        let seen = Vec3::new(direction.x, direction.y, direction.z.max(0.2)).normalize_or(PRIOR_DIRECTION);
        let slope = linear.length();
        let (key, ambient) = (2.0 * slope, (mean - 0.5 * slope).max(0.0));
        let curve: f32 = basis(direction)[4..].iter().zip(&sh[4..]).map(|(b, c)| b * c).sum();
        // A weak key says nothing of its own size: then it is taken for a window, neither point nor sky.
        const WINDOW: f32 = 0.5;
        let sure = ((slope / mean - 0.1) / 0.4).clamp(0.0, 1.0);
        let cosine = (curve / (0.625 * slope.max(1e-4))).clamp(0.0, 1.0);
        Self {
            direction_camera: seen,
            strength: (key / (key + ambient).max(1e-4)).clamp(0.3, 0.9),
            softness: WINDOW + (1.0 - cosine - WINDOW) * sure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_light_s_harmonics_tell_where_it_is() {
        for direction in [Vec3::new(0.6, 0.3, 0.7), Vec3::new(-0.8, 0.1, 0.5), PRIOR_DIRECTION] {
            let direction = direction.normalize_or_zero();
            let sh = point_and_ambient(direction, 0.6);
            let key = Key::of(&sh);
            assert!(key.direction_camera.abs_diff_eq(direction, 1e-3), "{key:?}");
            assert!((key.strength - 0.6).abs() < 0.02 && key.softness < 0.05, "{key:?}");
            assert!(
                (shaded(&sh, direction) - (0.4 + 0.6 * 1.0625)).abs() < 1e-3,
                "three bands reach 17/16 of the peak"
            );
        }
    }

    #[test]
    fn a_sky_is_soft_and_even_light_is_neither() {
        let mut sh = point_and_ambient(Vec3::Y, 0.8);
        sh[4..].fill(0.0);
        assert!(Key::of(&sh).softness > 0.95);
        assert!((Key::of(&point_and_ambient(Vec3::Z, 0.0)).softness - 0.5).abs() < 1e-3);
    }

    #[test]
    fn cholesky_solves() {
        let mut matrix = [[0.0; BASIS]; BASIS];
        let mut right = [0.0; BASIS];
        for i in 0..BASIS {
            matrix[i][..i].fill(0.3);
            matrix[i][i] = 4.0 + i as f64;
            right[i] = 4.0 + i as f64 + 0.3 * (BASIS - 1) as f64;
        }
        solve(&mut matrix, &mut right);
        assert!(right.iter().all(|x| (x - 1.0).abs() < 1e-9), "{right:?}");
    }
}
