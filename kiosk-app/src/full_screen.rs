//! A window that fills its screen, on an X server without a window manager too: there nobody else gives a full-screen window
//! the screen's size, at the start or when the screen changes. Everywhere else this does nothing.

use winit::dpi::PhysicalSize;
use winit::event_loop::ActiveEventLoop;
use winit::monitor::MonitorHandle;
use winit::raw_window_handle::{HasDisplayHandle, RawDisplayHandle};
use winit::window::{Fullscreen, Window, WindowAttributes};

/// The X server's primary screen, else its first; none on other systems.
fn x11_screen(event_loop: &ActiveEventLoop) -> Option<MonitorHandle> {
    let display = event_loop.display_handle().ok()?;
    if !matches!(display.as_raw(), RawDisplayHandle::Xlib(_) | RawDisplayHandle::Xcb(_)) {
        return None;
    }
    event_loop.primary_monitor().or_else(|| event_loop.available_monitors().next())
}

/// The size in pixels that a window will get that fills the screen, where that is known beforehand.
pub fn size(event_loop: &ActiveEventLoop) -> Option<PhysicalSize<u32>> {
    x11_screen(event_loop).map(|screen| screen.size())
}

/// For a window that will fill the screen.
pub fn fill(attributes: WindowAttributes, event_loop: &ActiveEventLoop) -> WindowAttributes {
    let attributes = attributes.with_fullscreen(Some(Fullscreen::Borderless(None)));
    match x11_screen(event_loop) {
        Some(screen) => attributes.with_position(screen.position()).with_inner_size(screen.size()),
        None => attributes,
    }
}

/// Fills the screen again if it has changed its size or place, or was replaced by another. Asks the X server, so not for
/// every frame.
pub fn keep(window: &Window, event_loop: &ActiveEventLoop) {
    let Some(screen) = x11_screen(event_loop) else { return };
    let (size, place) = (screen.size(), screen.position());
    if size.width == 0 || size.height == 0 {
        return;
    }
    if window.inner_size() != size {
        log::info!("the screen has {} × {} pixels now", size.width, size.height);
        // The new size comes as an event.
        let _ = window.request_inner_size(size);
    }
    if window.outer_position().is_ok_and(|at| at != place) {
        window.set_outer_position(place);
    }
}
