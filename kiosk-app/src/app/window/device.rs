//! The GPU device behind the window, from loss to recovery.
//!
//! ```text
//! drawing ──lost──▶ dark ──try, after a pause──▶ drawing ──a frame is shown, and it holds──▶ the fault is over
//!    │               ▲ └──failed: a longer pause──┘│
//!    │               └───────────lost again────────┘
//!    └──session ended: given back──▶ dark, try at once
//! ```
//!
//! Every loss counts, whether building fails or what was built draws nothing. Pauses grow and settle. A fault is told
//! in one line when it begins and in one when it is over.

use std::fmt::Display;
use std::time::{Duration, Instant};

use crate::app::surface::Loss;
use crate::backoff::{Backoff, Pauses};
use crate::error::AppError;

/// Pauses between tries: a driver needs up to some seconds to restart.
const PAUSES: Pauses =
    Pauses { first: Duration::from_millis(50), most: Duration::from_secs(4), held: Duration::from_secs(3) };

/// What draws, or the way to get it back. `S` is a surface and all that lives on its device.
pub(super) struct Device<S> {
    surface: Option<S>,
    backoff: Backoff,
    fault: Option<Fault>,
    /// How long the GPU may show nothing before the app gives itself up; `None` if nothing would start it again.
    gives_up_after: Option<Duration>,
}

/// A fault that is not over yet.
struct Fault {
    since: Instant,
    tries: u32,
    /// Since when no frame was shown for a reason that a new process may mend.
    dark: Option<Instant>,
    /// When a frame was shown after the last loss.
    shown: Option<Instant>,
}

/// The outcome of a try to get a new device.
#[derive(Debug, PartialEq)]
pub(super) enum Attempt {
    /// It may draw again.
    Made,
    /// No other try is made before this.
    Later(Instant),
}

impl<S> Device<S> {
    /// A first one. With `gives_up_after`, [`try_again`](Self::try_again) fails once nothing was shown for so long.
    pub(super) fn running(surface: S, gives_up_after: Option<Duration>) -> Self {
        Self { surface: Some(surface), backoff: Backoff::new(PAUSES), fault: None, gives_up_after }
    }

    /// What draws, while it does.
    pub(super) fn surface(&self) -> Option<&S> {
        self.surface.as_ref()
    }

    /// The same to draw with.
    pub(super) fn surface_mut(&mut self) -> Option<&mut S> {
        self.surface.as_mut()
    }

    /// A frame was shown.
    pub(super) fn note_shown(&mut self, now: Instant) {
        self.backoff.succeed(now);
        if let Some(fault) = &mut self.fault {
            let shown = *fault.shown.get_or_insert(now);
            fault.dark = None;
            if now.saturating_duration_since(shown) >= PAUSES.held {
                let lasted = shown.saturating_duration_since(fault.since).as_secs_f32();
                log::warn!("the GPU draws again, after {lasted:.1} s and {} tries", fault.tries);
                self.fault = None;
            }
        }
    }

    /// For how long a fault has let nothing be shown; zero without one.
    pub(super) fn dark_for(&self, now: Instant) -> Duration {
        let fault = self.fault.as_ref().filter(|fault| fault.shown.is_none());
        fault.map_or(Duration::ZERO, |fault| now.saturating_duration_since(fault.since))
    }

    /// What draws is lost. Returns it, to be dropped before another is made.
    pub(super) fn lose(&mut self, loss: &Loss, now: Instant) -> Option<S> {
        self.note_fault(loss, now);
        self.surface.take()
    }

    /// The device is given back on purpose. Returns what drew, to be dropped before another is made.
    pub(super) fn give_back(&mut self) -> Option<S> {
        self.surface.take()
    }

    /// Tries to make another, unless the pause after the last failure is not over. Fails where it gives up.
    pub(super) fn try_again<E: Display>(
        &mut self,
        now: Instant,
        make: impl FnOnce() -> Result<S, E>,
    ) -> Result<Attempt, AppError> {
        if let Some(due) = self.backoff.due().filter(|due| *due > now) {
            return Ok(Attempt::Later(due));
        }
        let dark = self.fault.as_ref().and_then(|fault| fault.dark);
        if let (Some(dark), Some(most)) = (dark, self.gives_up_after)
            && now.saturating_duration_since(dark) >= most
        {
            return Err(AppError::GpuLost);
        }
        if let Some(fault) = &mut self.fault {
            fault.tries += 1;
        }
        match make() {
            Ok(surface) => {
                self.surface = Some(surface);
                Ok(Attempt::Made)
            }
            Err(error) => {
                log::debug!("{error}");
                Ok(Attempt::Later(self.note_fault(&Loss::Gpu(error.to_string()), now)))
            }
        }
    }

    /// When to look after it, if nothing else happens: the next try is due, or a fault can be over.
    pub(super) fn next_due(&self) -> Option<Instant> {
        match (&self.surface, &self.fault) {
            (None, _) => self.backoff.due(),
            (Some(_), Some(fault)) => fault.shown.map(|shown| shown + PAUSES.held),
            (Some(_), None) => None,
        }
    }

    /// Returns when the next try is due.
    fn note_fault(&mut self, loss: &Loss, now: Instant) -> Instant {
        let fault = self.fault.get_or_insert_with(|| {
            log::error!("the GPU draws nothing ({loss}): it is set up anew until it does");
            Fault { since: now, tries: 0, dark: None, shown: None }
        });
        fault.shown = None;
        match loss {
            Loss::Gpu(_) => {
                fault.dark.get_or_insert(now);
            }
            // A new process would get no pictures onto this display either.
            Loss::Display(_) => fault.dark = None,
        }
        now + self.backoff.fail(now)
    }
}

#[cfg(test)]
mod tests;
