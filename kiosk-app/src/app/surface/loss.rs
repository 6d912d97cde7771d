//! Why nothing is drawn, and what wgpu says of it by itself.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Why a window's surface and its device must be made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The device or its driver failed.
    Gpu(String),
    /// The display took no pictures.
    Display(String),
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gpu(why) | Self::Display(why) => f.write_str(why),
        }
    }
}

/// Hears of a device's loss and of errors that belong to no call. After either, what was drawn is not what was asked
/// for.
#[derive(Clone, Default)]
pub(super) struct Listener(Arc<Mutex<Option<String>>>);

impl Listener {
    /// Hears this device from now on.
    pub(super) fn hear(&self, device: &wgpu::Device) {
        let this = self.clone();
        device
            .set_device_lost_callback(move |reason, message| this.note(format!("device lost, {reason:?}: {message}")));
        let this = self.clone();
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| this.note(error.to_string())));
    }

    /// What went wrong first, on one line.
    pub(super) fn heard(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, what: String) {
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        log::debug!("GPU: {what}");
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(what);
    }
}
