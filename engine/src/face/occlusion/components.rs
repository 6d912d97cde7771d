//! Connected components of a mask: cells joined edge to edge, collected by breadth-first flood fill.

use super::grid::{CELLS, CellMask, cell_mask, neighbours, zeroize_mask};
use crate::zeroize;

/// Finds components, one at a time. Its memory is reused.
#[derive(Debug)]
pub(super) struct ConnectedComponents {
    visited: CellMask,
    component: Vec<usize>,
}

impl Default for ConnectedComponents {
    fn default() -> Self {
        Self { visited: cell_mask(), component: Vec::with_capacity(CELLS) }
    }
}

impl ConnectedComponents {
    pub fn zeroize(&mut self) {
        zeroize_mask(&mut self.visited);
        zeroize::empty(&mut self.component, 0);
    }

    /// Keeps the components of `mask` that `wanted` accepts.
    pub fn keep(&mut self, mask: &mut [bool; CELLS], mut wanted: impl FnMut(&[usize]) -> bool) {
        self.visited.fill(false);
        for start in 0..CELLS {
            if mask[start] && !self.visited[start] {
                self.collect(start, |near| mask[near]);
                if !wanted(&self.component) {
                    self.component.iter().for_each(|&index| mask[index] = false);
                }
            }
        }
    }

    /// Fills what `mask` encloses.
    pub fn fill_holes(&mut self, mask: &mut [bool; CELLS]) {
        self.visited.fill(false);
        if !mask[0] {
            // The grid's corners lie outside the mesh: all that is not reached from there is enclosed.
            self.collect(0, |near| !mask[near]);
            mask.iter_mut().zip(self.visited.iter()).for_each(|(cell, outside)| *cell |= !outside);
        }
    }

    /// Fills what `mask` encloses where `wanted` accepts the hole.
    pub fn fill_some_holes(&mut self, mask: &mut [bool; CELLS], mut wanted: impl FnMut(&[usize]) -> bool) {
        self.visited.fill(false);
        if !mask[0] {
            self.collect(0, |near| !mask[near]);
        }
        for start in 0..CELLS {
            if !mask[start] && !self.visited[start] {
                self.collect(start, |near| !mask[near]);
                if wanted(&self.component) {
                    self.component.iter().for_each(|&index| mask[index] = true);
                }
            }
        }
    }

    /// Leaves of `mask` what is connected with cells of `seeds`.
    pub fn keep_reached(&mut self, mask: &mut [bool; CELLS], seeds: &[bool; CELLS]) {
        self.keep(mask, |component| component.iter().any(|&cell| seeds[cell]));
    }

    /// Adds to `mask` all that is reached from its cells over links from neighbour to neighbour.
    pub fn flood(&mut self, mask: &mut [bool; CELLS], linked: impl Fn(usize, usize) -> bool) {
        self.component.clear();
        self.component.extend((0..CELLS).filter(|&cell| mask[cell]));
        let mut next = 0;
        while let Some(&index) = self.component.get(next) {
            next += 1;
            for near in neighbours(index) {
                if !mask[near] && linked(index, near) {
                    mask[near] = true;
                    self.component.push(near);
                }
            }
        }
    }

    fn collect(&mut self, start: usize, within: impl Fn(usize) -> bool) {
        self.component.clear();
        self.component.push(start);
        self.visited[start] = true;
        let mut next = 0;
        while let Some(&index) = self.component.get(next) {
            next += 1;
            for near in neighbours(index) {
                if within(near) && !self.visited[near] {
                    self.visited[near] = true;
                    self.component.push(near);
                }
            }
        }
    }
}

/// Whether a component reaches cells of `edge` or lies beside them.
pub(super) fn touches(component: &[usize], edge: &[bool; CELLS]) -> bool {
    component.iter().any(|&cell| edge[cell] || neighbours(cell).any(|near| edge[near]))
}

#[cfg(test)]
mod tests {
    use super::super::grid::SIDE;
    use super::*;

    #[test]
    fn a_ring_is_filled_and_a_speck_dropped() {
        let mut cells = cell_mask();
        for (x, y) in [(10, 9), (9, 10), (11, 10), (10, 11), (9, 9), (11, 11), (9, 11), (11, 9)] {
            cells[y * SIDE + x] = true;
        }
        cells[30 * SIDE + 30] = true;
        let mut components = ConnectedComponents::default();
        components.keep(&mut cells, |component| component.len() > 1);
        components.fill_some_holes(&mut cells, |hole| hole.len() > 1);
        assert!(!cells[10 * SIDE + 10]);
        components.fill_holes(&mut cells);
        assert_eq!(cells.iter().filter(|cell| **cell).count(), 9);
        assert!(cells[10 * SIDE + 10] && !cells[30 * SIDE + 30]);
    }

    #[test]
    fn a_flood_goes_over_links_only() {
        let mut cells = cell_mask();
        cells[10 * SIDE + 10] = true;
        ConnectedComponents::default().flood(&mut cells, |from, to| from / SIDE == to / SIDE && to % SIDE < 15);
        assert_eq!(cells.iter().filter(|cell| **cell).count(), 15);
    }
}
