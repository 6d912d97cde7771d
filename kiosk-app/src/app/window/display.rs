//! The window and what draws on it: egui for the screens, a surface with its device for both. `recovery` is what happens
//! when one of them fails.

mod recovery;

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Rect, Ui, pos2};
use egui_winit::accesskit_winit;
use winit::dpi::PhysicalSize;
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, EventLoopProxy};
use winit::window::{Fullscreen, Window};

use super::asked::Asked;
use super::device::Device;
use crate::app::surface::{Drivers, Outcome, Painted, Region, WindowSurface};
use crate::app::wake::Wake;
use crate::choices::Size;
use crate::error::AppError;
use crate::full_screen::FullScreen;
use crate::take_home::photo::Snapshot;

/// The window, once it is open.
pub(super) struct Display {
    context: Context,
    opened: Option<Opened>,
    full_screen: FullScreen,
    /// A screen reader is active.
    read_aloud: bool,
    /// The next picture that is shown is wanted as a file.
    snapshot_wanted: bool,
}

struct Opened {
    window: Arc<Window>,
    egui: egui_winit::State,
    drivers: Drivers,
    device: Device<WindowSurface>,
    asked: Asked,
    /// Nothing is drawn before.
    paused_until: Option<Instant>,
}

impl Opened {
    /// What is drawn of the window, in pixels: all of it, unless it is larger than any picture of the GPU.
    fn drawn_size(&self) -> PhysicalSize<u32> {
        let (size, surface) = (self.window.inner_size(), self.device.surface());
        surface.map_or(size, |surface| surface.drawable(size.into()).into())
    }
}

/// How the window is opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct WindowOptions {
    /// Its size, unless it fills the screen.
    pub(super) size: Size,
    /// A kiosk fills the screen, without decorations and without a pointer.
    pub(super) kiosk: bool,
    /// How long the GPU may show nothing before the app ends; `None` if nothing would start it again.
    pub(super) gives_up_after: Option<Duration>,
}

/// The screens of one frame, laid out.
pub(super) struct LaidOut {
    /// What egui draws.
    pub(super) painted: Painted,
    /// When egui wants to draw again.
    pub(super) again: Option<Duration>,
    /// For which size of the window, in pixels: it may have another by now.
    pub(super) size: PhysicalSize<u32>,
}

/// The outcome of a frame, and its picture if one was wanted.
pub(super) struct Drawn {
    pub(super) outcome: Outcome,
    pub(super) snapshot: Option<Result<Snapshot, AppError>>,
}

impl Display {
    /// Not open yet.
    pub(super) fn new(full_screen: FullScreen) -> Self {
        let context = crate::ui::new_context();
        Self { context, opened: None, full_screen, read_aloud: false, snapshot_wanted: false }
    }

    /// Opens the window and gets a device for it.
    pub(super) fn open(
        &mut self,
        event_loop: &ActiveEventLoop,
        options: WindowOptions,
        proxy: &EventLoopProxy<Wake>,
    ) -> Result<(), AppError> {
        let attributes = Window::default_attributes()
            .with_title("Carmine")
            .with_visible(false)
            .with_decorations(!options.kiosk)
            .with_inner_size(PhysicalSize::new(options.size.width, options.size.height));
        let attributes = if options.kiosk { self.full_screen.fill(attributes, event_loop) } else { attributes };
        let window = event_loop.create_window(attributes).map_err(|error| AppError::Window(error.to_string()))?;
        let window = Arc::new(window);
        let mut drivers = Drivers::default();
        let surface = WindowSurface::new(&mut drivers, &window, &event_loop.owned_display_handle())?;
        log::info!("drawing on {}", surface.adapter());
        let mut egui = new_egui(&self.context, &window, &surface);
        egui.init_accesskit(event_loop, &window, proxy.clone());
        window.set_visible(true);
        window.set_cursor_visible(!options.kiosk);
        let device = Device::running(surface, options.gives_up_after);
        self.opened = Some(Opened { window, egui, drivers, device, asked: Asked::new(), paused_until: None });
        self.request_redraw();
        Ok(())
    }

    /// Fills the screen again where that has changed.
    pub(super) fn keep_full_screen(&mut self, event_loop: &ActiveEventLoop) {
        if let Some(opened) = self.opened.as_ref().filter(|opened| opened.window.fullscreen().is_some()) {
            self.full_screen.keep(&opened.window, event_loop);
        }
    }

    /// Whether the window is open.
    pub(super) fn is_open(&self) -> bool {
        self.opened.is_some()
    }

    /// egui's context; another one after the loss of a device.
    pub(super) fn context(&self) -> &Context {
        &self.context
    }

    /// The size of what is drawn, if the window is open and has one.
    pub(super) fn size(&self) -> Option<PhysicalSize<u32>> {
        let size = self.opened.as_ref()?.drawn_size();
        (size.width > 0 && size.height > 0).then_some(size)
    }

    /// What draws, while the device is there.
    pub(super) fn surface(&self) -> Option<&WindowSurface> {
        self.opened.as_ref()?.device.surface()
    }

    /// The same, mutable.
    pub(super) fn surface_mut(&mut self) -> Option<&mut WindowSurface> {
        self.opened.as_mut()?.device.surface_mut()
    }

    /// Draws again as soon as possible.
    pub(super) fn request_redraw(&self) {
        if let Some(opened) = &self.opened {
            opened.asked.ask(Instant::now());
            opened.window.request_redraw();
        }
    }

    /// Toggles between the full screen and a window.
    pub(super) fn toggle_fullscreen(&self) {
        if let Some(Opened { window, .. }) = &self.opened {
            let next = window.fullscreen().is_none().then_some(Fullscreen::Borderless(None));
            window.set_fullscreen(next);
        }
    }

    /// The next picture that is shown is wanted as a file.
    pub(super) fn want_snapshot(&mut self) {
        self.snapshot_wanted = true;
        self.request_redraw();
    }

    /// Gives egui an event.
    pub(super) fn on_window_event(&mut self, event: &WindowEvent) {
        if let Some(Opened { window, egui, .. }) = &mut self.opened
            && egui.on_window_event(window, event).repaint
        {
            window.request_redraw();
        }
    }

    /// What a screen reader asks for.
    pub(super) fn on_access(&mut self, event: accesskit_winit::WindowEvent) {
        let Some(opened) = &mut self.opened else { return };
        match event {
            accesskit_winit::WindowEvent::InitialTreeRequested => {
                self.read_aloud = true;
                self.context.enable_accesskit();
            }
            accesskit_winit::WindowEvent::ActionRequested(request) => opened.egui.on_accesskit_action_request(request),
            accesskit_winit::WindowEvent::AccessibilityDeactivated => {
                self.read_aloud = false;
                self.context.disable_accesskit();
            }
        }
        opened.window.request_redraw();
    }

    /// Lays out the screens; `show` may run twice, where what it asked for changed them. `None` before the window is
    /// open.
    pub(super) fn lay_out(&mut self, kiosk: bool, show: impl FnMut(&mut Ui)) -> Option<LaidOut> {
        let opened = self.opened.as_mut()?;
        let size = opened.drawn_size();
        let Opened { window, egui, .. } = opened;
        crate::ui::fit_to(&self.context, size.width, size.height, window.scale_factor() as f32);
        let mut input = egui.take_egui_input(window);
        let corner = pos2(size.width as f32, size.height as f32) / egui_winit::pixels_per_point(&self.context, window);
        input.screen_rect = Some(Rect { min: egui::Pos2::ZERO, max: corner });
        let mut output = self.context.run_ui(input, show);
        if kiosk {
            // A touch screen has no pointer, even if the system reports one.
            output.platform_output.cursor_icon = egui::CursorIcon::None;
        }
        egui.handle_platform_output(window, output.platform_output);
        let again = output.viewport_output.get(&egui::ViewportId::ROOT).map(|viewport| viewport.repaint_delay);
        let jobs = self.context.tessellate(output.shapes, output.pixels_per_point);
        let painted = Painted { jobs, textures: output.textures_delta, pixels_per_point: output.pixels_per_point };
        Some(LaidOut { painted, again, size })
    }

    /// Draws the prepared picture into `mirror`, and the screens over it. `None` while there is no device.
    pub(super) fn draw(&mut self, mirror: Option<Region>, painted: &Painted) -> Option<Drawn> {
        let Opened { window, device, paused_until, .. } = self.opened.as_mut()?;
        let surface = device.surface_mut()?;
        let outcome = surface.draw(mirror, painted, || window.pre_present_notify());
        let mut snapshot = None;
        match &outcome {
            Outcome::Shown => {
                if std::mem::take(&mut self.snapshot_wanted) {
                    snapshot = Some(surface.snapshot(mirror, painted));
                }
                device.note_shown(Instant::now());
            }
            Outcome::Again(pause) => *paused_until = Some(Instant::now() + *pause),
            Outcome::Lost(_) => {}
        }
        Some(Drawn { outcome, snapshot })
    }
}

fn new_egui(context: &Context, window: &Window, surface: &WindowSurface) -> egui_winit::State {
    let side = Some(surface.max_texture_side());
    egui_winit::State::new(context.clone(), egui::ViewportId::ROOT, window, None, None, side)
}
