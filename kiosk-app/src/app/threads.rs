//! Threads with a name.

use std::thread::{Builder, JoinHandle};

use crate::error::AppError;

/// Runs `work` on a thread of its own.
pub fn spawn(name: &'static str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, AppError> {
    Builder::new().name(name.into()).spawn(work).map_err(|error| AppError::NoThread { name, error })
}
