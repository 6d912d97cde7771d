//! The languages of a market, each loaded when it is first spoken.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::l10n::{Language, Locale, MessageFiles};
use crate::settings::Market;

/// The languages of a market, each loaded when it is first spoken.
pub(super) struct Locales {
    region: Option<String>,
    /// The shop's own messages.
    files: Option<Arc<MessageFiles>>,
    loaded: [(Language, OnceCell<Locale>); 6],
}

impl Locales {
    /// None is loaded yet.
    pub(super) fn new(market: &Market, files: Option<Arc<MessageFiles>>) -> Self {
        let [a, b, c, d, e] = Language::ALL;
        let loaded = [a, b, c, d, e, Language::Pseudo].map(|language| (language, OnceCell::new()));
        Self { region: market.region.clone(), files, loaded }
    }

    /// A language as this market writes it.
    pub(super) fn get(&self, language: Language) -> &Locale {
        let slot = self.loaded.iter().find(|(known, _)| *known == language).unwrap_or(&self.loaded[0]);
        slot.1.get_or_init(|| {
            let region = self.region.as_deref();
            let own = self.files.as_deref().map(|files| Locale::from_files(language, region, files));
            // A fault was told when the files were read.
            own.and_then(Result::ok).unwrap_or_else(|| Locale::in_region(language, region))
        })
    }

    /// The same of another market, or with other messages.
    pub(super) fn renewed(&self, market: &Market) -> Self {
        Self::new(market, self.files.clone())
    }
}
