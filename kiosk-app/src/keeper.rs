//! The keeper: the process that the user or systemd starts. It has no window, no camera and no picture. It starts the
//! mirror, which has them, watches it, starts it again when it breaks, and runs the programs that the mirror asks for.
//!
//! ```text
//! systemd ──▶ keeper ──starts, watches──▶ mirror (window, camera, tracker, GPU; confined)
//!    ▲           │  ▲                       │
//!    └─watchdog──┘  └──beats, requests──────┘
//!                ├──starts──▶ services (print, sound, speech, ffmpeg …), their pipes passed to the mirror
//!                └──starts, shows, hides──▶ curtain (a friendly screen wherever the mirror shows nothing)
//! ```
//!
//! 1. `attend` follows one mirror from start to end. `watch` decides whether its beats are in time.
//! 2. `verdict` decides what follows an end: the same exit code, another mirror, or rendering without a display.
//! 3. `ladder` decides how long to wait before that and whether in safe mode, by the failures of late, which outlast
//!    the keeper in the state folder.
//! 4. In a kiosk the `curtain` lies below the mirror's window. When the mirror is gone, it is what is seen; when the mirror is
//!    silent for too long (`silence`) or can show nothing, it comes to the front until the mirror is back.

mod answers;
mod attend;
mod curtain;
mod freezes;
pub mod ladder;
mod mirror;
mod notify;
mod reaping;
mod recurring;
mod services;
mod signals;
mod silence;
mod state;
mod verdict;
mod watch;

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use self::attend::{Attended, attend};
use self::curtain::Curtain;
use self::freezes::Freezes;
use self::ladder::Ladder;
use self::mirror::MirrorProcess;
use self::notify::Manager;
use self::services::Services;
use self::signals::Signals;
use self::state::StateFolder;
use self::verdict::{End, Next, code_of_signal, verdict};
use crate::cli::KioskArgs;
use crate::error::AppError;
use crate::kept_files::KeptFiles;
use crate::last_good::LastGood;
use crate::limited_read::Budget;
use crate::logging::Complaints;
use crate::settings::{self, Settings, SettingsWatch};
use crate::{exit, logging, output};

/// Failures in a row after which a window that is no kiosk's is not opened again.
const MOST_IN_A_WINDOW: u32 = 3;
/// Tries without a display, once there was one, before the kiosk ends for its session to be started anew.
const MOST_WITHOUT_DISPLAY: u32 = 4;

/// How the kiosk ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ended {
    /// With this exit code; what there was to say is said.
    Code(u8),
    /// There is no display, and never was one.
    NoDisplay {
        /// It should have filled a screen.
        kiosk: bool,
    },
}

/// What the keeper has at hand.
struct Keeper {
    /// The newest settings that could be read, else the last good ones.
    settings: Arc<Settings>,
    /// Reads them on a thread of its own: their drive may not answer.
    settings_watch: Option<SettingsWatch>,
    fullscreen: bool,
    /// Where the mirror keeps what must outlast it.
    state: StateFolder,
    /// Sessions after which a fresh mirror replaces one that nobody uses; 0: never.
    restart_after: u32,
    signals: Signals,
    manager: Manager,
    services: Services,
    ladder: Ladder,
    curtain: Curtain,
    freezes: Freezes,
    /// What mirrors complained of since one showed a picture.
    complaints: Complaints,
}

impl Keeper {
    /// Whether this is a kiosk, which never gives up.
    fn is_kiosk(&self) -> bool {
        self.fullscreen || self.settings.screen.fullscreen
    }

    /// Takes up what the settings have become. Mistakes in them are told by the mirror.
    fn renew_settings(&mut self) {
        if let Some(Ok(settings)) = self.settings_watch.as_ref().and_then(SettingsWatch::take) {
            self.settings = settings;
        }
    }

    /// Waits before another try; a signal cuts it short and is returned.
    fn rest(&mut self, pause: Duration) -> Option<i32> {
        let until = Instant::now() + pause;
        loop {
            if let Some(signal) = self.signals.stop() {
                return Some(signal);
            }
            self.services.reap(None);
            self.manager.feed(Instant::now());
            if self.is_kiosk() {
                self.curtain.tend(Instant::now());
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            self.signals.wait(None, left.min(Duration::from_secs(1)));
        }
    }
}

/// Keeps a mirror running with these arguments, as it was given them, until it is to end.
pub fn run(args: &KioskArgs, arguments: &[OsString]) -> Result<Ended, AppError> {
    let budget = Budget::begin();
    let state = args.state_folder();
    let open = |path: &Path| Settings::open(path).map(Arc::new);
    let settings_watch = args.config.clone().map(|path| settings::watch(path, open, || {})).transpose();
    let settings_watch = settings_watch.map_err(|error| AppError::NoThread { name: "settings", error })?;
    let settings = args.config.as_deref().map_or_else(Arc::default, |path| first_settings(path, state.as_deref()));
    // Only a kiosk counts its failures: nothing else writes what nobody asked for.
    let kiosk = args.fullscreen || settings.screen.fullscreen;
    let state = state.filter(|_| kiosk);
    if let Some(state) = &state {
        logging::keep_in(state);
    }
    let mut keeper = Keeper {
        settings,
        settings_watch,
        fullscreen: args.fullscreen,
        state: StateFolder::at(args.state_folder()),
        restart_after: args.restart_after,
        signals: Signals::catch().map_err(|error| AppError::Keeper(error.to_string()))?,
        manager: Manager::of_environment(),
        services: Services::default(),
        ladder: Ladder::open(state),
        curtain: Curtain::new(arguments),
        freezes: Freezes::default(),
        complaints: Complaints::default(),
    };
    drop(budget);
    let ended = keep(&mut keeper, args, arguments);
    keeper.manager.stopping();
    // A page that is being printed belongs to the shopper.
    let last = Instant::now() + services::LAST_PAGE;
    while keeper.services.is_busy() && Instant::now() < last {
        keeper.services.reap(None);
        keeper.signals.wait(None, Duration::from_millis(100));
    }
    keeper.services.kill_all();
    ended
}

/// The settings at the start: as they are, else in their last good version. What is wrong with them is told by the mirror.
fn first_settings(path: &Path, state: Option<&Path>) -> Arc<Settings> {
    let last_good = || LastGood::in_state(state?, KeptFiles::default()).settings(path);
    Arc::new(Settings::open(path).ok().or_else(last_good).unwrap_or_default())
}

fn keep(keeper: &mut Keeper, args: &KioskArgs, arguments: &[OsString]) -> Result<Ended, AppError> {
    let (mut shown_ever, mut without_display) = (false, 0);
    // What was told last: a fault is told when it begins, not each time that it comes back.
    let mut told: Option<(End, bool)> = None;
    // Whether the mirror before this one ended by itself: Xlib ends a process whose display is gone.
    let mut ended_before = false;
    loop {
        keeper.renew_settings();
        let safe = keeper.is_kiosk() && keeper.ladder.wants_safe_mode() && !args.safe_mode;
        if keeper.is_kiosk() {
            keeper.curtain.show_first(Instant::now());
        }
        // Looked at for each mirror: the drive may be back, or gone.
        let state = keeper.state.give(Instant::now());
        let mut mirror = MirrorProcess::start(arguments, safe, state.as_deref(), &keeper.complaints)?;
        let Attended { end, shown, asked } = attend(keeper, &mut mirror, safe);
        if keeper.is_kiosk() {
            keeper.curtain.show(Instant::now());
        }
        keeper.freezes.leave(Instant::now());
        keeper.services.end_of_mirror();
        if shown {
            (shown_ever, without_display) = (true, 0);
        }
        match verdict(&end, asked, keeper.is_kiosk()) {
            Next::End(code) => return Ok(Ended::Code(code)),
            Next::Afresh => {
                ended_before = false;
                continue;
            }
            Next::NoDisplay if !shown_ever => return Ok(Ended::NoDisplay { kiosk: keeper.is_kiosk() }),
            Next::NoDisplay if !keeper.is_kiosk() || without_display >= MOST_WITHOUT_DISPLAY => {
                output::tell(
                    "carmine: the display is gone and does not come back: start the session that gives it anew",
                );
                return Ok(Ended::Code(exit::FAILED));
            }
            Next::NoDisplay => {
                if std::mem::take(&mut ended_before) {
                    keeper.ladder.excuse();
                }
                without_display += 1;
            }
            Next::Failed => (without_display, ended_before) = (0, matches!(end, End::Code(_))),
        }
        let pause = if without_display > 0 {
            keeper.ladder.missed(without_display)
        } else {
            keeper.ladder.failed(Instant::now())
        };
        if !keeper.is_kiosk() && keeper.ladder.in_a_row() >= MOST_IN_A_WINDOW {
            output::tell(&format!("carmine: the mirror {end}, {MOST_IN_A_WINDOW} times in a row; please report it"));
            return Ok(Ended::Code(end.code()));
        }
        let safe = keeper.is_kiosk() && keeper.ladder.wants_safe_mode();
        let line = format!("the mirror {end}; starting it again{}", if safe { " in safe mode" } else { "" });
        keeper.manager.tell(&line);
        let fault = Some((end, safe));
        let begins = without_display == 0 && keeper.ladder.in_a_row() == 1;
        if begins || told != fault {
            output::tell(&format!("carmine: {line}"));
        }
        told = fault;
        if let Some(signal) = keeper.rest(pause) {
            return Ok(Ended::Code(code_of_signal(signal)));
        }
    }
}
