//! Small filters over the grid of cells, in place: grey-scale and binary morphology, separable convolution.

use super::grid::{CELLS, CellValues, SIDE};

/// Grey-scale dilation (`pick` = max) or erosion (min) by a square of 3×3 cells, in place.
pub(super) fn morph(values: &mut [f32; CELLS], rows: &mut [f32; CELLS], pick: impl Fn(f32, f32) -> f32) {
    for (row, to) in values.chunks_exact(SIDE).zip(rows.chunks_exact_mut(SIDE)) {
        to[0] = pick(row[0], row[1]);
        to[SIDE - 1] = pick(row[SIDE - 1], row[SIDE - 2]);
        for (near, to) in row.windows(3).zip(&mut to[1..]) {
            *to = pick(pick(near[0], near[1]), near[2]);
        }
    }
    for y in 0..SIDE {
        let (above, below) = (y.saturating_sub(1) * SIDE, (y + 1).min(SIDE - 1) * SIDE);
        let row = y * SIDE;
        for x in 0..SIDE {
            values[row + x] = pick(pick(rows[above + x], rows[row + x]), rows[below + x]);
        }
    }
}

/// The same once on the first values, and twice into the second ones.
pub(super) fn morph_twice(
    [once, twice]: &mut [CellValues; 2],
    rows: &mut [f32; CELLS],
    pick: impl Fn(f32, f32) -> f32,
) {
    morph(once, rows, &pick);
    twice.copy_from_slice(&once[..]);
    morph(twice, rows, &pick);
}

/// A symmetric, separable kernel: the middle tap and `N` to each side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kernel<const N: usize> {
    middle: f32,
    sides: [f32; N],
}

/// Gaussians with a standard deviation of 0.8 and of 1.3 cells.
pub(super) const GAUSSIAN_0_8: Kernel<2> = Kernel { middle: 0.4967, sides: [0.2274, 0.0243] };
pub(super) const GAUSSIAN_1_3: Kernel<4> = Kernel { middle: 0.3073, sides: [0.2286, 0.0941, 0.0215, 0.0022] };

/// Convolves with a kernel along rows and columns; zero outside the grid; in place.
pub(super) fn blur<const N: usize>(values: &mut [f32; CELLS], rows: &mut [f32; CELLS], kernel: Kernel<N>) {
    let Kernel { middle, sides } = kernel;
    for (row, to) in values.chunks_exact(SIDE).zip(rows.chunks_exact_mut(SIDE)) {
        for (to, from) in to.iter_mut().zip(row) {
            *to = from * middle;
        }
        for (offset, weight) in (1..).zip(sides) {
            for (to, from) in to[offset..].iter_mut().zip(row) {
                *to += from * weight;
            }
            for (to, from) in to.iter_mut().zip(&row[offset..]) {
                *to += from * weight;
            }
        }
    }
    for (to, from) in values.iter_mut().zip(rows.iter()) {
        *to = from * middle;
    }
    for (offset, weight) in (1..).zip(sides) {
        for (to, from) in values[offset * SIDE..].iter_mut().zip(rows.iter()) {
            *to += from * weight;
        }
        for (to, from) in values.iter_mut().zip(&rows[offset * SIDE..]) {
            *to += from * weight;
        }
    }
}

/// Morphological closing by a square of 3×3 cells: closes gaps of a cell or two.
pub(super) fn close(mask: &mut [bool; CELLS], dilated: &mut [bool; CELLS]) {
    reach(mask, true, dilated);
    reach(dilated, false, mask);
}

/// Gives `value` to each cell that has one of it in its 3×3 neighbourhood, the opposite to the others.
pub(super) fn reach(from: &[bool; CELLS], value: bool, to: &mut [bool; CELLS]) {
    for (index, to) in to.iter_mut().enumerate() {
        let (x, y) = (index % SIDE, index / SIDE);
        let mut rows = y.saturating_sub(1)..=(y + 1).min(SIDE - 1);
        let near = x.saturating_sub(1)..=(x + 1).min(SIDE - 1);
        *to = rows.any(|y| near.clone().any(|x| from[y * SIDE + x] == value)) == value;
    }
}

/// Softens a map by a binomial of 3×3 cells. Cells off the mesh get values of their neighbours, so that a bilinear
/// look-up at the outline does not mix in undefined values.
pub(super) fn soften(covered: &[f32; CELLS], on_mesh: &[bool; CELLS], map: &mut [u8; CELLS]) {
    for (cell, to) in map.iter_mut().enumerate() {
        let (x, y) = (cell % SIDE, cell / SIDE);
        let (mut sum, mut weights) = (0.0, 0.0);
        for near_y in y.saturating_sub(1)..=(y + 1).min(SIDE - 1) {
            for near_x in x.saturating_sub(1)..=(x + 1).min(SIDE - 1) {
                let near = near_y * SIDE + near_x;
                let weight = [4.0, 2.0, 1.0][near_x.abs_diff(x) + near_y.abs_diff(y)];
                if on_mesh[near] {
                    sum += covered[near] * weight;
                    weights += weight;
                }
            }
        }
        *to = if weights > 0.0 { (sum / weights * 255.0).round() as u8 } else { 0 };
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::{cell_mask, cell_values};
    use super::*;

    #[test]
    fn filters_spread_close_and_blur() {
        let (mut values, mut rows) = (cell_values(), cell_values());
        values[20 * SIDE + 20] = 1.0;
        morph(&mut values, &mut rows, f32::max);
        assert_eq!(values.iter().sum::<f32>(), 9.0);
        blur(&mut values, &mut rows, Kernel { middle: 0.5, sides: [0.25] });
        assert!((values.iter().sum::<f32>() - 9.0).abs() < 1e-4 && values[20 * SIDE + 22] > 0.0);
        let (mut cells, mut dilated) = (cell_mask(), cell_mask());
        (cells[20 * SIDE + 20], cells[20 * SIDE + 22]) = (true, true);
        close(&mut cells, &mut dilated);
        assert!(cells[20 * SIDE + 21] && !cells[19 * SIDE + 21] && !cells[20 * SIDE + 23]);
    }
}
