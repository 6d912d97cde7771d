use super::grid::{self, CellMask, Plane, mask, plane};
use crate::zeroize;

/// Memory for the comparison, shared by all faces.
#[derive(Debug)]
pub(super) struct Scratch {
    pub known: CellMask,
    pub covered: CellMask,
    pub other: CellMask,
    pub low: [Plane; 2],
    pub high: [Plane; 2],
    /// Radians that each cell has turned since it was learnt.
    pub turned: Plane,
    pub narrow: Plane,
    pub wide: Plane,
    pub weight: Plane,
    pub rows: Plane,
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            known: mask(),
            covered: mask(),
            other: mask(),
            low: [plane(), plane()],
            high: [plane(), plane()],
            turned: plane(),
            narrow: plane(),
            wide: plane(),
            weight: plane(),
            rows: plane(),
        }
    }
}

impl Scratch {
    pub fn zeroize(&mut self) {
        let Self { known, covered, other, low, high, turned, narrow, wide, weight, rows } = self;
        [known, covered, other].into_iter().for_each(|cells| zeroize::overwrite(&mut cells[..], false));
        low.iter_mut().chain(high).chain([turned, narrow, wide, weight, rows]).for_each(grid::zeroize);
    }
}
