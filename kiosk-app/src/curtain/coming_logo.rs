//! The brand's logo on its way: read and decoded on a thread of its own, since no drive may keep the curtain waiting.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use egui::ColorImage;

use crate::logo::decode;

/// What comes, once; nothing where there is none, or none that can be shown.
pub(super) struct ComingLogo(Option<Receiver<ColorImage>>);

impl ComingLogo {
    /// Begins to read it.
    pub(super) fn read(path: Option<&Path>) -> Self {
        let Some(path) = path.map(Path::to_owned) else { return Self(None) };
        let (sender, receiver) = channel();
        // What is wrong with it is told by the mirror.
        let work = move || decode(&path).ok().map(|logo| sender.send(logo));
        Self(std::thread::Builder::new().name("logo".into()).spawn(work).is_ok().then_some(receiver))
    }

    /// Takes it, if it is there within this time.
    pub(super) fn within(&mut self, patience: Duration) -> Option<ColorImage> {
        let come = self.0.as_ref()?.recv_timeout(patience);
        if come != Err(RecvTimeoutError::Timeout) {
            self.0 = None;
        }
        come.ok()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn it_comes_once_and_what_is_no_picture_does_not_keep_anybody_waiting() {
        let file = std::env::temp_dir().join(format!("carmine-curtain-logo-{}.png", std::process::id()));
        image::RgbaImage::from_pixel(4, 2, image::Rgba([200, 0, 90, 255])).save(&file).unwrap();
        let mut coming = ComingLogo::read(Some(&file));
        assert_eq!(coming.within(LONG).map(|logo| logo.size), Some([4, 2]));
        assert!(coming.within(LONG).is_none());
        std::fs::write(&file, "no picture").unwrap();
        assert!(ComingLogo::read(Some(&file)).within(LONG).is_none());
        std::fs::remove_file(&file).unwrap();
        assert!(ComingLogo::read(Some(&file)).within(LONG).is_none(), "no file");
        assert!(ComingLogo::read(None).within(LONG).is_none());
    }
}
