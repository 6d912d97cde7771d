//! The attract screen's rotation: which model, which look, since when.

use std::time::Duration;

use crate::tryable::{Tryable, TryableSource};

/// The state of the rotation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attract {
    began: Duration,
    turn: usize,
}

impl Attract {
    /// Starts with the next model.
    pub fn begin(&mut self, now: Duration) {
        (self.began, self.turn) = (now, self.turn + 1);
    }

    /// How many times it began.
    pub fn turn(&self) -> usize {
        self.turn
    }

    /// Photos are shown to the public only where their makers meant that; of mannequins one in three tones, light to
    /// deep, so that whoever passes by sees somebody like her now and then.
    pub fn suits(&self, model: &Tryable) -> bool {
        match model.source {
            TryableSource::Mannequin { tone, .. } => matches!(tone, 2 | 5 | 7 | 9),
            TryableSource::File(_) => true,
            TryableSource::Photo(_) | TryableSource::Clip => false,
        }
    }

    /// Which look is worn, counted from the beginning, and for how long.
    pub fn look(&self, now: Duration, each: Duration) -> (usize, Duration) {
        let passed = now.saturating_sub(self.began);
        let each = each.max(Duration::from_secs(1));
        let index = (passed.as_millis() / each.as_millis()) as usize;
        (index, passed.saturating_sub(each * index as u32))
    }

    /// When the next one is.
    pub fn due(&self, now: Duration, each: Duration) -> Duration {
        let each = each.max(Duration::from_secs(1));
        self.began + each * (self.look(now, each).0 as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_follow_one_another() {
        let (mut attract, each, at) = (Attract::default(), Duration::from_secs(7), Duration::from_secs);
        attract.begin(at(100));
        assert_eq!(attract.look(at(100), each), (0, at(0)));
        assert_eq!(attract.look(at(113), each), (1, at(6)));
        assert_eq!(attract.due(at(113), each), at(114));
        assert_eq!(attract.look(at(114), each), (2, at(0)));
    }
}
