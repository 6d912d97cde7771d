//! Solves small symmetric positive definite systems, the normal equations of least squares.
//!
//! In: the lower half of a matrix A, and a right-hand side b. Out: x with A·x = b.
//! 1. Factorise A into L·Lᵀ (Cholesky), L lower triangular.
//! 2. Solve L·y = b from the top.
//! 3. Solve Lᵀ·x = y from the bottom.

use std::iter::Sum;
use std::ops::{Div, Mul, Sub};

/// A floating-point type that systems are solved in.
pub(crate) trait Real: Copy + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Sum {
    /// Square root of a pivot. Rounding can make a tiny pivot negative, so it is first raised to a small positive
    /// number.
    fn pivot(self) -> Self;
}

impl Real for f32 {
    fn pivot(self) -> Self {
        self.max(1e-12).sqrt()
    }
}

impl Real for f64 {
    fn pivot(self) -> Self {
        self.max(1e-12).sqrt()
    }
}

/// Solves in place: `right` becomes the solution. Reads the lower half of `matrix` and overwrites it with its factor L.
pub(crate) fn solve<T: Real, const N: usize>(matrix: &mut [[T; N]; N], right: &mut [T; N]) {
    for i in 0..N {
        for j in 0..=i {
            let sum: T = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let left = matrix[i][j] - sum;
            matrix[i][j] = if i == j { left.pivot() } else { left / matrix[j][j] };
        }
        let sum: T = (0..i).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - sum) / matrix[i][i];
    }
    for i in (0..N).rev() {
        let sum: T = (i + 1..N).map(|k| matrix[k][i] * right[k]).sum();
        right[i] = (right[i] - sum) / matrix[i][i];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_in_both_precisions() {
        const N: usize = 9;
        let (mut matrix, mut right) = ([[0.0; N]; N], [0.0; N]);
        for i in 0..N {
            matrix[i][..i].fill(0.3);
            matrix[i][i] = 4.0 + i as f64;
            right[i] = 4.0 + i as f64 + 0.3 * (N - 1) as f64;
        }
        let (mut matrix_f32, mut right_f32) = (matrix.map(|row| row.map(|x| x as f32)), right.map(|x| x as f32));
        solve(&mut matrix, &mut right);
        assert!(right.iter().all(|x| (x - 1.0).abs() < 1e-9), "{right:?}");
        solve(&mut matrix_f32, &mut right_f32);
        assert!(right_f32.iter().all(|x| (x - 1.0).abs() < 1e-5), "{right_f32:?}");
    }
}
