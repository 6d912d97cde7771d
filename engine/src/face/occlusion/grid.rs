//! Small filters over the map's grid of cells.

use super::{CELLS, SIDE};
use crate::zeroize;

/// A value per cell, rows from the top.
pub(super) type Plane = Box<[f32; CELLS]>;
/// A yes or no per cell.
pub(super) type CellMask = Box<[bool; CELLS]>;

pub(super) fn plane() -> Plane {
    Box::new([0.0; CELLS])
}

pub(super) fn mask() -> CellMask {
    Box::new([false; CELLS])
}

pub(super) fn zeroize(plane: &mut Plane) {
    zeroize::overwrite(&mut plane[..], 0.0);
}

/// The up to four cells beside one.
pub(super) fn neighbours(index: usize) -> impl Iterator<Item = usize> {
    let (x, y) = (index % SIDE, index / SIDE);
    let beside = [
        (x > 0).then(|| index - 1),
        (x + 1 < SIDE).then(|| index + 1),
        (y > 0).then(|| index - SIDE),
        (y + 1 < SIDE).then(|| index + SIDE),
    ];
    beside.into_iter().flatten()
}

/// The largest of each 3×3 neighbourhood, by `pick`; in place.
pub(super) fn spread(values: &mut [f32; CELLS], scratch: &mut [f32; CELLS], pick: impl Fn(f32, f32) -> f32) {
    for (row, to) in values.chunks_exact(SIDE).zip(scratch.chunks_exact_mut(SIDE)) {
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
            values[row + x] = pick(pick(scratch[above + x], scratch[row + x]), scratch[below + x]);
        }
    }
}

/// Spreads the first plane by a cell, into the second by two.
pub(super) fn spread_twice([near, far]: &mut [Plane; 2], rows: &mut Plane, pick: impl Fn(f32, f32) -> f32) {
    spread(near, rows, &pick);
    far.copy_from_slice(&near[..]);
    spread(far, rows, &pick);
}

/// A Gaussian of `N` taps to each side beside the middle one; zero outside the grid; in place.
pub(super) fn blur<const N: usize>(
    values: &mut [f32; CELLS],
    scratch: &mut [f32; CELLS],
    middle: f32,
    sides: [f32; N],
) {
    for (row, to) in values.chunks_exact(SIDE).zip(scratch.chunks_exact_mut(SIDE)) {
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
    for (to, from) in values.iter_mut().zip(scratch.iter()) {
        *to = from * middle;
    }
    for (offset, weight) in (1..).zip(sides) {
        for (to, from) in values[offset * SIDE..].iter_mut().zip(scratch.iter()) {
            *to += from * weight;
        }
        for (to, from) in values.iter_mut().zip(&scratch[offset * SIDE..]) {
            *to += from * weight;
        }
    }
}

/// Closes gaps of a cell or two.
pub(super) fn close(mask: &mut [bool; CELLS], scratch: &mut [bool; CELLS]) {
    reach(mask, true, scratch);
    reach(scratch, false, mask);
}

/// Gives `value` to each cell that has one of it in its 3×3 neighbourhood, the opposite to the others.
fn reach(from: &[bool; CELLS], value: bool, to: &mut [bool; CELLS]) {
    for (index, to) in to.iter_mut().enumerate() {
        let (x, y) = (index % SIDE, index / SIDE);
        let mut rows = y.saturating_sub(1)..=(y + 1).min(SIDE - 1);
        let near = x.saturating_sub(1)..=(x + 1).min(SIDE - 1);
        *to = rows.any(|y| near.clone().any(|x| from[y * SIDE + x] == value)) == value;
    }
}

/// Softens the map by a cell. Cells off the mesh take after those beside them, so that a bilinear look-up at the
/// outline does not mix in what means nothing.
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

/// Cells joined edge to edge, found one blob at a time.
#[derive(Debug)]
pub(super) struct Blobs {
    visited: CellMask,
    blob: Vec<usize>,
}

impl Default for Blobs {
    fn default() -> Self {
        Self { visited: mask(), blob: Vec::with_capacity(CELLS) }
    }
}

impl Blobs {
    pub fn zeroize(&mut self) {
        zeroize::overwrite(&mut self.visited[..], false);
        zeroize::empty(&mut self.blob, 0);
    }

    /// Keeps the blobs of `cells` that `wanted` accepts.
    pub fn keep(&mut self, cells: &mut [bool; CELLS], mut wanted: impl FnMut(&[usize]) -> bool) {
        self.visited.fill(false);
        for start in 0..CELLS {
            if cells[start] && !self.visited[start] {
                self.collect(start, |near| cells[near]);
                if !wanted(&self.blob) {
                    self.blob.iter().for_each(|&index| cells[index] = false);
                }
            }
        }
    }

    /// Fills what `cells` enclose.
    pub fn fill_holes(&mut self, cells: &mut [bool; CELLS]) {
        self.visited.fill(false);
        if !cells[0] {
            // The grid's corners lie outside the mesh: all that is not reached from there is enclosed.
            self.collect(0, |near| !cells[near]);
            cells.iter_mut().zip(self.visited.iter()).for_each(|(cell, outside)| *cell |= !outside);
        }
    }

    fn collect(&mut self, start: usize, within: impl Fn(usize) -> bool) {
        self.blob.clear();
        self.blob.push(start);
        self.visited[start] = true;
        let mut next = 0;
        while let Some(&index) = self.blob.get(next) {
            next += 1;
            for near in neighbours(index) {
                if within(near) && !self.visited[near] {
                    self.visited[near] = true;
                    self.blob.push(near);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_filled_and_a_speck_dropped() {
        let mut cells = mask();
        for (x, y) in [(10, 9), (9, 10), (11, 10), (10, 11), (9, 9), (11, 11), (9, 11), (11, 9)] {
            cells[y * SIDE + x] = true;
        }
        cells[30 * SIDE + 30] = true;
        let mut blobs = Blobs::default();
        blobs.keep(&mut cells, |blob| blob.len() > 1);
        blobs.fill_holes(&mut cells);
        assert_eq!(cells.iter().filter(|cell| **cell).count(), 9);
        assert!(cells[10 * SIDE + 10] && !cells[30 * SIDE + 30]);
    }

    #[test]
    fn filters_spread_close_and_blur() {
        let (mut values, mut scratch) = (plane(), plane());
        values[20 * SIDE + 20] = 1.0;
        spread(&mut values, &mut scratch, f32::max);
        assert_eq!(values.iter().sum::<f32>(), 9.0);
        blur(&mut values, &mut scratch, 0.5, [0.25]);
        assert!((values.iter().sum::<f32>() - 9.0).abs() < 1e-4 && values[20 * SIDE + 22] > 0.0);
        let (mut cells, mut other) = (mask(), mask());
        (cells[20 * SIDE + 20], cells[20 * SIDE + 22]) = (true, true);
        close(&mut cells, &mut other);
        assert!(cells[20 * SIDE + 21] && !cells[19 * SIDE + 21] && !cells[20 * SIDE + 23]);
    }
}
