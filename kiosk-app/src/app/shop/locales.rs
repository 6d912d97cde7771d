//! The languages of a market, each loaded when it is first spoken.

use std::cell::OnceCell;
use std::path::PathBuf;

use crate::l10n::{Language, Locale};
use crate::settings::{Market, Settings};

/// The languages of a market, each loaded when it is first spoken.
pub(super) struct Locales {
    region: Option<String>,
    folder: Option<PathBuf>,
    loaded: [(Language, OnceCell<Locale>); 6],
}

impl Locales {
    /// None is loaded yet.
    pub(super) fn new(settings: &Settings, market: &Market) -> Self {
        let [a, b, c, d, e] = Language::ALL;
        let loaded = [a, b, c, d, e, Language::Pseudo].map(|language| (language, OnceCell::new()));
        Self { region: market.region.clone(), folder: settings.messages.path.clone(), loaded }
    }

    /// A language as this market writes it.
    pub(super) fn get(&self, language: Language) -> &Locale {
        let slot = self.loaded.iter().find(|(known, _)| *known == language).unwrap_or(&self.loaded[0]);
        slot.1.get_or_init(|| {
            let region = self.region.as_deref();
            let own = self.folder.as_deref().map(|folder| Locale::from_folder(language, region, folder));
            match own {
                Some(Ok(locale)) => locale,
                Some(Err(error)) => {
                    crate::output::tell(&format!("carmine: {error}"));
                    Locale::in_region(language, region)
                }
                None => Locale::in_region(language, region),
            }
        })
    }
}
