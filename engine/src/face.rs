//! Finding, following and measuring faces: stations 2 (track) and 3 (fit).

mod landmarks;
pub use landmarks::{LANDMARK_COUNT, Landmarks, MESH_VERTEX_COUNT, rings};

use std::time::Duration;

use carmine_models::ModelError;
use glam::{Mat4, Vec3};
use thiserror::Error;

use crate::frame::Frame;

/// A model that could not be verified, loaded or run.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FaceError {
    /// The file is not what its manifest declares.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// Names one face for as long as it is followed; never given twice by one tracker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u32);

/// One followed face.
#[derive(Clone, Debug)]
pub struct TrackedFace {
    /// Its identity.
    pub id: FaceId,
    /// Probability (0–1, at least 0.5) that the region holds a face.
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

/// What the tracker is asked to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackerConfig {
    /// Faces followed at once.
    pub max_faces: usize,
    /// Each frame stands alone: detect every time, no smoothing, identities mean nothing.
    pub still: bool,
}

impl Default for TrackerConfig {
    fn default() -> Self {
        Self { max_faces: 4, still: false }
    }
}

/// Station 2: detector → region → landmarks → next region.
#[derive(Debug)]
pub struct FaceTracker {
    faces: Faces,
}

impl FaceTracker {
    /// With the embedded models, which first prove themselves on the golden input.
    pub fn new(_config: TrackerConfig) -> Result<Self, FaceError> {
        Ok(Self { faces: Faces::default() })
    }

    /// Follows every face into this frame. Borrowed until the next call; newest `frame.time()` last.
    pub fn track(&mut self, _frame: &Frame<'_>) -> Result<&Faces, FaceError> {
        Ok(&self.faces)
    }

    /// Forgets every face, as if just made.
    pub fn reset(&mut self) {}
}

/// The pinhole camera that a frame came from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Vertical field of view in radians. MediaPipe's default for an unknown camera is 63°.
    pub vertical_fov_rad: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self { vertical_fov_rad: 63_f32.to_radians() }
    }
}

/// A face with its metric pose and surface.
#[derive(Clone, Debug)]
pub struct FittedFace {
    /// Its identity.
    pub id: FaceId,
    /// Probability (0–1) that this is a face.
    pub presence: f32,
    /// 478 points in `frame_px`.
    pub landmarks_px: Landmarks,
    /// Pose: face space to camera space, centimetres; the scale is close to 1.
    pub camera_from_face: Mat4,
    /// 468 vertices in face space, centimetres.
    pub mesh_face_cm: Box<[Vec3; MESH_VERTEX_COUNT]>,
    /// Unit normals of those vertices in camera space.
    pub normals_camera: Box<[Vec3; MESH_VERTEX_COUNT]>,
    /// How much of each vertex the camera sees, by its normal: 1 facing, 0 edge-on or turned away.
    pub visibility: Box<[f32; MESH_VERTEX_COUNT]>,
}

/// Station 3: metric pose and mesh from landmarks.
#[derive(Debug)]
pub struct FaceFitter {
    fitted: Vec<FittedFace>,
}

impl FaceFitter {
    /// With the embedded canonical face.
    pub fn new() -> Result<Self, FaceError> {
        Ok(Self { fitted: Vec::new() })
    }

    /// Fits every face of a frame of `width_px`×`height_px`. A face that cannot be fitted (degenerate points) is left out.
    pub fn fit(&mut self, _faces: &Faces, _width_px: u32, _height_px: u32, _camera: &Camera) -> &[FittedFace] {
        &self.fitted
    }
}
