//! Reading a skin tone: many pictures, one answer, or the reason why there is none.
//!
//! In: the reading of the leading face's skin in each picture ([`ToneReading`]). Out: [`Measure`].
//! 1. Tones and refusals are collected.
//! 2. With `ENOUGH` tones over `AT_LEAST`, or any after `AT_MOST`, the answer is the one of median lightness.
//! 3. With none after `AT_MOST`, it is the commonest reason for a refusal.

use std::time::Duration;

use carmine::light::{SkinTone, ToneReading, ToneRejection};

/// The state of the reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Measure {
    /// Not asked for.
    #[default]
    Idle,
    /// Looking; how much is done, 0–1, and what hinders it just now.
    Looking {
        /// 0–1.
        done: f32,
        /// Why the newest picture gave no tone; no face counts as too few pixels.
        hindered: Option<ToneRejection>,
    },
    /// The tone.
    Done(SkinTone),
    /// It cannot be determined here.
    Failed(ToneRejection),
}

/// Collects readings.
#[derive(Clone, Debug, Default)]
pub struct ToneReader {
    since: Option<Duration>,
    tones: Vec<SkinTone>,
    refusals: Vec<ToneRejection>,
    state: Measure,
}

/// Readings that make an answer.
const ENOUGH: usize = 12;
/// Least duration, so that a blink or a passing hand does not decide.
const AT_LEAST: Duration = Duration::from_millis(1500);
/// Greatest duration; a photo, which gives one picture only, always takes this long.
const AT_MOST: Duration = Duration::from_secs(6);

impl ToneReader {
    /// The present state.
    pub fn state(&self) -> &Measure {
        &self.state
    }

    /// Starts a new reading.
    pub fn start(&mut self, now: Duration) {
        *self = Self { since: Some(now), ..Self::default() };
        self.tones.reserve(ENOUGH);
        self.state = Measure::Looking { done: 0.0, hindered: None };
    }

    /// Forgets everything.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    /// Whether it waits for pictures.
    pub fn is_looking(&self) -> bool {
        matches!(self.state, Measure::Looking { .. })
    }

    /// Takes one picture's reading of the leading face; `None` if there is no face in it.
    pub fn read(&mut self, reading: Option<&ToneReading>, now: Duration) {
        let (Some(since), Measure::Looking { .. }) = (self.since, &self.state) else { return };
        let mut hindered = None;
        match reading {
            Some(ToneReading::Tone(tone)) if self.tones.len() < 4 * ENOUGH => self.tones.push(*tone),
            Some(ToneReading::Tone(_)) => {}
            Some(ToneReading::CannotTell(why)) => hindered = Some(*why),
            None => hindered = Some(ToneRejection::TooFewPixels),
        }
        if let Some(why) = hindered
            && self.refusals.len() < 4 * ENOUGH
        {
            self.refusals.push(why);
        }
        self.settle(since, hindered, now);
    }

    /// Time passes without a picture: a photo brings no more.
    pub fn tick(&mut self, now: Duration) {
        if let (Some(since), Measure::Looking { hindered, .. }) = (self.since, &self.state) {
            self.settle(since, *hindered, now);
        }
    }

    fn settle(&mut self, since: Duration, hindered: Option<ToneRejection>, now: Duration) {
        let passed = now.saturating_sub(since);
        let done = (self.tones.len() as f32 / ENOUGH as f32).min(passed.as_secs_f32() / AT_LEAST.as_secs_f32());
        self.state = if self.tones.len() >= ENOUGH && passed >= AT_LEAST || !self.tones.is_empty() && passed >= AT_MOST
        {
            Measure::Done(self.middle())
        } else if passed >= AT_MOST {
            Measure::Failed(self.commonest())
        } else {
            Measure::Looking { done: done.clamp(0.0, 1.0), hindered }
        };
    }

    /// The reading of median lightness: a whole reading, not a mixture of several.
    fn middle(&mut self) -> SkinTone {
        self.tones.sort_by(|a, b| a.lab.x.total_cmp(&b.lab.x));
        self.tones[self.tones.len() / 2]
    }

    fn commonest(&self) -> ToneRejection {
        let count = |why: &ToneRejection| self.refusals.iter().filter(|other| *other == why).count();
        self.refusals.iter().copied().max_by_key(count).unwrap_or(ToneRejection::TooFewPixels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_dark_room_is_told_as_such() {
        let mut reader = ToneReader::default();
        reader.start(at(0));
        for step in 0..70 {
            let why = if step % 5 == 0 { ToneRejection::TooUneven } else { ToneRejection::TooDark };
            reader.read(Some(&ToneReading::CannotTell(why)), at(step * 100));
        }
        assert_eq!(reader.state(), &Measure::Failed(ToneRejection::TooDark));
    }

    #[test]
    fn nobody_there_ends_too() {
        let mut reader = ToneReader::default();
        reader.start(at(0));
        reader.read(None, at(10));
        assert!(reader.is_looking());
        reader.tick(at(6100));
        assert_eq!(reader.state(), &Measure::Failed(ToneRejection::TooFewPixels));
    }
}
