//! Load control: chooses how much is done for each picture, so that under load tracking slows down before pictures do.
//!
//! In: when pictures arrive, whether the display took them, and how long the stations took. Out: a decision for each
//! picture, which [`Follower`](crate::Follower) carries out.
//!
//! The ladder, from the best rung to the cheapest. "Beside": the picture is shown at once with predicted landmarks
//! ([`Predictor`](crate::face::Predictor)), while a copy of it is tracked on another thread; later predictions start
//! from its landmarks.
//!
//! | rung | landmarks | occlusion and light | taken where |
//! |---|---|---|---|
//! | 0 | of every picture | of every picture | there is time |
//! | 1 | of every picture | of every second | |
//! | 2 | of every picture | of every fourth | |
//! | 3 | of every second, beside | of every fourth | |
//! | 4 | of every third, beside | of every third | at 21 pictures a second and more |
//! | 5 | of every fourth, beside | of every fourth | at 28 and more |
//! | 6 | of every sixth, beside | of every sixth | at 42 and more |
//! | 7 | of every eighth, beside | of every eighth | at 56 and more |
//!
//! A rung is used only if it leaves at least 7 trackings a second; rung 3 thus needs 14 pictures a second. If a single
//! tracking takes longer than a seventh of a second, it is repeated as often as possible, and pictures keep their rate.
//!
//! *Down:* when the work of the present rung, averaged over its pictures, takes more than 90 % of the interval between
//! two pictures, or delays one picture by half an interval. Costs are medians of the last five, so that one or two
//! outliers change nothing; a third one leads at once to the first rung that is cheap enough. Also, a rung at a time, when
//! pictures were missed between three in a row although costs seem to fit: measured times do not show what a starved
//! thread waits between two of them. *Up:* one rung at a time, after the next better one would have fitted into 75 % for
//! three seconds without a break and without a missed picture. A rung that did not hold for ten seconds is tried again
//! after twice as long, up to a minute.
//!
//! The interval is the source's. If the display takes only some of the pictures, it is longer in proportion, since
//! tracking less would not show more of them.
//!
//! Load and heat both appear as longer times: other programs use the processor, or a hot one lowers its clock rate. So
//! the governor reads no temperature. It reads no clock either: the times of pictures and of work are its input, which
//! makes it deterministic in tests. The ladder and its constants are this project's own.

mod recent;
mod rung;

use std::time::Duration;

use recent::Recent;
pub use rung::{LADDER, Rung};

use crate::observer::{Scope, StationTimes};

/// Shares of the interval above which a rung is left for a cheaper one, and below which a better one is tried.
const FULL: f32 = 0.9;
const ROOMY: f32 = 0.75;
/// Longest time for one picture, in intervals: the next pictures catch up.
const LATEST: f32 = 1.5;
/// How long a better rung must have fitted before it is tried: at first, and at most.
const FIRST_PATIENCE: Duration = Duration::from_secs(3);
const MOST_PATIENCE: Duration = Duration::from_secs(60);
/// A better rung that held for this long has proved right: patience is as at first again.
const HELD: Duration = Duration::from_secs(10);
/// Pictures over which the share that the display takes is averaged; the share above which it keeps up; the least
/// share.
const SHARE_OVER: f32 = 16.0;
const KEEPS_UP: f32 = 0.75;
const LEAST_SHARE: f32 = 0.1;
/// Pictures in a row with missed ones before each, after which a rung is too much whatever it seems to cost.
const GAPS: u32 = 3;
/// After a pause this long the intervals start anew.
const PAUSE: Duration = Duration::from_secs(1);

/// A picture that has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arrival {
    /// The source's number for it; gaps mean that pictures came too fast.
    pub number: u64,
    /// When it was taken.
    pub time: Duration,
    /// Whether the tracker is available, not busy beside.
    pub free: bool,
    /// Whether the display kept up: it had taken the picture before the last when the last was ready.
    pub taken: bool,
}

/// What to do for one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Track it, then show it.
    Track(Scope),
    /// Show it with predicted landmarks at once, and have it tracked beside.
    TrackBeside(Scope),
    /// Show it with predicted landmarks.
    Predict,
}

/// What became of the pictures so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The present rung, an index into [`LADDER`].
    pub rung: usize,
    /// Pictures in all.
    pub pictures: u64,
    /// Those shown with predicted landmarks.
    pub predicted: u64,
    /// Pictures that arrived while an earlier one was still processed, and were never shown.
    pub missed: u64,
    /// How often the rung changed.
    pub changes: u64,
}

/// What the stations cost, in seconds.
#[derive(Clone, Debug, Default)]
struct Costs {
    track: Recent,
    occlusion: Recent,
    light: Recent,
}

/// Chooses the rung. Allocates nothing.
#[derive(Clone, Debug)]
pub(crate) struct Governor {
    tally: Tally,
    /// The last picture's number and time.
    last: Option<(u64, Duration)>,
    interval_s: Recent,
    /// Time between those that were not passed over.
    pace_s: Recent,
    /// Share of the pictures that the display took, 0–1.
    share: f32,
    /// Pictures in a row before each of which some were missed.
    gaps: u32,
    costs_s: Costs,
    /// Pictures since the last that was tracked.
    since_tracked: u64,
    /// Tracked pictures since occlusion and light were estimated.
    since_estimated: u32,
    /// Since when the next better rung would fit.
    roomy: Option<Duration>,
    patience: Duration,
    /// When a better rung was last taken.
    climbed: Option<Duration>,
}

impl Default for Governor {
    fn default() -> Self {
        Self {
            tally: Tally::default(),
            last: None,
            interval_s: Recent::default(),
            pace_s: Recent::default(),
            share: 1.0,
            gaps: 0,
            costs_s: Costs::default(),
            since_tracked: 0,
            since_estimated: 0,
            roomy: None,
            patience: FIRST_PATIENCE,
            climbed: None,
        }
    }
}

impl Governor {
    /// Starts a new stream: its first picture is fully observed before it is shown. Photos, which stand alone, need no
    /// governor, or a reset before each.
    pub fn reset(&mut self) {
        (self.last, self.roomy, self.share, self.gaps) = (None, None, 1.0, 0);
        (self.interval_s, self.pace_s) = Default::default();
    }

    /// What to do for a picture.
    pub fn decide(&mut self, arrival: Arrival) -> Decision {
        let Arrival { number, time, free, taken } = arrival;
        self.share += (f32::from(u8::from(taken)) - self.share) / SHARE_OVER;
        let last = self.last.replace((number, time));
        let steps = last.map_or(1, |(before, _)| number.saturating_sub(before).max(1));
        let step = last.and_then(|(_, before)| time.checked_sub(before));
        self.tally.pictures += 1;
        self.tally.missed = self.tally.missed.saturating_add(steps - 1);
        self.gaps = if steps > 1 { self.gaps + 1 } else { 0 };
        match step {
            Some(step) if step < PAUSE => {
                self.interval_s.push(step.as_secs_f32() / steps as f32);
                self.pace_s.push(step.as_secs_f32());
            }
            _ => self.roomy = None,
        }
        self.choose(time);
        let rung = LADDER[self.tally.rung];
        self.since_tracked = self.since_tracked.saturating_add(steps);
        let due = self.since_tracked >= u64::from(rung.track_every);
        if last.is_some() && !(due && free) {
            self.tally.predicted += 1;
            return Decision::Predict;
        }
        let estimate = last.is_none() || self.since_estimated + 1 >= rung.estimate_every;
        self.since_tracked = 0;
        self.since_estimated = if estimate { 0 } else { self.since_estimated + 1 };
        let scope = if estimate { Scope::All } else { Scope::Faces };
        if last.is_none() || rung.track_every == 1 {
            return Decision::Track(scope);
        }
        self.tally.predicted += 1;
        Decision::TrackBeside(scope)
    }

    /// Records how long the stations took on one picture.
    pub fn took(&mut self, times: StationTimes) {
        let Costs { track, occlusion, light } = &mut self.costs_s;
        for (cost_s, time) in [(track, times.track), (occlusion, times.occlusion), (light, times.light)] {
            if let Some(time) = time {
                cost_s.push(time.as_secs_f32());
            }
        }
    }

    /// What became of the pictures so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    fn choose(&mut self, now: Duration) {
        let interval_s = self.interval_s.median();
        if interval_s <= 0.0 {
            return;
        }
        let present = self.tally.rung;
        let display_s = self.pace_s.median() / self.share.max(LEAST_SHARE);
        let budget_s = if self.share < KEEPS_UP { display_s.max(interval_s) } else { interval_s };
        let allowed = |rung: &usize| LADDER[*rung].is_allowed(interval_s);
        let mut cheaper = (present + 1..LADDER.len()).filter(allowed);
        let mut better = (0..present).rev().filter(allowed);
        // A display that does not keep up is the reason for missed pictures itself.
        let keeps_up = self.share >= KEEPS_UP;
        if keeps_up && self.gaps > 0 {
            self.roomy = None;
            if self.gaps >= GAPS && allowed(&present) && self.fits(present, FULL * budget_s) {
                self.gaps = 0;
                if let Some(next) = cheaper.next() {
                    self.step_down(next, now);
                }
                return;
            }
        }
        if !allowed(&present) || !self.fits(present, FULL * budget_s) {
            let enough = cheaper.clone().find(|rung| self.fits(*rung, FULL * budget_s));
            let wanted = enough.or(cheaper.next_back());
            let wanted = wanted.or_else(|| if allowed(&present) { None } else { better.next() });
            if let Some(wanted) = wanted {
                self.step_down(wanted, now);
            }
            self.roomy = None;
            return;
        }
        if self.climbed.is_some_and(|climbed| now.saturating_sub(climbed) >= HELD) {
            (self.climbed, self.patience) = (None, FIRST_PATIENCE);
        }
        match better.next() {
            Some(next) if self.fits(next, ROOMY * budget_s) => {
                let since = *self.roomy.get_or_insert(now);
                if now.saturating_sub(since) >= self.patience {
                    self.change(next);
                    (self.roomy, self.climbed) = (None, Some(now));
                }
            }
            _ => self.roomy = None,
        }
    }

    fn step_down(&mut self, rung: usize, now: Duration) {
        if self.climbed.take().is_some_and(|climbed| now.saturating_sub(climbed) < HELD) {
            self.patience = (self.patience * 2).min(MOST_PATIENCE);
        }
        self.change(rung);
    }

    fn change(&mut self, rung: usize) {
        self.tally.rung = rung;
        self.tally.changes += 1;
    }

    /// Whether a rung's work fits into `budget_s` for each picture.
    fn fits(&self, rung: usize, budget_s: f32) -> bool {
        let track_s = self.costs_s.track.median();
        let estimate_s = self.costs_s.occlusion.median() + self.costs_s.light.median();
        let Rung { track_every, estimate_every } = LADDER[rung];
        let spread_s = (track_s + estimate_s / estimate_every as f32) / track_every as f32;
        spread_s <= budget_s && (track_every > 1 || track_s + estimate_s <= LATEST / FULL * budget_s)
    }
}

#[cfg(test)]
mod tests;
