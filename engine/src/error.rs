//! The engine's error: one of its stations' errors.

use thiserror::Error;

/// Everything that can go wrong in the engine, by station.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A frame whose bytes, size and stride do not fit together.
    #[error(transparent)]
    Frame(#[from] crate::frame::FrameError),
    /// A face model that could not be verified, loaded or run.
    #[error(transparent)]
    Face(#[from] crate::face::FaceError),
    /// A look or product that could not be read.
    #[error(transparent)]
    Look(#[from] crate::look::LookError),
    /// A GPU that is missing, too small or lost.
    #[error(transparent)]
    Render(#[from] crate::render::RenderError),
}
