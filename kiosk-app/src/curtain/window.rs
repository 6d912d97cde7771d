//! The curtain's window: opened and closed on its keeper's order, drawn when the display asks for it.

use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use softbuffer::{Context, SoftBufferError, Surface};
use winit::application::ApplicationHandler;
use winit::dpi::PhysicalSize;
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, ControlFlow, OwnedDisplayHandle};
use winit::raw_window_handle::{HasWindowHandle, RawWindowHandle};
use winit::window::{Window, WindowId};
use x11rb::connection::Connection;
use x11rb::errors::ConnectError;
use x11rb::protocol::xproto::{ConfigureWindowAux, ConnectionExt, StackMode};
use x11rb::rust_connection::RustConnection;

use super::coming_logo::ComingLogo;
use super::picture::{self, Picture};
use super::poster::Poster;
use crate::choices::Size;
use crate::full_screen::FullScreen;
use crate::link::{FromCurtain, Link};

/// How often it is looked whether the screen has changed.
const SCREEN_LOOK: Duration = Duration::from_secs(2);

/// What the keeper wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// A new window, in answer to the order of this number.
    Show(u32),
    Hide,
    /// An answer, if this thread and its windows are well.
    Ask,
    /// The keeper is gone.
    End,
}

/// The process' state.
pub(super) struct Curtain {
    poster: Poster,
    logo: ComingLogo,
    size: Size,
    full_screen: FullScreen,
    link: Arc<Link>,
    /// The last one that was drawn: it is shown again where a part of the window was hidden.
    picture: Option<Picture>,
    /// The windows that are open. The last is wanted; one before it stays until that one is drawn.
    open: Vec<Opened>,
    /// To an X server, once something was to be asked of it that winit has no words for.
    x11: Option<RustConnection>,
    look_at_screen: Instant,
}

struct Opened {
    surface: Surface<OwnedDisplayHandle, Rc<Window>>,
    window: Rc<Window>,
    /// The number of the order.
    number: u32,
    is_drawn: bool,
}

impl Opened {
    fn new(event_loop: &ActiveEventLoop, size: Size, screen: &mut FullScreen, number: u32) -> Result<Self, String> {
        let attributes = Window::default_attributes()
            .with_title("One moment")
            .with_visible(false)
            .with_active(false)
            .with_decorations(false)
            .with_inner_size(PhysicalSize::new(size.width, size.height));
        let attributes = screen.fill(attributes, event_loop);
        let window = Rc::new(event_loop.create_window(attributes).map_err(|error| error.to_string())?);
        let context = Context::new(event_loop.owned_display_handle()).map_err(|error| error.to_string())?;
        let surface = Surface::new(&context, Rc::clone(&window)).map_err(|error| error.to_string())?;
        window.set_visible(true);
        window.set_cursor_visible(false);
        window.request_redraw();
        Ok(Self { surface, window, number, is_drawn: false })
    }

    /// The window's size in pixels, if it has one.
    fn size(&self) -> Option<[NonZeroU32; 2]> {
        let size = self.window.inner_size();
        Some([NonZeroU32::new(size.width)?, NonZeroU32::new(size.height)?])
    }

    fn draw(&mut self, picture: &Picture, [width, height]: [NonZeroU32; 2]) -> Result<(), SoftBufferError> {
        self.surface.resize(width, height)?;
        let mut buffer = self.surface.buffer_mut()?;
        if buffer.len() == picture.pixels.len() {
            buffer.copy_from_slice(&picture.pixels);
        }
        self.window.pre_present_notify();
        buffer.present()?;
        self.is_drawn = true;
        Ok(())
    }
}

impl Curtain {
    pub(super) fn new(poster: Poster, logo: ComingLogo, size: Size, full_screen: FullScreen, link: Arc<Link>) -> Self {
        let look_at_screen = Instant::now();
        Self { poster, logo, size, full_screen, link, picture: None, open: Vec::new(), x11: None, look_at_screen }
    }

    /// Ends the process where the display refuses: its keeper starts another.
    fn check(event_loop: &ActiveEventLoop, done: Result<(), String>) {
        if let Err(why) = done {
            log::warn!("the curtain cannot be shown: {why}");
            event_loop.exit();
        }
    }

    fn show(&mut self, event_loop: &ActiveEventLoop, number: u32) -> Result<(), String> {
        // Drawn before the window is there, so that it is filled at once.
        self.prepare(event_loop);
        let last = self.open.pop();
        self.open.clear();
        self.open.extend(last);
        self.open.push(Opened::new(event_loop, self.size, &mut self.full_screen, number)?);
        Ok(())
    }

    /// Leaves the screen to other windows. Below them it is what is seen as soon as they are gone.
    fn hide(&mut self) {
        let below = self.lower();
        if let Err(why) = &below {
            log::debug!("the curtain's window is closed, since it cannot go below others: {why}");
            self.open.clear();
        }
    }

    /// Puts its windows below all others: only an X server can do that.
    fn lower(&mut self) -> Result<(), Box<dyn std::error::Error>> {
        for id in self.on_x11()? {
            let server = self.server()?;
            server.configure_window(id, &ConfigureWindowAux::new().stack_mode(StackMode::BELOW))?;
            server.flush()?;
        }
        Ok(())
    }

    /// Whether the X server still has its windows. One that took them from this process alone tells it nothing, if its
    /// connection was cut.
    fn is_there(&mut self) -> bool {
        let Ok(ids) = self.on_x11() else { return true };
        let is_open =
            |server: &RustConnection, id| server.get_window_attributes(id).is_ok_and(|ask| ask.reply().is_ok());
        ids.into_iter().all(|id| self.server().is_ok_and(|server| is_open(server, id)))
    }

    /// Its windows as the X server names them.
    fn on_x11(&self) -> Result<Vec<u32>, Box<dyn std::error::Error>> {
        let name = |opened: &Opened| match opened.window.window_handle()?.as_raw() {
            RawWindowHandle::Xlib(handle) => Ok(u32::try_from(handle.window)?),
            RawWindowHandle::Xcb(handle) => Ok(handle.window.get()),
            _ => Err("this is no X server".into()),
        };
        self.open.iter().map(name).collect()
    }

    fn server(&mut self) -> Result<&RustConnection, ConnectError> {
        let server = match self.x11.take() {
            Some(server) => server,
            None => x11rb::connect(None)?.0,
        };
        Ok(self.x11.insert(server))
    }

    /// Draws the picture in the size that a window will most likely have.
    fn prepare(&mut self, event_loop: &ActiveEventLoop) {
        let size = self.full_screen.size(event_loop);
        self.paint(size.map_or([self.size.width, self.size.height], |size| [size.width, size.height]));
    }

    /// Draws the picture, unless it is there in this size.
    fn paint(&mut self, size: [u32; 2]) {
        if self.picture.as_ref().is_none_or(|picture| picture.size != size) {
            self.picture = Some(picture::paint(&self.poster, size));
            // The fonts are not needed any more.
            carmine_heap::trim();
        }
    }

    fn redraw(&mut self, event_loop: &ActiveEventLoop, id: WindowId) -> Result<(), String> {
        let Some(at) = self.open.iter().position(|opened| opened.window.id() == id) else { return Ok(()) };
        let Some(size) = self.open[at].size() else { return Ok(()) };
        self.paint(size.map(NonZeroU32::get));
        let (opened, Some(picture)) = (&mut self.open[at], &self.picture) else { return Ok(()) };
        let first = !opened.is_drawn;
        opened.draw(picture, size).map_err(|error| error.to_string())?;
        let number = opened.number;
        if first {
            // winit has placed it where it thinks that the screen is.
            self.full_screen.keep(&opened.window, event_loop);
        }
        if first && at + 1 == self.open.len() {
            self.open.drain(..at);
            // Where nobody listens any more, its end follows.
            let _ = self.link.send(&FromCurtain::Up(number), &[]);
        }
        Ok(())
    }
}

impl ApplicationHandler<Order> for Curtain {
    /// The picture is ready before a window is wanted.
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        self.prepare(event_loop);
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, order: Order) {
        match order {
            Order::Show(number) => {
                let done = self.show(event_loop, number);
                Self::check(event_loop, done);
            }
            Order::Hide => self.hide(),
            Order::Ask => {
                if self.is_there() {
                    // Where nobody listens any more, its end follows.
                    let _ = self.link.send(&FromCurtain::Well, &[]);
                }
            }
            Order::End => event_loop.exit(),
        }
    }

    /// A window that is open is seldom looked after: whether the screen has changed, or a slow drive gave the logo.
    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        let now = Instant::now();
        if let Some(logo) = self.logo.within(Duration::ZERO) {
            self.poster.logo = Some(logo);
            self.picture = None;
            self.open.iter().for_each(|opened| opened.window.request_redraw());
        }
        if self.open.is_empty() {
            return event_loop.set_control_flow(ControlFlow::Wait);
        }
        if self.look_at_screen <= now {
            self.open.iter().for_each(|opened| self.full_screen.keep(&opened.window, event_loop));
            self.look_at_screen = now + SCREEN_LOOK;
        }
        event_loop.set_control_flow(ControlFlow::WaitUntil(self.look_at_screen));
    }

    /// Touches and keys do nothing: whoever waits may tap.
    fn window_event(&mut self, event_loop: &ActiveEventLoop, id: WindowId, event: WindowEvent) {
        match event {
            WindowEvent::RedrawRequested => {
                let done = self.redraw(event_loop, id);
                Self::check(event_loop, done);
            }
            WindowEvent::Resized(_) => {
                self.open.iter().filter(|opened| opened.window.id() == id).for_each(|o| o.window.request_redraw());
            }
            _ => {}
        }
    }
}
