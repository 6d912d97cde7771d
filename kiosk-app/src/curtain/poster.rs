//! What the curtain says: the brand, and "one moment, please" in the languages of the market.

use egui::{Color32, ColorImage};

use crate::l10n::{Language, Locale, MessageFiles};
use crate::settings::Settings;

/// The message that it shows: the mirror says the same where a picture stays away.
const TITLE: &str = "mirror-away-title";
/// The line below it, where it is said in one language only.
const TEXT: &str = "mirror-away-text";

/// A sentence in its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub language: Language,
    /// The words.
    pub words: String,
}

/// What is on the curtain.
#[derive(Clone, Debug, PartialEq)]
pub struct Poster {
    /// The brand's name.
    pub brand: String,
    /// Shown in its place.
    pub logo: Option<ColorImage>,
    /// Its colour.
    pub accent: Color32,
    /// In the language in which a new shopper is spoken to.
    pub first: Said,
    /// The same in the others, or one more line where there are none.
    pub others: Vec<Said>,
    /// Those of the market, and how large a pixel is: by these the attract screen is laid out, and the curtain like it.
    pub languages: Vec<Language>,
    /// In millimetres.
    pub mm_per_px: f32,
}

impl Poster {
    /// Of this shop; reads its messages. The logo comes later, if at all.
    pub fn of_shop(settings: &Settings) -> Self {
        // A fault in them is told by the mirror.
        let files = settings.messages.path.as_deref().and_then(|folder| MessageFiles::read(folder).ok());
        Self::new(settings, files.as_ref())
    }

    /// With these messages over the built-in ones.
    pub fn new(settings: &Settings, files: Option<&MessageFiles>) -> Self {
        let market = settings.market();
        let say = |language: Language, id: &'static str| {
            let region = market.region.as_deref();
            let own = files.and_then(|files| Locale::from_files(language, region, files).ok());
            let locale = own.unwrap_or_else(|| Locale::in_region(language, region));
            Said { language, words: locale.text(id).to_string() }
        };
        let first = market.languages.first().copied().unwrap_or_default();
        let mut others: Vec<Said> = market.languages.iter().skip(1).map(|language| say(*language, TITLE)).collect();
        if others.is_empty() {
            others.push(say(first, TEXT));
        }
        let [r, g, b] = settings.brand.accent.rgb;
        let accent = Color32::from_rgb(r, g, b);
        Self {
            brand: settings.brand.name.clone(),
            logo: None,
            accent,
            first: say(first, TITLE),
            others,
            languages: market.languages.clone(),
            mm_per_px: settings.screen.mm_per_px,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_market_s_languages_are_spoken_the_first_one_first() {
        let mut settings = Settings::default();
        settings.market.current = "ae".into();
        let poster = Poster::new(&settings, None);
        assert_eq!((poster.first.language, &*poster.brand), (Language::Ar, "Carmine"));
        let others: Vec<_> = poster.others.iter().map(|said| said.language).collect();
        assert_eq!(others, [Language::En, Language::Fr, Language::ZhHans, Language::Es]);
        assert_eq!(poster.others[0].words, "One moment, please");

        settings.markets[0].languages = vec![Language::En];
        settings.market.current = settings.markets[0].id.clone();
        let alone = Poster::new(&settings, None);
        assert_eq!(alone.others.len(), 1);
        assert_ne!(alone.others[0].words, alone.first.words, "one more line instead");
    }
}
