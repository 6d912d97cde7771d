//! Loads the shop's files: as they are, else in their last good version, else built in.
//!
//! A kiosk comes up whatever its files are; each fault is told, and shown in the merchant's panel. Whoever develops a
//! shop's files in a window wants to see the fault instead, so there it ends the app.

use std::path::Path;
use std::sync::Arc;

use super::ShopOptions;
use crate::catalogue::{Catalogue, CatalogueError, CatalogueFiles};
use crate::error::AppError;
use crate::l10n::{LocaleError, MessageFiles};
use crate::last_good::{Kind, LastGood};
use crate::settings::{Settings, SettingsError};
use crate::tryable::Tryable;

/// Where the newest good versions of the shop's files come from.
#[derive(Clone, Debug, Default)]
pub(super) struct Loader {
    /// Whether this is a kiosk: it comes up whatever its files are.
    pub is_kiosk: bool,
    /// The shop's files are not read at all.
    is_safe: bool,
    last_good: Option<LastGood>,
}

impl Loader {
    pub(super) fn new(options: &ShopOptions) -> Self {
        Self {
            is_kiosk: options.kiosk || options.safe_mode,
            is_safe: options.safe_mode,
            last_good: options.state.as_deref().map(LastGood::in_state),
        }
    }

    /// The settings in `path`. A kiosk adds what is wrong to `faults` and gets others.
    pub(super) fn settings(&mut self, path: &Path, faults: &mut Vec<String>) -> Result<Settings, AppError> {
        let text = if self.is_safe { None } else { Some(Settings::read(path)) };
        let error = match text {
            Some(Ok((settings, text))) => {
                self.is_kiosk |= settings.screen.fullscreen;
                self.keep(Kind::Settings, path, &text);
                return Ok(settings);
            }
            Some(Err(error)) => Some(error),
            None => None,
        };
        let copy: Option<String> = self.last_good.as_ref().and_then(|copies| copies.load(Kind::Settings, path));
        let old = copy.and_then(|text| Settings::from_text(path, &text).ok());
        self.is_kiosk |= old.as_ref().is_some_and(|settings| settings.screen.fullscreen);
        self.fall_back(error.map(AppError::from), old, || Ok(Settings::default()), faults)
    }

    /// The catalogue in `folder`, as [`settings`](Self::settings).
    pub(super) fn catalogue(&self, folder: &Path, faults: &mut Vec<String>) -> Result<Catalogue, AppError> {
        let error = match (!self.is_safe).then(|| self.open_catalogue(folder)) {
            Some(Ok(catalogue)) => return Ok(catalogue),
            Some(Err(error)) => Some(error),
            None => None,
        };
        let copy: Option<CatalogueFiles> =
            self.last_good.as_ref().and_then(|copies| copies.load(Kind::Catalogue, folder));
        let old = copy.and_then(|files| files.assemble().ok());
        self.fall_back(error.map(AppError::from), old, || Ok(Catalogue::bundled()?), faults)
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
        self.keep(Kind::Settings, path, &text);
        Ok(Arc::new(settings))
    }

    /// The messages in `folder`; without them the built-in ones are used. `check` says whether they can be used.
    pub(super) fn messages(
        &self,
        folder: &Path,
        check: impl Fn(&MessageFiles) -> Result<(), LocaleError>,
    ) -> Option<MessageFiles> {
        let error = match (!self.is_safe).then(|| MessageFiles::read(folder)) {
            Some(Ok(files)) => match check(&files) {
                Ok(()) => {
                    self.keep(Kind::Messages, folder, &files);
                    return Some(files);
                }
                // What is sound in them is used: each language stands for itself.
                Err(error) if !self.is_kiosk => {
                    crate::output::tell(&format!("carmine: {error}"));
                    return Some(files);
                }
                Err(error) => Some(error),
            },
            Some(Err(error)) => Some(error),
            None => None,
        };
        let old: Option<MessageFiles> = self.last_good.as_ref().and_then(|copies| copies.load(Kind::Messages, folder));
        let old = old.filter(|files| check(files).is_ok());
        if let Some(error) = error {
            crate::output::tell(&format!("carmine: {error}; {}", used(old.is_some())));
        }
        old
    }

    /// A merchant's photos, then the models that are built in.
    pub(super) fn models(&self, photos: Option<&Path>, faults: &mut Vec<String>) -> Result<Vec<Tryable>, AppError> {
        let tell = &mut |line: &str| crate::output::tell(&format!("carmine: {line}"));
        let own = photos.filter(|_| !self.is_safe).map(|folder| Tryable::from_folder(folder, tell)).transpose();
        let own = match own {
            Ok(own) => own.unwrap_or_default(),
            Err(error) => self.fall_back(Some(error.into()), None, || Ok(Vec::new()), faults)?,
        };
        Ok(own.into_iter().chain(Tryable::bundled()).collect())
    }

    fn fall_back<T>(
        &self,
        error: Option<AppError>,
        old: Option<T>,
        built_in: impl FnOnce() -> Result<T, AppError>,
        faults: &mut Vec<String>,
    ) -> Result<T, AppError> {
        if let Some(error) = error {
            if !self.is_kiosk {
                return Err(error);
            }
            faults.push(format!("{error}; {}", used(old.is_some())));
        }
        old.map_or_else(built_in, Ok)
    }

    /// On a thread of its own: a slow disk holds nothing up. Only a kiosk keeps anything.
    fn keep<T: serde::Serialize + Clone + Send + 'static>(&self, kind: Kind, source: &Path, content: &T) {
        let Some(copies) = self.last_good.clone().filter(|_| self.is_kiosk) else { return };
        let (source, content) = (source.to_owned(), content.clone());
        let keep = move || {
            if let Err(error) = copies.keep(kind, &source, &content) {
                crate::output::tell(&format!("carmine: no last good copy is kept: {error}"));
            }
        };
        if let Err(error) = std::thread::Builder::new().name("last good".into()).spawn(keep) {
            crate::output::tell(&format!("carmine: no last good copy is kept: {error}"));
        }
    }
}

fn used(last_good: bool) -> &'static str {
    if last_good { "the last good version is used" } else { "what is built in is used" }
}
