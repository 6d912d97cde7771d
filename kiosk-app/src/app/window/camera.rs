//! The camera that consent opens: which one, and how it is mounted.

use std::sync::Arc;

use carmine::frame::Rotation;

use crate::choices::CameraChoice;
use crate::source::clip_camera::ClipCamera;
use crate::source::feed::{CameraDriver, CameraError, CameraStream};

/// The driver of the chosen camera; `None` if the choice is none.
pub(super) fn driver(choice: &CameraChoice, rotation: Rotation) -> Option<Arc<dyn CameraDriver>> {
    let driver: Arc<dyn CameraDriver> = match choice {
        CameraChoice::None => return None,
        CameraChoice::Clip(path) => Arc::new(ClipCamera { path: path.clone() }),
        #[cfg(feature = "camera")]
        CameraChoice::Auto => Arc::new(crate::source::camera::SystemCamera { index: None }),
        #[cfg(feature = "camera")]
        CameraChoice::Index(index) => Arc::new(crate::source::camera::SystemCamera { index: Some(*index) }),
        #[cfg(not(feature = "camera"))]
        CameraChoice::Auto | CameraChoice::Index(_) => Arc::new(NoCameras),
    };
    Some(Arc::new(Mounted { driver, rotation }))
}

/// A camera as it is mounted.
struct Mounted {
    driver: Arc<dyn CameraDriver>,
    rotation: Rotation,
}

impl CameraDriver for Mounted {
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
        self.driver.open()
    }

    fn is_live(&self) -> bool {
        self.driver.is_live()
    }

    fn rotation(&self) -> Rotation {
        self.rotation
    }
}

/// Stands in where the app was built without cameras.
#[cfg_attr(feature = "camera", allow(dead_code, reason = "the build without cameras uses it"))]
struct NoCameras;

impl CameraDriver for NoCameras {
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
        Err(CameraError::NotFound)
    }

    fn is_live(&self) -> bool {
        false
    }
}
