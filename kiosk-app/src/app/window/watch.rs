//! Watches the stages from the window's thread, by a timer of its own: where nothing comes any more, no new picture
//! wakes it.

use std::time::{Duration, Instant};

use winit::event_loop::{ActiveEventLoop, ControlFlow};

use super::Mirror;
use crate::app::capture::Input;
use crate::error::AppError;
use crate::exit;
use crate::limited_read::Patience;
use crate::session::{Consent, Screen};
use crate::source::open::open_within;
use crate::threads::holders;

/// How often it looks.
const EVERY: Duration = Duration::from_millis(250);
/// Threads of stages that were given up and hang still, at most: beyond that only the end of the process frees what
/// they hold.
const MOST_STUCK: usize = 2;
/// How long the window's thread waits for a file that is opened again.
const PATIENCE: Patience = Patience { silence: Duration::from_secs(2), whole: Duration::from_secs(4) };
/// The stages' threads.
const STAGES: [&str; 3] = ["capture", "track", "beside"];

/// What the pictures are of: what is opened again after a stage was given up.
pub(super) enum Wanted {
    /// The attract screen's model.
    Attract,
    /// The file that the app was started with.
    File(std::path::PathBuf),
    /// The camera, by this consent.
    Camera(Consent),
    /// A model (`Tryable::id`).
    Model(std::sync::Arc<str>),
}

/// When the window's thread wakes up without an event.
pub(super) struct Alarm {
    /// When it looks at the stages next.
    check: Instant,
    /// What the redraw asked for, and what was set instead.
    wanted: ControlFlow,
    set: Option<ControlFlow>,
}

impl Default for Alarm {
    fn default() -> Self {
        Self { check: Instant::now(), wanted: ControlFlow::Wait, set: None }
    }
}

impl Alarm {
    /// Whether the time has come that the redraw asked for; true once.
    pub(super) fn is_redraw_due(&mut self, now: Instant) -> bool {
        let due = matches!(self.wanted, ControlFlow::WaitUntil(until) if until <= now);
        if due {
            self.wanted = ControlFlow::Wait;
        }
        due
    }

    /// Whether it is time to look; true once each time.
    fn is_check_due(&mut self, now: Instant) -> bool {
        let due = self.check <= now;
        if due {
            self.check = now + EVERY;
        }
        due
    }

    /// Looks at this time at the latest, unless it is over.
    fn look_by(&mut self, time: Option<Instant>, now: Instant) {
        if let Some(time) = time.filter(|time| *time > now) {
            self.check = self.check.min(time);
        }
    }

    /// Wakes up for the next look, too, whatever else was asked for.
    fn set(&mut self, event_loop: &ActiveEventLoop) {
        let asked = event_loop.control_flow();
        if Some(asked) != self.set {
            self.wanted = asked;
        }
        let flow = match self.wanted {
            ControlFlow::WaitUntil(until) => ControlFlow::WaitUntil(until.min(self.check)),
            ControlFlow::Wait => ControlFlow::WaitUntil(self.check),
            ControlFlow::Poll => ControlFlow::Poll,
        };
        event_loop.set_control_flow(flow);
        self.set = Some(flow);
    }
}

impl Mirror {
    /// Looks at the stages, if it is time to, and sets when it looks next.
    pub(super) fn keep_watch(&mut self, event_loop: &ActiveEventLoop) -> Result<(), AppError> {
        let now = Instant::now();
        if self.alarm.is_check_due(now) {
            self.pulse.beat();
            self.check_stages(now)?;
            self.display.keep_full_screen(event_loop);
        }
        self.alarm.look_by(self.feed.stale_at(), now);
        self.alarm.set(event_loop);
        Ok(())
    }

    fn check_stages(&mut self, now: Instant) -> Result<(), AppError> {
        if let Some(stage) = self.feed.late_stage() {
            self.restart_stage(stage, "it gives no sign", now)?;
        } else if self.feed.is_stale(now)
            && let Some(stage) = self.feed.suspect_stage()
        {
            self.recovery.suspect(stage, now);
        }
        if self.recovery.is_due(now) {
            self.start_again(now)?;
        }
        let lacks = self.lacks_picture(now);
        if lacks != self.live.no_picture {
            log::debug!("{}", if lacks { "no picture for too long" } else { "a picture again" });
            self.display.request_redraw();
        }
        Ok(())
    }

    /// Gives up the pipeline of a stage that hangs or broke off. What it showed last is not shown any more.
    pub(super) fn restart_stage(&mut self, stage: &'static str, why: &str, now: Instant) -> Result<(), AppError> {
        self.feed.abandon();
        self.live.faces.clear();
        self.live_view.reset();
        self.display.request_redraw();
        self.recovery.broke(stage, why, now)
    }

    /// Starts other threads on the same input. The session goes on.
    fn start_again(&mut self, now: Instant) -> Result<(), AppError> {
        let stuck: usize = STAGES.iter().map(|stage| holders::count(stage)).sum();
        if stuck > MOST_STUCK {
            crate::output::tell(&format!("carmine: {stuck} threads hang; memory is overwritten, and it ends"));
            carmine_heap::wipe_and_exit(exit::STUCK);
        }
        self.recovery.note_started();
        let config = self.try_on_config();
        match self.open_wanted() {
            Ok(input) => self.feed.start(config, || Ok(input)),
            Err(error) => self.recovery.broke("capture", &error.to_string(), now),
        }
    }

    /// Opens what is shown once more.
    fn open_wanted(&self) -> Result<Input, AppError> {
        match &self.wanted {
            Wanted::Attract => self.shop.attract_input(self.epoch),
            Wanted::File(path) => Ok(Input::File(self.player(open_within(path, PATIENCE)?))),
            Wanted::Camera(consent) => self.camera_input(consent),
            Wanted::Model(id) => match self.shop.model(id) {
                Some(model) => Ok(Input::Model(self.player(model.open()?))),
                None => self.shop.attract_input(self.epoch),
            },
        }
    }

    /// Whether she should see herself or a model, but no picture comes.
    pub(super) fn lacks_picture(&self, now: Instant) -> bool {
        // The attract screen's picture is a still, which nobody takes for her own.
        self.session.screen() != Screen::Attract && self.feed.is_stale(now)
    }
}
