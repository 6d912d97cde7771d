//! The shop's rules for every session.

use std::sync::Arc;

use super::idle::IdleTimeouts;
use crate::l10n::Language;

/// The shop's rules for every session.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// The market's id.
    pub market: Arc<str>,
    /// The version of its consent text.
    pub consent_version: u32,
    /// Languages on offer; a new session starts in the first.
    pub languages: Vec<Language>,
    /// How long it waits for a touch.
    pub idle: IdleTimeouts,
    /// All controls in the lower band, from the start.
    pub reach: bool,
    /// Large text from the start.
    pub large_text: bool,
    /// Whether suggestions are made at all.
    pub suggestions: bool,
    /// SHA-256 of the merchant's PIN; `None`: no panel.
    pub pin_sha256: Option<[u8; 32]>,
    /// Whether a photo may be taken home.
    pub photo: bool,
    /// Whether there is a printer.
    pub print: bool,
    /// The merchant's own demo: the panel needs no PIN, nothing times out.
    pub demo: bool,
}

impl Rules {
    /// Spoken to a new shopper.
    pub(super) fn first_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::En)
    }
}
