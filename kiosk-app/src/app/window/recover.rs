//! What happens after the loss of a device: a few tries to get a new one, then the process ends with its reason.

use std::time::{Duration, Instant};

use winit::event_loop::{ActiveEventLoop, ControlFlow};

use super::{Mirror, new_egui};
use crate::app::surface::Screen;
use crate::app::wake::Wake;
use crate::error::AppError;
use crate::ui::stage::Pictures;

/// New devices that are tried after a loss without a frame shown in between.
const MAX_REBUILDS: u32 = 3;
/// Between two tries: a driver that starts anew takes a moment.
const PAUSE: Duration = Duration::from_millis(700);

/// The tries since the last frame that was shown.
#[derive(Default)]
pub(super) struct Recovery {
    tries: u32,
    next: Option<Instant>,
    /// The device was given back on purpose: a session ended.
    wanted: bool,
}

impl Recovery {
    /// The device was given back on purpose.
    pub(super) fn given_back(&mut self) {
        *self = Self { wanted: true, ..Self::default() };
    }

    /// A frame was shown: all is well.
    pub(super) fn done(&mut self) {
        *self = Self::default();
    }
}

impl Mirror {
    /// The device is gone. Its screen is dropped; the next redraws try to make another.
    pub(super) fn lose(&mut self, event_loop: &ActiveEventLoop) -> Result<(), AppError> {
        if let Some(opened) = &mut self.window {
            // wgpu may panic when it drops what a lost device left behind; that must not end the mirror.
            let old = opened.screen.take();
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(old)));
            opened.prepared = None;
        }
        self.rebuild(event_loop)
    }

    /// Tries a new device, unless the pause after the last try is not over.
    pub(super) fn rebuild(&mut self, event_loop: &ActiveEventLoop) -> Result<(), AppError> {
        let Some(opened) = &mut self.window else { return Ok(()) };
        if let Some(next) = self.recovery.next.filter(|next| *next > Instant::now()) {
            event_loop.set_control_flow(ControlFlow::WaitUntil(next));
            return Ok(());
        }
        self.recovery.tries += 1;
        if self.recovery.tries > MAX_REBUILDS {
            return Err(AppError::GpuLost);
        }
        if !std::mem::take(&mut self.recovery.wanted) {
            log::warn!("the GPU was lost; attempt {} to get it back", self.recovery.tries);
        }
        match Screen::new(&opened.window, &event_loop.owned_display_handle()) {
            Ok(screen) => {
                // A fresh context for a fresh device: the textures of the old one are gone.
                self.context = crate::ui::new_context();
                self.screens.clear_textures();
                let mut egui = new_egui(&self.context, &opened.window, &screen);
                // The window's adapter can be made only once, before it is first shown.
                egui.accesskit = opened.egui.accesskit.take();
                if self.access {
                    self.context.enable_accesskit();
                }
                opened.egui = egui;
                opened.screen = Some(screen);
                opened.studio = None;
                self.pictures = Pictures::default();
                let proxy = self.proxy.clone();
                self.shop.renew_thumbnails(move || drop(proxy.send_event(Wake::Shop)));
                self.recovery.next = None;
                self.request_redraw();
            }
            Err(error) => {
                log::warn!("{error}");
                let next = Instant::now() + PAUSE;
                self.recovery.next = Some(next);
                event_loop.set_control_flow(ControlFlow::WaitUntil(next));
            }
        }
        Ok(())
    }
}
