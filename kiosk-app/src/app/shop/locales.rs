//! The languages of a market, each loaded when it is first spoken.

use std::cell::OnceCell;
use std::path::PathBuf;

use super::load::Loader;
use crate::l10n::{Language, Locale, MessageFiles};
use crate::settings::{Market, Settings};

/// The languages of a market, each loaded when it is first spoken.
pub(super) struct Locales {
    region: Option<String>,
    folder: Option<PathBuf>,
    loader: Loader,
    /// The shop's own messages, read when the first language is spoken.
    files: OnceCell<Option<MessageFiles>>,
    loaded: [(Language, OnceCell<Locale>); 6],
}

impl Locales {
    /// None is loaded yet.
    pub(super) fn new(settings: &Settings, market: &Market, loader: Loader) -> Self {
        let [a, b, c, d, e] = Language::ALL;
        let loaded = [a, b, c, d, e, Language::Pseudo].map(|language| (language, OnceCell::new()));
        let folder = settings.messages.path.clone();
        Self { region: market.region.clone(), folder, loader, files: OnceCell::new(), loaded }
    }

    /// A language as this market writes it.
    pub(super) fn get(&self, language: Language) -> &Locale {
        let slot = self.loaded.iter().find(|(known, _)| *known == language).unwrap_or(&self.loaded[0]);
        slot.1.get_or_init(|| {
            let region = self.region.as_deref();
            let own = self.files().map(|files| Locale::from_files(language, region, files));
            // A fault was told when the files were read.
            own.and_then(Result::ok).unwrap_or_else(|| Locale::in_region(language, region))
        })
    }

    fn files(&self) -> Option<&MessageFiles> {
        let check = |files: &MessageFiles| {
            Language::ALL.into_iter().try_for_each(|language| Locale::from_files(language, None, files).map(drop))
        };
        let folder = self.folder.as_deref();
        self.files.get_or_init(|| folder.and_then(|folder| self.loader.messages(folder, check))).as_ref()
    }
}
