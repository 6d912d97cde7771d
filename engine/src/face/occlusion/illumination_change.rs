//! How the light on a face differs from its background model: a smooth function over the face.
//!
//! In: cells with a value (the difference of a logarithm, so that a change of light is additive) and a weight. Out: a
//! polynomial over the face.
//! 1. Start from the median of the values.
//! 2. Weighted least squares of the polynomial, with a small ridge against slopes where few cells hold them down.
//! 3. Weight the cells again by their residuals (Geman & McClure's weights), so that an occluder on up to half of the
//!    face does not bias the fit, and go back to 2.

use super::grid::CELLS;
use crate::statistics::median;
use crate::{cholesky, zeroize};

/// Rounds of reweighting: after these the fit moves by less than the noise.
const ROUNDS: usize = 5;
/// Least number of cells for a fit.
const CELLS_MIN: usize = 40;
/// Keeps slopes small where few cells hold them down, and the level finite.
const RIDGE_SLOPE: f32 = 0.5;
const RIDGE_LEVEL: f32 = 1e-3;
/// Standard deviation over median absolute deviation of a normal distribution.
const SIGMA_OVER_MAD: f32 = 1.48;

/// The terms of a polynomial of second order at one cell: 1, x, y, x², xy, y² with x and y in −1 … 1.
pub(super) type Terms = [f32; 6];

/// A change that is slow over the face: a factor for each of [`Terms`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct IlluminationChange([f32; 6]);

impl IlluminationChange {
    pub fn constant(value: f32) -> Self {
        Self([value, 0.0, 0.0, 0.0, 0.0, 0.0])
    }

    pub fn at(&self, terms: &Terms) -> f32 {
        self.0.iter().zip(terms).map(|(factor, term)| factor * term).sum()
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct CellSample {
    cell: usize,
    value: f32,
    weight: f32,
}

/// The fit and its memory.
#[derive(Debug)]
pub(super) struct IlluminationFitter {
    samples: Vec<CellSample>,
    sorted: Vec<f32>,
}

impl Default for IlluminationFitter {
    fn default() -> Self {
        Self { samples: Vec::with_capacity(CELLS), sorted: Vec::with_capacity(CELLS) }
    }
}

impl IlluminationFitter {
    pub fn zeroize(&mut self) {
        zeroize::empty(&mut self.samples, CellSample::default());
        zeroize::empty(&mut self.sorted, 0.0);
    }

    pub fn clear(&mut self) {
        self.samples.clear();
    }

    pub fn add(&mut self, cell: usize, value: f32, weight: f32) {
        self.samples.push(CellSample { cell, value, weight });
    }

    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// The robust fit of the first `TERMS` terms; samples that are off by more than `sigma` get ever less weight.
    pub fn fit<const TERMS: usize>(&mut self, terms: &[Terms; CELLS], sigma: f32) -> IlluminationChange {
        self.fit_stiff::<TERMS>(terms, sigma, RIDGE_SLOPE)
    }

    /// The same with a ridge of its own against slopes.
    pub fn fit_stiff<const TERMS: usize>(
        &mut self,
        terms: &[Terms; CELLS],
        sigma: f32,
        ridge_slope: f32,
    ) -> IlluminationChange {
        let mut change = IlluminationChange::default();
        if self.samples.len() < CELLS_MIN {
            return change;
        }
        self.sorted.clear();
        self.sorted.extend(self.samples.iter().map(|sample| sample.value));
        change.0[0] = median(&mut self.sorted).unwrap_or(0.0);
        let per_sigma = 1.0 / sigma;
        for _ in 0..ROUNDS {
            let mut matrix = [[0.0_f32; TERMS]; TERMS];
            let mut right = [0.0_f32; TERMS];
            for &CellSample { cell, value, weight } in &self.samples {
                let terms = &terms[cell];
                let explained: f32 = (0..TERMS).map(|term| change.0[term] * terms[term]).sum();
                let off = (value - explained) * per_sigma;
                let weight = weight / ((1.0 + off * off) * (1.0 + off * off));
                for row in 0..TERMS {
                    let weighted = terms[row] * weight;
                    right[row] += weighted * value;
                    for column in 0..=row {
                        matrix[row][column] += weighted * terms[column];
                    }
                }
            }
            for (row, line) in matrix.iter_mut().enumerate() {
                line[row] += if row == 0 { RIDGE_LEVEL } else { ridge_slope };
            }
            cholesky::solve(&mut matrix, &mut right);
            if right.iter().any(|factor| !factor.is_finite()) {
                break;
            }
            change.0[..TERMS].copy_from_slice(&right);
        }
        change
    }

    /// Standard deviation of the samples from `change`, by their median so that outliers do not count.
    pub fn sigma(&mut self, change: &IlluminationChange, terms: &[Terms; CELLS]) -> f32 {
        let off = |sample: &CellSample| (sample.value - change.at(&terms[sample.cell])).abs();
        self.sorted.clear();
        self.sorted.extend(self.samples.iter().map(off));
        SIGMA_OVER_MAD * median(&mut self.sorted).unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::uv_of;
    use super::*;

    #[test]
    fn a_slope_is_found_under_a_third_of_outliers() {
        let terms: Box<[Terms; CELLS]> = Box::new(std::array::from_fn(|index| {
            let at = uv_of(index) * 2.0 - 1.0;
            [1.0, at.x, at.y, at.x * at.x, at.x * at.y, at.y * at.y]
        }));
        let mut fitter = IlluminationFitter::default();
        let truth = IlluminationChange([-1.0, 0.3, -0.2, 0.1, 0.0, -0.15]);
        for cell in 0..CELLS {
            let covered = cell % 64 < 22;
            fitter.add(cell, if covered { 0.8 } else { truth.at(&terms[cell]) }, 1.0);
        }
        let found = fitter.fit::<6>(&terms, 0.12);
        assert!((0..CELLS).all(|cell| (found.at(&terms[cell]) - truth.at(&terms[cell])).abs() < 0.03));
        assert!(fitter.sigma(&found, &terms) < 0.02);
    }
}
