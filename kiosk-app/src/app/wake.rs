//! The events that the app's threads send to the window.

use crate::error::AppError;

/// A reason for the window to wake up.
#[derive(Debug)]
pub enum Wake {
    /// A new picture is there.
    Frame,
    /// No more pictures will come: what is there now is a photo.
    Last,
    /// The input or a model has failed for good.
    Failed(AppError),
    /// A stage broke off, by a panic or an error that may pass: it is to be started again.
    Broken {
        /// The pipeline that it was part of.
        pipeline: u64,
        /// Its name.
        stage: &'static str,
        /// What it said, on one line.
        why: String,
    },
    /// A file of the shop changed, a thumbnail is ready.
    Shop,
    /// Something outside of the window has come further: a photo's hand-over, a file.
    Outside,
    /// Somebody wants to know whether the window still answers.
    Beat,
    /// A screen reader asks for something.
    Access(egui_winit::accesskit_winit::WindowEvent),
}

impl From<egui_winit::accesskit_winit::Event> for Wake {
    fn from(event: egui_winit::accesskit_winit::Event) -> Self {
        Self::Access(event.window_event)
    }
}
