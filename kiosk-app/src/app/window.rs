//! The window: the newest picture and the UI out. Its events come in through [`events`].

mod events;
mod recover;

use std::sync::Arc;
use std::time::{Duration, Instant};

use carmine::Scene;
use carmine::face::TrackerConfig;
use carmine::look::Look;
use carmine::render::{Fit, View};
use winit::dpi::PhysicalSize;
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use winit::window::{Fullscreen, Window};

use self::recover::Recovery;
use crate::app::capture::{Input, Showing};
use crate::app::pipeline::{Pipeline, Seen, Wake};
use crate::app::stats::{Stage, Stats};
use crate::app::surface::{Outcome, Painted, Screen};
use crate::cli::Size;
use crate::error::AppError;
use crate::models::Models;
use crate::output;
use crate::preview::Preview;
use crate::ui::mirror::MirrorUi;
use crate::ui::touch::OneHand;

/// What the mirror is started with.
pub struct MirrorConfig {
    /// Where pictures come from.
    pub input: Input,
    /// How faces are followed.
    pub tracker: TrackerConfig,
    /// Where their models come from.
    pub models: Models,
    /// Looks on offer.
    pub looks: Vec<Look>,
    /// The look asked for, if any.
    pub asked: Option<Look>,
    /// Window size.
    pub size: Size,
    /// Whether to fill the screen.
    pub fullscreen: bool,
    /// Stop after so many shown pictures (of a photo: redraws).
    pub frames: Option<u64>,
    /// Print times.
    pub stats: bool,
    /// The light that is shown.
    pub light: Preview,
}

/// The part of a file's picture that must stay visible.
const LEAST_KEPT: f32 = 0.62;
/// How often `--stats` prints.
const STATS_EVERY: Duration = Duration::from_secs(5);

/// The running app.
pub struct Mirror {
    config: MirrorOptions,
    input: Option<Input>,
    proxy: EventLoopProxy<Wake>,
    pipeline: Option<Pipeline>,
    window: Option<Opened>,
    ui: MirrorUi,
    hand: OneHand,
    current: Option<Seen>,
    /// It has not been shown yet.
    fresh: bool,
    /// No more will come.
    last: bool,
    stats: Stats,
    shown: u64,
    last_shown: Option<Instant>,
    last_told: Instant,
    recovery: Recovery,
    error: Option<AppError>,
}

/// What of the configuration outlives the start.
struct MirrorOptions {
    tracker: TrackerConfig,
    models: Models,
    size: Size,
    kiosk: bool,
    frames: Option<u64>,
    stats: bool,
}

struct Opened {
    window: Arc<Window>,
    /// `None` only after a loss: the old one must be gone before a new surface is made.
    screen: Option<Screen>,
    egui: egui_winit::State,
    /// The choice of look and the window size that were prepared with the newest picture.
    prepared: Option<(usize, PhysicalSize<u32>)>,
}

impl Mirror {
    /// Ready to run.
    pub fn new(config: MirrorConfig, proxy: EventLoopProxy<Wake>) -> Self {
        let MirrorConfig { input, tracker, models, looks, asked, size, fullscreen, frames, stats, light } = config;
        Self {
            config: MirrorOptions { tracker, models, size, kiosk: fullscreen, frames, stats },
            input: Some(input),
            proxy,
            pipeline: None,
            window: None,
            ui: MirrorUi::new(looks, asked, light),
            hand: OneHand::default(),
            current: None,
            fresh: false,
            last: false,
            stats: Stats::default(),
            shown: 0,
            last_shown: None,
            last_told: Instant::now(),
            recovery: Recovery::default(),
            error: None,
        }
    }

    /// Runs until the window is closed.
    pub fn run(mut self, event_loop: EventLoop<Wake>) -> Result<(), AppError> {
        event_loop.run_app(&mut self).map_err(|error| AppError::Window(error.to_string()))?;
        if self.config.stats {
            output::print(&format!("{} frames shown\n{}", self.shown, self.stats.table()));
        }
        self.error.map_or(Ok(()), Err)
    }

    fn open(&mut self, event_loop: &ActiveEventLoop) -> Result<(), AppError> {
        let Size { width, height } = self.config.size;
        let attributes = Window::default_attributes()
            .with_title("Carmine")
            .with_inner_size(PhysicalSize::new(width, height))
            .with_fullscreen(self.config.kiosk.then_some(Fullscreen::Borderless(None)));
        let window = event_loop.create_window(attributes).map_err(|error| AppError::Window(error.to_string()))?;
        let window = Arc::new(window);
        let screen = Screen::new(&window, &event_loop.owned_display_handle())?;
        log::info!("drawing on {}", screen.adapter());
        let egui = new_egui(&self.ui, &window, &screen);
        window.request_redraw();
        self.window = Some(Opened { window, screen: Some(screen), egui, prepared: None });
        if let Some(input) = self.input.take() {
            let proxy = self.proxy.clone();
            // The event loop may have ended already: then nobody needs to know.
            let wake = move |wake| drop(proxy.send_event(wake));
            self.pipeline = Some(Pipeline::start(input, self.config.tracker, self.config.models.clone(), wake)?);
        }
        Ok(())
    }

    fn fail(&mut self, event_loop: &ActiveEventLoop, error: AppError) {
        self.error = Some(error);
        event_loop.exit();
    }

    fn redraw(&mut self, event_loop: &ActiveEventLoop) -> Result<(), AppError> {
        let Some(opened) = &mut self.window else { return Ok(()) };
        let size = opened.window.inner_size();
        if size.width == 0 || size.height == 0 {
            return Ok(());
        }
        if opened.screen.is_none() {
            return self.rebuild(event_loop);
        }
        let newest = self.pipeline.as_ref().and_then(Pipeline::newest);
        if let (Some(newest), Some(pipeline)) = (newest, &self.pipeline) {
            self.ui.saw(newest.shot.showing, !newest.faces.is_empty());
            (self.fresh, opened.prepared) = (true, None);
            if let Some(old) = self.current.replace(newest) {
                pipeline.recycle(old);
            }
        }
        self.ui.set_timings(&mut self.stats);
        self.ui.fit_to(size.width, size.height, opened.window.scale_factor() as f32);
        let input = opened.egui.take_egui_input(&opened.window);
        let output = self.ui.run(input);
        opened.egui.handle_platform_output(&opened.window, output.platform_output);
        let again = output.viewport_output.get(&egui::ViewportId::ROOT).map(|v| v.repaint_delay);
        let jobs = self.ui.context().tessellate(output.shapes, output.pixels_per_point);
        let painted = Painted { jobs, textures: output.textures_delta, pixels_per_point: output.pixels_per_point };

        let Some(screen) = &mut opened.screen else { return Ok(()) };
        screen.resize(size.width, size.height);
        let started = Instant::now();
        let wanted = (self.ui.worn_index(), size);
        if let Some(seen) = &self.current
            && opened.prepared != Some(wanted)
        {
            let frame = seen.shot.picture.frame()?;
            let scene = Scene::new(frame, &seen.faces, &seen.light, self.ui.worn())
                .with_occlusion(&seen.occlusion)
                .previewed(self.ui.preview().into());
            screen.prepare(&scene, &view_of(&scene, seen.shot.showing, size))?;
            opened.prepared = Some(wanted);
            self.stats.add(Stage::Prepare, started.elapsed());
        }
        let prepared = Instant::now();
        let outcome = screen.draw(opened.prepared.is_some(), &painted, || opened.window.pre_present_notify());
        match outcome {
            Outcome::Shown => self.note_shown(event_loop, prepared),
            Outcome::Hidden => {}
            Outcome::Again => opened.window.request_redraw(),
            Outcome::Lost => return self.lose(event_loop),
        }
        schedule(event_loop, self.window.as_ref(), again);
        Ok(())
    }

    fn note_shown(&mut self, event_loop: &ActiveEventLoop, prepared: Instant) {
        let now = Instant::now();
        self.recovery.done();
        self.stats.add(Stage::Show, now - prepared);
        let fresh = std::mem::take(&mut self.fresh);
        if let (true, Some(seen)) = (fresh, &self.current) {
            if let Some(last) = self.last_shown.replace(now) {
                self.stats.add(Stage::Frame, now - last);
            }
            let [track, fit, cover, light] = seen.times;
            self.stats.add(Stage::Decode, seen.shot.decode);
            self.stats.add(Stage::Track, track);
            self.stats.add(Stage::Fit, fit);
            self.stats.add(Stage::Cover, cover);
            self.stats.add(Stage::Light, light);
            if let Some(taken) = seen.shot.taken {
                self.stats.add(Stage::Latency, now - taken);
            }
        }
        self.shown += u64::from(fresh || (self.last && self.current.is_some()));
        if self.config.stats && self.last_told.elapsed() > STATS_EVERY {
            self.last_told = now;
            crate::output::tell(&self.stats.line());
        }
        if self.config.frames.is_some_and(|frames| self.shown >= frames) {
            event_loop.exit();
        } else if self.config.frames.is_some() && self.last {
            // A photo brings no new frames; counting them still has to end.
            self.request_redraw();
        }
    }

    fn request_redraw(&self) {
        if let Some(opened) = &self.window {
            opened.window.request_redraw();
        }
    }
}

/// A mirror fills its window. A file does too unless that would cut away much of it.
fn view_of(scene: &Scene<'_>, showing: Showing, size: PhysicalSize<u32>) -> View {
    let frame_shape = scene.frame.width() as f32 / scene.frame.height() as f32;
    let window_shape = size.width as f32 / size.height as f32;
    let kept = (frame_shape / window_shape).min(window_shape / frame_shape);
    let fit = if showing == Showing::File && kept < LEAST_KEPT { Fit::Contain } else { Fit::Cover };
    View { fit, mirrored: showing == Showing::Camera, ..View::same_size(size.width, size.height) }
}

fn new_egui(ui: &MirrorUi, window: &Window, screen: &Screen) -> egui_winit::State {
    let side = Some(screen.max_texture_side());
    egui_winit::State::new(ui.context().clone(), egui::ViewportId::ROOT, window, None, None, side)
}

fn schedule(event_loop: &ActiveEventLoop, opened: Option<&Opened>, again: Option<Duration>) {
    let flow = match again {
        Some(Duration::ZERO) => {
            if let Some(opened) = opened {
                opened.window.request_redraw();
            }
            ControlFlow::Wait
        }
        Some(delay) if delay < Duration::from_secs(3600) => ControlFlow::wait_duration(delay),
        _ => ControlFlow::Wait,
    };
    event_loop.set_control_flow(flow);
}
