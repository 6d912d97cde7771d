//! Frames that were asked for and did not come. On Wayland the display server says when to draw: it says nothing while
//! the window is hidden, nor ever again if a picture was lost on its way to it. The latter is mended by a new surface.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::backoff::{Backoff, Pauses};

/// Pauses between new surfaces: short for a lost picture, long for a screen that is switched off at night.
const PAUSES: Pauses =
    Pauses { first: Duration::from_secs(2), most: Duration::from_secs(300), held: Duration::from_secs(10) };

/// Whether frames come.
pub(super) struct Asked {
    /// Since when a frame is waited for.
    since: Cell<Option<Instant>>,
    backoff: Backoff,
    /// Since when none came, once that was told.
    told: Option<Instant>,
    /// The display server says that the window is hidden.
    hidden: bool,
}

impl Asked {
    /// Nothing was asked for.
    pub(super) fn new() -> Self {
        Self { since: Cell::new(None), backoff: Backoff::new(PAUSES), told: None, hidden: false }
    }

    /// A frame is asked for.
    pub(super) fn ask(&self, now: Instant) {
        self.since.set(self.since.get().or(Some(now)));
    }

    /// It came.
    pub(super) fn answer(&mut self, now: Instant) {
        self.since.set(None);
        self.backoff.succeed(now);
        if let Some(since) = self.told.take() {
            log::warn!("the display takes pictures again, after {:.0} s", (now - since).as_secs_f32());
        }
    }

    /// The window is hidden, or is not.
    pub(super) fn set_hidden(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    /// Whether none came for so long.
    pub(super) fn waits(&self, time: Duration, now: Instant) -> bool {
        self.since.get().is_some_and(|since| now.saturating_duration_since(since) >= time)
    }

    /// Whether the surface should be made anew now, because no frame came; true once a pause.
    pub(super) fn is_overdue(&mut self, now: Instant) -> bool {
        let overdue = !self.hidden && self.waits(PAUSES.first, now) && self.backoff.is_due(now);
        if overdue {
            self.backoff.fail(now);
            if self.told.is_none() {
                self.told = self.since.get();
                log::warn!("the display takes no pictures: the screen may be off, or a picture was lost");
            }
        }
        overdue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_frame_is_overdue_soon_and_a_dark_screen_seldom() {
        let (mut asked, begun) = (Asked::new(), Instant::now());
        let hour = (0..36_000).map(|tenth| begun + Duration::from_millis(100) * tenth);
        let mut overdue = Vec::new();
        for now in hour {
            asked.ask(now);
            if asked.is_overdue(now) {
                overdue.push((now - begun).as_secs());
            }
        }
        assert_eq!(overdue[..3], [2, 4, 8]);
        assert!(overdue.len() < 25, "{overdue:?}");
    }

    #[test]
    fn what_comes_or_is_hidden_is_not_overdue() {
        let (mut asked, mut now) = (Asked::new(), Instant::now());
        for _ in 0..100 {
            asked.ask(now);
            now += Duration::from_secs(1);
            assert!(!asked.is_overdue(now) && asked.waits(Duration::from_secs(1), now));
            asked.answer(now);
            assert!(!asked.waits(Duration::ZERO, now));
        }
        asked.set_hidden(true);
        asked.ask(now);
        assert!(!asked.is_overdue(now + Duration::from_secs(60)));
    }
}
