//! Finds in the picture where the lips end: the landmarks' error is larger than a rim of bare lip that would show.
//!
//! In: a frame and a fitted face. Out: how far the outer edge and the edge of the mouth's opening lie from their
//! landmarks, all around the mouth.
//! 1. Lay columns across the lips, from inside the mouth to the skin (`columns`), and sample the picture along them.
//! 2. Model the colours of each lip, of the skin and hair beyond it and of what shows in the opening (`colour_model`).
//! 3. For each column: what an edge at each place would cost (`evidence`): how much unlike lip the lip would be, and how
//!    like lip the rest, and the distance from the landmarks.
//! 4. The cheapest smooth path around the mouth (`path`).
//! 5. Once more from 2 with the edges found. Where lip and skin are alike the landmarks decide.

mod colour_model;
mod columns;
mod evidence;
mod finder;
mod path;
#[cfg(test)]
mod tests;

use glam::Vec2;

pub(super) use finder::LipEdgeFinder;

/// Columns between two landmarks.
const PIECES: usize = 3;
/// Columns all around the mouth: from the right corner along the lower lip to the left corner, and back along the upper
/// one. Columns of both lips that face each other are `k` and `COLUMNS - k`.
const COLUMNS: usize = 20 * PIECES;

/// How far the lips' edges lie from their landmarks in the picture, in interocular distances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LipEdges {
    outer: [Vec2; COLUMNS],
    inner: [Vec2; COLUMNS],
}

impl Default for LipEdges {
    fn default() -> Self {
        Self { outer: [Vec2::ZERO; COLUMNS], inner: [Vec2::ZERO; COLUMNS] }
    }
}

impl LipEdges {
    /// Offsets of the outer edge and of the opening's edge at a place of the rings of landmarks, 0–20 from the right
    /// corner along the lower lip and back along the upper one.
    pub fn at(&self, landmark: f32) -> [Vec2; 2] {
        let place = (landmark * PIECES as f32).max(0.0);
        let (column, part) = (place as usize, place.fract());
        [&self.outer, &self.inner].map(|edge| edge[column % COLUMNS].lerp(edge[(column + 1) % COLUMNS], part))
    }

    pub(super) fn lerp(mut self, to: &Self, part: f32) -> Self {
        for (from, to) in [(&mut self.outer, &to.outer), (&mut self.inner, &to.inner)] {
            from.iter_mut().zip(to).for_each(|(from, to)| *from = from.lerp(*to, part));
        }
        self
    }
}
