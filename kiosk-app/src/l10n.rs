//! Words, numbers and prices in the shopper's language.
//!
//! Messages are Fluent files in `assets/locales/<language>/<screen>.ftl`, embedded by the build; a folder given at
//! start may replace and add some. What a language lacks is shown in English.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use carmine::look::{Category, Finish};
use fluent_bundle::{FluentArgs, FluentValue};

mod escapes;
mod language;
mod message_files;
mod messages;
mod money;
mod nesting;
mod numbers;
mod pseudo;
mod refs;
mod region;

pub use language::Language;
pub use message_files::{MessageFiles, MessagesWatch, watch};
pub use messages::{LocaleError, MOST_BYTES as MOST_MESSAGE_BYTES};

use crate::catalogue::Price;
use messages::Messages;

/// What a message is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// A number: chooses plurals, and is shown with the language's digits and at most three decimals.
    Number(f64),
    /// A text, such as a product's name.
    Text(&'a str),
}

/// One language in one region, loaded. Can be shared between threads.
pub struct Locale {
    language: Language,
    tag: String,
    own: Messages,
    /// Fallback for messages that `own` lacks; `None` for English.
    english: Option<Messages>,
    texts: Mutex<HashMap<&'static str, Arc<str>>>,
    told: Mutex<HashSet<&'static str>>,
}

impl Locale {
    /// The built-in messages, for no region in particular.
    pub fn new(language: Language) -> Self {
        Self::in_region(language, None)
    }

    /// The built-in messages. `region` is an ISO 3166 code such as `AE`: it decides digits, separators and signs of
    /// prices.
    pub fn in_region(language: Language, region: Option<&str>) -> Self {
        let tag = match (language, region) {
            (Language::Pseudo, _) => Language::En.code().to_owned(),
            (_, Some(region)) => format!("{language}-{region}"),
            (_, None) => language.code().to_owned(),
        };
        Self {
            language,
            own: Messages::bundled(language, &tag),
            english: (language != Language::En).then(|| Messages::bundled(Language::En, &tag)),
            tag,
            texts: Mutex::default(),
            told: Mutex::default(),
        }
    }

    /// With the messages of `folder/<language>/*.ftl` over the built-in ones.
    pub fn from_folder(language: Language, region: Option<&str>, folder: &Path) -> Result<Self, LocaleError> {
        Self::from_files(language, region, &MessageFiles::read(folder)?)
    }

    /// With these messages over the built-in ones.
    pub fn from_files(language: Language, region: Option<&str>, files: &MessageFiles) -> Result<Self, LocaleError> {
        let mut locale = Self::in_region(language, region);
        locale.own.add(language, files.texts(language))?;
        if let Some(english) = &mut locale.english {
            english.add(Language::En, files.texts(Language::En))?;
        }
        Ok(locale)
    }

    /// With the messages of one file's text over the built-in ones; `name` is for messages about it.
    pub fn from_text(language: Language, region: Option<&str>, name: &str, text: String) -> Result<Self, LocaleError> {
        let mut locale = Self::in_region(language, region);
        locale.own.add(language, vec![(name.into(), text)])?;
        Ok(locale)
    }

    /// Which language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// BCP 47 tag of language and region, for a voice or a printer.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Whether screens are mirrored.
    pub fn is_rtl(&self) -> bool {
        self.language.is_rtl()
    }

    /// The message `id`; in English if the language lacks it, and `id` itself if English lacks it too.
    pub fn text(&self, id: &'static str) -> Arc<str> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.entry(id).or_insert_with(|| self.format(id, &FluentArgs::new()).into()).clone()
    }

    /// The message `id` with `args`; see [`text`](Self::text).
    pub fn text_with(&self, id: &'static str, args: &[(&'static str, Value<'_>)]) -> String {
        self.format(id, &self.arguments(args))
    }

    /// The message `id` if this very language has it: for texts that a market, a model or a merchant may have beside
    /// the general ones, and whose names are only known at run time.
    pub fn own(&self, id: &str, args: &[(&'static str, Value<'_>)]) -> Option<String> {
        let (text, whole) = self.own.format(id, &self.arguments(args))?;
        let text = if self.language == Language::Pseudo { pseudo::bracketed(&text) } else { text };
        whole.then_some(text)
    }

    fn arguments(&self, args: &[(&'static str, Value<'_>)]) -> FluentArgs<'static> {
        let mut arguments = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Value::Number(number) => numbers::value(*number),
                Value::Text(text) => FluentValue::from(isolated(text, self.is_rtl())),
            };
            arguments.set(*name, value);
        }
        arguments
    }

    fn format(&self, id: &'static str, arguments: &FluentArgs<'_>) -> String {
        let own = self.own.format(id, arguments);
        if let Some((text, true)) = own {
            return if self.language == Language::Pseudo { pseudo::bracketed(&text) } else { text };
        }
        self.tell_once(id);
        let english = self.english.as_ref().and_then(|english| english.format(id, arguments));
        // An incomplete text is better than a message's id.
        [english, own]
            .into_iter()
            .flatten()
            .max_by_key(|(_, whole)| *whole)
            .map_or_else(|| id.to_owned(), |(text, _)| text)
    }

    /// Logs a failing message once, since it would fail in every frame.
    fn tell_once(&self, id: &'static str) {
        if self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(id) {
            log::warn!("locales/{}: message '{id}' or one of its arguments is missing: add it", self.language);
        }
    }

    /// `value` with exactly `decimals` decimals.
    pub fn number(&self, value: f64, decimals: u8) -> String {
        numbers::fixed(&self.tag, value, decimals)
    }

    /// A part of the whole: 0.45 is 45 %.
    pub fn percent(&self, part: f64) -> String {
        numbers::percent(&self.tag, part)
    }

    /// A price.
    pub fn money(&self, price: Price) -> String {
        money::write(self.language, &self.tag, price)
    }

    /// A category's name.
    pub fn category(&self, category: Category) -> Arc<str> {
        self.text(match category {
            Category::Foundation => "category-foundation",
            Category::Concealer => "category-concealer",
            Category::Contour => "category-contour",
            Category::Bronzer => "category-bronzer",
            Category::Blush => "category-blush",
            Category::Highlighter => "category-highlighter",
            Category::Eyeshadow => "category-eyeshadow",
            Category::Eyeliner => "category-eyeliner",
            Category::Brow => "category-brow",
            Category::Lens => "category-lens",
            Category::LipLiner => "category-lip-liner",
            Category::Lipstick => "category-lipstick",
            Category::LipGloss => "category-lip-gloss",
            Category::Mascara => "category-mascara",
            Category::Lashes => "category-lashes",
        })
    }

    /// A finish's name.
    pub fn finish(&self, finish: Finish) -> Arc<str> {
        self.text(match finish {
            Finish::Matte => "finish-matte",
            Finish::Satin => "finish-satin",
            Finish::Cream => "finish-cream",
            Finish::Gloss => "finish-gloss",
            Finish::Metallic => "finish-metallic",
            Finish::Shimmer => "finish-shimmer",
            Finish::Glitter => "finish-glitter",
            Finish::Sheer => "finish-sheer",
        })
    }
}

/// A text that runs against the line's direction, or in both, between first-strong-isolate marks: its full
/// stops then stay on its side. All other texts are left alone, so that they can be compared and searched.
fn isolated(text: &str, line_is_rtl: bool) -> String {
    let is_rtl = |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}');
    let against = |c: char| c.is_alphabetic() && is_rtl(c) != line_is_rtl;
    if text.contains(against) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

#[cfg(test)]
mod bidi_tests;
#[cfg(test)]
mod coverage_tests;
#[cfg(test)]
mod font_tests;
#[cfg(test)]
mod tests;
