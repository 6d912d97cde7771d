//! The incoming pictures: the running pipeline, its newest picture, and the frozen one for screens that show a still
//! face.

use carmine::TryOnConfig;
use winit::event_loop::EventLoopProxy;

use crate::app::capture::Input;
use crate::app::pipeline::Pipeline;
use crate::app::seen::Seen;
use crate::app::wake::Wake;
use crate::error::AppError;
use crate::models::Models;
use crate::threads::holders;

/// The pictures of one session; [`zeroize`](Self::zeroize) ends it.
pub(super) struct Feed {
    models: Models,
    proxy: EventLoopProxy<Wake>,
    pipeline: Option<Pipeline>,
    current: Option<Seen>,
    frozen: Option<Seen>,
    /// Pictures taken so far.
    serial: u64,
    /// The newest has not been shown yet.
    fresh: bool,
    /// No more will come.
    last: bool,
}

impl Feed {
    /// Without a running pipeline.
    pub(super) fn new(models: Models, proxy: EventLoopProxy<Wake>) -> Self {
        Self { models, proxy, pipeline: None, current: None, frozen: None, serial: 0, fresh: false, last: false }
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
        self.pipeline = Some(pipeline);
        Ok(())
    }

    /// Shows this input from now on.
    pub(super) fn show(&mut self, input: Input) -> Result<(), AppError> {
        (self.current, self.last) = (None, false);
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
        self.fresh = true;
        if let Some(old) = self.current.replace(newest) {
            pipeline.recycle(old);
        }
        true
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
    /// freed. Returns the names of threads that are stuck, of this session or an earlier one.
    #[must_use]
    pub(super) fn zeroize(&mut self) -> Vec<&'static str> {
        // Dropping it waits for the threads, so their buffers are freed when this returns.
        self.pipeline = None;
        (self.current, self.frozen, self.last) = (None, None, false);
        holders::names()
    }
}
