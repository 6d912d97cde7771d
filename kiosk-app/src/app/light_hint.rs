//! When the mirror says that colours cannot be trusted in this light.
//!
//! In: what the engine doubts in each picture of the leading face, the time. Out: what is said.
//! 1. A doubt is said once it has lasted for `SAY_AFTER`: somebody who walks past a lamp is not told.
//! 2. What was said goes once nothing was doubted for `GOOD_AFTER`: light at the limit does not make the words flicker.
//! 3. One reason gives way to another as slowly as it came.

use std::time::Duration;

use carmine::light::ColourDoubt;

const SAY_AFTER: Duration = Duration::from_millis(1200);
const GOOD_AFTER: Duration = Duration::from_millis(2500);

/// What is said of the light.
#[derive(Clone, Copy, Debug, Default)]
pub struct LightHint {
    said: Option<ColourDoubt>,
    /// Of the newest picture, and since when it is so.
    seen: Option<ColourDoubt>,
    since: Duration,
}

impl LightHint {
    /// Takes a picture's doubt; of one without a face there is none.
    pub fn see(&mut self, seen: Option<ColourDoubt>, now: Duration) -> Option<ColourDoubt> {
        if self.seen != seen {
            (self.seen, self.since) = (seen, now);
        }
        self.at(now)
    }

    /// What is said now; a photo brings no more pictures.
    pub fn at(&mut self, now: Duration) -> Option<ColourDoubt> {
        if self.next().is_some_and(|due| due <= now) {
            self.said = self.seen;
        }
        self.said
    }

    /// When that will change, if what is seen stays as it is.
    pub fn next(&self) -> Option<Duration> {
        let after = if self.seen.is_some() { SAY_AFTER } else { GOOD_AFTER };
        (self.seen != self.said).then_some(self.since + after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLOURED: Option<ColourDoubt> = Some(ColourDoubt::ColouredLight);
    const BRIGHT: Option<ColourDoubt> = Some(ColourDoubt::Overexposed);

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn coloured_light_is_said_after_a_moment_and_no_more_once_the_light_is_good() {
        let mut hint = LightHint::default();
        assert_eq!(hint.see(COLOURED, at(100)), None);
        assert_eq!(hint.see(COLOURED, at(1200)), None);
        assert_eq!(hint.next(), Some(at(1300)));
        assert_eq!(hint.see(COLOURED, at(1300)), COLOURED);
        assert_eq!(hint.next(), None);
        assert_eq!(hint.see(None, at(2000)), COLOURED);
        assert_eq!(hint.see(None, at(4400)), COLOURED);
        assert_eq!(hint.see(None, at(4500)), None);
        assert_eq!(hint.next(), None);
    }

    #[test]
    fn light_at_the_limit_does_not_flicker() {
        let mut hint = LightHint::default();
        for step in 0..100 {
            let seen = if step % 3 == 0 { None } else { COLOURED };
            assert_eq!(hint.see(seen, at(step * 300)), None, "step {step}");
        }
        let mut hint = LightHint::default();
        hint.see(BRIGHT, at(0));
        hint.see(BRIGHT, at(1200));
        for step in 0..100 {
            let seen = if step % 3 == 0 { BRIGHT } else { None };
            assert_eq!(hint.see(seen, at(2000 + step * 300)), BRIGHT, "step {step}");
        }
    }

    #[test]
    fn another_reason_takes_over_as_slowly() {
        let mut hint = LightHint::default();
        hint.see(COLOURED, at(0));
        hint.see(COLOURED, at(1200));
        assert_eq!(hint.see(BRIGHT, at(3000)), COLOURED);
        assert_eq!(hint.see(BRIGHT, at(4200)), BRIGHT);
    }

    #[test]
    fn a_single_photo_is_told_of_without_another_picture() {
        let mut hint = LightHint::default();
        assert_eq!(hint.see(BRIGHT, at(0)), None);
        assert_eq!(hint.at(at(1199)), None);
        assert_eq!(hint.at(at(1200)), BRIGHT);
    }
}
