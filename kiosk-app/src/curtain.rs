//! The curtain: a friendly screen that the shop shows wherever the mirror shows nothing. It has a process of its own,
//! since a mirror whose thread is stuck in a graphics driver can change nothing on the display any more.
//!
//! In: the kiosk's options, and its keeper's orders over a link on standard input. Out: a window that fills the screen
//! with a calm picture: the brand or its logo, its colour, and "one moment, please" in the market's languages.
//!
//! 1. `poster` is what the picture says, from the shop's settings and messages.
//! 2. `picture` draws it on the processor: no graphics driver is needed.
//! 3. `window` shows it. A window that was opened later lies over those before it, on Wayland (cage) and on an X server
//!    without a window manager alike, so the curtain comes to the front by opening a new one.
//!
//! It has no camera, no file of a shopper and no network, and may write nowhere. It waits without using the processor.

mod brush;
mod coming_logo;
pub mod picture;
pub mod poster;
mod window;

use std::time::Duration;

use rustix::process::{Signal, set_parent_process_death_signal};
use winit::event_loop::{DeviceEvents, EventLoop};

use self::coming_logo::ComingLogo;
use self::poster::Poster;
use self::window::{Curtain, Order};
use crate::cli::KioskArgs;
use crate::confine::{Rules, confine};
use crate::error::AppError;
use crate::exit;
use crate::full_screen::FullScreen;
use crate::kept_files::KeptFiles;
use crate::last_good::LastGood;
use crate::limited_read::Budget;
use crate::link::{Link, ToCurtain};
use crate::settings::Settings;
use crate::state_folder;

/// The brand's name is shown until a logo is there that takes longer.
const LOGO_WAIT: Duration = Duration::from_millis(400);

/// Runs it until its keeper is gone. Its exit code; without a display it says nothing, since the mirror does.
pub fn run(args: &KioskArgs) -> Result<u8, AppError> {
    let link = Link::of(std::io::stdin())?;
    // By SIGKILL: a curtain without a keeper would hide the next mirror.
    let no_signal = |error: rustix::io::Errno| AppError::Keeper(error.to_string());
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(no_signal)?;
    let locks = confine(&Rules::curtain());
    if let Some(lacking) = locks.lacking() {
        log::info!("the curtain runs without all locks: {lacking}");
    }
    let Ok(event_loop) = EventLoop::<Order>::with_user_event().build() else { return Ok(exit::NO_DISPLAY) };
    // Touches and keys meant for other windows wake nobody here.
    event_loop.listen_device_events(DeviceEvents::Never);
    let orders = event_loop.create_proxy();
    let link = std::sync::Arc::new(link);
    let heard = std::sync::Arc::clone(&link);
    let listen = move || {
        while let Ok(received) = heard.receive::<ToCurtain>() {
            let order = match received.message {
                ToCurtain::Show(number) => Order::Show(number),
                ToCurtain::Hide => Order::Hide,
                ToCurtain::Ask => Order::Ask,
            };
            if orders.send_event(order).is_err() {
                return;
            }
        }
        let _ = orders.send_event(Order::End);
    };
    let listening = std::thread::Builder::new().name("link".into()).spawn(listen);
    listening.map_err(|error| AppError::NoThread { name: "link", error })?;
    // No drive may keep it from being there when it is wanted.
    let budget = Budget::begin();
    let settings = settings(args);
    let size = args.size.unwrap_or(settings.screen.size);
    let mut logo = ComingLogo::read(settings.brand.logo.as_deref().filter(|_| !args.safe_mode));
    let mut poster = Poster::of_shop(&settings);
    poster.logo = logo.within(LOGO_WAIT);
    drop(budget);
    // The mirror says it.
    let full_screen = FullScreen::silent(settings.screen.output);
    let done = event_loop.run_app(&mut Curtain::new(poster, logo, size, full_screen, link));
    Ok(if done.is_ok() { 0 } else { exit::NO_DISPLAY })
}

/// The shop's settings, else their last good version, else those that are built in. What is wrong with them is told by
/// the mirror.
fn settings(args: &KioskArgs) -> Settings {
    let Some(path) = args.config.as_deref() else { return Settings::default() };
    let kept = || {
        let copies = LastGood::in_state(&state_folder::find(args.state.as_deref())?, KeptFiles::default());
        copies.settings(path)
    };
    Settings::open(path).ok().or_else(kept).unwrap_or_default()
}
