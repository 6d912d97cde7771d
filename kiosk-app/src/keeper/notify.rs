//! What the service manager (systemd) is told, where there is one: ready, alive, stopping, and what is going on.

use std::time::{Duration, Instant};

use sd_notify::NotifyState;

/// The service manager, or none.
pub struct Manager {
    /// How often it wants a sign of life at least; `None` if it does not watch.
    watchdog: Option<Duration>,
    fed: Option<Instant>,
    is_ready: bool,
    status: String,
}

impl Manager {
    /// The one that the environment names. The kiosk runs below its session's compositor, so `WATCHDOG_PID` names
    /// another process, and the unit must say `NotifyAccess=all`.
    pub fn of_environment() -> Self {
        let watchdog =
            std::env::var("WATCHDOG_USEC").ok().and_then(|text| text.parse().ok()).map(Duration::from_micros);
        Self { watchdog, fed: None, is_ready: false, status: String::new() }
    }

    /// The kiosk is up; told once.
    pub fn ready(&mut self) {
        if !std::mem::replace(&mut self.is_ready, true) {
            send(&[NotifyState::Ready]);
        }
    }

    /// A sign of life, as often as is wanted: three within the time that the manager allows.
    pub fn feed(&mut self, now: Instant) {
        let Some(watchdog) = self.watchdog else { return };
        if self.fed.is_none_or(|fed| now.saturating_duration_since(fed) >= watchdog / 3) {
            self.fed = Some(now);
            send(&[NotifyState::Watchdog]);
        }
    }

    /// What is going on, in a line; told when it changes.
    pub fn tell(&mut self, status: &str) {
        if self.status != status {
            self.status = status.to_owned();
            send(&[NotifyState::Status(status)]);
        }
    }

    /// The kiosk ends.
    pub fn stopping(&mut self) {
        send(&[NotifyState::Stopping]);
    }
}

fn send(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        log::warn!("the service manager cannot be told how the kiosk is: {error}");
    }
}
