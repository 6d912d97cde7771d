//! Without a display: the same chain into PNG files, with a table of how long each stage took. There is no deadline, so
//! every picture is fully observed.

use std::path::{Path, PathBuf};
use std::time::Instant;

use carmine::face::{Camera, TrackerConfig};
use carmine::governor::Tally;
use carmine::look::Look;
use carmine::render::Offscreen;
use carmine::{Scene, TryOnConfig};

use crate::app::stats::{Stats, Timed};
use crate::choices::LightChoice;
use crate::commands::input::Warnings;
use crate::commands::progress::Progress;
use crate::commands::render::place;
use crate::error::AppError;
use crate::gpu;
use crate::models::Models;
use crate::output::{self, Existing, WholeFile, encode_png};
use crate::source::{FrameSource, Picture};

/// Where the PNGs go, if no frames of an earlier run are there.
const FOLDER: &str = "carmine-out";
/// How many, unless `--frames` says otherwise.
const FRAMES: u64 = 60;

/// A folder for the PNGs that holds none yet: `carmine-out`, or the first free one of `carmine-out-2`, `carmine-out-3`,
/// …
pub fn free_folder() -> PathBuf {
    let free = |folder: &PathBuf| place::numbered(folder).is_none();
    let others = (2_u64..).map(|number| PathBuf::from(format!("{FOLDER}-{number}")));
    std::iter::once(PathBuf::from(FOLDER)).chain(others).find(free).unwrap_or_else(|| FOLDER.into())
}

/// Renders the first frames of `source` wearing `look` into `folder`.
pub fn run(
    folder: &Path,
    mut source: Box<dyn FrameSource>,
    look: &Look,
    preview: LightChoice,
    models: &Models,
    camera: Camera,
    frames: Option<u64>,
) -> Result<(), AppError> {
    let frames = frames.unwrap_or(FRAMES);
    let tracker = TrackerConfig { sequence: source.info().sequence(), ..TrackerConfig::default() };
    let mut try_on = models.try_on(TryOnConfig { tracker, camera })?;
    let gpu = gpu::headless()?;
    let mut offscreen = Offscreen::new(&gpu.device, &gpu.queue)?;

    let mut stats = Stats::default();
    let mut progress = Progress::new("rendering", usize::try_from(frames).ok());
    let (mut picture, mut pixels) = (Picture::default(), Vec::new());
    // The caller has printed the warnings known at opening.
    let mut warnings = Warnings::told(source.as_ref());
    let mut done = 0;
    while done < frames {
        let started = Instant::now();
        if !source.next_frame(&mut picture)? {
            break;
        }
        let decoded = Instant::now();
        let frame = picture.frame()?;
        let scene = Scene::of(frame, try_on.observe(&frame)?, look).with_preview(preview.into());
        let observed = Instant::now();
        offscreen.render(&scene, &mut pixels)?;
        let drawn = Instant::now();
        stats.add(Timed::Decode, decoded - started);
        stats.add_stations(try_on.times());
        stats.add(Timed::Show, drawn - observed);
        stats.add(Timed::Latency, drawn - decoded);
        if done == 0 {
            output::make_folder(folder)?;
        }
        done += 1;
        stats.follow(Tally { pictures: done, ..Tally::default() });
        let path = folder.join(format!("{done:05}.png"));
        let png = encode_png(&pixels, frame.width(), frame.height())
            .map_err(|error| AppError::Output { path: path.clone(), why: error.to_string() })?;
        WholeFile::begin(&path, Existing::Keep)?.fill(&png)?;
        progress.step(done as usize);
    }
    drop(progress);
    warnings.tell(source.as_ref());
    output::print(&format!(
        "{done} frames in {}/ on {}\n{}",
        folder.display(),
        gpu.adapter.get_info().name,
        stats.table()
    ));
    Ok(())
}
