//! `carmine` and `carmine kiosk`: on Linux a keeper and, as a process of its own, the mirror; elsewhere the mirror alone.
//! Sets up the mirror's parts and runs it.

mod headless;
#[cfg(target_os = "linux")]
mod mirror_process;

#[cfg(target_os = "linux")]
use std::ffi::OsString;
use std::thread;
use std::time::Instant;

use carmine::face::{Sequence, TrackerConfig};
use carmine::look::Look;
use winit::event_loop::EventLoop;

use crate::app::capture::Input;
use crate::app::player::Player;
use crate::app::pulse::{self, Signs};
use crate::app::shop::{Shop, ShopOptions};
use crate::app::wake::Wake;
use crate::app::window::{Mirror, MirrorConfig};
use crate::catalogue;
use crate::choices::CameraChoice;
use crate::cli::KioskArgs;
use crate::commands::displays;
use crate::commands::track::STILL_FACES;
use crate::error::AppError;
use crate::models::Models;
use crate::source::{self, clip};
#[cfg(target_os = "linux")]
use crate::{
    exit, keeper,
    link::{Link, client::Client},
};

/// A thread's panic is reported in one line where it is caught; `RUST_BACKTRACE` restores the usual report.
fn quieten_threads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let caught = thread::current()
            .name()
            .is_some_and(|name| matches!(name, "capture" | "track" | "thumbnails") || name.starts_with("strip "));
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
        done => done.map(|()| 0),
    }
}

/// Opens the window and runs it to its end. Fails with [`AppError::NoDisplay`] where there is no display.
fn open(args: &KioskArgs, signs: Signs) -> Result<(), AppError> {
    crate::memory::lock();
