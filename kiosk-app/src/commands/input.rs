//! Checks of the commands' input: refuses an endless one, and prints its warnings.

use std::path::Path;

use crate::error::AppError;
use crate::output::tell;
use crate::source::FrameSource;

/// Whether a command would never end: an endless source without a number of frames.
pub fn refuse_endless(source: &dyn FrameSource, path: &Path, frames: Option<u64>) -> Result<(), AppError> {
    if source.is_endless() && frames.is_none() {
        let name = path.display();
        return Err(AppError::Usage(format!("{name} never ends: say how many frames with --frames N")));
    }
    Ok(())
}

/// Says a source's warning once: some know it when they are opened, some only at their end.
#[derive(Default)]
pub struct Warnings(Option<String>);

impl Warnings {
    /// The warning printed last.
    pub fn told(source: &dyn FrameSource) -> Self {
        Self(source.warning())
    }

    /// Tells what is new.
    pub fn tell(&mut self, source: &dyn FrameSource) {
        let warning = source.warning();
        if let Some(warning) = &warning
            && self.0.as_ref() != Some(warning)
        {
            tell(&format!("carmine: {warning}"));
        }
        self.0 = warning;
    }
}
