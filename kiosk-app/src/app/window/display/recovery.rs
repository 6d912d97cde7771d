//! The display's way back: from a lost device, from pictures that it did not give, from frames that it did not ask for.

use std::time::{Duration, Instant};

use winit::event_loop::ActiveEventLoop;

use super::{Display, Opened, new_egui};
use crate::app::surface::{Loss, WindowSurface};
use crate::app::window::device::Attempt;
use crate::error::AppError;
use crate::gpu::guard::guarded;

impl Display {
    /// The display asks for a frame.
    pub(in crate::app::window) fn note_asked(&mut self) {
        if let Some(opened) = &mut self.opened {
            opened.asked.answer(Instant::now());
        }
    }

    /// The display says that the window is hidden, or is not.
    pub(in crate::app::window) fn set_hidden(&mut self, hidden: bool) {
        if let Some(opened) = &mut self.opened {
            opened.asked.set_hidden(hidden);
        }
    }

    /// Whether the display has not asked for the requested frame for so long.
    pub(in crate::app::window) fn waits_for(&self, time: Duration) -> bool {
        self.opened.as_ref().is_some_and(|opened| opened.asked.waits(time, Instant::now()))
    }

    /// Whether to draw although the display does not ask for it: a lost device is due to be made again, or a new
    /// surface is needed before the display will ask again.
    pub(in crate::app::window) fn draws_unasked(&mut self) -> bool {
        let (now, Some(opened)) = (Instant::now(), &mut self.opened) else { return false };
        if opened.device.surface().is_none() {
            return opened.device.next_due().is_none_or(|due| due <= now);
        }
        if opened.asked.is_overdue(now) {
            discard(opened.device.give_back());
            return true;
        }
        false
    }

    /// When to draw, if nothing else asks for it.
    pub(in crate::app::window) fn next_due(&self) -> Option<Instant> {
        let opened = self.opened.as_ref()?;
        opened.paused_until.or(opened.device.next_due())
    }

    /// For how long a fault of the GPU or the display has let nothing be shown; zero without one.
    pub(in crate::app::window) fn dark_for(&self, now: Instant) -> Duration {
        self.opened.as_ref().map_or(Duration::ZERO, |opened| opened.device.dark_for(now))
    }

    /// Whether nothing is to be drawn at this moment, since the display gave no picture a moment ago.
    pub(in crate::app::window) fn is_paused(&mut self) -> bool {
        let Some(opened) = &mut self.opened else { return false };
        opened.paused_until = opened.paused_until.filter(|until| *until > Instant::now());
        opened.paused_until.is_some()
    }

    /// Marks the device as lost; the next redraws try to get another.
    pub(in crate::app::window) fn lose(&mut self, loss: &Loss) {
        let Some(opened) = &mut self.opened else { return };
        discard(opened.device.lose(loss, Instant::now()));
        if let Loss::Gpu(_) = loss {
            opened.drivers.unload();
        }
    }

    /// Tries to get a new device for the window. Where one is made, egui begins with a context of its own: the
    /// textures of the old one are gone.
    pub(in crate::app::window) fn renew_device(&mut self, event_loop: &ActiveEventLoop) -> Result<Attempt, AppError> {
        let Some(Opened { window, egui, drivers, device, .. }) = &mut self.opened else { return Ok(Attempt::Made) };
        let make = || WindowSurface::new(drivers, window, &event_loop.owned_display_handle());
        let attempt = device.try_again(Instant::now(), make)?;
        if let (Attempt::Made, Some(surface)) = (&attempt, device.surface()) {
            self.context = crate::ui::renewed_context(&self.context);
            let mut fresh = new_egui(&self.context, window, surface);
            // The window's adapter can be made only once, before it is first shown.
            fresh.accesskit = egui.accesskit.take();
            if self.read_aloud {
                self.context.enable_accesskit();
            }
            *egui = fresh;
        }
        Ok(attempt)
    }

    /// Overwrites what the renderer holds of a picture, and gives the device back with everything on it.
    pub(in crate::app::window) fn zeroize(&mut self) {
        self.snapshot_wanted = false;
        // Where she scrolled to is nobody else's.
        self.context.data_mut(|data| data.clear());
        let Some(opened) = &mut self.opened else { return };
        if let Some(surface) = opened.device.surface_mut() {
            surface.zeroize();
        }
        discard(opened.device.give_back());
    }
}

/// wgpu may panic when it drops what a lost device left behind; that must not end the mirror.
fn discard(surface: Option<WindowSurface>) {
    if let Err(error) = guarded(|| drop(surface)) {
        log::debug!("{error}");
    }
}
