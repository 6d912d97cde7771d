//! The incoming pictures: the running pipeline, its newest picture, and the frozen one for screens that show a still
//! face.

mod rhythm;

use std::time::Instant;

use carmine::TryOnConfig;
use winit::event_loop::EventLoopProxy;

use self::rhythm::Rhythm;
use crate::app::capture::Input;
use crate::app::pipeline::Pipeline;
use crate::app::seen::Seen;
use crate::app::wake::Wake;
use crate::error::AppError;
use crate::health;
use crate::models::Models;
use crate::source::feed::has_piled_up;
use crate::threads::holders;

/// The pictures of one session; [`zeroize`](Self::zeroize) ends it.
pub(super) struct Feed {
    models: Models,
    proxy: EventLoopProxy<Wake>,
    /// `None` between sessions, and while a stage that hung is about to be started again.
    pipeline: Option<Pipeline>,
    current: Option<Seen>,
    frozen: Option<Seen>,
    /// Pictures taken so far.
    serial: u64,
    /// The newest has not been shown yet.
    fresh: bool,
    /// No more will come.
    last: bool,
    /// When the newest picture came, or the input was opened.
    heard: Instant,
    rhythm: Rhythm,
}

impl Feed {
    /// Without a running pipeline.
    pub(super) fn new(models: Models, proxy: EventLoopProxy<Wake>) -> Self {
        let (pipeline, current, frozen) = (None, None, None);
        let (serial, fresh, last) = (0, false, false);
        let (heard, rhythm) = (Instant::now(), Rhythm::default());
        Self { models, proxy, pipeline, current, frozen, serial, fresh, last, heard, rhythm }
    }

    /// Starts threads for a new session. Opens the input while the networks are loaded.
    pub(super) fn start(
        &mut self,
        config: TryOnConfig,
        input: impl FnOnce() -> Result<Input, AppError>,
    ) -> Result<(), AppError> {
        let proxy = self.proxy.clone();
        // The event loop may have ended already: then the event is dropped.
        let wake = move |wake| drop(proxy.send_event(wake));
        let mut pipeline = Pipeline::start(config, self.models.clone(), wake)?;
        pipeline.show(input()?)?;
        self.rhythm.pause();
        self.pipeline = Some(pipeline);
        Ok(())
    }

    /// Shows this input from now on.
    pub(super) fn show(&mut self, input: Input) -> Result<(), AppError> {
        (self.current, self.last, self.heard) = (None, false, Instant::now());
        self.rhythm.pause();
        match &mut self.pipeline {
            Some(pipeline) => pipeline.show(input),
            None => Ok(()),
        }
    }

    /// Takes the newest picture of the shown input, if one came.
    pub(super) fn take_newest(&mut self) -> bool {
        let Some(pipeline) = &self.pipeline else { return false };
        let Some(newest) = pipeline.newest() else { return false };
        if !pipeline.is_current(&newest.shot) {
            pipeline.recycle(newest);
            return false;
        }
        self.serial += 1;
        (self.fresh, self.heard) = (true, Instant::now());
        self.rhythm.note(self.heard);
        if let Some(old) = self.current.replace(newest) {
            pipeline.recycle(old);
        }
        true
    }

    /// Whether new pictures should have come by now: of a camera or clip, or the only one of a photo.
    pub(super) fn is_stale(&self, now: Instant) -> bool {
        self.stale_at().is_some_and(|at| at <= now)
    }

    /// When a live picture is not shown any more if no other comes; `None` of a photo, which stays.
    pub(super) fn stale_at(&self) -> Option<Instant> {
        (!self.last).then(|| self.heard.max(health::awake_since()) + self.rhythm.patience())
    }

    /// Whether this pipeline runs now.
    pub(super) fn is_of(&self, pipeline: u64) -> bool {
        self.pipeline.as_ref().is_some_and(|running| running.id() == pipeline)
    }

    /// The stage whose heartbeat is overdue.
    pub(super) fn late_stage(&self) -> Option<&'static str> {
        self.pipeline.as_ref()?.late_stage()
    }

    /// The stage that has been silent for longer than usual.
    pub(super) fn suspect_stage(&self) -> Option<&'static str> {
        self.pipeline.as_ref()?.suspect_stage()
    }

    /// Gives up the pipeline, a stage of which hangs or broke off, and its newest picture. The frozen one stays.
    pub(super) fn abandon(&mut self) {
        (self.current, self.last, self.fresh) = (None, false, false);
        if let Some(pipeline) = self.pipeline.take() {
            pipeline.abandon();
        }
    }

    /// The newest picture.
    pub(super) fn current(&self) -> Option<&Seen> {
        self.current.as_ref()
    }

    /// Its unique number.
    pub(super) fn serial(&self) -> u64 {
        self.serial
    }

    /// Whether the newest picture is shown for the first time; true once per picture.
    pub(super) fn take_fresh(&mut self) -> bool {
        std::mem::take(&mut self.fresh)
    }

    /// No more pictures will come: what is there is a photo.
    pub(super) fn note_last(&mut self) {
        self.last = true;
    }

    /// Whether the newest picture is the last one.
    pub(super) fn is_last(&self) -> bool {
        self.last
    }

    /// Keeps a copy of the newest picture.
    pub(super) fn freeze(&mut self) {
        self.frozen = self.current.as_ref().map(Seen::copy);
    }

    /// Drops the frozen picture.
    pub(super) fn thaw(&mut self) {
        self.frozen = None;
    }

    /// The picture that is kept.
    pub(super) fn frozen(&self) -> Option<&Seen> {
        self.frozen.as_ref()
    }

    /// Ends the threads with their models and buffers, and drops every picture; their memory is overwritten when it is
    /// freed. Returns the names of threads that are stuck with a picture, of this session or an earlier one, or that have
    /// piled up without one.
    #[must_use]
    pub(super) fn zeroize(&mut self) -> Vec<&'static str> {
        // Dropping it waits for the threads, so their buffers are freed when this returns.
        self.pipeline = None;
        (self.current, self.frozen, self.last) = (None, None, false);
        let mut stuck = holders::names();
        if stuck.is_empty() && has_piled_up() {
            stuck.push("camera");
        }
        stuck
    }
}
