//! `carmine` and `carmine kiosk`: on Linux a keeper and, as a process of its own, the mirror; elsewhere the mirror alone.
//! Sets up the mirror's parts and runs it.

mod given;
mod headless;
#[cfg(target_os = "linux")]
mod mirror_process;

#[cfg(target_os = "linux")]
use std::ffi::OsString;
use std::thread;
use std::time::{Duration, Instant};

use carmine::face::{Sequence, TrackerConfig};
use carmine::look::Look;
use winit::event_loop::EventLoop;

use crate::app::capture::Input;
use crate::app::player::Player;
use crate::app::pulse::{self, Signs};
use crate::app::shop::{Shop, ShopOptions};
use crate::app::wake::Wake;
use crate::app::window::{Mirror, MirrorConfig};
use crate::choices::CameraChoice;
use crate::cli::KioskArgs;
use crate::commands::displays;
use crate::commands::kiosk::given::Given;
use crate::confine;
use crate::error::AppError;
use crate::limited_read::Budget;
use crate::output;
use crate::source::clip;
#[cfg(target_os = "linux")]
use crate::{
    exit, keeper,
    link::{Link, client::Client},
};

/// Time to mend the GPU in this process before a new one is tried: longer than a driver needs to restart.
const GIVES_UP_AFTER: Duration = Duration::from_secs(20);

/// A panic that is caught is reported in one line where that is done; `RUST_BACKTRACE` restores the usual report.
fn quieten_threads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let worker = |name: &str| {
            matches!(name, "capture" | "track" | "beside" | "camera" | "thumbnails") || name.starts_with("strip ")
        };
        let caught = crate::gpu::guard::catches() || thread::current().name().is_some_and(worker);
        if !caught || std::env::var_os("RUST_BACKTRACE").is_some() {
            usual(panic);
        }
    }));
}

/// Runs the kiosk to its end: the exit code.
#[cfg(target_os = "linux")]
pub fn run(args: &KioskArgs) -> Result<u8, AppError> {
    let is_own = |argument: &OsString| argument != "kiosk";
    let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if arguments.first().is_some_and(|first| !is_own(first)) {
        arguments.remove(0);
    }
    match keeper::run(args, &arguments)? {
        keeper::Ended::Code(code) => Ok(code),
        keeper::Ended::NoDisplay { kiosk } => without_display(args, kiosk).map(|()| 0),
    }
}

/// Runs the kiosk to its end: the exit code. Without a keeper and without the locks, which only Linux has.
#[cfg(not(target_os = "linux"))]
pub fn run(args: &KioskArgs) -> Result<u8, AppError> {
    let kiosk = args.fullscreen;
    if let Some(state) = args.state_folder().filter(|_| kiosk) {
        crate::logging::keep_in(&state);
    }
    match open(args, Box::new(drop)) {
        Err(AppError::NoDisplay(_)) => without_display(args, kiosk)?,
        done => done?,
    }
    Ok(0)
}

/// The process with the window. Its standard input is the link to its keeper.
#[cfg(target_os = "linux")]
pub fn mirror(args: &KioskArgs) -> Result<u8, AppError> {
    let link = Link::of(std::io::stdin())?;
    mirror_process::begin(args)?;
    let client = Client::install(link, |why| mirror_process::end_without_keeper(&why));
    let client = client.map_err(|error| AppError::NoThread { name: "link", error })?;
    match open(args, mirror_process::signs(client)) {
        Err(AppError::NoDisplay(_)) => Ok(exit::NO_DISPLAY),
        // The window was there, so its keeper tells that the display went.
        Err(AppError::DisplayServer(why)) => {
            log::info!("the display server cannot go on: {why}");
            Ok(exit::NO_DISPLAY)
        }
        done => done.map(|()| 0),
    }
}

/// Opens the window and runs it to its end. Fails with [`AppError::NoDisplay`] where there is no display.
fn open(args: &KioskArgs, signs: Signs) -> Result<(), AppError> {
    crate::memory::lock();
    let budget = Budget::begin();
    let mut given = Given::read(args)?;
    let event_loop = EventLoop::<Wake>::with_user_event().build();
    let event_loop = event_loop.map_err(|error| AppError::NoDisplay(displays::reason(&error)))?;
    let proxy = event_loop.create_proxy();
    pulse::ask(proxy.clone())?;
    let waker = proxy.clone();
    let mut shop = Shop::open(shop_options(args), move || drop(waker.send_event(Wake::Shop)))?;
    given.tell_faults(&mut shop);
    drop(budget);
    let Given { asked, models, file, .. } = given;
    confine::check(shop.settings.confinement.required)?;
    let tracker = match file.as_ref().map(|file| file.info().sequence()) {
        Some(sequence @ Sequence::Stills) => {
            TrackerConfig { max_faces: carmine::MAX_FACES, sequence, ..TrackerConfig::default() }
        }
        _ => TrackerConfig { threads: network_threads(), ..TrackerConfig::default() },
    };
    quieten_threads();
    let screen = &shop.settings.screen;
    let config = MirrorConfig {
        camera: if args.safe_mode { Some(CameraChoice::None) } else { args.camera.clone() },
        file: args.input.clone().zip(file.map(|file| Input::File(Player::new(file, Instant::now())))),
        tracker,
        models,
        asked,
        size: args.size.unwrap_or(screen.size),
        fullscreen: args.fullscreen || screen.fullscreen,
        frames: args.frames,
        stats: args.stats,
        light: args.light,
        signs,
        gives_up_after: cfg!(target_os = "linux").then_some(GIVES_UP_AFTER),
        shop,
    };
    Mirror::new(config, proxy).run(event_loop)
}

fn shop_options(args: &KioskArgs) -> ShopOptions {
    ShopOptions {
        config: args.config.clone(),
        demo: args.demo,
        photos: args.photos.clone(),
        catalogue: args.catalogue.clone(),
        market: None,
        kiosk: given::is_kiosk(args),
        state: args.state_folder(),
        safe_mode: args.safe_mode,
    }
}

/// Renders to files instead. A kiosk ends with an error: nobody is there to look at files.
fn without_display(args: &KioskArgs, kiosk: bool) -> Result<(), AppError> {
    // There is no mirror, so this process has the pictures.
    carmine_heap::wipe_at_the_end();
    let why = match EventLoop::<Wake>::with_user_event().build() {
        Ok(_) => "it was not there when the mirror looked for it".to_owned(),
        Err(error) => displays::reason(&error),
    };
    if kiosk {
        return Err(AppError::Display(why));
    }
    let mut given = Given::read(args)?;
    // Errors in the shop's files are reported here too, as with a window.
    let mut shop = Shop::open(shop_options(args), || {})?;
    given.tell_faults(&mut shop);
    for error in shop.poll().errors {
        output::tell(&format!("carmine: {error}"));
    }
    let Given { asked, models, file, .. } = given;
    let folder = headless::free_folder();
    let what = if file.is_some() { "the input" } else { "the demo clip" };
    output::tell(&format!("carmine: no display ({why}): rendering {what} to {}/ instead", folder.display()));
    let source = file.map_or_else(clip::bundled, Ok)?;
    let first = || shop.catalogue.looks().first().map(|shelf| shelf.look.clone());
    let look = asked.or_else(first).unwrap_or_else(Look::bare);
    headless::run(&folder, source, &look, args.light, &models, shop.settings.camera.lens(), args.frames)
}

/// Threads for the networks: a second one where capture, window and whatever else runs still keep cores of their own.
fn network_threads() -> usize {
    const ROOMY: usize = 4;
    if thread::available_parallelism().is_ok_and(|cores| cores.get() >= ROOMY) { 2 } else { 1 }
}
