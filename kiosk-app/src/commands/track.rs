//! `carmine track`: landmarks and pose as JSON.

use std::io::Write;
use std::path::Path;

use carmine::face::{FittedFace, Sequence, TrackerConfig};
use carmine::{TryOn, TryOnConfig};
use serde::Serialize;

use crate::cli::TrackArgs;
use crate::commands::input::{Warnings, refuse_endless};
use crate::commands::progress::Progress;
use crate::error::AppError;
use crate::models::Models;
use crate::output::{self, WholeFile};
use crate::source::{self, FrameSource, Picture};

/// Faces that are found in a photo, and dressed in a photo or clip: as many as the engine follows.
pub const MOST_FACES: usize = 32;

#[derive(Serialize)]
struct Head<'a> {
    file: &'a str,
    width: u32,
    height: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    fps: Option<f64>,
    mode: &'static str,
}

/// One face; numbers rounded to what the pixels can mean.
#[derive(Serialize)]
struct FaceRecord {
    landmarks_px: Vec<[f64; 3]>,
    camera_from_face: [[f64; 4]; 4],
    presence: f64,
}

fn round(value: f32, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (f64::from(value) * scale).round() / scale
}

impl FaceRecord {
    fn of(face: &FittedFace) -> Self {
        let rows = face.camera_from_face.transpose().to_cols_array_2d();
        Self {
            landmarks_px: face.landmarks_px.iter().map(|point| point.to_array().map(|v| round(v, 3))).collect(),
            camera_from_face: rows.map(|row| row.map(|v| round(v, 5))),
            presence: round(face.presence, 4),
        }
    }
}

/// Tracks the input and writes its JSON.
pub fn run(args: &TrackArgs) -> Result<(), AppError> {
    if let Some(path) = &args.output {
        output::refuse_input(path, &args.input)?;
    }
    let mut input = source::open(&args.input)?;
    refuse_endless(input.as_ref(), &args.input, args.frames)?;
    let mut warnings = Warnings::default();
    warnings.tell(input.as_ref());
    let models = Models::open(args.models.as_deref())?;
    let sequence = input.info().sequence();
    let max_faces = if sequence == Sequence::Stills { MOST_FACES } else { 1 };
    let tracker = TrackerConfig { max_faces, sequence, ..TrackerConfig::default() };
    let mut try_on = models.try_on(TryOnConfig { tracker, camera: args.fov })?;
    let done = if let Some(path) = &args.output {
        let mut file = WholeFile::create(path)?;
        match write(&args.input, input.as_mut(), &mut try_on, args.frames, &mut file)? {
            Ok(()) => file.finish(),
            Err(error) => Err(file.error(&error)),
        }
    } else {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let written = write(&args.input, input.as_mut(), &mut try_on, args.frames, &mut out)?;
        match written.and_then(|()| out.flush()) {
            // Whoever read the pipe has seen enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(AppError::Output { path: "standard output".into(), why: error.to_string() }),
            Ok(()) => Ok(()),
        }
    };
    warnings.tell(input.as_ref());
    done
}

/// The outer result is the input's, the inner one the output's.
fn write(
    path: &Path,
    input: &mut dyn FrameSource,
    try_on: &mut TryOn,
    limit: Option<u64>,
    out: &mut dyn Write,
) -> Result<std::io::Result<()>, AppError> {
    let info = input.info();
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    let mode = if info.is_still() { "image" } else { "video" };
    let head = Head { file: &name, width: info.width, height: info.height, fps: info.fps, mode };
    let head = json(&head)?;
    let head = head.strip_suffix('}').unwrap_or(&head);
    let list = if info.is_still() { "faces" } else { "frames" };
    if let Err(error) = write!(out, "{head},\"{list}\":[") {
        return Ok(Err(error));
    }
    let mut progress = Progress::new("tracking", info.frames);
    let mut picture = Picture::default();
    let (mut frames, mut times_s) = (0_usize, Vec::new());
    while limit.is_none_or(|limit| (frames as u64) < limit) && input.next_frame(&mut picture)? {
        let faces: Vec<_> = try_on.track(&picture.frame()?)?.iter().map(FaceRecord::of).collect();
        let parts = match faces.first() {
            _ if info.is_still() => faces.iter().map(json).collect::<Result<Vec<_>, _>>()?.join(",\n"),
            Some(face) => json(face)?,
            None => "null".to_owned(),
        };
        let comma = if frames > 0 { ",\n" } else { "" };
        if let Err(error) = write!(out, "{comma}{parts}") {
            return Ok(Err(error));
        }
        frames += 1;
        times_s.push((picture.time.as_secs_f64() * 1e6).round() / 1e6);
        progress.step(frames);
    }
    // Frames may come unevenly, and damaged ones are left out.
    let times = if info.is_still() { String::new() } else { format!(",\n\"times_s\":{}", json(&times_s)?) };
    Ok(writeln!(out, "]{times}}}"))
}

fn json(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value)
        .map_err(|error| AppError::Output { path: "JSON".into(), why: format!("{error}; please report this") })
}
