//! Loads the shop's files: as they are, else in their last good version, else built in.
//!
//! A kiosk comes up whatever its files are; each fault is told, and shown in the merchant's panel. Whoever develops a
//! shop's files in a window wants to see the fault instead, so there it ends the app.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::ShopOptions;
use crate::catalogue::{Catalogue, CatalogueError, CatalogueFiles};
use crate::error::AppError;
use crate::kept_files::KeptFiles;
use crate::l10n::{LocaleError, MessageFiles};
use crate::last_good::{Kind, LastGood};
use crate::settings::{Settings, SettingsError};
use crate::tryable::Tryable;

/// What is used, and what is wrong with what should be.
#[derive(Debug)]
pub(super) struct Loaded<T> {
    pub value: T,
    pub fault: Option<String>,
}

/// Where the newest good versions of the shop's files come from. Clones are of one kiosk.
#[derive(Clone, Debug)]
pub(super) struct Loader {
    is_kiosk: Arc<AtomicBool>,
    /// The shop's files are not read at all.
    is_safe: bool,
    last_good: Option<LastGood>,
}

impl Loader {
    /// `files` writes the last good versions.
    pub(super) fn new(options: &ShopOptions, files: &KeptFiles) -> Self {
        Self {
            is_kiosk: Arc::new(AtomicBool::new(options.kiosk || options.safe_mode)),
            is_safe: options.safe_mode,
            last_good: options.state.as_deref().map(|state| LastGood::in_state(state, files.clone())),
        }
    }

    /// Whether this is a kiosk: it comes up whatever its files are.
    pub(super) fn is_kiosk(&self) -> bool {
        self.is_kiosk.load(Ordering::Relaxed)
    }

    fn note_kiosk(&self, settings: &Settings) {
        self.is_kiosk.fetch_or(settings.screen.fullscreen, Ordering::Relaxed);
    }

    /// The settings in `path`.
    pub(super) fn settings(&self, path: &Path) -> Result<Loaded<Settings>, AppError> {
        let error = match (!self.is_safe).then(|| self.open_settings(path)) {
            Some(Ok(settings)) => return Ok(Loaded { value: Arc::unwrap_or_clone(settings), fault: None }),
            Some(Err(error)) => Some(error),
            None => None,
        };
        let old = self.last_good.as_ref().and_then(|copies| copies.settings(path));
        if let Some(old) = &old {
            self.note_kiosk(old);
        }
        self.fall_back(error.map(AppError::from), old, || Ok(Settings::default()))
    }

    /// The catalogue in `folder`.
    pub(super) fn catalogue(&self, folder: &Path) -> Result<Loaded<Catalogue>, AppError> {
        let error = match (!self.is_safe).then(|| self.open_catalogue(folder)) {
            Some(Ok(value)) => return Ok(Loaded { value, fault: None }),
            Some(Err(error)) => Some(error),
            None => None,
        };
        let copy: Option<CatalogueFiles> =
            self.last_good.as_ref().and_then(|copies| copies.load(Kind::Catalogue, folder));
        let old = copy.and_then(|files| files.assemble().ok());
        self.fall_back(error.map(AppError::from), old, || Ok(Catalogue::bundled()?))
    }

    /// The catalogue in `folder`, of which a copy is kept.
    pub(super) fn open_catalogue(&self, folder: &Path) -> Result<Catalogue, CatalogueError> {
        let files = CatalogueFiles::read(folder)?;
        let catalogue = files.assemble()?;
        self.keep(Kind::Catalogue, folder, &files);
        Ok(catalogue)
    }

    /// The settings in `path`, of which a copy is kept.
    pub(super) fn open_settings(&self, path: &Path) -> Result<Arc<Settings>, SettingsError> {
        let (settings, text) = Settings::read(path)?;
        self.note_kiosk(&settings);
        self.keep(Kind::Settings, path, &text);
        Ok(Arc::new(settings))
    }

    /// The messages in `folder`; without them the built-in ones are used.
    pub(super) fn messages(&self, folder: &Path) -> Loaded<Option<MessageFiles>> {
        let error = match (!self.is_safe).then(|| self.open_messages(folder)) {
            Some(Ok(files)) => return Loaded { value: Some(files), fault: None },
            Some(Err(error)) => Some(error),
            None => None,
        };
        if let Some(error) = &error
            && !self.is_kiosk()
            && let Ok(files) = MessageFiles::read(folder)
        {
            // What is sound in them is used: each language stands for itself.
            return Loaded { value: Some(files), fault: Some(error.to_string()) };
        }
        let old: Option<MessageFiles> = self.last_good.as_ref().and_then(|copies| copies.load(Kind::Messages, folder));
        let old = old.filter(|files| files.check().is_ok());
        let fault = error.map(|error| format!("{error}; {}", used(old.is_some())));
        Loaded { value: old, fault }
    }

    /// The messages in `folder`, of which a copy is kept.
    pub(super) fn open_messages(&self, folder: &Path) -> Result<MessageFiles, LocaleError> {
        let files = MessageFiles::read(folder)?;
        files.check()?;
        self.keep(Kind::Messages, folder, &files);
        Ok(files)
    }

    /// A merchant's photos, then the models that are built in.
    pub(super) fn models(&self, photos: Option<&Path>) -> Result<Loaded<Vec<Tryable>>, AppError> {
        let tell = &mut |line: &str| crate::output::tell(&format!("carmine: {line}"));
        let own = photos.filter(|_| !self.is_safe).map(|folder| Tryable::from_folder(folder, tell)).transpose();
        let Loaded { value: own, fault } = match own {
            Ok(own) => Loaded { value: own.unwrap_or_default(), fault: None },
            Err(error) => self.fall_back(Some(error.into()), None, || Ok(Vec::new()))?,
        };
        Ok(Loaded { value: own.into_iter().chain(Tryable::bundled()).collect(), fault })
    }

    fn fall_back<T>(
        &self,
        error: Option<AppError>,
        old: Option<T>,
        built_in: impl FnOnce() -> Result<T, AppError>,
    ) -> Result<Loaded<T>, AppError> {
        let fault = match error {
            Some(error) if !self.is_kiosk() => return Err(error),
            error => error.map(|error| format!("{error}; {}", used(old.is_some()))),
        };
        Ok(Loaded { value: old.map_or_else(built_in, Ok)?, fault })
    }

    /// Only a kiosk keeps anything.
    fn keep<T: serde::Serialize>(&self, kind: Kind, source: &Path, content: &T) {
        if let Some(copies) = self.last_good.as_ref().filter(|_| self.is_kiosk()) {
            copies.keep(kind, source, content);
        }
    }
}

fn used(last_good: bool) -> &'static str {
    if last_good { "the last good version is used" } else { "what is built in is used" }
}
