//! The shop's files after the start: what changed in them, and which are at fault.

use std::path::PathBuf;
use std::sync::Arc;

use super::load::Loader;
use crate::catalogue::{self, Catalogue, CatalogueError};
use crate::error::AppError;
use crate::file_watch::{FileWatch, First};
use crate::l10n::{self, LocaleError, MessageFiles};
use crate::output;
use crate::settings::{self, Settings, SettingsError};

/// One of them: a file or folder, and what is wrong with it.
pub(super) struct Watched<T, E> {
    place: PathBuf,
    watch: FileWatch<T, E>,
    fault: Option<String>,
}

/// Calls whoever asks for changes.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;
pub(super) type WatchedSettings = Watched<Arc<Settings>, SettingsError>;
pub(super) type WatchedCatalogue = Watched<Arc<Catalogue>, CatalogueError>;
pub(super) type WatchedMessages = Watched<MessageFiles, LocaleError>;

impl<T: Send + 'static, E: ToString + From<crate::limited_read::Unanswered> + Send + 'static> Watched<T, E> {
    /// What it has become, or what has become wrong with it. That a fault is over is told here.
    pub(super) fn take(&mut self) -> Option<Result<T, String>> {
        match self.watch.take()? {
            Ok(new) => {
                if self.fault.take().is_some() {
                    output::tell(&format!("carmine: {} is sound again, and used", self.place.display()));
                }
                Some(Ok(new))
            }
            Err(error) => {
                let fault = error.to_string();
                let known = self.fault.as_ref().is_some_and(|known| known.starts_with(&fault));
                self.fault = Some(fault.clone());
                (!known).then_some(Err(fault))
            }
        }
    }

    /// What is wrong with it.
    pub(super) fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Adds what was wrong when it was first read.
    pub(super) fn set_fault(&mut self, fault: Option<String>) {
        self.fault = fault;
    }
}

impl WatchedSettings {
    pub(super) fn start(place: PathBuf, loader: &Loader, wake: &Wake) -> Result<Self, AppError> {
        let (loader, wake) = (loader.clone(), Arc::clone(wake));
        let watch = settings::watch(place.clone(), move |path| loader.open_settings(path), move || wake());
        new(place, watch, "settings")
    }
}

impl WatchedCatalogue {
    pub(super) fn start(place: PathBuf, loader: &Loader, wake: &Wake, first: First) -> Result<Self, AppError> {
        let (loader, wake) = (loader.clone(), Arc::clone(wake));
        let watch = catalogue::watch(place.clone(), move |path| loader.open_catalogue(path), move || wake(), first);
        new(place, watch, "catalogue")
    }
}

impl WatchedMessages {
    pub(super) fn start(place: PathBuf, loader: &Loader, wake: &Wake, first: First) -> Result<Self, AppError> {
        let (loader, wake) = (loader.clone(), Arc::clone(wake));
        let watch = l10n::watch(place.clone(), move |path| loader.open_messages(path), move || wake(), first);
        new(place, watch, "messages")
    }
}

fn new<T, E>(
    place: PathBuf,
    watch: Result<FileWatch<T, E>, std::io::Error>,
    name: &'static str,
) -> Result<Watched<T, E>, AppError> {
    let watch = watch.map_err(|error| AppError::NoThread { name, error })?;
    Ok(Watched { place, watch, fault: None })
}
