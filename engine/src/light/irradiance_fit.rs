//! Fits the irradiance on a face to the luminance of its bare skin.
//!
//! In: samples of skin, each with its normal, luminance, and how surely it is skin. Out: harmonics of what skin shows
//! over its normals, relative to the median of the samples.
//! 1. Weigh each sample by its visibility, by how surely skin is there, and by how close its chroma is to this skin's.
//! 2. Few samples, or few directions, determine bands 0 and 1 only; too few give the prior.
//! 3. Least squares, with a ridge towards a prior for the directions that no visible skin faces: light from above the
//!    camera, and a quadratic band as a window's light has it for the linear band found so far.
//! 4. Weigh the samples anew by their residuals (Geman & McClure's weights), so that highlights count for little and
//!    cast shadows for less, and go back to 3.

use glam::Vec3;

use super::skin_samples::SkinSamples;
use super::spherical_harmonics::{
    BASIS, Coefficients, POINT_QUADRATIC_OVER_LINEAR, PRIOR_DIRECTION, band, basis, linear_band, point_and_ambient,
    quadratic_band, shading,
};
use crate::face::MESH_VERTEX_COUNT;
use crate::statistics::{SIGMA_OVER_MAD, median};
use crate::{cholesky, zeroize};

/// Half of the light comes from everywhere when nothing is known.
const PRIOR_KEY: f32 = 0.5;
/// Band 2 over band 1 of a window's light, as a part of what a point's light has.
const WINDOW_OVER_POINT: f32 = 0.7;
/// How much the prior weighs in each band, as a part of all samples' weight.
const RIDGE: [f32; 3] = [0.001, 0.002, 0.08];
/// The samples' weight that the ridge counts with at least.
const RIDGE_SAMPLES_MIN: f32 = 30.0;
/// Coefficients of bands 0 and 1.
const LINEAR_BASIS: usize = 4;
/// Weight of the samples, and variance of x and of y of their normals, above which band 2 is fitted.
const QUADRATIC_SAMPLES_MIN: f32 = 60.0;
const QUADRATIC_VARIANCE_MIN: f32 = 0.02;
/// A sample counts as no brighter than this, over the median.
const RELATIVE_LUMINANCE_MAX: f32 = 4.0;
/// Least spread of the residuals: skin is never even.
const SIGMA_MIN: f32 = 0.05;
/// Residuals of so many spreads count a quarter: brighter than expected, and darker.
const HIGHLIGHT_SIGMAS: f32 = 2.0;
const SHADOW_SIGMAS: f32 = 3.0;
/// Rounds of reweighting; a start that is nearly right spares the first ones.
const ROUNDS: usize = 6;
const ROUNDS_SPARED: usize = 4;

/// The fit and its memory. Reused from face to face.
#[derive(Debug, Default)]
pub(super) struct IrradianceFit {
    equations: Vec<Equation>,
    residuals: Vec<f32>,
}

/// One sample's equation of the least squares.
#[derive(Clone, Copy, Debug)]
struct Equation {
    basis: Coefficients,
    /// Luminance over the median.
    value: f32,
    weight: f32,
}

/// How much skin the equations stand for.
struct Evidence {
    weight: f32,
    /// Of the normals.
    variance: Vec3,
}

impl IrradianceFit {
    pub fn zeroize(&mut self) {
        zeroize::empty(&mut self.equations, Equation { basis: [0.0; BASIS], value: 0.0, weight: 0.0 });
        zeroize::empty(&mut self.residuals, 0.0);
    }

    /// The irradiance relative to the skin's median luminance: what skin with a given normal shows, over that median.
    pub fn fit(&mut self, skin: &SkinSamples) -> Coefficients {
        self.fit_from(None, skin)
    }

    /// The same from a `start` that is nearly right, which needs fewer rounds.
    pub fn fit_from(&mut self, start: Option<Coefficients>, skin: &SkinSamples) -> Coefficients {
        let mut prior = point_and_ambient(PRIOR_DIRECTION, PRIOR_KEY);
        let front = shading(&prior, Vec3::Z);
        prior.iter_mut().for_each(|coefficient| *coefficient /= front);
        let Some(evidence) = self.gather(skin) else { return prior };
        let varied = evidence.variance.x.min(evidence.variance.y) > QUADRATIC_VARIANCE_MIN;
        let unknowns = if evidence.weight > QUADRATIC_SAMPLES_MIN && varied { BASIS } else { LINEAR_BASIS };
        let mut sh = prior;
        if unknowns < BASIS {
            sh[LINEAR_BASIS..].fill(0.0);
        }
        let first = if start.is_some() { ROUNDS_SPARED } else { 0 };
        sh = start.unwrap_or(sh);
        for round in first..ROUNDS {
            // A face shows half of all directions, over which band 2 resembles the others: unless the samples
            // contradict it, it is set to that of a window's light with the linear band found.
            let mut belief = prior;
            if round > 0 {
                let linear = linear_band(&sh);
                let strength = WINDOW_OVER_POINT * POINT_QUADRATIC_OVER_LINEAR * linear.length();
                belief[LINEAR_BASIS..].copy_from_slice(&quadratic_band(linear.normalize_or(Vec3::Z), strength));
            }
            if unknowns < BASIS {
                belief[LINEAR_BASIS..].fill(0.0);
            }
            let sigma = (round > 0).then(|| self.sigma(&sh).max(SIGMA_MIN));
            let Some(solved) = self.solve(unknowns, &sh, sigma, &belief, evidence.weight) else { return prior };
            sh = solved;
        }
        sh
    }

    /// One equation per sample, or `None` with too little visible skin.
    fn gather(&mut self, skin: &SkinSamples) -> Option<Evidence> {
        let (colour, median) = (skin.colour()?, skin.luminance()?);
        self.equations.clear();
        self.equations.reserve(MESH_VERTEX_COUNT);
        self.residuals.clear();
        self.residuals.reserve(MESH_VERTEX_COUNT);
        let (mut total, mut mean, mut square) = (0.0, Vec3::ZERO, Vec3::ZERO);
        for sample in skin.iter() {
            let weight = sample.weight(&colour);
            let value = (sample.luminance / median.max(1e-4)).min(RELATIVE_LUMINANCE_MAX);
            self.equations.push(Equation { basis: basis(sample.normal_camera), value, weight });
            total += weight;
            mean += sample.normal_camera * weight;
            square += sample.normal_camera * sample.normal_camera * weight;
        }
        let mean = mean / total.max(1e-3);
        Some(Evidence { weight: total, variance: square / total.max(1e-3) - mean * mean })
    }

    /// One round of weighted least squares. With a `sigma`, residuals from `sh` weigh the samples.
    fn solve(
        &self,
        unknowns: usize,
        sh: &Coefficients,
        sigma: Option<f32>,
        belief: &Coefficients,
        total_weight: f32,
    ) -> Option<Coefficients> {
        let mut matrix = [[0.0f64; BASIS]; BASIS];
        let mut right = [0.0f64; BASIS];
        for (index, (row, right)) in matrix.iter_mut().zip(&mut right).enumerate() {
            // Weight of the prior, in samples.
            let ridge = total_weight.max(RIDGE_SAMPLES_MIN) * RIDGE[band(index)];
            row[index] = f64::from(ridge);
            *right = f64::from(ridge * belief[index]);
        }
        for equation in &self.equations {
            let off = equation.value - dot(&equation.basis, sh);
            let reach = if off > 0.0 { HIGHLIGHT_SIGMAS } else { SHADOW_SIGMAS };
            let off = sigma.map_or(0.0, |sigma| off / (sigma * reach));
            let weight = equation.weight / (1.0 + off * off).powi(2);
            for i in 0..unknowns {
                let scaled = equation.basis[i] * weight;
                right[i] += f64::from(scaled * equation.value);
                for (sum, basis) in matrix[i][..=i].iter_mut().zip(&equation.basis) {
                    *sum += f64::from(scaled * basis);
                }
            }
        }
        cholesky::solve(&mut matrix, &mut right);
        right.iter().all(|value| value.is_finite()).then(|| right.map(|value| value as f32))
    }

    /// Robust standard deviation of the residuals.
    fn sigma(&mut self, sh: &Coefficients) -> f32 {
        self.residuals.clear();
        self.residuals.extend(self.equations.iter().map(|row| (row.value - dot(&row.basis, sh)).abs()));
        SIGMA_OVER_MAD * median(&mut self.residuals).unwrap_or(1.0)
    }
}

fn dot(a: &Coefficients, b: &Coefficients) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
