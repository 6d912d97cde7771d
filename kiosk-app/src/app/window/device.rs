//! The GPU device behind the window, from loss to recovery: a few tries to get a new one, then the app ends with an
//! error.
//!
//! ```text
//! Running ──lost──▶ Lost ──try──▶ Running      a frame shown: tries are counted from 0 again
//!    │                │
//!    │                └──try failed──▶ Waiting ──after a pause, try──▶ Running or Waiting
//!    └──session ended──▶ GivenBack ──try──▶ Running or Waiting
//! ```

use std::fmt::Display;
use std::time::{Duration, Instant};

use crate::error::AppError;

/// Most tries after a loss without a shown frame in between.
const MAX_TRIES: u32 = 3;
/// Pause between two tries: a driver needs a moment to restart.
const PAUSE: Duration = Duration::from_millis(700);

/// The device's state. `S` is what draws: a surface and all that lives on its device.
pub(super) enum Device<S> {
    /// It draws.
    Running {
        /// What draws.
        surface: S,
        /// Tries since the last shown frame.
        tries: u32,
    },
    /// It was lost.
    Lost {
        /// As above.
        tries: u32,
    },
    /// It was given back on purpose: a session ended.
    GivenBack,
    /// The last try failed.
    Waiting {
        /// As above.
        tries: u32,
        /// When the next try may be made.
        until: Instant,
    },
}

/// The outcome of a try to get a new device.
#[derive(Debug, PartialEq)]
pub(super) enum Attempt {
    /// It draws again.
    Made,
    /// No other try is made before this.
    Later(Instant),
}

impl<S> Device<S> {
    /// A first one.
    pub(super) fn running(surface: S) -> Self {
        Self::Running { surface, tries: 0 }
    }

    /// What draws, while it does.
    pub(super) fn surface(&self) -> Option<&S> {
        match self {
            Self::Running { surface, .. } => Some(surface),
            Self::Lost { .. } | Self::GivenBack | Self::Waiting { .. } => None,
        }
    }

    /// The same to draw with.
    pub(super) fn surface_mut(&mut self) -> Option<&mut S> {
        match self {
            Self::Running { surface, .. } => Some(surface),
            Self::Lost { .. } | Self::GivenBack | Self::Waiting { .. } => None,
        }
    }

    /// A frame was shown: resets the count of tries.
    pub(super) fn note_shown(&mut self) {
        if let Self::Running { tries, .. } = self {
            *tries = 0;
        }
    }

    /// The device is gone. Returns what drew, to be dropped before another is made.
    pub(super) fn lose(&mut self) -> Option<S> {
        let tries = self.tries();
        match std::mem::replace(self, Self::Lost { tries }) {
            Self::Running { surface, .. } => Some(surface),
            Self::Lost { .. } | Self::GivenBack | Self::Waiting { .. } => None,
        }
    }

    /// The device is given back on purpose. Returns what drew, to be dropped before another is made.
    pub(super) fn give_back(&mut self) -> Option<S> {
        match std::mem::replace(self, Self::GivenBack) {
            Self::Running { surface, .. } => Some(surface),
            Self::Lost { .. } | Self::GivenBack | Self::Waiting { .. } => None,
        }
    }

    /// Tries to make another, unless the pause after the last try is not over. Fails after too many tries.
    pub(super) fn try_again<E: Display>(
        &mut self,
        now: Instant,
        make: impl FnOnce() -> Result<S, E>,
    ) -> Result<Attempt, AppError> {
        if let Self::Waiting { until, .. } = self
            && *until > now
        {
            return Ok(Attempt::Later(*until));
        }
        let tries = self.tries() + 1;
        if tries > MAX_TRIES {
            return Err(AppError::GpuLost);
        }
        if !matches!(self, Self::GivenBack) {
            log::warn!("the GPU was lost; attempt {tries} to get it back");
        }
        match make() {
            Ok(surface) => {
                *self = Self::Running { surface, tries };
                Ok(Attempt::Made)
            }
            Err(error) => {
                log::warn!("{error}");
                let until = now + PAUSE;
                *self = Self::Waiting { tries, until };
                Ok(Attempt::Later(until))
            }
        }
    }

    fn tries(&self) -> u32 {
        match self {
            Self::Running { tries, .. } | Self::Lost { tries } | Self::Waiting { tries, .. } => *tries,
            Self::GivenBack => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails() -> Result<(), &'static str> {
        Err("no adapter")
    }

    fn works() -> Result<(), &'static str> {
        Ok(())
    }

    #[test]
    fn it_comes_back_and_a_shown_frame_forgets_the_tries() {
        let (mut device, now) = (Device::running(()), Instant::now());
        for _ in 0..5 {
            assert!(device.lose().is_some() && device.surface().is_none());
            assert_eq!(device.try_again(now, works).unwrap(), Attempt::Made);
            assert!(device.surface().is_some());
            device.note_shown();
        }
    }

    #[test]
    fn a_device_that_shows_nothing_is_made_three_times() {
        let (mut device, now) = (Device::running(()), Instant::now());
        for _ in 0..3 {
            device.lose();
            assert_eq!(device.try_again(now, works).unwrap(), Attempt::Made);
        }
        device.lose();
        assert!(matches!(device.try_again(now, works), Err(AppError::GpuLost)));
    }

    #[test]
    fn after_a_failed_try_it_waits() {
        let (mut device, now) = (Device::running(()), Instant::now());
        device.lose();
        let until = now + PAUSE;
        assert_eq!(device.try_again(now, fails).unwrap(), Attempt::Later(until));
        assert_eq!(device.try_again(now, works).unwrap(), Attempt::Later(until), "not before the pause is over");
        assert_eq!(device.try_again(until, fails).unwrap(), Attempt::Later(until + PAUSE));
        assert_eq!(device.try_again(until + PAUSE, works).unwrap(), Attempt::Made);
    }

    #[test]
    fn what_was_given_back_begins_to_count_anew() {
        let (mut device, now) = (Device::running(()), Instant::now());
        for _ in 0..3 {
            device.lose();
            device.try_again(now, works).unwrap();
        }
        assert!(device.give_back().is_some());
        assert_eq!(device.try_again(now, works).unwrap(), Attempt::Made);
    }
}
