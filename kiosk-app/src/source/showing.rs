//! Where a picture that is shown is from, and why it is not from a camera.

use super::feed::CameraError;

/// Why there is no picture from a camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCamera {
    /// None is connected.
    NotFound,
    /// Another program has it.
    Busy,
    /// It stopped or fails.
    Lost,
    /// It repeats one picture.
    Frozen,
    /// It sees only black.
    Black,
    /// The user wants none.
    Off,
}

impl From<&CameraError> for NoCamera {
    fn from(error: &CameraError) -> Self {
        match error {
            CameraError::NotFound | CameraError::Missing(_) => Self::NotFound,
            CameraError::Busy => Self::Busy,
            CameraError::Frozen => Self::Frozen,
            CameraError::Black => Self::Black,
            CameraError::Stalled | CameraError::StalledFile | CameraError::Failed(_) => Self::Lost,
        }
    }
}

/// Where a picture is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Showing {
    /// A live camera: shown mirrored.
    Camera,
    /// The user's file.
    #[default]
    File,
    /// A model to try on.
    Model,
    /// The demo clip.
    Demo(NoCamera),
}
