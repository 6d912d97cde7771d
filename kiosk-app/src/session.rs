//! One shopper's session as plain state: what a touch does, and what the app must carry out for it. It knows no window,
//! GPU, camera or clock; times are passed in, counted from the app's start.

mod act;
pub mod action;
mod comparison;
pub mod consent;
pub mod idle;
pub mod measure;
pub mod people;
#[cfg(test)]
mod tests;
pub mod wardrobe;

use std::sync::Arc;
use std::time::Duration;

use carmine::light::ToneReading;
use carmine::look::{Category, Look};
use carmine::matching::{Match, match_foundations};

pub use self::action::{Action, Effect, MerchantAction, Notice, Screen};
pub use self::consent::Consent;
use self::idle::{Idle, IdleClock, Patience};
use self::measure::{Measure, Reader};
pub use self::people::{FaceSeen, People};
use crate::catalogue::{Catalogue, ItemId};
use crate::l10n::Language;

/// What the shop decides for every session.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// The market's id.
    pub market: Arc<str>,
    /// The version of its consent text.
    pub consent_version: u32,
    /// Languages on offer; the first is spoken to a new shopper.
    pub languages: Vec<Language>,
    /// How long it waits.
    pub patience: Patience,
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

/// Where the face comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Source {
    /// Nothing yet.
    #[default]
    None,
    /// The camera, with leave.
    Camera,
    /// A model (`Tryable::id`).
    Model(Arc<str>),
    /// The file the app was started with.
    File,
}

/// What the shelf below the face shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Shelf {
    /// Whole looks.
    #[default]
    Looks,
    /// A category's lines and shades.
    Products(Category),
    /// What she marked.
    Favourites,
}

/// What lies over the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Sheet {
    /// Nothing.
    #[default]
    None,
    /// A product's card.
    Card(ItemId),
    /// The merchant's PIN, as far as it was typed.
    Pin(String),
}

/// What happens to her photo.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Photo {
    /// None is offered.
    #[default]
    None,
    /// It is being made.
    Preparing,
    /// It can be fetched once from this address until then.
    Offered {
        /// The address, for a QR.
        url: String,
        /// Since the app's start.
        until: Duration,
    },
    /// It was fetched.
    Taken,
    /// It cannot be served, and why, for the log and the merchant.
    Failed(String),
}

/// What the engine changed in the frozen picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Changed {
    /// Part of the picture's pixels that differ from the camera's, 0–1.
    pub pixels: f32,
    /// Largest difference of a channel, 0–255, between the camera's picture and the engine's without make-up: 0 says that
    /// nothing else is touched. `None` for cameras whose colours only the engine converts.
    pub elsewhere: Option<u8>,
}

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    rules: Rules,
    /// The screen that is shown.
    pub screen: Screen,
    /// What lies over it.
    pub sheet: Sheet,
    /// Where the face comes from.
    pub source: Source,
    /// Spoken now.
    pub language: Language,
    /// All controls in the lower band.
    pub reach: bool,
    /// Larger text.
    pub large_text: bool,
    /// Suggestions are on.
    pub suggest: bool,
    /// The shelf.
    pub shelf: Shelf,
    /// The line whose shades are shown.
    pub line: Option<Arc<str>>,
    /// Who wears what.
    pub people: People,
    /// Marked products, in the order of marking.
    pub favourites: Vec<ItemId>,
    /// Make-up is shown right of this part of the width only.
    pub split: Option<f32>,
    /// Shades on the frozen face, at most [`TILES`].
    pub compare: Vec<ItemId>,
    /// Foundations for her, the best first.
    pub matches: Vec<(ItemId, Match)>,
    /// Swatches on her jaw line.
    pub jaw: bool,
    /// Her photo.
    pub photo: Photo,
    /// Whether a print is on its way.
    pub printing: bool,
    /// What was changed in the frozen picture.
    pub changed: Option<Changed>,
    /// A word to her.
    pub notice: Option<Notice>,
    /// The merchant's timings.
    pub timings: bool,
    /// The idle warning, with the time that is left.
    pub warning: Option<Duration>,
    reader: Reader,
    idle: IdleClock,
    agreed: bool,
    /// Where Back leads.
    before: Vec<Screen>,
}

/// Shades that can be compared.
pub const TILES: usize = 4;
/// Matches on the jaw line.
pub const JAW: usize = 3;
/// How long a notice stays.
const NOTICE: Duration = Duration::from_secs(5);

impl Session {
    /// A fresh one, on the attract screen.
    pub fn new(rules: Rules, now: Duration) -> Self {
        let mut idle = IdleClock::default();
        idle.touch(now);
        Self {
            language: rules.languages.first().copied().unwrap_or(Language::En),
            reach: rules.reach,
            large_text: rules.large_text,
            suggest: rules.suggestions,
            rules,
            screen: Screen::Attract,
            sheet: Sheet::None,
            source: Source::None,
            shelf: Shelf::Looks,
            line: None,
            people: People::default(),
            favourites: Vec::new(),
            split: None,
            compare: Vec::new(),
            matches: Vec::new(),
            jaw: false,
            photo: Photo::None,
            printing: false,
            changed: None,
            notice: None,
            timings: false,
            warning: None,
            reader: Reader::default(),
            idle,
            agreed: false,
            before: Vec::new(),
        }
    }

    /// The shop's decisions.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// New decisions of the shop: what a shopper chose for herself stays.
    pub fn set_rules(&mut self, rules: Rules) {
        if self.screen == Screen::Attract || !rules.languages.contains(&self.language) {
            self.language = rules.languages.first().copied().unwrap_or(Language::En);
        }
        if self.screen == Screen::Attract {
            (self.reach, self.large_text) = (rules.reach, rules.large_text);
        }
        self.suggest &= rules.suggestions;
        self.rules = rules;
    }

    /// Shows a file instead of the attract screen: it was given on the command line, no camera is asked for.
    pub fn show_file(&mut self) {
        (self.source, self.screen) = (Source::File, Screen::Mirror);
    }

    /// How the reading of the skin tone stands.
    pub fn measure(&self) -> &Measure {
        self.reader.state()
    }

    /// The faces of a new picture, and what it tells of the leader's skin.
    pub fn saw(&mut self, faces: &[FaceSeen], tone: impl FnOnce(u32) -> Option<ToneReading>, now: Duration) {
        self.people.saw(faces, now);
        if self.reader.is_looking() {
            let reading = self.people.leading_face().and_then(tone);
            self.reader.read(reading.as_ref(), now);
        }
    }

    /// Ranks foundations once the tone is known.
    pub fn match_shades(&mut self, catalogue: &Catalogue) {
        let Measure::Done(tone) = self.reader.state() else { return };
        if !self.matches.is_empty() {
            return;
        }
        let items: Vec<_> =
            catalogue.items().iter().filter(|item| item.product.category == Category::Foundation).collect();
        let found = match_foundations(tone, items.iter().map(|item| &item.product));
        self.matches = found.into_iter().map(|found| (Arc::clone(&items[found.index].id), found)).collect();
    }

    /// What each face of the newest picture wears, in the order of `faces`. On the shade screen the leader wears swatches
    /// on the jaw instead of a foundation.
    pub fn look_of(&self, face: u32) -> Option<Arc<Look>> {
        self.people.of(face).map(|wardrobe| Arc::clone(wardrobe.look()))
    }

    /// Time passes: idle, notices, readings. Effects to carry out.
    pub fn tick(&mut self, now: Duration) -> Vec<Effect> {
        self.reader.tick(now);
        if self.notice.as_ref().is_some_and(|notice| notice.until <= now) {
            self.notice = None;
        }
        if matches!(&self.photo, Photo::Offered { until, .. } if *until <= now) {
            self.photo = Photo::None;
        }
        if self.screen == Screen::Attract || self.rules.demo || self.source == Source::File {
            return Vec::new();
        }
        match self.idle.state(now, self.is_watched(), self.rules.patience) {
            Idle::Active => {
                self.warning = None;
                Vec::new()
            }
            Idle::Warning(left) if self.warning.replace(left).is_some() => Vec::new(),
            Idle::Warning(_) => vec![Effect::Chime, Effect::Say("idle-spoken")],
            Idle::Over => self.end(now),
        }
    }

    /// A hand is on the screen: she is here, whatever she touched.
    pub fn touched(&mut self, now: Duration) {
        self.idle.touch(now);
        self.warning = None;
    }

    /// Whether Back does nothing.
    pub fn has_no_way_back(&self) -> bool {
        self.before.is_empty() && self.sheet == Sheet::None
    }

    /// The catalogue changed while it is worn: what is not sold any more is taken off, the rest is worn as it is now.
    pub fn follow(&mut self, catalogue: &Catalogue) {
        for wardrobe in self.people.wardrobes_mut() {
            wardrobe.follow(catalogue);
        }
        self.favourites.retain(|id| catalogue.item(id).is_some());
        self.compare.retain(|id| catalogue.item(id).is_some());
        self.matches.clear();
        if matches!(&self.sheet, Sheet::Card(id) if catalogue.item(id).is_none()) {
            self.sheet = Sheet::None;
        }
        if self.line.as_ref().is_some_and(|line| catalogue.lines().iter().all(|other| other.id != *line)) {
            self.line = None;
        }
    }

    /// When [`tick`](Self::tick) has something to do, at the latest.
    pub fn next_tick(&self) -> Option<Duration> {
        let notice = self.notice.as_ref().map(|notice| notice.until);
        let idle = (self.screen != Screen::Attract && !self.rules.demo)
            .then(|| self.idle.next(self.is_watched(), self.rules.patience));
        [notice, idle].into_iter().flatten().min()
    }

    fn is_watched(&self) -> bool {
        self.source == Source::Camera && !self.people.present().is_empty()
    }

    /// Everything of this shopper is dropped here; the app wipes its own part.
    fn end(&mut self, now: Duration) -> Vec<Effect> {
        let rules = self.rules.clone();
        *self = Self::new(rules, now);
        vec![Effect::Wipe]
    }

    /// Says a word to her.
    pub fn note(&mut self, message: &'static str, about: Option<String>, now: Duration) {
        self.notice = Some(Notice { message, about, until: now + NOTICE });
    }
}
