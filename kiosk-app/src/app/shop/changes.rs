//! What changed on disk since the last look, taken up in a running kiosk.

use std::sync::Arc;

use super::locales::Locales;
use super::watched::{Watched, WatchedCatalogue, WatchedMessages};
use super::{Shop, boxed, logo_of, note_catalogue};
use crate::catalogue::Catalogue;
use crate::error::AppError;
use crate::file_watch::First;
use crate::settings::{self, Settings};

/// What changed since the last look.
#[derive(Debug, Default)]
pub struct Changes {
    /// The settings, or the market.
    pub settings: bool,
    /// The catalogue.
    pub catalogue: bool,
    /// Files that are invalid, each in one line; their last valid versions stay in use.
    pub errors: Vec<String>,
}

impl Shop {
    /// Applies what changed on disk. Does not block.
    pub fn poll(&mut self) -> Changes {
        let mut changes = Changes::default();
        let mut errors = std::mem::take(&mut self.untold);
        match self.settings_watch.as_mut().and_then(Watched::take) {
            Some(Ok(new)) => {
                self.take_settings(new, &mut changes).unwrap_or_else(|error| errors.push(error.to_string()));
            }
            Some(Err(error)) => errors.push(error),
            None => {}
        }
        match self.catalogue_watch.as_mut().and_then(Watched::take) {
            Some(Ok(new)) => self.take_catalogue(new, &mut changes),
            Some(Err(error)) => errors.push(error),
            None => {}
        }
        match self.messages_watch.as_mut().and_then(Watched::take) {
            Some(Ok(new)) => {
                self.locales = Locales::new(self.market(), Some(Arc::new(new)));
                changes.settings = true;
            }
            Some(Err(error)) => errors.push(error),
            None => {}
        }
        errors.extend(self.logo.receive().err());
        changes.errors = errors;
        changes
    }

    fn take_catalogue(&mut self, new: Arc<Catalogue>, changes: &mut Changes) {
        note_catalogue(&new);
        self.looks = boxed(&new);
        (self.catalogue, changes.catalogue) = (new, true);
    }

    /// Takes new settings up. Folders that they name for the first time are read by who watches them.
    fn take_settings(&mut self, new: Arc<Settings>, changes: &mut Changes) -> Result<(), AppError> {
        for change in settings::changes(&self.settings, &new) {
            if change.when == settings::When::Restart {
                crate::output::tell(&format!("carmine: {} changed: start carmine again for it", change.key));
            }
        }
        let old = std::mem::replace(&mut self.settings, new);
        changes.settings = true;
        self.logo.follow(logo_of(&self.settings, self.options.safe_mode));
        self.locales = self.locales.renewed(self.market());
        if old.messages.path != self.settings.messages.path {
            let start = |path| WatchedMessages::start(path, &self.loader, &self.wake, First::Unread);
            self.messages_watch = self.settings.messages.path.clone().map(start).transpose()?;
            self.locales = Locales::new(self.market(), None);
        }
        if self.options.catalogue.is_none() && old.catalogue.path != self.settings.catalogue.path {
            let start = |path| WatchedCatalogue::start(path, &self.loader, &self.wake, First::Unread);
            self.catalogue_watch = self.settings.catalogue.path.clone().map(start).transpose()?;
            if self.catalogue_watch.is_none() {
                self.take_catalogue(Arc::new(Catalogue::bundled()?), changes);
            }
        }
        Ok(())
    }
}
