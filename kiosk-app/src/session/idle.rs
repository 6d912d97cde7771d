//! The idle timer: without a touch, first a warning, then the end of the session.
//!
//! In: times of touches, and whether a face is visible. Out: [`IdleState`]. A face doubles the time before the warning,
//! but does not cancel the warning: a poster in view of the camera would keep a session open for ever.

use std::time::Duration;

/// How long a session waits for a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleTimeouts {
    /// Without a touch for this long, it warns.
    pub warn_after: Duration,
    /// After the warning it waits for this long.
    pub grace: Duration,
}

/// How many times longer it waits while somebody stands before the camera.
const WITH_FACE: u32 = 2;

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdleState {
    /// The shopper is here.
    Active,
    /// The shopper may have left; the time left to touch the screen.
    Warning(Duration),
    /// The shopper has left.
    Over,
}

/// Times of the last touch.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdleClock {
    touched: Duration,
    /// Since when it warns.
    warned: Option<Duration>,
}

impl IdleClock {
    /// Somebody touched something.
    pub fn touch(&mut self, now: Duration) {
        (self.touched, self.warned) = (now, None);
    }

    /// The present state.
    pub fn state(&mut self, now: Duration, face: bool, timeouts: IdleTimeouts) -> IdleState {
        let wait = timeouts.warn_after * if face { WITH_FACE } else { 1 };
        if self.warned.is_none() && now.saturating_sub(self.touched) >= wait {
            self.warned = Some(now);
        }
        match self.warned.map(|warned| timeouts.grace.saturating_sub(now.saturating_sub(warned))) {
            None => IdleState::Active,
            Some(left) if left.is_zero() => IdleState::Over,
            Some(left) => IdleState::Warning(left),
        }
    }

    /// When the state changes next, if nothing is touched.
    pub fn next(&self, face: bool, timeouts: IdleTimeouts) -> Duration {
        match self.warned {
            Some(warned) => warned + timeouts.grace,
            None => self.touched + timeouts.warn_after * if face { WITH_FACE } else { 1 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMEOUTS: IdleTimeouts = IdleTimeouts { warn_after: Duration::from_secs(40), grace: Duration::from_secs(15) };

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn it_warns_then_ends() {
        let mut clock = IdleClock::default();
        clock.touch(at(100));
        assert_eq!(clock.state(at(139), false, TIMEOUTS), IdleState::Active);
        assert_eq!(clock.state(at(140), false, TIMEOUTS), IdleState::Warning(at(15)));
        assert_eq!(clock.state(at(150), false, TIMEOUTS), IdleState::Warning(at(5)));
        assert_eq!(clock.state(at(155), false, TIMEOUTS), IdleState::Over);
    }

    #[test]
    fn a_touch_extends_and_a_face_only_delays_the_warning() {
        let mut clock = IdleClock::default();
        assert_eq!(clock.state(at(79), true, TIMEOUTS), IdleState::Active);
        assert_eq!(clock.state(at(80), true, TIMEOUTS), IdleState::Warning(at(15)));
        clock.touch(at(85));
        assert_eq!(clock.state(at(100), true, TIMEOUTS), IdleState::Active);
        assert_eq!(clock.state(at(200), true, TIMEOUTS), IdleState::Warning(at(15)));
        assert_eq!(clock.state(at(215), true, TIMEOUTS), IdleState::Over);
    }

    #[test]
    fn a_clock_that_starts_late_does_not_end_at_once() {
        let mut clock = IdleClock::default();
        clock.touch(at(1_000_000));
        assert_eq!(clock.state(at(1_000_001), false, TIMEOUTS), IdleState::Active);
        assert_eq!(clock.next(false, TIMEOUTS), at(1_000_040));
    }
}
