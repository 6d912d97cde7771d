//! The end of a session: nothing of it stays.

use std::time::Duration;

use super::Mirror;
use crate::error::AppError;
use crate::ui::Screens;
use crate::ui::stage::{Live, Pictures};

impl Mirror {
    /// Forgets pictures, landmarks, textures and choices. Threads with their models and buffers are ended, the GPU device
    /// with everything on it is given back, and what they held is overwritten when it is freed (see `main`). Then the
    /// attract screen begins on fresh ones.
    pub(super) fn wipe(&mut self, now: Duration) -> Result<(), AppError> {
        self.outside.end();
        // Dropping it joins the threads, so their buffers are freed when this returns.
        self.pipeline = None;
        (self.current, self.frozen) = (None, None);
        let shop_error = self.live.shop_error.take();
        (self.live, self.pictures) = (Live { shop_error, ..Live::default() }, Pictures::default());
        self.framer.reset();
        self.scanner = Default::default();
        self.screens = Screens::default();
        self.stats = Default::default();
        self.last = false;
        if let Some(opened) = &mut self.window {
            if let Some(studio) = &mut opened.studio {
                studio.zeroize();
            }
            if let Some(screen) = &mut opened.screen {
                screen.zeroize();
            }
            opened.prepared = None;
            // The device goes with the screen; the next redraw makes another.
            opened.studio = None;
            opened.screen = None;
        }
        self.recovery.given_back();
        self.shop.begin_attract(now);
        self.start_pipeline()?;
        self.request_redraw();
        Ok(())
    }
}
