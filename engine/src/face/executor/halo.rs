//! Halo exchange: feature maps are computed in strips, one a thread, and each strip needs its neighbours' outermost
//! rows.
//!
//! 1. Every strip writes its outermost rows into its outboxes.
//! 2. A barrier: all have written.
//! 3. Every strip reads its neighbours' outboxes.
//!
//! Outboxes are doubled: the next round writes the other half, so that a neighbour may still be reading this one. Two
//! rounds later nobody does, since the round between had a barrier.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::barrier::SpinBarrier;
use super::feature_map::AlignedFloats;
use crate::zeroize;

/// A strip's neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Neighbour {
    Above,
    Below,
}

/// What the strips of one picture share.
#[derive(Debug)]
pub(super) struct HaloExchange {
    strips: usize,
    pub barrier: SpinBarrier,
    /// Four a strip: for each neighbour one in odd and one in even rounds. No two threads want one at the same time.
    outboxes: Vec<Mutex<AlignedFloats>>,
}

impl HaloExchange {
    /// For rows of at most `row_floats`.
    pub fn new(strips: usize, row_floats: usize) -> Self {
        let outboxes = (0..4 * strips).map(|_| Mutex::new(AlignedFloats::zeros(row_floats))).collect();
        Self { strips, barrier: SpinBarrier::new(strips), outboxes }
    }

    /// Overwrites the rows with zeros.
    pub fn zeroize(&self) {
        for row in &self.outboxes {
            zeroize::overwrite(row.lock().unwrap_or_else(PoisonError::into_inner).floats_mut(), 0.0);
        }
    }

    fn outbox(&self, strip: usize, to: Neighbour, round: usize) -> MutexGuard<'_, AlignedFloats> {
        let index = 4 * strip + 2 * usize::from(to == Neighbour::Below) + round % 2;
        self.outboxes[index].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Which strip a thread computes, and how it reaches the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct StripContext<'a> {
    pub exchange: &'a HaloExchange,
    pub strip: usize,
    /// Exchanges before this one.
    pub round: usize,
}

impl<'a> StripContext<'a> {
    /// This strip's part of so many rows.
    pub fn rows(&self, rows: usize) -> Range<usize> {
        let each = rows / self.exchange.strips;
        self.strip * each..(self.strip + 1) * each
    }

    /// Above, then below; `None` at the picture's edge.
    pub fn neighbours(&self) -> [Option<Neighbour>; 2] {
        let last = self.exchange.strips - 1;
        [(self.strip > 0).then_some(Neighbour::Above), (self.strip < last).then_some(Neighbour::Below)]
    }

    /// The row for this neighbour, to be written.
    pub fn outgoing(&self, to: Neighbour) -> MutexGuard<'a, AlignedFloats> {
        self.exchange.outbox(self.strip, to, self.round)
    }

    /// The row from this neighbour, after the barrier.
    pub fn incoming(&self, from: Neighbour) -> MutexGuard<'a, AlignedFloats> {
        match from {
            Neighbour::Above => self.exchange.outbox(self.strip - 1, Neighbour::Below, self.round),
            Neighbour::Below => self.exchange.outbox(self.strip + 1, Neighbour::Above, self.round),
        }
    }
}
