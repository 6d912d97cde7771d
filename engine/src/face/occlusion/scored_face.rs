//! A face with the scores of its cells, and what an outline on it is.

use super::canonical_grid::CanonicalGrid;
use super::grid::{CELLS, SIDE, neighbours};
use super::own_skin::SkinColours;
use super::unwrap::Unwrapped;

/// A face with its scores.
#[derive(Clone, Copy)]
pub(super) struct Face<'a> {
    pub canonical: &'a CanonicalGrid,
    pub now: &'a Unwrapped,
    pub colours: &'a SkinColours,
    pub plain: &'a [bool; CELLS],
    pub feature: &'a [bool; CELLS],
    pub plain_score: &'a [f32; CELLS],
    pub score: &'a [f32; CELLS],
}

impl Face<'_> {
    /// The score that counts for a component's cells, and for the surface that an outline is a step of.
    pub fn value(&self, cell: usize) -> f32 {
        if self.plain[cell] && !self.canonical.lips[cell] { self.plain_score[cell] } else { self.score[cell] }
    }

    pub fn surface(&self, cell: usize) -> f32 {
        if self.plain[cell] { self.plain_score[cell] } else { self.score[cell] }
    }

    pub fn is_seen(&self, cell: usize) -> bool {
        self.now.seen[cell] && self.canonical.on_mesh[cell]
    }

    /// The cells of `member` at its border to seen cells that are none.
    pub fn border<'b>(&'b self, member: &'b [bool; CELLS]) -> impl Iterator<Item = usize> + 'b {
        let is_border = move |&cell: &usize| {
            member[cell] && !self.feature[cell] && neighbours(cell).any(|near| !member[near] && self.is_seen(near))
        };
        self.canonical.indices().filter(is_border)
    }

    /// How far the surface falls around a cell.
    pub fn step(&self, cell: usize) -> f32 {
        let (x, y) = (cell % SIDE, cell / SIDE);
        let (mut low, mut high) = (f32::MAX, f32::MIN);
        for near_y in y.saturating_sub(1)..=(y + 1).min(SIDE - 1) {
            for near_x in x.saturating_sub(1)..=(x + 1).min(SIDE - 1) {
                let near = near_y * SIDE + near_x;
                if self.is_seen(near) {
                    (low, high) = (low.min(self.surface(near)), high.max(self.surface(near)));
                }
            }
        }
        (high - low).max(0.0)
    }
}
