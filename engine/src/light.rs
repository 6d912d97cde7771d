//! Station 4: what the frame says of the light in the room.

use std::time::Duration;

use glam::Vec3;
use crate::face::{FaceId, FittedFace};
use crate::frame::Frame;

/// The light on one frame.
#[derive(Clone, Debug, Default)]
pub struct Light {
    /// One per fitted face, in the same order.
    pub faces: Vec<FaceLight>,
}

/// The light on one face.
#[derive(Clone, Debug)]
pub struct FaceLight {
    /// Whose.
    pub id: FaceId,
    /// Unit vector towards the key light, camera space.
    pub key_direction_camera: Vec3,
}

/// Estimates the light, steadied over time.
#[derive(Debug, Default)]
pub struct LightEstimator {
    light: Light,
    _last: Option<Duration>,
}

impl LightEstimator {
    /// Estimates the light on `faces` in `frame`.
    pub fn estimate(&mut self, _frame: &Frame<'_>, _faces: &[FittedFace]) -> &Light {
        &self.light
    }
}
