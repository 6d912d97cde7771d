//! A picture in strips, one a thread, which give each other their outermost rows.

use std::hint;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use super::plane::Aligned;
use crate::zeroize;

/// Looks at a neighbour's progress before the processor is offered to others: longer than strips differ when each has a
/// core to itself, shorter than a time slice when not.
const LOOKS: u32 = 2_000;

/// Which neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

/// Where the strips of one picture meet.
#[derive(Debug)]
pub(super) struct Meeting {
    strips: usize,
    /// Rows that a strip gives: two boundaries a strip, each twice, so that one meeting's are read while the next
    /// one's are written.
    rows: Vec<Mutex<Aligned>>,
    arrived: AtomicU64,
    broken: AtomicBool,
}

impl Meeting {
    /// For rows of at most `row` floats.
    pub fn new(strips: usize, row: usize) -> Self {
        let rows = (0..4 * strips).map(|_| Mutex::new(Aligned::zeros(row))).collect();
        Self { strips, rows, arrived: AtomicU64::new(0), broken: AtomicBool::new(false) }
    }

    /// From now on nobody waits for a strip that will not come.
    pub fn give_up(&self) {
        self.broken.store(true, Ordering::Release);
    }

    pub fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Acquire)
    }

    /// Overwrites the rows with zeros.
    pub fn zeroize(&self) {
        for row in &self.rows {
            zeroize::overwrite(row.lock().unwrap_or_else(PoisonError::into_inner).floats_mut(), 0.0);
        }
    }

    fn row(&self, strip: usize, side: Side, met: usize) -> MutexGuard<'_, Aligned> {
        let at = 4 * strip + 2 * usize::from(side == Side::Below) + met % 2;
        self.rows[at].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until every strip has called this as often.
    pub fn wait(&self) {
        // Arrivals only grow, so that a round ends at the next multiple of the strips, whoever is late.
        let mine = self.arrived.fetch_add(1, Ordering::AcqRel);
        let strips = self.strips as u64;
        let all = (mine / strips + 1) * strips;
        let mut looks = 0;
        while self.arrived.load(Ordering::Acquire) < all && !self.is_broken() {
            looks += 1;
            if looks < LOOKS { hint::spin_loop() } else { thread::yield_now() }
        }
    }
}

/// One strip's place among the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat<'a> {
    pub meeting: &'a Meeting,
    pub index: usize,
    /// Meetings so far.
    pub met: usize,
}

impl<'a> Seat<'a> {
    /// This strip's part of so many rows.
    pub fn rows(&self, rows: usize) -> Range<usize> {
        let each = rows / self.meeting.strips;
        self.index * each..(self.index + 1) * each
    }

    /// Above, then below; `None` at the picture's edge.
    pub fn neighbours(&self) -> [Option<Side>; 2] {
        let last = self.meeting.strips - 1;
        [(self.index > 0).then_some(Side::Above), (self.index < last).then_some(Side::Below)]
    }

    /// The place for the row that the neighbour on this side is to take.
    pub fn post(&self, side: Side) -> MutexGuard<'a, Aligned> {
        self.meeting.row(self.index, side, self.met)
    }

    /// The row that the neighbour on this side gave.
    pub fn take(&self, side: Side) -> MutexGuard<'a, Aligned> {
        match side {
            Side::Above => self.meeting.row(self.index - 1, Side::Below, self.met),
            Side::Below => self.meeting.row(self.index + 1, Side::Above, self.met),
        }
    }
}
