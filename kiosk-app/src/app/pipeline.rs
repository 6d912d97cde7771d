//! Capture and tracking on threads of their own; between them and the window, newest wins.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use carmine::face::{Camera, FaceFitter, FittedFace, TrackerConfig};
use carmine::light::{Light, LightEstimator};

use crate::app::capture::{self, Input, Shot, Showing};
use crate::error::AppError;
use crate::models::Models;
use crate::source::latest::Latest;

/// A picture with everything that was found in this very picture.
#[derive(Debug, Default)]
pub struct Seen {
    /// The picture.
    pub shot: Shot,
    /// Its faces.
    pub faces: Vec<FittedFace>,
    /// Its light.
    pub light: Light,
    /// Time that tracking, fitting and light took.
    pub times: [Duration; 3],
}

/// What the threads tell the window.
#[derive(Debug)]
pub enum Wake {
    /// A new picture is there.
    Frame,
    /// The input or a model cannot be used any more.
    Failed(AppError),
}

/// Model failures in a row that end the app: one may be a fluke of a picture.
const MAX_FAILURES: u32 = 5;

/// The running threads. Dropping it ends them.
pub struct Pipeline {
    shots: Arc<Latest<Shot>>,
    seen: Arc<Latest<Seen>>,
    threads: Vec<JoinHandle<()>>,
}

impl Pipeline {
    /// Starts both threads; `wake` is called from them.
    pub fn start(
        input: Input,
        tracker: TrackerConfig,
        models: Models,
        wake: impl Fn(Wake) + Send + Clone + 'static,
    ) -> Result<Self, AppError> {
        let (shots, seen) = (Arc::new(Latest::default()), Arc::new(Latest::default()));
        let capture = {
            let (shots, wake) = (Arc::clone(&shots), wake.clone());
            move || {
                if let Err(error) = capture::run(input, &shots) {
                    wake(Wake::Failed(error.into()));
                }
            }
        };
        let track = {
            let (shots, seen) = (Arc::clone(&shots), Arc::clone(&seen));
            move || {
                if let Err(error) = follow(&models, tracker, &shots, &seen, &wake) {
                    wake(Wake::Failed(error));
                }
            }
        };
        let threads = vec![spawn("capture", capture)?, spawn("track", track)?];
        Ok(Self { shots, seen, threads })
    }

    /// The newest picture, if one came since the last call.
    pub fn newest(&self) -> Option<Seen> {
        self.seen.take()
    }

    /// Gives a picture's buffers back.
    pub fn recycle(&self, seen: Seen) {
        self.seen.recycle(seen);
    }
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        self.shots.close();
        self.seen.close();
        // Long enough for a decoder's child process to be ended, bounded because a file may hang on a network disk.
        let until = Instant::now() + Duration::from_secs(1);
        while Instant::now() < until && !self.threads.iter().all(JoinHandle::is_finished) {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, AppError> {
    thread::Builder::new().name(name.into()).spawn(run).map_err(|error| AppError::Window(format!("no thread: {error}")))
}

/// Stations 2 to 4 for every newest picture.
fn follow(
    models: &Models,
    config: TrackerConfig,
    shots: &Latest<Shot>,
    out: &Latest<Seen>,
    wake: &impl Fn(Wake),
) -> Result<(), AppError> {
    let mut tracker = models.tracker(config)?;
    let mut fitter = FaceFitter::new()?;
    let mut light = LightEstimator::default();
    let mut showing = Showing::default();
    let mut failures = 0;
    while !shots.is_closed() {
        let Some(shot) = shots.wait(Duration::from_millis(500)) else {
            continue;
        };
        if std::mem::replace(&mut showing, shot.showing) != shot.showing {
            tracker.reset();
            light = LightEstimator::default();
        }
        let mut seen = out.spare().unwrap_or_default();
        shots.recycle(std::mem::replace(&mut seen.shot, shot));
        let started = Instant::now();
        let frame = seen.shot.picture.frame()?;
        let faces = match tracker.track(&frame) {
            Ok(faces) => faces,
            Err(error) if failures >= MAX_FAILURES => return Err(error.into()),
            Err(error) => {
                failures += 1;
                log::warn!("{error}");
                out.recycle(seen);
                continue;
            }
        };
        failures = 0;
        let tracked = Instant::now();
        let fitted = fitter.fit(faces, frame.width(), frame.height(), &Camera::default());
        let fit = Instant::now();
        seen.light.clone_from(light.estimate(&frame, fitted));
        let lit = Instant::now();
        copy_faces(fitted, &mut seen.faces);
        seen.times = [tracked - started, fit - tracked, lit - fit];
        out.publish(seen);
        wake(Wake::Frame);
    }
    Ok(())
}

/// Copies faces into boxes that are there already, so that a running mirror does not allocate.
fn copy_faces(from: &[FittedFace], to: &mut Vec<FittedFace>) {
    to.truncate(from.len());
    for (to, from) in to.iter_mut().zip(from) {
        (to.id, to.presence, to.camera_from_face) = (from.id, from.presence, from.camera_from_face);
        to.landmarks_px.copy_from_slice(from.landmarks_px.as_slice());
        to.mesh_face_cm.copy_from_slice(from.mesh_face_cm.as_slice());
        to.normals_camera.copy_from_slice(from.normals_camera.as_slice());
        to.visibility.copy_from_slice(from.visibility.as_slice());
    }
    to.extend_from_slice(&from[to.len()..]);
}
