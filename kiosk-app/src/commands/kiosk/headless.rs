//! Without a display: the same chain into PNG files, with a table of how long each stage took. No picture has to be on time,
//! so all get everything: the governor's top rung.

use std::path::Path;
use std::time::Instant;

use carmine::Scene;
use carmine::face::{Camera, FaceFitter, OcclusionEstimator, TrackerConfig};
use carmine::governor::Tally;
use carmine::light::LightEstimator;
use carmine::look::Look;
use carmine::render::Offscreen;

use crate::app::stats::{Stage, Stats};
use crate::choices::LightChoice;
use crate::commands::input::Warnings;
use crate::commands::progress::Progress;
use crate::error::AppError;
use crate::gpu;
use crate::models::Models;
use crate::output;
use crate::source::still::encode_png;
use crate::source::{FrameSource, Picture};

/// Where the PNGs go.
pub const FOLDER: &str = "carmine-out";
/// How many, unless `--frames` says otherwise.
const FRAMES: u64 = 60;

/// Renders the first frames of `source` wearing `look`.
pub fn run(
    mut source: Box<dyn FrameSource>,
    look: &Look,
    preview: LightChoice,
    models: &Models,
    frames: Option<u64>,
) -> Result<(), AppError> {
    let frames = frames.unwrap_or(FRAMES);
    let still = source.info().is_still();
    let mut tracker = models.tracker(TrackerConfig { still, ..TrackerConfig::default() })?;
    let mut fitter = FaceFitter::new()?;
    let mut occlusion = OcclusionEstimator::new()?;
    let mut light = LightEstimator::default();
    let gpu = gpu::headless()?;
    let mut offscreen = Offscreen::new(&gpu.device, &gpu.queue)?;

    let mut stats = Stats::default();
    let mut progress = Progress::new("rendering", usize::try_from(frames).ok());
    let (mut picture, mut pixels) = (Picture::default(), Vec::new());
    // The caller has told what was known when it was opened.
    let mut warnings = Warnings::told(source.as_ref());
    let mut done = 0;
    while done < frames {
        let started = Instant::now();
        if !source.next_frame(&mut picture)? {
            break;
        }
        let decoded = Instant::now();
        let frame = picture.frame()?;
        let faces = tracker.track(&frame)?;
        let tracked = Instant::now();
        let fitted = fitter.fit(faces, frame.width(), frame.height(), &Camera::default());
        let fit = Instant::now();
        if still {
            occlusion.zeroize();
        }
        let covered = occlusion.estimate(&frame, fitted);
        let looked = Instant::now();
        let light = light.estimate(&frame, fitted);
        let lit = Instant::now();
        let scene = Scene::new(frame, fitted, light, look).with_occlusion(covered).previewed(preview.into());
        offscreen.render(&scene, &mut pixels)?;
        let drawn = Instant::now();
        for (stage, time) in [
            (Stage::Decode, decoded - started),
            (Stage::Track, tracked - decoded),
            (Stage::Fit, fit - tracked),
            (Stage::Cover, looked - fit),
            (Stage::Light, lit - looked),
            (Stage::Show, drawn - lit),
            (Stage::Latency, drawn - decoded),
        ] {
            stats.add(stage, time);
        }
        if done == 0 {
            output::make_folder(Path::new(FOLDER))?;
        }
        done += 1;
        stats.follow(Tally { pictures: done, ..Tally::default() });
        let path = Path::new(FOLDER).join(format!("{done:05}.png"));
        let png = encode_png(&pixels, frame.width(), frame.height())
            .map_err(|error| AppError::Output { path: path.clone(), why: error.to_string() })?;
        output::write_whole(&path, &png)?;
        progress.step(done as usize);
    }
    drop(progress);
    warnings.tell(source.as_ref());
    output::print(&format!("{done} frames in {FOLDER}/ on {}\n{}", gpu.adapter.get_info().name, stats.table()));
    Ok(())
}
