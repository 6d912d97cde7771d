//! `carmine` and `carmine kiosk`: the mirror's parts put together.

use std::sync::Arc;
use std::time::Instant;

use carmine::face::TrackerConfig;
use carmine::look::Look;
use winit::event_loop::EventLoop;

use crate::app::capture::{Input, Why};
use crate::app::pipeline::Wake;
use crate::app::player::Player;
use crate::app::window::{Mirror, MirrorConfig};
use crate::app::{displays, headless};
use crate::catalogue;
use crate::cli::{CameraChoice, KioskArgs};
use crate::error::AppError;
use crate::models::Models;
use crate::source::feed::{CameraDriver, CameraError, CameraFeed, CameraStream, Patience};
use crate::source::{self, FrameSource, clip};
use crate::track::STILL_FACES;

/// A broken thread is told where it is caught, in one line; `RUST_BACKTRACE` brings the usual report back.
fn quieten_threads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let caught = matches!(std::thread::current().name(), Some("capture" | "track"));
        if !caught || std::env::var_os("RUST_BACKTRACE").is_some() {
            usual(panic);
        }
    }));
}

/// Opens the mirror, or renders to files where there is no display.
pub fn run(args: &KioskArgs) -> Result<(), AppError> {
    let looks: Vec<Look> = catalogue::looks()?.into_iter().map(|(_, look)| look).collect();
    let asked = args.look.as_deref().map(catalogue::find).transpose()?;
    let models = Models::open(args.models.as_deref())?;
    let file = args.input.as_deref().map(source::open).transpose()?;
    if let Some(warning) = file.as_ref().and_then(|file| file.warning()) {
        crate::output::tell(&format!("carmine: {warning}"));
    }
    let event_loop = match EventLoop::<Wake>::with_user_event().build() {
        Ok(event_loop) => event_loop,
        Err(error) => return without_display(args, &models, &displays::reason(&error), file, asked, looks),
    };
    let still = file.as_ref().is_some_and(|file| file.info().is_still());
    let tracker = if still { TrackerConfig { max_faces: STILL_FACES, still: true } } else { TrackerConfig::default() };
    quieten_threads();
    let config = MirrorConfig {
        input: choose_input(args.camera, file)?,
        tracker,
        models,
        looks,
        asked,
        size: args.size,
        fullscreen: args.fullscreen,
        frames: args.frames,
        stats: args.stats,
        light: args.light,
    };
    Mirror::new(config, event_loop.create_proxy()).run(event_loop)
}

fn without_display(
    args: &KioskArgs,
    models: &Models,
    why: &str,
    file: Option<Box<dyn FrameSource>>,
    asked: Option<Look>,
    looks: Vec<Look>,
) -> Result<(), AppError> {
    let what = if file.is_some() { "the input" } else { "the demo clip" };
    crate::output::tell(&format!("carmine: no display ({why}): rendering {what} to {}/ instead", headless::FOLDER));
    let source = file.map_or_else(clip::bundled, Ok)?;
    let look = asked.or_else(|| looks.into_iter().next()).unwrap_or_else(Look::bare);
    headless::run(source, &look, args.light, models, args.frames)
}

fn choose_input(camera: CameraChoice, file: Option<Box<dyn FrameSource>>) -> Result<Input, AppError> {
    let epoch = Instant::now();
    if let Some(file) = file {
        return Ok(Input::File(Player::new(file, epoch)));
    }
    let demo = Player::new(clip::bundled()?, epoch);
    let driver: Arc<dyn CameraDriver> = match camera {
        CameraChoice::None => return Ok(Input::Demo(demo, Why::Off)),
        #[cfg(feature = "camera")]
        CameraChoice::Auto => Arc::new(crate::source::camera::SystemCamera { index: None }),
        #[cfg(feature = "camera")]
        CameraChoice::Index(index) => Arc::new(crate::source::camera::SystemCamera { index: Some(index) }),
        #[cfg(not(feature = "camera"))]
        CameraChoice::Auto | CameraChoice::Index(_) => Arc::new(NoCameras),
    };
    Ok(Input::Camera(CameraFeed::start(driver, epoch, Patience::default()), demo))
}

/// Stands in where the app was built without cameras.
#[cfg_attr(feature = "camera", allow(dead_code, reason = "the build without cameras uses it"))]
struct NoCameras;

impl CameraDriver for NoCameras {
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
        Err(CameraError::NotFound)
    }
}
