//! Finding, following and measuring faces: stations 2 (track) and 3 (fit).

mod bounding_box;
mod config;
mod crop;
mod detector;
mod doubts;
mod executor;
mod executor_model;
mod first_sight;
mod fitter;
mod landmark_finder;
mod landmarks;
mod mesh;
mod model;
mod motion;
mod movement;
mod occlusion;
mod one_euro;
mod predictor;
mod procrustes;
mod roi;
mod search;
mod self_test;
pub(crate) mod steps;
mod tracker;
mod tract_model;
mod views;

pub(crate) use carmine_models::rings;
pub use config::{Camera, Sequence, TrackerConfig};
pub use fitter::{FaceFitter, FittedFace};
pub use landmarks::{LANDMARK_COUNT, Landmarks, MESH_VERTEX_COUNT};
pub use occlusion::{OCCLUSION_SIDE, Occlusion, OcclusionEstimator};
pub use predictor::Predictor;
pub use tracker::FaceTracker;

use std::time::Duration;

use carmine_models::{ModelError, ModelId};
use thiserror::Error;

/// A model that could not be verified, loaded or run.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FaceError {
    /// A value of [`TrackerConfig`] or [`Camera`] outside of its range.
    #[error("{setting} is {value}: set it to a value from {least} to {most}")]
    Setting {
        /// Which value.
        setting: &'static str,
        /// What it is.
        value: String,
        /// Least value allowed.
        least: String,
        /// Largest value allowed.
        most: String,
    },
    /// The file is not what its manifest declares.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A model of another kind or shape than the tracker reads.
    #[error("as {wanted} the tracker was given {found}, but it needs {needed}: pass the model meant for this place")]
    Shape {
        /// The model's place in the tracker.
        wanted: ModelId,
        /// What was given.
        found: String,
        /// What is needed.
        needed: String,
    },
    /// The file matches its hash, but is not a network that can be run.
    #[error("model {model} can't be loaded: {reason}; use the one that comes with Carmine")]
    Load {
        /// Which model.
        model: ModelId,
        /// What the loader said.
        reason: String,
    },
    /// The model answers the golden face with other numbers than it should.
    #[error(
        "model {model} failed its self-test: it is off by {difference} where {tolerance} is allowed; use the one that comes with Carmine, and if it is that one, this processor or build computes wrongly"
    )]
    SelfTest {
        /// Which model.
        model: ModelId,
        /// Largest difference found, in pixels of its input or in logits.
        difference: f32,
        /// Largest difference allowed.
        tolerance: f32,
    },
    /// The model failed in the middle of its work.
    #[error("model {model} failed while running: {reason}; try the next frame, and report this if it stays")]
    Run {
        /// Which model.
        model: ModelId,
        /// What the runtime said.
        reason: String,
    },
}

/// Names one face for as long as it is followed; never given twice by one tracker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u32);

/// One followed face.
#[derive(Clone, Debug)]
pub struct TrackedFace {
    /// Its identity.
    pub id: FaceId,
    /// Probability that the region holds a face, from [`TrackerConfig::min_presence_confidence`] to 1.
    pub presence: f32,
    /// 478 points in `frame_px`, smoothed when following.
    pub landmarks_px: Landmarks,
}

/// The faces of one frame, oldest identity first.
#[derive(Clone, Debug, Default)]
pub struct Faces {
    /// When the frame was taken.
    pub time: Duration,
    /// At most [`TrackerConfig::max_faces`].
    pub faces: Vec<TrackedFace>,
}
