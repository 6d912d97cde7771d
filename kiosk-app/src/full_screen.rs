//! A window that fills a screen, on an X server without a window manager too: there nobody else gives a full-screen window
//! the screen's size, at the start or when the screens change. Elsewhere the system does, and this only asks for it.
//!
//! In: the screens that there are, and the name in the settings. Out: the window's place and size, and one line in the log
//! for each change.
//!
//! It is the screen that the settings name, else the X server's primary one, else its first. While there is none, the window
//! stays as it is.

mod news;
#[cfg(target_os = "linux")]
mod server;

use winit::dpi::{PhysicalPosition, PhysicalSize};
use winit::event_loop::ActiveEventLoop;
use winit::monitor::MonitorHandle;
use winit::raw_window_handle::{HasDisplayHandle, RawDisplayHandle};
use winit::window::{Fullscreen, Window, WindowAttributes};

use self::news::Told;
#[cfg(target_os = "linux")]
use self::server::Server;

/// A screen of the X server, as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Screen {
    /// Its output's name, such as HDMI-1.
    name: String,
    size: PhysicalSize<u32>,
    /// Of its upper left corner among the screens.
    place: PhysicalPosition<i32>,
}

/// Which screen the windows of a process fill.
#[derive(Debug)]
pub struct FullScreen {
    /// The screen's name in the settings.
    wanted: Option<String>,
    /// What the log has of it; `None` for a process that says nothing of it.
    told: Option<Told>,
    #[cfg(target_os = "linux")]
    server: Option<Server>,
    /// The X server was asked for a connection.
    has_tried: bool,
}

impl FullScreen {
    /// Fills the screen of this name, else the primary one, and says in the log what it fills.
    pub fn new(wanted: Option<String>) -> Self {
        Self { told: Some(Told::default()), ..Self::silent(wanted) }
    }

    /// The same without a word: another process says it.
    pub fn silent(wanted: Option<String>) -> Self {
        Self {
            wanted,
            told: None,
            #[cfg(target_os = "linux")]
            server: None,
            has_tried: false,
        }
    }

    /// The size in pixels that a window will get that fills the screen, where that is known beforehand.
    pub fn size(&mut self, event_loop: &ActiveEventLoop) -> Option<PhysicalSize<u32>> {
        let screens = self.screens(event_loop)?;
        Some(choose(&screens, self.wanted.as_deref())?.size)
    }

    /// For a window that will fill the screen.
    pub fn fill(&mut self, attributes: WindowAttributes, event_loop: &ActiveEventLoop) -> WindowAttributes {
        let attributes = attributes.with_fullscreen(Some(Fullscreen::Borderless(None)));
        let screens = self.screens(event_loop).unwrap_or_default();
        match choose(&screens, self.wanted.as_deref()) {
            Some(screen) => {
                // Where winit knows it, it does not move the window to another one first.
                let handle =
                    event_loop.available_monitors().find(|handle| handle.name().as_ref() == Some(&screen.name));
                let full = Fullscreen::Borderless(handle);
                attributes.with_fullscreen(Some(full)).with_position(screen.place).with_inner_size(screen.size)
            }
            None => attributes,
        }
    }

    /// Fills the screen again if it has changed its size or place, or another is to be filled. Asks the X server, so not for
    /// every frame.
    pub fn keep(&mut self, window: &Window, event_loop: &ActiveEventLoop) {
        let Some(screens) = self.screens(event_loop) else { return };
        let screen = choose(&screens, self.wanted.as_deref());
        if let Some(told) = &mut self.told {
            told.note(&screens, screen, self.wanted.as_deref()).iter().for_each(news::News::log);
        }
        let Some(screen) = screen else { return };
        if window.inner_size() != screen.size {
            // The new size comes as an event.
            let _ = window.request_inner_size(screen.size);
        }
        if window.outer_position().is_ok_and(|at| at != screen.place) {
            window.set_outer_position(screen.place);
        }
    }

    /// The X server's screens, the primary one first; none on other systems.
    fn screens(&mut self, event_loop: &ActiveEventLoop) -> Option<Vec<Screen>> {
        let display = event_loop.display_handle().ok()?;
        if !matches!(display.as_raw(), RawDisplayHandle::Xlib(_) | RawDisplayHandle::Xcb(_)) {
            return None;
        }
        Some(self.asked().unwrap_or_else(|| screens_at_the_start(event_loop)))
    }

    /// What the X server says now; `None` where it does not say.
    #[cfg(target_os = "linux")]
    fn asked(&mut self) -> Option<Vec<Screen>> {
        if !std::mem::replace(&mut self.has_tried, true) {
            let server = Server::connect().map_err(|why| log::warn!("changes of the screens will not be seen: {why}"));
            self.server = server.ok();
        }
        let screens = self.server.as_ref()?.screens();
        if let Err(why) = &screens {
            log::debug!("the X server does not tell its screens: {why}");
            self.server = None;
        }
        screens.ok()
    }

    #[cfg(not(target_os = "linux"))]
    fn asked(&mut self) -> Option<Vec<Screen>> {
        self.has_tried = true;
        None
    }
}

/// The screens that there were when winit looked.
fn screens_at_the_start(event_loop: &ActiveEventLoop) -> Vec<Screen> {
    let primary = event_loop.primary_monitor();
    // Not the primary one itself: where there is no screen, winit makes one up.
    let mut handles: Vec<_> = event_loop.available_monitors().collect();
    handles.sort_by_key(|handle| Some(handle) != primary.as_ref());
    let screen = |handle: &MonitorHandle| Screen {
        name: handle.name().unwrap_or_default(),
        size: handle.size(),
        place: handle.position(),
    };
    handles.iter().map(screen).collect()
}

/// The screen to fill, of those that there are.
fn choose<'a>(screens: &'a [Screen], wanted: Option<&str>) -> Option<&'a Screen> {
    let named = wanted.and_then(|wanted| screens.iter().find(|screen| screen.name == wanted));
    named.or(screens.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(name: &str) -> Screen {
        Screen { name: name.to_owned(), size: PhysicalSize::new(1080, 1920), place: PhysicalPosition::new(0, 0) }
    }

    #[test]
    fn the_named_screen_is_filled_else_the_first() {
        let screens = [screen("DP-1"), screen("HDMI-1")];
        let name = |wanted| choose(&screens, wanted).map(|screen| &*screen.name);
        assert_eq!(name(None), Some("DP-1"));
        assert_eq!(name(Some("HDMI-1")), Some("HDMI-1"));
        assert_eq!(name(Some("HDMI-2")), Some("DP-1"));
        assert_eq!(choose(&[], Some("HDMI-1")), None);
    }
}
