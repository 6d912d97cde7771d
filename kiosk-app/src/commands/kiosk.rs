//! `carmine` and `carmine kiosk`: sets up the kiosk's parts and runs it.

mod headless;

use std::thread;
use std::time::Instant;

use carmine::face::{Sequence, TrackerConfig};
use carmine::look::Look;
use winit::event_loop::EventLoop;

use crate::app::capture::Input;
use crate::app::player::Player;
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
use crate::source::{self, FrameSource, clip};

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

/// Opens the kiosk, or renders to files where there is no display.
pub fn run(args: &KioskArgs) -> Result<(), AppError> {
    crate::memory::lock();
    let asked = args.look.as_deref().map(catalogue::find).transpose()?;
    let models = Models::open(args.models.as_deref())?;
    let file = args.input.as_deref().map(source::open).transpose()?;
    if let Some(CameraChoice::Clip(path)) = &args.camera {
        // Reported now rather than after a shopper's consent.
        source::open(path)?;
    }
    if let Some(warning) = file.as_ref().and_then(|file| file.warning()) {
        crate::output::tell(&format!("carmine: {warning}"));
    }
    let options = ShopOptions {
        config: args.config.clone(),
        demo: args.demo,
        photos: args.photos.clone(),
        catalogue: args.catalogue.clone(),
        market: None,
    };
    let event_loop = match EventLoop::<Wake>::with_user_event().build() {
        Ok(event_loop) => event_loop,
        Err(error) => return without_display(args, options, &models, &displays::reason(&error), file, asked),
    };
    let proxy = event_loop.create_proxy();
    let waker = proxy.clone();
    let shop = Shop::open(options, move || drop(waker.send_event(Wake::Shop)))?;
    let tracker = match file.as_ref().map(|file| file.info().sequence()) {
        Some(sequence @ Sequence::Stills) => {
            TrackerConfig { max_faces: STILL_FACES, sequence, ..TrackerConfig::default() }
        }
        _ => TrackerConfig { threads: network_threads(), ..TrackerConfig::default() },
    };
    quieten_threads();
    let screen = &shop.settings.screen;
    let config = MirrorConfig {
        file: file.map(|file| Input::File(Player::new(file, Instant::now()))),
        camera: args.camera.clone(),
        tracker,
        models,
        asked,
        size: args.size.unwrap_or(screen.size),
        fullscreen: args.fullscreen || screen.fullscreen,
        frames: args.frames,
        stats: args.stats,
        light: args.light,
        shop,
    };
    Mirror::new(config, proxy).run(event_loop)
}

fn without_display(
    args: &KioskArgs,
    options: ShopOptions,
    models: &Models,
    why: &str,
    file: Option<Box<dyn FrameSource>>,
    asked: Option<Look>,
) -> Result<(), AppError> {
    // Errors in the shop's files are reported here too, as with a window.
    let shop = Shop::open(options, || {})?;
    let what = if file.is_some() { "the input" } else { "the demo clip" };
    crate::output::tell(&format!("carmine: no display ({why}): rendering {what} to {}/ instead", headless::FOLDER));
    let source = file.map_or_else(clip::bundled, Ok)?;
    let first = || shop.catalogue.looks().first().map(|shelf| shelf.look.clone());
    let look = asked.or_else(first).unwrap_or_else(Look::bare);
    headless::run(source, &look, args.light, models, shop.settings.camera.lens(), args.frames)
}

/// Threads for the networks: a second one where capture, window and whatever else runs still keep cores of their own.
fn network_threads() -> usize {
    const ROOMY: usize = 4;
    if thread::available_parallelism().is_ok_and(|cores| cores.get() >= ROOMY) { 2 } else { 1 }
}
