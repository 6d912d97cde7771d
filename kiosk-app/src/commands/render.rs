//! `carmine render`: a photo or clip with make-up on, as PNG; or several looks on one sheet.

mod crop;
mod faces;
pub(super) mod place;
mod sheet;
mod split;

use carmine::face::{FittedFace, Sequence, TrackerConfig};
use carmine::look::Look;
use carmine::render::Offscreen;
use carmine::{Scene, TryOn, TryOnConfig};
use image::RgbaImage;
use image::imageops::{self, FilterType};

use crate::catalogue;
use crate::choices::Size;
use crate::cli::RenderArgs;
use crate::commands::input::{Warnings, refuse_endless};
use crate::commands::progress::Progress;
use crate::commands::track::MOST_FACES;
use crate::error::AppError;
use crate::gpu;
use crate::models::Models;
use crate::output::encode_png;
use crate::source::{self, Picture};
use crate::text::lettering::Lettering;

use faces::FaceCount;
use place::Place;

/// Renders the input to its file or folder.
pub fn run(args: &RenderArgs) -> Result<(), AppError> {
    if args.sheet {
        return sheet::run(args);
    }
    let [look] = args.looks.as_slice() else {
        return Err(AppError::Usage("several looks make one sheet: add --sheet, or give --look only once".into()));
    };
    let look = catalogue::find(look)?;
    let mut input = source::open(&args.input)?;
    refuse_endless(input.as_ref(), &args.input, args.frames)?;
    let mut warnings = Warnings::default();
    warnings.tell(input.as_ref());
    let info = input.info();
    let mut place = Place::of(args, info.is_still())?;
    let models = Models::open(args.models.as_deref())?;
    let mut renderer = LookRenderer::new(&models, info.sequence(), args)?;
    let mut splitter = args.split.then(|| split::Splitter::new(args.light));
    let mut lettering = Lettering::default();
    let mut progress = Progress::new("rendering", info.frames);
    let mut picture = Picture::default();
    let mut frames = 0;
    while args.frames.is_none_or(|limit| (frames as u64) < limit) && input.next_frame(&mut picture)? {
        let image = match &mut splitter {
            None => {
                let mut worn = RgbaImage::default();
                renderer.wear(&picture, std::slice::from_ref(&look), |_, image| worn = image)?;
                let mut worn = fit_into(worn, args.size);
                split::label_preview(&mut lettering, &mut worn, args.light);
                worn
            }
            Some(splitter) => splitter.picture(&mut renderer, &picture, &look, args.size)?,
        };
        place.put(frames, &png(&image)?)?;
        frames += 1;
        progress.step(frames);
    }
    drop(progress);
    warnings.tell(input.as_ref());
    renderer.faces.conclude()
}

/// The whole chain without a window.
struct LookRenderer {
    try_on: TryOn,
    offscreen: Offscreen,
    preview: carmine::light::PreviewLight,
    faces: FaceCount,
}

impl LookRenderer {
    fn new(models: &Models, sequence: Sequence, args: &RenderArgs) -> Result<Self, AppError> {
        let tracker = TrackerConfig { max_faces: MOST_FACES, sequence, ..TrackerConfig::default() };
        let try_on = models.try_on(TryOnConfig { tracker, camera: args.fov })?;
        let gpu = gpu::headless()?;
        let offscreen = Offscreen::new(&gpu.device, &gpu.queue)?;
        let faces = FaceCount::new(&args.input, sequence == Sequence::Stills, args.allow_no_face);
        Ok(Self { try_on, offscreen, preview: args.light.into(), faces })
    }

    /// Finds and lights the faces once, then gives the picture in each look to `done`.
    fn wear<'a>(
        &mut self,
        picture: &Picture,
        looks: impl IntoIterator<Item = &'a Look>,
        mut done: impl FnMut(&[FittedFace], RgbaImage),
    ) -> Result<(), AppError> {
        let frame = picture.frame()?;
        let observation = self.try_on.observe(&frame)?;
        self.faces.saw(observation.faces().len())?;
        for look in looks {
            let mut pixels = Vec::new();
            let scene = Scene::of(frame, observation, look).with_preview(self.preview);
            self.offscreen.render(&scene, &mut pixels)?;
            done(observation.faces(), RgbaImage::from_raw(frame.width(), frame.height(), pixels).unwrap_or_default());
        }
        Ok(())
    }
}

/// Scaled to fit into `fit` with its shape kept; as it is without one.
fn fit_into(image: RgbaImage, fit: Option<Size>) -> RgbaImage {
    let Some(fit) = fit else { return image };
    let (width, height) = image.dimensions();
    let scale = f64::from(fit.width) / f64::from(width.max(1));
    let scale = scale.min(f64::from(fit.height) / f64::from(height.max(1)));
    let side = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
    imageops::resize(&image, side(width), side(height), FilterType::CatmullRom)
}

fn png(image: &RgbaImage) -> Result<Vec<u8>, AppError> {
    encode_png(image.as_raw(), image.width(), image.height())
        .map_err(|error| AppError::Output { path: "PNG".into(), why: format!("{error}; please report this") })
}
