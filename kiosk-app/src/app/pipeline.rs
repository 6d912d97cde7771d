//! The capture and tracking threads, with one-slot queues between them and the window in which the newest picture wins.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use carmine::TryOnConfig;

use crate::app::capture::{self, Input, Outlet, Shot};
use crate::app::follow::follow;
use crate::app::seen::Seen;
use crate::app::wake::Wake;
use crate::error::AppError;
use crate::models::Models;
use crate::source::latest::Latest;
use crate::threads::{holders, interrupts, spawn_holder};

/// How long to wait for the end of the threads.
const PATIENCE: Duration = Duration::from_secs(1);

/// The running threads. Dropping it ends them, and those that cameras have left behind; whoever is stuck stays among the
/// [`holders`].
pub struct Pipeline {
    shots: Arc<Latest<Shot>>,
    seen: Arc<Latest<Seen>>,
    wake: Arc<dyn Fn(Wake) + Send + Sync>,
    /// The input that is shown.
    out: Option<Outlet>,
    turn: u32,
}

impl Pipeline {
    /// Starts the tracking thread; `wake` is called from every thread.
    pub fn start(
        config: TryOnConfig,
        models: Models,
        wake: impl Fn(Wake) + Send + Sync + 'static,
    ) -> Result<Self, AppError> {
        let (shots, seen) = (Arc::new(Latest::default()), Arc::new(Latest::default()));
        let wake: Arc<dyn Fn(Wake) + Send + Sync> = Arc::new(wake);
        let track = {
            let (shots, seen, wake) = (Arc::clone(&shots), Arc::clone(&seen), Arc::clone(&wake));
            move || guard("track", &*wake, || follow(&models, config, &shots, &seen, &*wake))
        };
        start("track", track)?;
        Ok(Self { shots, seen, wake, out: None, turn: 0 })
    }

    /// Shows this input from now on, and closes the one before.
    pub fn show(&mut self, input: Input) -> Result<(), AppError> {
        self.hide();
        self.turn += 1;
        let out = Outlet::new(Arc::clone(&self.shots), self.turn);
        self.out = Some(out.clone());
        let wake = Arc::clone(&self.wake);
        let capture = move || guard("capture", &*wake, || Ok(capture::run(input, &out, &|| wake(Wake::Last))?));
        start("capture", capture)
    }

    /// Shows nothing from now on: a camera is released.
    pub fn hide(&mut self) {
        if let Some(out) = self.out.take() {
            out.close();
        }
    }

    /// Whether a picture is from the input that is shown now.
    pub fn is_current(&self, shot: &Shot) -> bool {
        self.out.is_some() && shot.turn == self.turn
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
        self.shots.close();
        self.seen.close();
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
fn guard(name: &'static str, wake: &dyn Fn(Wake), work: impl FnOnce() -> Result<(), AppError>) {
    let failed = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => return,
        Ok(Err(error)) => error,
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            AppError::ThreadBroke { name, said: said.unwrap_or("no reason given").into() }
        }
    };
    wake(Wake::Failed(failed));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::player::Player;
    use crate::source::{FrameSource, Picture, SourceError, SourceInfo};
    use std::sync::mpsc;

    /// A source with a bug.
    struct Broken;

    impl FrameSource for Broken {
        fn info(&self) -> SourceInfo {
            SourceInfo { width: 2, height: 2, fps: None, frames: Some(1) }
        }
        fn next_frame(&mut self, _: &mut Picture) -> Result<bool, SourceError> {
            panic!("a bug");
        }
        fn rewind(&mut self) -> Result<(), SourceError> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_is_told_in_one_line() {
        let (sender, receiver) = mpsc::channel();
        let input = Input::File(Player::new(Box::new(Broken), Instant::now()));
        let wake = move |wake| drop(sender.send(wake));
        let mut pipeline = Pipeline::start(TryOnConfig::default(), Models::open(None).unwrap(), wake).unwrap();
        pipeline.show(input).unwrap();
        let Ok(Wake::Failed(error)) = receiver.recv_timeout(Duration::from_secs(20)) else { panic!("nothing is told") };
        let said = error.to_string();
        assert!(said.contains("capture thread broke off (a bug)") && !said.contains('\n'), "{said}");
    }
}
