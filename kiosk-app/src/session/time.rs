//! What the passing of time does to a session: notices disappear, readings end, and an abandoned session ends.

use std::time::Duration;

use super::idle::IdleState;
use super::{Effect, Notice, PhotoHandOver, Screen, Session, Source};

/// How long a notice stays.
const NOTICE: Duration = Duration::from_secs(5);

impl Session {
    /// Idle, notices, readings.
    pub(super) fn pass_time(&mut self, now: Duration) -> Vec<Effect> {
        self.reader.tick(now);
        if self.notice.as_ref().is_some_and(|notice| notice.until <= now) {
            self.notice = None;
        }
        if matches!(&self.photo, PhotoHandOver::Offered { until, .. } if *until <= now) {
            self.photo = PhotoHandOver::Expired;
        }
        if self.screen == Screen::Attract || self.rules.demo || self.source == Source::File {
            return Vec::new();
        }
        match self.idle.state(now, self.is_watched(), self.rules.idle) {
            IdleState::Active => {
                self.warning = None;
                Vec::new()
            }
            IdleState::Warning(left) if self.warning.replace(left).is_some() => Vec::new(),
            IdleState::Warning(_) => vec![Effect::Chime, Effect::Say("idle-spoken")],
            IdleState::Over => self.end(now),
        }
    }

    /// When time must be reported next, at the latest.
    pub fn next_tick(&self) -> Option<Duration> {
        let notice = self.notice.as_ref().map(|notice| notice.until);
        let idle = (self.screen != Screen::Attract && !self.rules.demo)
            .then(|| self.idle.next(self.is_watched(), self.rules.idle));
        [notice, idle].into_iter().flatten().min()
    }

    fn is_watched(&self) -> bool {
        self.source == Source::Camera && !self.people.present().is_empty()
    }

    /// The screen was touched, wherever: restarts the idle timer.
    pub(super) fn touch(&mut self, now: Duration) {
        self.idle.touch(now);
        self.warning = None;
    }

    /// Everything of this shopper is dropped here; the app wipes its own part.
    pub(super) fn end(&mut self, now: Duration) -> Vec<Effect> {
        let rules = self.rules.clone();
        *self = Self::new(rules, now);
        vec![Effect::Zeroize]
    }

    /// Shows her a short message.
    pub(super) fn note(&mut self, message: &'static str, about: Option<String>, now: Duration) {
        self.notice = Some(Notice { message, about, until: now + NOTICE });
    }
}
