//! `carmine render`: a photo or clip with make-up on, as PNG.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use carmine::face::TrackerConfig;
use carmine::look::Look;
use carmine::render::Offscreen;
use carmine::{TryOn, TryOnConfig};

use crate::app::gpu;
use crate::catalogue;
use crate::cli::{RenderArgs, Size};
use crate::error::AppError;
use crate::models::Models;
use crate::output::{self, Warnings, WholeFile};
use crate::progress::Progress;
use crate::source::still::encode_png;
use crate::source::{self, Picture};
use crate::track::STILL_FACES;

/// Renders the input to its file or folder.
pub fn run(args: &RenderArgs) -> Result<(), AppError> {
    let look = catalogue::find(&args.look)?;
    let mut input = source::open(&args.input)?;
    let mut warnings = Warnings::default();
    warnings.tell(input.as_ref());
    let info = input.info();
    let mut place = Place::of(&args.output, &args.input, info.is_still())?;
    let models = Models::open(args.models.as_deref())?;
    let mut studio = Studio::new(&models, info.is_still())?;
    let mut progress = Progress::new("rendering", info.frames);
    let mut picture = Picture::default();
    let mut frames = 0;
    while args.frames.is_none_or(|limit| (frames as u64) < limit) && input.next_frame(&mut picture)? {
        let png = studio.png(&picture, &look, args.size)?;
        place.put(frames, &png)?;
        frames += 1;
        progress.step(frames);
    }
    drop(progress);
    warnings.tell(input.as_ref());
    Ok(())
}

/// Where results go: proved to be writable and not to be the input, before any work is done.
enum Place {
    /// Taken when the picture is written.
    File(Option<WholeFile>),
    Folder(PathBuf),
}

impl Place {
    fn of(path: &Path, input: &Path, still: bool) -> Result<Self, AppError> {
        let is_png = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("png"));
        match (still, is_png && !path.is_dir()) {
            (true, true) => Self::picture(path, input),
            (true, false) if path.is_dir() => {
                let stem = input.file_stem().unwrap_or(OsStr::new("carmine"));
                Self::picture(&path.join(stem).with_extension("png"), input)
            }
            (true, false) => Err(AppError::Usage(format!(
                "a photo becomes a PNG: end -o {} in .png, or give a folder that exists",
                path.display()
            ))),
            (false, true) => Err(AppError::Usage(format!(
                "a clip becomes many PNGs: give -o a folder instead of {}",
                path.display()
            ))),
            (false, false) => Self::frames(path, input),
        }
    }

    fn picture(path: &Path, input: &Path) -> Result<Self, AppError> {
        output::refuse_input(path, input)?;
        Ok(Self::File(Some(WholeFile::create(path)?)))
    }

    fn frames(folder: &Path, input: &Path) -> Result<Self, AppError> {
        output::refuse_input(folder, input)?;
        if let Some(name) = numbered(folder) {
            return Err(AppError::Usage(format!(
                "{} holds frames already ({name}): remove them, or give -o another folder",
                folder.display()
            )));
        }
        output::check_folder(folder)?;
        Ok(Self::Folder(folder.into()))
    }

    /// Writes frame `index`. The folder is made when the first frame is ready, so that failure leaves none.
    fn put(&mut self, index: usize, png: &[u8]) -> Result<(), AppError> {
        match self {
            Self::File(file) => match file.take() {
                Some(file) => file.fill(png),
                None => Ok(()),
            },
            Self::Folder(folder) => {
                if index == 0 {
                    output::make_folder(folder)?;
                }
                output::write_whole(&folder.join(format!("{:05}.png", index + 1)), png)
            }
        }
    }
}

/// A frame of an earlier run: left among new ones it would look like one of them.
fn numbered(folder: &Path) -> Option<String> {
    let names = std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_frame = |name: &str| {
        let stem = name.strip_suffix(".png").unwrap_or_default();
        stem.len() >= 5 && stem.bytes().all(|byte| byte.is_ascii_digit())
    };
    names.filter(|name| is_frame(name)).min()
}

/// The whole chain without a window.
struct Studio {
    try_on: TryOn,
    offscreen: Offscreen,
    pixels: Vec<u8>,
}

impl Studio {
    fn new(models: &Models, still: bool) -> Result<Self, AppError> {
        let max_faces = if still { STILL_FACES } else { TrackerConfig::default().max_faces };
        let tracker = TrackerConfig { max_faces, still };
        let try_on = models.try_on(TryOnConfig { tracker, ..TryOnConfig::default() })?;
        let gpu = gpu::headless()?;
        Ok(Self { try_on, offscreen: Offscreen::new(&gpu.device, &gpu.queue)?, pixels: Vec::new() })
    }

    fn png(&mut self, picture: &Picture, look: &Look, fit: Option<Size>) -> Result<Vec<u8>, AppError> {
        let frame = picture.frame()?;
        let (width, height) = (frame.width(), frame.height());
        let scene = self.try_on.scene(frame, look)?;
        self.offscreen.render(&scene, &mut self.pixels)?;
        let png = match fit {
            None => encode_png(&self.pixels, width, height),
            Some(fit) => {
                let whole = image::RgbaImage::from_raw(width, height, std::mem::take(&mut self.pixels));
                let whole = image::DynamicImage::ImageRgba8(whole.unwrap_or_default());
                let scaled = whole.resize(fit.width, fit.height, image::imageops::FilterType::CatmullRom).into_rgba8();
                encode_png(scaled.as_raw(), scaled.width(), scaled.height())
            }
        };
        png.map_err(|error| AppError::Output { path: "PNG".into(), why: format!("{error}; please report this") })
    }
}
