//! The capture and tracking threads, with one-slot queues between them and the window in which the newest picture wins.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use carmine::TryOnConfig;

use crate::app::capture::{self, Input, Outlet, Shot};
use crate::app::follow::{Pulses, follow, load};
use crate::app::seen::Seen;
use crate::app::stage_limits;
use crate::app::wake::Wake;
use crate::error::AppError;
use crate::health::{self, Pulse};
use crate::models::Models;
use crate::source::feed::OffSwitch;
use crate::source::latest::Latest;
use crate::threads::{holders, interrupts, spawn_holder};

/// How long to wait for the end of the threads.
const PATIENCE: Duration = Duration::from_secs(1);

/// The running threads. Dropping it ends them, and those that cameras have left behind; whoever is stuck stays among the
/// [`holders`].
pub struct Pipeline {
    id: u64,
    shots: Arc<Latest<Shot>>,
    seen: Arc<Latest<Seen>>,
    wake: Arc<dyn Fn(Wake) + Send + Sync>,
    /// The input that is shown.
    shown: Option<Shown>,
    turn: u32,
    track: Pulses,
    /// The threads are not waited for.
    abandoned: bool,
}

/// The input that is shown, seen from outside its thread.
struct Shown {
    out: Outlet,
    pulse: Arc<Pulse>,
    camera: Option<OffSwitch>,
}

/// Why a stage's thread ended before it was told to.
enum Ended {
    /// Trying again would not help.
    Failed(AppError),
    /// It may pass.
    Broken(AppError),
}

impl Pipeline {
    /// Starts the tracking thread; `wake` is called from every thread.
    pub fn start(
        config: TryOnConfig,
        models: Models,
        wake: impl Fn(Wake) + Send + Sync + 'static,
    ) -> Result<Self, AppError> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let id = COUNT.fetch_add(1, Ordering::Relaxed);
        let (shots, seen) = (Arc::new(Latest::default()), Arc::new(Latest::default()));
        let wake: Arc<dyn Fn(Wake) + Send + Sync> = Arc::new(wake);
        let watch = |stage| health::watch(stage, stage_limits::STAGE);
        let pulses = Pulses { track: watch("track"), beside: watch("beside") };
        pulses.track.beat_for(stage_limits::LOADING);
        let inside = Pulses { track: Arc::clone(&pulses.track), beside: Arc::clone(&pulses.beside) };
        let track = {
            let (shots, seen, wake) = (Arc::clone(&shots), Arc::clone(&seen), Arc::clone(&wake));
            move || {
                guard(id, "track", &*wake, || {
                    let follower = load(&models, config, &inside).map_err(Ended::Failed)?;
                    follow(follower, &shots, &seen, &inside, &*wake).map_err(Ended::Broken)
                });
            }
        };
        start("track", track)?;
        Ok(Self { id, shots, seen, wake, shown: None, turn: 0, track: pulses, abandoned: false })
    }

    /// Tells it from those before and after it, over the whole process.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Shows this input from now on, and closes the one before.
    pub fn show(&mut self, input: Input) -> Result<(), AppError> {
        self.hide();
        self.turn += 1;
        let out = Outlet::new(Arc::clone(&self.shots), self.turn);
        let pulse = health::watch("capture", stage_limits::STAGE);
        self.shown = Some(Shown { out: out.clone(), pulse: Arc::clone(&pulse), camera: input.off_switch() });
        let (id, wake) = (self.id, Arc::clone(&self.wake));
        // The user's own file is not worth a second try.
        let ended = if matches!(input, Input::File(_)) { Ended::Failed } else { Ended::Broken };
        let capture = move || {
            guard(id, "capture", &*wake, || {
                capture::run(input, &out, &pulse, &|| wake(Wake::Last)).map_err(|error| ended(error.into()))
            });
        };
        start("capture", capture)
    }

    /// Shows nothing from now on: a camera is released, even if its capture thread hangs.
    pub fn hide(&mut self) {
        if let Some(Shown { out, pulse, camera }) = self.shown.take() {
            out.close();
            pulse.retire();
            if let Some(camera) = camera {
                camera.turn_off();
            }
        }
    }

    /// The stage whose heartbeat is overdue, if one's is.
    pub fn late_stage(&self) -> Option<&'static str> {
        self.pulses().find(|pulse| !pulse.is_in_time()).map(|pulse| pulse.name())
    }

    /// The stage that has been silent for longer than usual, if one has.
    pub fn suspect_stage(&self) -> Option<&'static str> {
        self.pulses().find(|pulse| pulse.is_suspect()).map(|pulse| pulse.name())
    }

    /// What is waited for comes first: where a job hangs beside, the tracker may wait for it.
    fn pulses(&self) -> impl Iterator<Item = &Pulse> {
        let capture = self.shown.as_ref().map(|shown| &*shown.pulse);
        [&*self.track.beside, &*self.track.track].into_iter().chain(capture)
    }

    /// Gives it up with a stage that hangs: its threads end if they can, and are not waited for.
    pub fn abandon(mut self) {
        self.abandoned = true;
    }

    /// Whether a picture is from the input that is shown now.
    pub fn is_current(&self, shot: &Shot) -> bool {
        self.shown.is_some() && shot.turn == self.turn
    }

    /// The newest picture, if one came since the last call.
    pub fn newest(&self) -> Option<Seen> {
        self.seen.take()
    }

    /// Gives a picture's buffers back.
    pub fn recycle(&self, seen: Seen) {
        self.seen.recycle(seen);
    }
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        self.hide();
        self.shots.close();
        self.seen.close();
        self.track.track.retire();
        self.track.beside.retire();
        if self.abandoned {
            return interrupts::all();
        }
        // A decoder's program may be stopped, or hang: its end is the end of reading from it. The wait is bounded because
        // a driver's call may hang, too.
        interrupts::all();
        holders::wait_for_none(Instant::now() + PATIENCE);
    }
}

/// The thread is not joined: its entry among the holders tells when it has ended.
fn start(name: &'static str, work: impl FnOnce() + Send + 'static) -> Result<(), AppError> {
    spawn_holder(name, work).map(drop).map_err(|error| AppError::NoThread { name, error })
}

/// Runs a thread's work, and reports errors and panics that end it: a mirror must not freeze in silence.
fn guard(pipeline: u64, stage: &'static str, wake: &dyn Fn(Wake), work: impl FnOnce() -> Result<(), Ended>) {
    let why = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => return,
        Ok(Err(Ended::Failed(error))) => return wake(Wake::Failed(error)),
        Ok(Err(Ended::Broken(error))) => error.to_string(),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            said.unwrap_or("no reason given").to_owned()
        }
    };
    wake(Wake::Broken { pipeline, stage, why: why.replace('\n', " ") });
}

#[cfg(test)]
#[path = "pipeline_tests.rs"]
mod tests;
