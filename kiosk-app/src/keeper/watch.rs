//! Whether a mirror is alive: from its beats, and from when they came. It reads no clock.

use std::time::{Duration, Instant};

use crate::link::Beat;

/// From its start until the first picture is shown: models are loaded and shaders compiled, on any machine.
const START: Duration = Duration::from_secs(60);
/// Beats come every second. After this silence it is no longer called alive.
const LATE: Duration = Duration::from_secs(5);
/// After this silence it hangs: longer than any frame takes on a fifth of a core.
const HUNG: Duration = Duration::from_secs(10);
/// A stage that is late for so long was not mended by the mirror itself.
const STAGE: Duration = Duration::from_secs(30);

/// What the window is called.
pub const WINDOW: &str = "the window";

/// How a mirror is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// No picture yet, in good time.
    Starting,
    /// Everything is in time.
    InTime,
    /// Something does not answer; it may come back by itself.
    Late(String),
    /// It will not.
    Hung {
        /// What does not answer.
        what: String,
        /// For how long.
        silent: Duration,
    },
}

/// Follows one mirror.
#[derive(Debug)]
pub struct Watch {
    is_shown: bool,
    /// When the last sign of life came; the start is one.
    heard: Instant,
    /// The stage that is late, and since when it is told so.
    late: Option<(String, Instant)>,
}

impl Watch {
    /// Of one that was started now.
    pub fn new(now: Instant) -> Self {
        Self { is_shown: false, heard: now, late: None }
    }

    /// Its first picture is on the display.
    pub fn note_shown(&mut self, now: Instant) {
        (self.is_shown, self.heard) = (true, now);
    }

    /// Whether it has shown one.
    pub fn is_shown(&self) -> bool {
        self.is_shown
    }

    /// It gave a sign of life.
    pub fn note_beat(&mut self, beat: &Beat, now: Instant) {
        self.heard = now;
        let late = beat.stages.iter().find(|stage| !stage.in_time);
        let since = match (&self.late, late) {
            (Some((name, since)), Some(stage)) if *name == stage.stage => *since,
            _ => now,
        };
        self.late = late.map(|stage| (stage.stage.clone(), since));
    }

    /// The keeper itself did not run for a while: nothing that was not heard meanwhile counts.
    pub fn forgive(&mut self, now: Instant) {
        self.heard = now;
        if let Some((_, since)) = &mut self.late {
            *since = now;
        }
    }

    /// How it is.
    pub fn state(&self, now: Instant) -> State {
        let silent = now.saturating_duration_since(self.heard);
        if silent >= if self.is_shown { HUNG } else { START } {
            return State::Hung { what: WINDOW.into(), silent };
        }
        if !self.is_shown {
            return State::Starting;
        }
        match &self.late {
            _ if silent >= LATE => State::Late(WINDOW.into()),
            Some((stage, since)) => match now.saturating_duration_since(*since) {
                late if late >= STAGE => State::Hung { what: stage.clone(), silent: late },
                _ => State::Late(stage.clone()),
            },
            None => State::InTime,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::StageBeat;

    fn beat(late: Option<&str>) -> Beat {
        let stage = |name: &str| StageBeat { stage: name.into(), age_ms: 40, in_time: Some(name) != late };
        Beat { stages: vec![stage("capture"), stage("track")], ..Beat::default() }
    }

    #[test]
    fn a_window_that_falls_silent_is_late_then_hangs() {
        let start = Instant::now();
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        let mut watch = Watch::new(start);
        assert_eq!(watch.state(at(59)), State::Starting);
        assert!(matches!(watch.state(at(60)), State::Hung { .. }));
        watch.note_shown(at(50));
        watch.note_beat(&beat(None), at(51));
        assert_eq!(watch.state(at(55)), State::InTime);
        assert_eq!(watch.state(at(56)), State::Late(WINDOW.into()));
        assert_eq!(watch.state(at(61)), State::Hung { what: WINDOW.into(), silent: HUNG });
        watch.note_beat(&beat(None), at(62));
        assert_eq!(watch.state(at(62)), State::InTime);
    }

    #[test]
    fn a_stage_that_stays_late_hangs() {
        let start = Instant::now();
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        let mut watch = Watch::new(start);
        watch.note_shown(start);
        for second in 1..=30 {
            watch.note_beat(&beat(Some("track")), at(second));
            assert_eq!(watch.state(at(second)), State::Late("track".into()), "{second}");
        }
        watch.note_beat(&beat(Some("track")), at(31));
        assert_eq!(watch.state(at(31)), State::Hung { what: "track".into(), silent: STAGE });
        // Another stage, or the same after it was in time, is counted anew.
        watch.note_beat(&beat(Some("capture")), at(32));
        assert_eq!(watch.state(at(32)), State::Late("capture".into()));
        watch.note_beat(&beat(None), at(33));
        assert_eq!(watch.state(at(33)), State::InTime);
    }

    #[test]
    fn a_keeper_that_slept_accuses_nobody() {
        let start = Instant::now();
        let mut watch = Watch::new(start);
        watch.note_shown(start);
        let later = start + Duration::from_secs(3600);
        watch.forgive(later);
        assert_eq!(watch.state(later), State::InTime);
    }
}
