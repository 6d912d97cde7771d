//! Pictures of the frozen face for the screens: rendered off the window, once per change, from one inference.

use std::sync::Arc;

use carmine::Scene;
use carmine::look::Look;
use carmine::render::{Offscreen, Pipelines};
use egui::{ColorImage, Context, TextureHandle, TextureOptions, Vec2};
use zeroize::Zeroize;

use crate::app::seen::Seen;
use crate::choices::LightChoice;
use crate::error::AppError;
use crate::session::{Changed, TILES};
use crate::ui::stage::PictureTexture;

/// Renders the frozen picture. Made anew with the device.
pub struct Studio {
    offscreen: Offscreen,
    /// RGBA of the newest rendering; overwritten when the session ends.
    pixels: Vec<u8>,
    /// The looks that the tiles show, and their textures.
    tiles: [Option<(Arc<Look>, TextureHandle)>; TILES],
    frozen: Option<TextureHandle>,
    changed: Option<TextureHandle>,
}

/// A part of the picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

/// How much of the face's size is left round it.
const AROUND: f32 = 0.42;

impl Crop {
    /// Around a face, three wide by four high where the picture has room; the whole picture without a face.
    pub fn around(seen: &Seen, face: Option<u32>) -> Self {
        let [width, height] = seen.shot.picture.upright();
        let frame = (width as usize, height as usize);
        let face = face
            .and_then(|id| seen.observation.faces().iter().find(|found| found.id.0 == id))
            .or(seen.observation.faces().first());
        let Some(face) = face else { return Self { x: 0, y: 0, width: frame.0, height: frame.1 } };
        let (min, max) = face.landmarks_px.iter().fold(
            (Vec2::splat(f32::MAX), Vec2::splat(f32::MIN)),
            |(min, max): (egui::Vec2, egui::Vec2), point| {
                let point = Vec2::new(point.x, point.y);
                (min.min(point), max.max(point))
            },
        );
        let (centre, size) = ((min + max) / 2.0, max - min);
        let height = (size.y.max(size.x / 0.75) * (1.0 + 2.0 * AROUND)).min(frame.1 as f32).min(frame.0 as f32 / 0.75);
        let width = height * 0.75;
        // A forehead and its hair need more room than a chin.
        let left = (centre.x - width / 2.0).clamp(0.0, (frame.0 as f32 - width).max(0.0));
        let top = (centre.y - size.y * 0.12 - height / 2.0).clamp(0.0, (frame.1 as f32 - height).max(0.0));
        let (x, y) = (left as usize, top as usize);
        let (width, height) = ((width as usize).clamp(1, frame.0 - x), (height as usize).clamp(1, frame.1 - y));
        Self { x, y, width, height }
    }
}

impl Crop {
    /// The part of RGBA pixels; what is left over is overwritten.
    pub fn cut(&self, mut pixels: Vec<u8>, width: u32) -> (Vec<u8>, u32, u32) {
        let mut cut = Vec::with_capacity(self.width * self.height * 4);
        for row in pixels.chunks_exact(width as usize * 4).skip(self.y).take(self.height) {
            cut.extend_from_slice(&row[self.x * 4..(self.x + self.width) * 4]);
        }
        pixels.zeroize();
        (cut, self.width as u32, self.height as u32)
    }
}

impl Studio {
    /// On the window's device, with the pipelines that its mirror uses.
    pub fn new(pipelines: &Pipelines, queue: &wgpu::Queue) -> Result<Self, AppError> {
        Ok(Self {
            offscreen: Offscreen::with_pipelines(pipelines, queue)?,
            pixels: Vec::new(),
            tiles: Default::default(),
            frozen: None,
            changed: None,
        })
    }

    /// Renders every face in its look; one look for all if `all` is given.
    fn render(&mut self, seen: &Seen, looks: &[&Look], preview: LightChoice) -> Result<(), AppError> {
        let bare = Look::bare();
        let scene = Scene::of(seen.shot.picture.frame()?, &seen.observation, &bare)
            .with_looks(looks)
            .with_preview(preview.into());
        Ok(self.offscreen.render(&scene, &mut self.pixels)?)
    }

    /// Brings one tile up to date, if any is not. True if there may be more: a frame of the window comes between two.
    pub fn draw_tile(
        &mut self,
        context: &Context,
        seen: &Seen,
        looks: &[Arc<Look>],
        dress: &dyn Fn(&Look) -> Vec<Arc<Look>>,
        crop: Crop,
    ) -> Result<bool, AppError> {
        for tile in self.tiles.iter_mut().skip(looks.len()) {
            *tile = None;
        }
        let stale = looks.iter().enumerate().take(TILES).find(|(index, look)| {
            self.tiles[*index].as_ref().is_none_or(|(drawn, _)| !Arc::ptr_eq(drawn, look) && drawn != *look)
        });
        let Some((index, look)) = stale else { return Ok(false) };
        let worn = dress(look);
        let worn: Vec<&Look> = worn.iter().map(|look| &**look).collect();
        self.render(seen, &worn, LightChoice::Off)?;
        let image = self.image(seen, crop);
        let texture = context.load_texture(format!("tile {index}"), image, TextureOptions::LINEAR);
        self.tiles[index] = Some((Arc::clone(look), texture));
        Ok(true)
    }

    /// Renders the frozen face as it is worn.
    pub fn draw_frozen(
        &mut self,
        context: &Context,
        seen: &Seen,
        looks: &[&Look],
        preview: LightChoice,
        crop: Crop,
    ) -> Result<(), AppError> {
        self.render(seen, looks, preview)?;
        self.frozen = Some(context.load_texture("frozen", self.image(seen, crop), TextureOptions::LINEAR));
        Ok(())
    }

    /// The frozen picture as it is worn: RGBA of the frame's size. The caller wipes what it copies.
    pub fn pixels(&mut self, seen: &Seen, looks: &[&Look], preview: LightChoice) -> Result<&[u8], AppError> {
        self.render(seen, looks, preview)?;
        Ok(&self.pixels)
    }

    /// Which pixels of the frozen picture the make-up changed: drawn in `colour` over grey, and counted. The engine
    /// without make-up is compared with the camera's picture too.
    pub fn explain(
        &mut self,
        context: &Context,
        seen: &Seen,
        looks: &[&Look],
        colour: [u8; 3],
        crop: Crop,
    ) -> Result<Changed, AppError> {
        self.render(seen, &[], LightChoice::Off)?;
        let mut bare = self.pixels.clone();
        let elsewhere = difference_from_camera(seen, &bare);
        self.render(seen, looks, LightChoice::Off)?;
        let mut count = 0_usize;
        for (pixel, bare) in self.pixels.chunks_exact_mut(4).zip(bare.chunks_exact(4)) {
            let change = (0..3).map(|c| pixel[c].abs_diff(bare[c])).max().unwrap_or(0);
            count += usize::from(change > 0);
            let grey = (77 * u32::from(bare[0]) + 150 * u32::from(bare[1]) + 29 * u32::from(bare[2])) >> 8;
            // A faint change shows as well as a strong one: what counts is where.
            let share = if change == 0 { 0.0 } else { 0.35 + 0.5 * (f32::from(change) / 48.0).min(1.0) };
            for c in 0..3 {
                let base = 70.0 + grey as f32 * 0.62;
                pixel[c] = (base + (f32::from(colour[c]) - base) * share) as u8;
            }
        }
        let pixels = count as f32 / (bare.len() / 4).max(1) as f32;
        bare.zeroize();
        self.changed = Some(context.load_texture("changed", self.image(seen, crop), TextureOptions::LINEAR));
        Ok(Changed { pixels, elsewhere })
    }

    fn image(&self, seen: &Seen, crop: Crop) -> ColorImage {
        let stride = seen.shot.picture.upright()[0] as usize * 4;
        let mut cut = Vec::with_capacity(crop.width * crop.height * 4);
        for row in self.pixels.chunks_exact(stride).skip(crop.y).take(crop.height) {
            cut.extend_from_slice(&row[crop.x * 4..(crop.x + crop.width) * 4]);
        }
        ColorImage::from_rgba_unmultiplied([crop.width, crop.height], &cut)
    }

    /// The textures as the screens take them.
    pub fn tiles(&self) -> [Option<PictureTexture>; TILES] {
        std::array::from_fn(|index| self.tiles[index].as_ref().map(|(_, texture)| picture(texture)))
    }

    /// The frozen face.
    pub fn frozen(&self) -> Option<PictureTexture> {
        self.frozen.as_ref().map(picture)
    }

    /// What was changed.
    pub fn changed(&self) -> Option<PictureTexture> {
        self.changed.as_ref().map(picture)
    }

    /// Lets go of every picture and overwrites what is left in memory.
    pub fn zeroize(&mut self) {
        self.pixels.zeroize();
        self.offscreen.zeroize();
        (self.tiles, self.frozen, self.changed) = Default::default();
    }
}

/// A texture as the screens take it.
pub fn picture(texture: &TextureHandle) -> PictureTexture {
    PictureTexture { texture: texture.id(), size: texture.size_vec2() }
}

/// Largest difference of a channel between the camera's picture and the engine's without make-up; for YUV pictures,
/// which only the engine turns into RGB, there is nothing to compare with.
fn difference_from_camera(seen: &Seen, drawn: &[u8]) -> Option<u8> {
    use carmine::frame::PixelFormat;
    let picture = &seen.shot.picture;
    if picture.rotation != carmine::frame::Rotation::None {
        return None;
    }
    let order = match picture.format {
        PixelFormat::Rgba8 | PixelFormat::Rgb8 => [0, 1, 2],
        PixelFormat::Bgra8 => [2, 1, 0],
        _ => return None,
    };
    let step = if picture.format == PixelFormat::Rgb8 { 3 } else { 4 };
    let pairs = picture.data.chunks_exact(step).zip(drawn.chunks_exact(4));
    pairs.map(|(camera, drawn)| (0..3).map(|c| camera[order[c]].abs_diff(drawn[c])).max().unwrap_or(0)).max()
}
