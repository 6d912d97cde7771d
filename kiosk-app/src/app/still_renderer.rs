//! Pictures of the frozen face for the screens. In: one picture with its faces, and what each face wears. Out: textures
//! and pixels of the part around a face. Renders offscreen, once per change; nothing is tracked again.

use std::sync::Arc;

use carmine::Scene;
use carmine::look::Look;
use carmine::render::{Offscreen, Pipelines};
use egui::{ColorImage, Context, TextureHandle, TextureOptions};
use zeroize::Zeroize;

use crate::app::crop::Crop;
use crate::app::seen::Seen;
use crate::choices::LightChoice;
use crate::error::AppError;
use crate::session::{Changed, TILES};
use crate::take_home::photo::Snapshot;
use crate::ui::stage::PictureTexture;

/// Renders the frozen picture. Lives as long as the device.
pub struct StillRenderer {
    offscreen: Offscreen,
    /// RGBA of the newest rendering; overwritten when the session ends.
    pixels: Vec<u8>,
    /// The looks that the tiles show, and their textures.
    tiles: [Option<(Arc<Look>, TextureHandle)>; TILES],
    frozen: Option<TextureHandle>,
    changed: Option<TextureHandle>,
}

impl StillRenderer {
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

    /// Renders every face in its look.
    fn render(&mut self, seen: &Seen, looks: &[&Look], preview: LightChoice) -> Result<(), AppError> {
        let bare = Look::bare();
        let scene = Scene::of(seen.shot.picture.frame()?, &seen.observation, &bare)
            .with_looks(looks)
            .with_preview(preview.into());
        Ok(self.offscreen.render(&scene, &mut self.pixels)?)
    }

    /// Renders one outdated tile, if there is one. True if there may be more; the window draws a frame between two
    /// tiles.
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

    /// A part of the frozen picture as it is worn.
    pub fn pixels(
        &mut self,
        seen: &Seen,
        looks: &[&Look],
        preview: LightChoice,
        crop: Crop,
    ) -> Result<Snapshot, AppError> {
        self.render(seen, looks, preview)?;
        let [width, height] = crop.size().map(|side| side as u32);
        Ok(Snapshot { rgba: crop.cut(&self.pixels, stride(seen)).into(), width, height })
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
            // Faint changes are drawn nearly as strongly as large ones: the picture shows where, not how much.
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
        ColorImage::from_rgba_unmultiplied(crop.size(), &crop.cut(&self.pixels, stride(seen)))
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

    /// Drops every picture and overwrites what is left in memory.
    pub fn zeroize(&mut self) {
        self.pixels.zeroize();
        self.offscreen.zeroize();
        (self.tiles, self.frozen, self.changed) = Default::default();
    }
}

/// Width of the upright picture.
fn stride(seen: &Seen) -> usize {
    seen.shot.picture.upright()[0] as usize
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
