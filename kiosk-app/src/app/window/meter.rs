//! Frames counted and timed, for `--frames`, `--stats` and the merchant.

use std::time::{Duration, Instant};

use crate::app::seen::Seen;
use crate::app::stats::{Stats, Timed};
use crate::output;

/// How often `--stats` prints.
const STATS_EVERY: Duration = Duration::from_secs(5);

/// Counts what is shown.
pub(super) struct Meter {
    stats: Stats,
    shown: u64,
    last_shown: Option<Instant>,
    last_told: Instant,
    /// Whether times are printed.
    tells: bool,
    /// Frames after which the app ends.
    wanted: Option<u64>,
}

impl Meter {
    /// Counts from 0; prints times if `tells`, and has enough after `wanted` frames.
    pub(super) fn new(tells: bool, wanted: Option<u64>) -> Self {
        let last_told = Instant::now();
        Self { stats: Stats::default(), shown: 0, last_shown: None, last_told, tells, wanted }
    }

    /// Uploading and dressing took this long.
    pub(super) fn note_prepared(&mut self, time: Duration) {
        self.stats.add(Timed::Prepare, time);
    }

    /// A frame that was ready at `prepared` is on its way to the display. `fresh` is the camera's picture in it, if it
    /// is shown for the first time; `counted` says whether it counts for `--frames`.
    pub(super) fn note_shown(&mut self, prepared: Instant, fresh: Option<&Seen>, counted: bool) {
        let now = Instant::now();
        self.shown += u64::from(counted);
        self.stats.add(Timed::Show, now - prepared);
        if let Some(seen) = fresh {
            self.note_picture(seen, now);
        }
        if self.tells && self.last_told.elapsed() > STATS_EVERY {
            self.last_told = now;
            output::tell(&self.stats.line());
        }
    }

    fn note_picture(&mut self, seen: &Seen, now: Instant) {
        if let Some(last) = self.last_shown.replace(now) {
            self.stats.add(Timed::Frame, now - last);
        }
        self.stats.add(Timed::Decode, seen.shot.decode);
        self.stats.add_stations(seen.times);
        self.stats.follow(seen.tally);
        if let Some(taken) = seen.shot.taken {
            self.stats.add(Timed::Latency, now - taken);
        }
    }

    /// Whether the app ends after some frames.
    pub(super) fn ends(&self) -> bool {
        self.wanted.is_some()
    }

    /// Whether as many frames were shown as were wanted.
    pub(super) fn has_enough(&self) -> bool {
        self.wanted.is_some_and(|wanted| self.shown >= wanted)
    }

    /// Stage, median, 95 %, worst, for the merchant.
    pub(super) fn lines(&mut self) -> Vec<[String; 4]> {
        let mut lines = self.stats.lines();
        lines.push(self.stats.ladder_line());
        lines
    }

    /// Resets the times for another session.
    pub(super) fn reset(&mut self) {
        self.stats = Stats::default();
    }

    /// Prints everything, if times are printed.
    pub(super) fn tell_all(&mut self) {
        if self.tells {
            output::print(&format!("{} frames shown\n{}", self.shown, self.stats.table()));
        }
    }
}
