//! Screens that need a still face: it is kept from the newest picture, and rendered once per change.

use std::sync::Arc;
use std::time::Duration;

use carmine::look::Look;

use super::{Mirror, Opened};
use crate::app::seen::Seen;
use crate::app::studio::{Crop, Studio};
use crate::error::AppError;
use crate::session::{Report, Screen};

impl Mirror {
    /// Keeps a copy of the newest picture.
    pub(super) fn freeze(&mut self) {
        self.frozen = self.current.as_ref().map(Seen::copy);
    }

    /// Lets go of it and of everything that was rendered from it.
    pub(super) fn thaw(&mut self) {
        self.frozen = None;
        if let Some(Opened { studio: Some(studio), .. }) = &mut self.window {
            studio.zeroize();
        }
        self.pictures = crate::ui::stage::Pictures {
            models: std::mem::take(&mut self.pictures.models),
            logo: self.pictures.logo.take(),
            ..Default::default()
        };
    }

    /// Counts and shows what the make-up changed.
    pub(super) fn explain(&mut self, now: Duration) -> Result<(), AppError> {
        let colour = self.shop.settings.brand.accent.rgb;
        let Some((studio, seen, crop)) = studio(&mut self.window, &self.frozen, self.session.people().leading_face())?
        else {
            return Ok(());
        };
        let looks = Self::looks_for(&self.session, seen, None);
        let looks: Vec<&Look> = looks.iter().map(|look| &**look).collect();
        let changed = studio.explain(&self.context, seen, &looks, colour, crop)?;
        self.pictures.changed = studio.changed();
        self.report(Report::Explained(changed), now)?;
        self.draw_worn()
    }

    /// The frozen face as it is worn.
    pub(super) fn draw_worn(&mut self) -> Result<(), AppError> {
        let preview = self.config.light;
        let Some((studio, seen, crop)) = studio(&mut self.window, &self.frozen, self.session.people().leading_face())?
        else {
            return Ok(());
        };
        let looks = Self::looks_for(&self.session, seen, None);
        let looks: Vec<&Look> = looks.iter().map(|look| &**look).collect();
        studio.draw_frozen(&self.context, seen, &looks, preview, crop)?;
        self.pictures.frozen = studio.frozen();
        Ok(())
    }

    /// The frozen picture with its looks: RGBA, width, height.
    pub(super) fn frozen_pixels(&mut self) -> Result<Option<(Vec<u8>, u32, u32)>, AppError> {
        let preview = self.config.light;
        let Some((studio, seen, crop)) = studio(&mut self.window, &self.frozen, self.session.people().leading_face())?
        else {
            return Ok(None);
        };
        let looks = Self::looks_for(&self.session, seen, None);
        let looks: Vec<&Look> = looks.iter().map(|look| &**look).collect();
        let pixels = studio.pixels(seen, &looks, preview)?.to_vec();
        let [width, _] = seen.shot.picture.upright();
        Ok(Some(crop.cut(pixels, width)))
    }

    /// Brings the comparison up to date, one tile a frame. True while there is more to do.
    pub(super) fn draw_frozen(&mut self) -> Result<bool, AppError> {
        if self.session.screen() != Screen::Compare {
            return Ok(false);
        }
        let session = &self.session;
        let items = session.compare().iter().filter_map(|id| self.shop.catalogue.item(id));
        let looks: Vec<Arc<Look>> = items.map(|item| session.people().leader().look_with(item)).collect();
        let Some((studio, seen, crop)) = studio(&mut self.window, &self.frozen, session.people().leading_face())? else {
            return Ok(false);
        };
        let dress = |look: &Look| Self::looks_for(session, seen, Some(look));
        let more = studio.draw_tile(&self.context, seen, &looks, &dress, crop)?;
        self.pictures.tiles = studio.tiles();
        Ok(more)
    }

    /// Nothing of the frozen picture is needed before this.
    pub(super) fn enter_frozen(&mut self, _now: Duration) -> Result<(), AppError> {
        self.freeze();
        self.draw_worn()
    }
}

/// The studio, made when it is first needed, and the frozen picture with the part that is shown.
fn studio<'a>(
    window: &'a mut Option<Opened>,
    frozen: &'a Option<Seen>,
    face: Option<u32>,
) -> Result<Option<(&'a mut Studio, &'a Seen, Crop)>, AppError> {
    let (Some(Opened { screen: Some(screen), studio, .. }), Some(seen)) = (window, frozen) else { return Ok(None) };
    let studio = match studio {
        Some(studio) => studio,
        None => {
            let (pipelines, queue) = screen.pipelines();
            studio.insert(Studio::new(pipelines, queue)?)
        }
    };
    Ok(Some((studio, seen, Crop::around(seen, face))))
}
