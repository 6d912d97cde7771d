//! The error that ends a command: one line with what is wrong, why, and how to fix it.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::catalogue::CatalogueError;
use crate::exit;
use crate::gpu::GpuError;
use crate::models::ModelsError;
use crate::source::SourceError;
use crate::take_home::code::CodeError;

/// What ends a command. Each message is one line: what, why, mend.
#[derive(Debug, Error)]
pub enum AppError {
    /// The arguments do not fit together.
    #[error("{0}")]
    Usage(String),
    /// The input cannot be used.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The look cannot be used.
    #[error(transparent)]
    Look(#[from] CatalogueError),
    /// The look has no link, or the link no look.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The kiosk's settings cannot be used.
    #[error(transparent)]
    Settings(#[from] crate::settings::SettingsError),
    /// Models from a folder cannot be used.
    #[error(transparent)]
    Models(#[from] ModelsError),
    /// No GPU, or one that fails.
    #[error(transparent)]
    Gpu(#[from] GpuError),
    /// A model or the renderer failed.
    #[error(transparent)]
    Engine(#[from] carmine::Error),
    /// There is nobody to put make-up on.
    #[error("{}", no_face(.input, *.written))]
    NoFace {
        /// In what.
        input: PathBuf,
        /// Frames of it that were written all the same.
        written: usize,
    },
    /// The result could not be written.
    #[error("cannot write {path}: {why}")]
    Output {
        /// Where to.
        path: PathBuf,
        /// Why, and how to mend it.
        why: String,
    },
    /// Locks are missing that the settings require.
    #[error(
        "the mirror may not run without all its locks ([confinement] required = true), and this machine gives none on {0}; \
         use a kernel that has them, or set it to false"
    )]
    Locks(String),
    /// Another program cannot be started.
    #[error("'{program}' cannot be started ({error}): install it, or name another in the settings")]
    Program {
        /// Which.
        program: String,
        /// Why.
        error: std::io::Error,
    },
    /// The window cannot be opened.
    #[error("the window cannot be opened: {0}; `carmine doctor` lists displays")]
    Window(String),
    /// The display server refuses or has ended.
    #[error("the display server cannot go on: {0}; see that it runs, then start carmine again")]
    DisplayServer(String),
    /// The GPU was lost, and no new device could be made.
    #[error("the GPU was lost and does not come back: check its driver")]
    GpuLost,
    /// The system gives no thread.
    #[error("the {name} thread cannot be started: {error}; end other programs, then start carmine again")]
    NoThread {
        /// What the thread is for.
        name: &'static str,
        /// What the system said.
        error: std::io::Error,
    },
    /// The kiosk's processes cannot be set up.
    #[error("the kiosk's processes cannot be started: {0}; end other programs, then start carmine again")]
    Keeper(String),
    /// This process is no mirror's.
    #[cfg(target_os = "linux")]
    #[error(transparent)]
    Link(#[from] crate::link::LinkError),
    /// There is no display, which what called decides about.
    #[error("no display ({0})")]
    NoDisplay(String),
    /// There is no display for a kiosk.
    #[error(
        "no display ({0}), and a kiosk needs one: start carmine in a session that has one, or without --fullscreen"
    )]
    Display(String),
    /// A thread ended by a mistake of the program.
    #[error("the {name} thread broke off ({said}); start carmine again, and report it")]
    ThreadBroke {
        /// What the thread is for.
        name: &'static str,
        /// Its panic message.
        said: String,
    },
}

fn no_face(input: &Path, written: usize) -> String {
    let input = input.display();
    let kept = if written > 0 { format!("; its {written} frames are written as they were") } else { String::new() };
    format!(
        "no face was found in {input}{kept}: give a picture in which a face is at least 60 pixels wide and not turned \
         far aside, or add --allow-no-face"
    )
}

impl AppError {
    /// The GPU or its driver failed in mid-work, which a new device may mend.
    pub fn is_gpu_failure(&self) -> bool {
        use carmine::render::RenderError;
        matches!(self, Self::Gpu(_) | Self::Engine(carmine::Error::Render(RenderError::Readback(_))))
    }

    /// Which of the [exit codes](crate::exit) it ends the process with.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => exit::USAGE,
            Self::Locks(_) => exit::LOCKS,
            Self::Program { error, .. } if error.kind() == std::io::ErrorKind::NotFound => exit::NO_PROGRAM,
            Self::GpuLost => exit::GPU_LOST,
            _ => exit::FAILED,
        }
    }
}

impl From<carmine::face::FaceError> for AppError {
    fn from(error: carmine::face::FaceError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<carmine::frame::FrameError> for AppError {
    fn from(error: carmine::frame::FrameError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<carmine::render::RenderError> for AppError {
    fn from(error: carmine::render::RenderError) -> Self {
        Self::Engine(error.into())
    }
}
