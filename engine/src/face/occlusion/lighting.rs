use super::CELLS;
use crate::zeroize;

/// Rounds of reweighting: after these the fit moves by less than the noise.
const ROUNDS: usize = 5;
/// Fewer cells than this say nothing of a whole face.
const MIN_CELLS: usize = 40;
/// Keeps slopes small where few cells hold them down.
const RIDGE: f32 = 0.5;

/// A slow change over the face: `TERMS` terms of [`Atlas::basis`](super::atlas::Atlas::basis).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slow([f32; 6]);

impl Slow {
    pub fn at(&self, basis: &[f32; 6]) -> f32 {
        self.0.iter().zip(basis).map(|(factor, term)| factor * term).sum()
    }
}

/// Memory for a fit.
#[derive(Debug)]
pub(super) struct Fitter {
    /// Cell, value, weight.
    samples: Vec<(usize, f32, f32)>,
    sorted: Vec<f32>,
}

impl Default for Fitter {
    fn default() -> Self {
        Self { samples: Vec::with_capacity(CELLS), sorted: Vec::with_capacity(CELLS) }
    }
}

impl Fitter {
    pub fn zeroize(&mut self) {
        zeroize::empty(&mut self.samples, (0, 0.0, 0.0));
        zeroize::empty(&mut self.sorted, 0.0);
    }

    pub fn clear(&mut self) {
        self.samples.clear();
    }

    pub fn add(&mut self, cell: usize, value: f32, weight: f32) {
        self.samples.push((cell, value, weight));
    }

    /// The slow change that most samples agree on; those off by more than `sigma` count ever less (Geman and
    /// McClure's weights), so that what covers up to half of the face does not pull it.
    pub fn fit<const TERMS: usize>(&mut self, basis: &[[f32; 6]; CELLS], sigma: f32) -> Slow {
        let mut slow = Slow::default();
        if self.samples.len() < MIN_CELLS {
            return slow;
        }
        self.sorted.clear();
        self.sorted.extend(self.samples.iter().map(|&(_, value, _)| value));
        slow.0[0] = median(&mut self.sorted);
        let per_sigma = 1.0 / sigma;
        for _ in 0..ROUNDS {
            let mut matrix = [[0.0_f32; TERMS]; TERMS];
            let mut right = [0.0_f32; TERMS];
            for &(cell, value, weight) in &self.samples {
                let basis = &basis[cell];
                let slow: f32 = (0..TERMS).map(|term| slow.0[term] * basis[term]).sum();
                let off = (value - slow) * per_sigma;
                let weight = weight / ((1.0 + off * off) * (1.0 + off * off));
                for row in 0..TERMS {
                    let weighted = basis[row] * weight;
                    right[row] += weighted * value;
                    for column in 0..=row {
                        matrix[row][column] += weighted * basis[column];
                    }
                }
            }
            for (row, line) in matrix.iter_mut().enumerate() {
                line[row] += if row == 0 { 1e-3 } else { RIDGE };
            }
            let solved = solve(matrix, right);
            if solved.iter().any(|factor| !factor.is_finite()) {
                break;
            }
            slow.0[..TERMS].copy_from_slice(&solved);
        }
        slow
    }

    /// Standard deviation of the samples from `slow`, by their median so that outliers do not count.
    pub fn deviation(&mut self, slow: &Slow, basis: &[[f32; 6]; CELLS]) -> f32 {
        self.sorted.clear();
        self.sorted.extend(self.samples.iter().map(|&(cell, value, _)| (value - slow.at(&basis[cell])).abs()));
        1.48 * median(&mut self.sorted)
    }

    pub fn len(&self) -> usize {
        self.samples.len()
    }
}

/// 0 of nothing.
fn median(values: &mut [f32]) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// Solves a symmetric positive system given by its lower half (Cholesky).
fn solve<const N: usize>(mut matrix: [[f32; N]; N], mut right: [f32; N]) -> [f32; N] {
    for column in 0..N {
        for row in column..N {
            let known: f32 = (0..column).map(|k| matrix[row][k] * matrix[column][k]).sum();
            let value = matrix[row][column] - known;
            matrix[row][column] = if row == column { value.sqrt() } else { value / matrix[column][column] };
        }
    }
    for row in 0..N {
        let known: f32 = (0..row).map(|k| matrix[row][k] * right[k]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    for row in (0..N).rev() {
        let known: f32 = (row + 1..N).map(|k| matrix[k][row] * right[k]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::super::uv_of;
    use super::*;

    #[test]
    fn a_slope_is_found_under_a_third_of_outliers() {
        let basis: Box<[[f32; 6]; CELLS]> = Box::new(std::array::from_fn(|index| {
            let at = uv_of(index) * 2.0 - 1.0;
            [1.0, at.x, at.y, at.x * at.x, at.x * at.y, at.y * at.y]
        }));
        let mut fitter = Fitter::default();
        let truth = Slow([-1.0, 0.3, -0.2, 0.1, 0.0, -0.15]);
        for cell in 0..CELLS {
            let covered = cell % 64 < 22;
            fitter.add(cell, if covered { 0.8 } else { truth.at(&basis[cell]) }, 1.0);
        }
        let found = fitter.fit::<6>(&basis, 0.12);
        assert!((0..CELLS).all(|cell| (found.at(&basis[cell]) - truth.at(&basis[cell])).abs() < 0.03));
        assert!(fitter.deviation(&found, &basis) < 0.02);
    }
}
