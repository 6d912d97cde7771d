//! The light that all faces of a frame share.

use glam::Vec3;

/// White point and exposure: what a white, matte card would show the camera.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoomLight {
    /// Linear RGB of that card, scaled to luminance 1.
    pub white_linear: Vec3,
    /// Linear luminance of that card, about 0–1.
    pub exposure: f32,
}

impl Default for RoomLight {
    /// Flat white light, exposed so that white is 1.
    fn default() -> Self {
        Self { white_linear: Vec3::ONE, exposure: 1.0 }
    }
}

impl RoomLight {
    pub(super) fn lerp(self, to: Self, part: f32) -> Self {
        Self {
            white_linear: self.white_linear.lerp(to.white_linear, part),
            exposure: self.exposure + (to.exposure - self.exposure) * part,
        }
    }
}
