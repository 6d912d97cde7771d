//! The window: shows the newest picture and the screens, and takes input. [`Mirror`] connects its parts: an event
//! becomes an action, the session answers with effects, and the parts carry them out and report the results to the
//! session.

mod asked;
mod camera;
mod device;
mod display;
mod effects;
mod events;
mod export;
mod feed;
mod hands;
mod live_view;
mod meter;
mod outside;
mod polls;
mod recovery;
mod redraw;
mod stills;
mod watch;
mod worn;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use carmine::TryOnConfig;
use carmine::face::TrackerConfig;
use carmine::look::Look;
use winit::event_loop::{ActiveEventLoop, EventLoop, EventLoopProxy};

use self::display::{Display, WindowOptions};
use self::feed::Feed;
use self::hands::Hands;
use self::live_view::LiveView;
use self::meter::Meter;
use self::outside::Outside;
use self::recovery::Recovery;
use self::stills::{Stills, Subject};
use self::watch::{Alarm, Wanted};
use crate::app::capture::Input;
use crate::app::pulse::{Sign, Signs};
use crate::app::seen::Seen;
use crate::app::shop::Shop;
use crate::app::stage_limits;
use crate::app::wake::Wake;
use crate::choices::{CameraChoice, LightChoice, Size};
use crate::error::AppError;
use crate::exit;
use crate::full_screen::FullScreen;
use crate::health::{self, Pulse};
use crate::models::Models;
use crate::session::{Action, Report, Screen, Session};
use crate::ui::Screens;
use crate::ui::stage::Live;

/// What the app is started with.
pub struct MirrorConfig {
    /// Settings, catalogue, languages, models.
    pub shop: Shop,
    /// The file it shows instead of the attract screen, and where it is.
    pub file: Option<(PathBuf, Input)>,
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
    /// Where its signs of life go.
    pub signs: Signs,
    /// How long the GPU may show nothing before it ends with [`exit::GPU_LOST`]; `None` if nothing would start it again.
    pub gives_up_after: Option<Duration>,
}

/// The running app.
pub struct Mirror {
    options: Options,
    /// Times in the app are counted from here.
    epoch: Instant,
    proxy: EventLoopProxy<Wake>,
    shop: Shop,
    session: Session,
    /// What the screens know of the newest picture and the shop.
    live: Live,
    screens: Screens,
    hands: Hands,
    display: Display,
    feed: Feed,
    live_view: LiveView,
    stills: Stills,
    outside: Outside,
    meter: Meter,
    signs: Signs,
    /// A picture was shown.
    shown: bool,
    /// Sessions that have ended.
    sessions: u32,
    /// What the pictures are of.
    wanted: Wanted,
    /// The stages that are started again.
    recovery: Recovery,
    /// The window stage's heartbeat.
    pulse: Arc<Pulse>,
    alarm: Alarm,
    /// The screen that was logged last.
    logged: Option<Screen>,
    /// The error that ended it, if any.
    error: Option<AppError>,
}

/// The part of the configuration that is needed after the start.
struct Options {
    /// The file that is shown first; gone once it is.
    file: Option<(PathBuf, Input)>,
    camera: Option<CameraChoice>,
    window: WindowOptions,
    tracker: TrackerConfig,
    light: LightChoice,
}

impl Mirror {
    /// Ready to run.
    pub fn new(config: MirrorConfig, proxy: EventLoopProxy<Wake>) -> Self {
        let begin = if config.file.is_some() { Session::of_file } else { Session::new };
        let mut session = begin(config.shop.rules(), Duration::ZERO);
        if let Some(look) = config.asked {
            // What is worn asks nothing of the app.
            session.act(Action::WearGiven(Arc::new(look)), &config.shop.catalogue, Duration::ZERO);
        }
        let options = Options {
            file: config.file,
            camera: config.camera,
            window: WindowOptions {
                size: config.size,
                kiosk: config.fullscreen,
                gives_up_after: config.gives_up_after,
            },
            tracker: config.tracker,
            light: config.light,
        };
        Self {
            options,
            epoch: Instant::now(),
            session,
            live: Live::default(),
            screens: Screens::default(),
            hands: Hands::default(),
            display: Display::new(FullScreen::new(config.shop.settings.screen.output.clone())),
            feed: Feed::new(config.models, proxy.clone()),
            live_view: LiveView::default(),
            stills: Stills::default(),
            outside: Outside::new(&config.shop),
            meter: Meter::new(config.stats, config.frames),
            signs: config.signs,
            shown: false,
            sessions: 0,
            wanted: Wanted::Attract,
            recovery: Recovery::default(),
            pulse: health::watch("window", stage_limits::WINDOW),
            alarm: Alarm::default(),
            proxy,
            shop: config.shop,
            logged: None,
            error: None,
        }
    }

    /// Runs until the window is closed.
    pub fn run(mut self, event_loop: EventLoop<Wake>) -> Result<(), AppError> {
        event_loop.run_app(&mut self).map_err(|error| AppError::DisplayServer(error.to_string()))?;
        self.meter.tell_all();
        self.error.map_or(Ok(()), Err)
    }

    /// Tells that the window answers.
    fn give_sign(&mut self) {
        let (idle, dark) = (self.session.screen() == Screen::Attract, self.display.dark_for(Instant::now()));
        (self.signs)(Sign::Beat { sessions: self.sessions, idle, dark });
    }

    fn now(&self) -> Duration {
        self.epoch.elapsed()
    }

    /// Opens the window, on the file or the attract screen.
    fn open(&mut self, event_loop: &ActiveEventLoop) -> Result<(), AppError> {
        // First, so that the networks load while the GPU is being opened.
        let file = self.options.file.take();
        let config = self.try_on_config();
        let input = match file {
            Some((path, input)) => {
                self.wanted = Wanted::File(path);
                input
            }
            None => self.shop.attract_input(self.epoch)?,
        };
        self.feed.start(config, || Ok(input))?;
        self.display.open(event_loop, self.options.window, &self.proxy)
    }

    /// How faces are followed in a session.
    fn try_on_config(&self) -> TryOnConfig {
        TryOnConfig { tracker: self.options.tracker, camera: self.shop.settings.camera.lens() }
    }

    /// Ends the app on an error.
    fn check(&mut self, event_loop: &ActiveEventLoop, done: Result<(), AppError>) {
        if let Err(error) = done {
            self.error = Some(error);
            event_loop.exit();
        }
    }

    /// Applies one action and carries out its effects.
    fn act(&mut self, action: Action, now: Duration) -> Result<(), AppError> {
        for effect in self.session.act(action, &self.shop.catalogue, now) {
            self.carry_out(effect, now)?;
        }
        Ok(())
    }

    /// Sends a report to the session.
    fn report(&mut self, report: Report, now: Duration) -> Result<(), AppError> {
        self.act(Action::Report(report), now)
    }

    /// Shows another input from now on.
    fn show(&mut self, input: Input) -> Result<(), AppError> {
        self.live.faces.clear();
        self.live_view.reset();
        self.feed.show(input)
    }

    /// Drops pictures, landmarks, textures and choices. Ends the threads with their models and buffers, gives back the
    /// GPU device with everything on it; all that memory is overwritten when it is freed (see `main`). Then the attract
    /// screen starts with new ones.
    ///
    /// A thread that is stuck keeps what it holds, and nothing but the end of the process ends it. So then everything is
    /// overwritten where it is, and the process ends, with an exit code of its own; whoever watches over it starts
    /// another.
    fn zeroize(&mut self, now: Duration) -> Result<(), AppError> {
        let started = Instant::now();
        self.sessions += 1;
        self.outside.end();
        let stuck = self.feed.zeroize();
        if !stuck.is_empty() {
            let names = stuck.join(", ");
            crate::output::tell(&format!(
                "carmine: stuck at a session's end: {names}; memory is overwritten, and it ends"
            ));
            carmine_heap::wipe_and_exit(exit::STUCK);
        }
        self.live = Live { shop_error: self.live.shop_error.take(), ..Live::default() };
        self.live_view = LiveView::default();
        self.hands.reset();
        self.screens.clear();
        self.meter.reset();
        self.stills.zeroize();
        // The next redraw gets another device.
        self.display.zeroize();
        crate::memory::overwrite_stack();
        carmine_heap::trim();
        log::info!("the session is wiped, in {} ms", started.elapsed().as_millis());
        self.shop.begin_attract(now);
        let config = self.try_on_config();
        self.wanted = Wanted::Attract;
        self.feed.start(config, || self.shop.attract_input(self.epoch))?;
        self.recovery.note_started();
        self.display.request_redraw();
        Ok(())
    }
}

/// What a still of this picture is made from; `None` while there is no device or no picture.
fn subject<'a>(
    display: &'a Display,
    seen: Option<&'a Seen>,
    session: &'a Session,
    light: LightChoice,
) -> Option<Subject<'a>> {
    Some(Subject { surface: display.surface()?, context: display.context(), seen: seen?, session, light })
}
