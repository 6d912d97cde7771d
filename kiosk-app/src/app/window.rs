//! The window: the newest picture and the screens out, touches in. Its events come in through `events`.

mod dress;
mod effects;
mod events;
mod frozen;
mod merchant;
mod recover;
mod wipe;

use std::sync::Arc;
use std::time::{Duration, Instant};

use carmine::TryOnConfig;
use carmine::face::TrackerConfig;
use carmine::look::Look;
use egui::Context;
use winit::dpi::PhysicalSize;
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use winit::window::{Fullscreen, Window};

use self::dress::Prepared;
use self::recover::Recovery;
use crate::app::capture::Input;
use crate::app::framing::Framer;
use crate::app::pipeline::Pipeline;
use crate::app::seen::Seen;
use crate::app::shop::Shop;
use crate::app::stats::{Stats, Timed};
use crate::app::studio::Studio;
use crate::app::surface::{Outcome, Painted, Region, Screen as Display};
use crate::app::wake::Wake;
use crate::choices::LightChoice;
use crate::choices::{CameraChoice, Size};
use crate::error::AppError;
use crate::models::Models;
use crate::output;
use crate::scanner::Scanner;
use crate::session::{Action, Report, Session};
use crate::ui::Screens;
use crate::ui::stage::{Live, Pictures, Stage};
use crate::ui::touch::OneHand;

/// What the app is started with.
pub struct MirrorConfig {
    /// Settings, catalogue, languages, models.
    pub shop: Shop,
    /// The file it shows instead of the attract screen.
    pub file: Option<Input>,
    /// Which camera consent opens, instead of the settings'.
    pub camera: Option<CameraChoice>,
    /// How faces are followed.
    pub tracker: TrackerConfig,
    /// Where their models come from.
    pub models: Models,
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
    pub light: LightChoice,
}

/// How often `--stats` prints.
const STATS_EVERY: Duration = Duration::from_secs(5);
/// Smaller windows show nothing but the picture.
const LEAST_PX: u32 = 240;

/// The running app.
pub struct Mirror {
    config: Options,
    shop: Shop,
    session: Session,
    screens: Screens,
    context: Context,
    hand: OneHand,
    scanner: Scanner,
    file: Option<Input>,
    proxy: EventLoopProxy<Wake>,
    pipeline: Option<Pipeline>,
    window: Option<Opened>,
    current: Option<Seen>,
    frozen: Option<Seen>,
    live: Live,
    pictures: Pictures,
    framer: Framer,
    /// A screen reader listens.
    access: bool,
    /// The screen that the log knows of.
    told_screen: Option<crate::session::Screen>,
    /// The merchant wants the next picture as a file.
    screenshot: bool,
    /// The look of the jaw's swatches, and the foundations it is made of.
    jaw: std::cell::RefCell<Option<(Vec<crate::catalogue::ItemId>, Arc<Look>)>>,
    outside: effects::Outside,
    /// Times in the app are counted from here.
    epoch: Instant,
    /// Pictures taken so far: what was prepared is known by it.
    serial: u64,
    /// The newest has not been shown yet.
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
struct Options {
    camera: Option<CameraChoice>,
    tracker: TrackerConfig,
    models: Models,
    size: Size,
    kiosk: bool,
    frames: Option<u64>,
    stats: bool,
    light: LightChoice,
}

struct Opened {
    window: Arc<Window>,
    /// `None` only after a loss: the old one must be gone before a new surface is made.
    screen: Option<Display>,
    studio: Option<Studio>,
    egui: egui_winit::State,
    prepared: Option<Prepared>,
}

impl Mirror {
    /// Ready to run.
    pub fn new(config: MirrorConfig, proxy: EventLoopProxy<Wake>) -> Self {
        let MirrorConfig { shop, file, camera, tracker, models, asked, size, fullscreen, frames, stats, light } =
            config;
        let begin = if file.is_some() { Session::of_file } else { Session::new };
        let session = begin(shop.rules(), Duration::ZERO);
        let config = Options { camera, tracker, models, size, kiosk: fullscreen, frames, stats, light };
        let mut mirror = Self {
            config,
            outside: effects::Outside::new(&shop),
            shop,
            session,
            screens: Screens::default(),
            context: crate::ui::new_context(),
            hand: OneHand::default(),
            scanner: Scanner::default(),
            file,
            proxy,
            pipeline: None,
            window: None,
            current: None,
            frozen: None,
            live: Live::default(),
            pictures: Pictures::default(),
            framer: Framer::default(),
            access: false,
            told_screen: None,
            screenshot: false,
            jaw: Default::default(),
            epoch: Instant::now(),
            serial: 0,
            fresh: false,
            last: false,
            stats: Stats::default(),
            shown: 0,
            last_shown: None,
            last_told: Instant::now(),
            recovery: Recovery::default(),
            error: None,
        };
        if let Some(look) = asked {
            // What is worn asks nothing of the app.
            mirror.session.act(Action::WearGiven(Arc::new(look)), &mirror.shop.catalogue, Duration::ZERO);
        }
        mirror
    }

    /// Runs until the window is closed.
    pub fn run(mut self, event_loop: EventLoop<Wake>) -> Result<(), AppError> {
        event_loop.run_app(&mut self).map_err(|error| AppError::DisplayServer(error.to_string()))?;
        if self.config.stats {
            output::print(&format!("{} frames shown\n{}", self.shown, self.stats.table()));
        }
        self.error.map_or(Ok(()), Err)
    }

    fn now(&self) -> Duration {
        self.epoch.elapsed()
    }

    fn open(&mut self, event_loop: &ActiveEventLoop) -> Result<(), AppError> {
        let Size { width, height } = self.config.size;
        // First, so that the networks are ready by the time that the GPU is.
        self.start_pipeline()?;
        let attributes = Window::default_attributes()
            .with_title("Carmine")
            .with_visible(false)
            .with_decorations(!self.config.kiosk)
            .with_inner_size(PhysicalSize::new(width, height))
            .with_fullscreen(self.config.kiosk.then_some(Fullscreen::Borderless(None)));
        let window = event_loop.create_window(attributes).map_err(|error| AppError::Window(error.to_string()))?;
        let window = Arc::new(window);
        let screen = Display::new(&window, &event_loop.owned_display_handle())?;
        log::info!("drawing on {}", screen.adapter());
        let mut egui = new_egui(&self.context, &window, &screen);
        egui.init_accesskit(event_loop, &window, self.proxy.clone());
        window.set_visible(true);
        window.set_cursor_visible(!self.config.kiosk);
        window.request_redraw();
        self.window = Some(Opened { window, screen: Some(screen), studio: None, egui, prepared: None });
        Ok(())
    }

    /// Threads for a fresh session, showing the file or the attract screen's model.
    fn start_pipeline(&mut self) -> Result<(), AppError> {
        let proxy = self.proxy.clone();
        // The event loop may have ended already: then nobody needs to know.
        let wake = move |wake| drop(proxy.send_event(wake));
        let config = TryOnConfig { tracker: self.config.tracker, camera: self.shop.settings.camera.lens() };
        let mut pipeline = Pipeline::start(config, self.config.models.clone(), wake)?;
        match self.file.take() {
            Some(file) => pipeline.show(file)?,
            None => pipeline.show(self.shop.attract_input(self.epoch)?)?,
        }
        self.pipeline = Some(pipeline);
        Ok(())
    }

    /// Ends the app if something cannot go on.
    fn check(&mut self, event_loop: &ActiveEventLoop, done: Result<(), AppError>) {
        if let Err(error) = done {
            self.error = Some(error);
            event_loop.exit();
        }
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
        let now = self.now();
        if self.told_screen.replace(self.session.screen()) != Some(self.session.screen()) {
            log::info!("screen: {:?}", self.session.screen());
        }
        self.take_newest(now)?;
        self.poll_outside(now)?;
        self.live.look_name = (self.session.screen() == crate::session::Screen::Attract)
            .then(|| self.shop.attract_look(now).0.map(|look| look.name.clone()))
            .flatten();
        self.report(Report::Time, now)?;
        let (painted, picture, again) = self.lay_out(size, now)?;

        let Some(opened) = &mut self.window else { return Ok(()) };
        let Some(screen) = &mut opened.screen else {
            self.request_redraw();
            return Ok(());
        };
        screen.resize(size.width, size.height);
        let started = Instant::now();
        let region = picture.map(|rect| region_of(rect, painted.pixels_per_point, size));
        let animating = match region {
            Some(region) => self.prepare(region, now)?,
            None => false,
        };
        let prepared = Instant::now();
        self.stats.add(Timed::Prepare, prepared - started);
        let Some(opened) = &mut self.window else { return Ok(()) };
        let Some(screen) = &mut opened.screen else { return Ok(()) };
        let region = region.filter(|_| opened.prepared.is_some());
        let outcome = screen.draw(region, &painted, || opened.window.pre_present_notify());
        if outcome == Outcome::Shown && std::mem::take(&mut self.screenshot) {
            let snapshot = screen.snapshot(region, &painted)?;
            self.export(now, |_| Ok(Some(snapshot)))?;
        }
        match outcome {
            Outcome::Shown => self.note_shown(event_loop, prepared),
            Outcome::Hidden => {}
            Outcome::Again => self.request_redraw(),
            Outcome::Lost => return self.lose(event_loop),
        }
        let again = if animating || self.draw_frozen()? { Some(Duration::ZERO) } else { again };
        self.schedule(event_loop, again);
        Ok(())
    }

    /// Lays out the screen and does what was touched; twice where that changed something, so that a touch is answered in
    /// the very frame.
    fn lay_out(
        &mut self,
        size: PhysicalSize<u32>,
        now: Duration,
    ) -> Result<(Painted, Option<egui::Rect>, Option<Duration>), AppError> {
        let Some(opened) = &mut self.window else { return Err(AppError::Window("it is not there yet".into())) };
        crate::ui::fit_to(&self.context, size.width, size.height, opened.window.scale_factor() as f32);
        if self.session.timings() {
            self.live.timings = self.stats.lines();
            self.live.timings.push(self.stats.ladder_line());
        }
        let input = opened.egui.take_egui_input(&opened.window);
        let (session, shop, live, pictures) = (&self.session, &self.shop, &self.live, &self.pictures);
        let stage = Stage {
            session,
            catalogue: &shop.catalogue,
            settings: &shop.settings,
            locale: shop.locale(session.language()),
            models: &shop.models,
            live,
            pictures,
            now,
        };
        let (mut actions, mut picture) = (Vec::new(), None);
        let small = size.width.min(size.height) < LEAST_PX;
        let mut output = self.context.run_ui(input, |ui| {
            if small {
                picture = Some(ui.ctx().content_rect());
                return;
            }
            let shown = self.screens.show(ui, &stage);
            (actions, picture) = (shown.actions, shown.picture);
        });
        if self.config.kiosk {
            // A touch screen has no pointer, even where the system thinks that it has one.
            output.platform_output.cursor_icon = egui::CursorIcon::None;
        }
        opened.egui.handle_platform_output(&opened.window, output.platform_output);
        let mut again = output.viewport_output.get(&egui::ViewportId::ROOT).map(|v| v.repaint_delay);
        let jobs = self.context.tessellate(output.shapes, output.pixels_per_point);
        let painted = Painted { jobs, textures: output.textures_delta, pixels_per_point: output.pixels_per_point };
        if !actions.is_empty() {
            again = Some(Duration::ZERO);
        }
        for action in actions {
            self.act(action, now)?;
        }
        Ok((painted, picture, again))
    }

    /// Does one action and what follows from it.
    fn act(&mut self, action: Action, now: Duration) -> Result<(), AppError> {
        for effect in self.session.act(action, &self.shop.catalogue, now) {
            self.carry_out(effect, now)?;
        }
        Ok(())
    }

    /// Tells the session something.
    fn report(&mut self, report: Report, now: Duration) -> Result<(), AppError> {
        self.act(Action::Report(report), now)
    }

    /// The newest picture of the input that is shown now.
    fn take_newest(&mut self, now: Duration) -> Result<(), AppError> {
        let Some(pipeline) = &self.pipeline else { return Ok(()) };
        let Some(newest) = pipeline.newest() else { return Ok(()) };
        if !pipeline.is_current(&newest.shot) {
            pipeline.recycle(newest);
            return Ok(());
        }
        self.serial += 1;
        self.fresh = true;
        if let Some(old) = self.current.replace(newest) {
            pipeline.recycle(old);
        }
        self.tell_session(now)
    }

    fn note_shown(&mut self, event_loop: &ActiveEventLoop, prepared: Instant) {
        let now = Instant::now();
        self.recovery.done();
        self.stats.add(Timed::Show, now - prepared);
        let fresh = std::mem::take(&mut self.fresh);
        if let (true, Some(seen)) = (fresh, &self.current) {
            if let Some(last) = self.last_shown.replace(now) {
                self.stats.add(Timed::Frame, now - last);
            }
            self.stats.add(Timed::Decode, seen.shot.decode);
            self.stats.add_stations(seen.times);
            self.stats.follow(seen.tally);
            if let Some(taken) = seen.shot.taken {
                self.stats.add(Timed::Latency, now - taken);
            }
        }
        self.shown += u64::from(fresh || (self.last && self.current.is_some()));
        if self.config.stats && self.last_told.elapsed() > STATS_EVERY {
            self.last_told = now;
            output::tell(&self.stats.line());
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

    /// Sleeps until something is due.
    fn schedule(&self, event_loop: &ActiveEventLoop, again: Option<Duration>) {
        let now = self.now();
        let own = [self.session.next_tick(), self.framer.next_hint().filter(|due| *due > now), self.attract_due(now)];
        let own = own.into_iter().flatten().min().map(|due| due.saturating_sub(now));
        let again = again.filter(|delay| *delay < Duration::from_secs(3600));
        let flow = match [again, own].into_iter().flatten().min() {
            Some(Duration::ZERO) => {
                self.request_redraw();
                ControlFlow::Wait
            }
            Some(delay) => ControlFlow::wait_duration(delay),
            None => ControlFlow::Wait,
        };
        event_loop.set_control_flow(flow);
    }
}

fn region_of(rect: egui::Rect, pixels_per_point: f32, size: PhysicalSize<u32>) -> Region {
    let px = |points: f32, most: u32| ((points * pixels_per_point).round().max(0.0) as u32).min(most);
    let (x, y) = (px(rect.left(), size.width - 1), px(rect.top(), size.height - 1));
    let (right, bottom) = (px(rect.right(), size.width), px(rect.bottom(), size.height));
    Region { x, y, width: right.saturating_sub(x).max(1), height: bottom.saturating_sub(y).max(1) }
}

fn new_egui(context: &Context, window: &Window, screen: &Display) -> egui_winit::State {
    let side = Some(screen.max_texture_side());
    egui_winit::State::new(context.clone(), egui::ViewportId::ROOT, window, None, None, side)
}
