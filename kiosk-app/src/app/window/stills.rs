//! The screens' still pictures: the frozen face with its look, the comparison's tiles, the changed pixels, sheets of
//! looks. They are rendered offscreen on the window's device when they change.

use std::sync::Arc;

use carmine::look::Look;
use egui::Context;

use super::worn::looks_for;
use crate::app::crop::Crop;
use crate::app::seen::Seen;
use crate::app::still_renderer::StillRenderer;
use crate::app::surface::WindowSurface;
use crate::choices::LightChoice;
use crate::error::AppError;
use crate::gpu::guard::guarded;
use crate::session::{Changed, Session};
use crate::take_home::photo::Snapshot;
use crate::ui::stage::{PictureTexture, Pictures};

/// Columns of a sheet of looks.
const COLUMNS: usize = 5;

/// The pictures and what renders them.
#[derive(Default)]
pub(super) struct Stills {
    /// Made when it is first needed.
    renderer: Option<StillRenderer>,
    pictures: Pictures,
}

/// What a still is made from.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    /// Where it is rendered.
    pub(super) surface: &'a WindowSurface,
    /// Where its texture lives.
    pub(super) context: &'a Context,
    /// The picture.
    pub(super) seen: &'a Seen,
    /// Who wears what.
    pub(super) session: &'a Session,
    /// The light that is shown.
    pub(super) light: LightChoice,
}

impl Subject<'_> {
    /// What each face wears; the leader wears `lead` if it is given.
    fn looks(&self, lead: Option<&Look>) -> Vec<Arc<Look>> {
        looks_for(self.session, self.seen, lead)
    }

    /// The part of the picture that is shown.
    fn crop(&self) -> Crop {
        Crop::around(self.seen, self.session.people().leading_face())
    }
}

impl Stills {
    /// For the screens.
    pub(super) fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// Thumbnails of the models were drawn.
    pub(super) fn set_thumbnails(&mut self, models: Vec<Option<PictureTexture>>) {
        self.pictures.models = models;
    }

    /// The brand's logo, where there is one.
    pub(super) fn set_logo(&mut self, logo: Option<PictureTexture>) {
        self.pictures.logo = logo;
    }

    /// The frozen face as it is worn.
    pub(super) fn draw_worn(&mut self, subject: &Subject<'_>) -> Result<(), AppError> {
        let (looks, crop) = (subject.looks(None), subject.crop());
        self.pictures.frozen = self.render(subject, |renderer| {
            renderer.draw_frozen(subject.context, subject.seen, &refs(&looks), subject.light, crop)?;
            Ok(renderer.frozen())
        })?;
        Ok(())
    }

    /// Counts and draws what the make-up changed in the frozen face.
    pub(super) fn explain(&mut self, subject: &Subject<'_>, colour: [u8; 3]) -> Result<Changed, AppError> {
        let (looks, crop) = (subject.looks(None), subject.crop());
        let (changed, picture) = self.render(subject, |renderer| {
            let changed = renderer.explain(subject.context, subject.seen, &refs(&looks), colour, crop)?;
            Ok((changed, renderer.changed()))
        })?;
        self.pictures.changed = picture;
        self.draw_worn(subject)?;
        Ok(changed)
    }

    /// Renders the comparison, one tile a call. True while there are more.
    pub(super) fn draw_tile(&mut self, subject: &Subject<'_>, looks: &[Arc<Look>]) -> Result<bool, AppError> {
        let dress = |look: &Look| subject.looks(Some(look));
        let (more, tiles) = self.render(subject, |renderer| {
            let more = renderer.draw_tile(subject.context, subject.seen, looks, &dress, subject.crop())?;
            Ok((more, renderer.tiles()))
        })?;
        self.pictures.tiles = tiles;
        Ok(more)
    }

    /// The pixels around the leading face, as it is worn or in another look.
    pub(super) fn pixels(&mut self, subject: &Subject<'_>, lead: Option<&Look>) -> Result<Snapshot, AppError> {
        let looks = subject.looks(lead);
        self.render(subject, |renderer| renderer.pixels(subject.seen, &refs(&looks), subject.light, subject.crop()))
    }

    /// Every one of these looks on the leading face, in rows.
    pub(super) fn sheet(&mut self, subject: &Subject<'_>, looks: &[&Look]) -> Result<Option<Snapshot>, AppError> {
        let tiles: Result<Vec<Snapshot>, AppError> =
            looks.iter().map(|&look| self.pixels(subject, Some(look))).collect();
        Ok(side_by_side(&tiles?))
    }

    /// Drops every picture of a face, and overwrites what it was rendered from.
    pub(super) fn thaw(&mut self) {
        self.overwrite();
        self.pictures = Pictures {
            models: std::mem::take(&mut self.pictures.models),
            logo: self.pictures.logo.take(),
            ..Pictures::default()
        };
    }

    /// Drops all textures after the loss of the device.
    pub(super) fn reset(&mut self) {
        self.discard();
        self.pictures = Pictures::default();
    }

    /// Drops everything, and overwrites what it was rendered from.
    pub(super) fn zeroize(&mut self) {
        self.overwrite();
        self.reset();
    }

    /// Works with the renderer, which is made when it is first needed, and dropped if wgpu panics in it.
    fn render<T>(
        &mut self,
        subject: &Subject<'_>,
        work: impl FnOnce(&mut StillRenderer) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let kept = &mut self.renderer;
        let done = guarded(|| match kept {
            Some(renderer) => work(renderer),
            None => {
                let (pipelines, queue) = subject.surface.pipelines();
                work(kept.insert(StillRenderer::new(pipelines, queue)?))
            }
        });
        if done.is_err() {
            self.discard();
        }
        done?
    }

    fn overwrite(&mut self) {
        if let Some(renderer) = &mut self.renderer
            && guarded(|| renderer.zeroize()).is_err()
        {
            self.discard();
        }
    }

    fn discard(&mut self) {
        let renderer = self.renderer.take();
        if let Err(error) = guarded(|| drop(renderer)) {
            log::debug!("{error}");
        }
    }
}

fn refs(looks: &[Arc<Look>]) -> Vec<&Look> {
    looks.iter().map(|look| &**look).collect()
}

/// Tiles of one size in rows.
fn side_by_side(tiles: &[Snapshot]) -> Option<Snapshot> {
    let first = tiles.first()?;
    let (width, height) = (first.width as usize, first.height as usize);
    let columns = tiles.len().min(COLUMNS);
    let rows = tiles.len().div_ceil(columns);
    let mut sheet = vec![255; columns * width * rows * height * 4];
    for (index, tile) in tiles.iter().enumerate() {
        let (left, top) = (index % columns * width, index / columns * height);
        for (row, line) in tile.rgba.chunks_exact(width * 4).enumerate() {
            let at = ((top + row) * columns * width + left) * 4;
            sheet[at..at + width * 4].copy_from_slice(line);
        }
    }
    Some(Snapshot { rgba: sheet.into(), width: (columns * width) as u32, height: (rows * height) as u32 })
}
