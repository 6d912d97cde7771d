//! One shopper's session as plain state. In: an [`Action`], the catalogue, and the time since the app's start. Out: the
//! [`Effect`]s that the app must carry out, in order. [`Session::act`] is the only way to change a session; results of
//! effects come back through it as a [`Report`]. A session has no access to window, GPU, camera or clock.

mod act;
pub mod action;
mod comparison;
pub mod consent;
mod dressing;
pub mod effect;
pub mod idle;
pub mod measure;
pub mod people;
pub mod report;
mod reported;
pub mod rules;
mod scans;
pub mod screen;
mod shades;
mod staff;
pub mod state;
#[cfg(test)]
mod tests;
mod time;
mod view;
pub mod wardrobe;
mod way;

use std::sync::Arc;
use std::time::Duration;

use carmine::matching::Match;

pub use self::action::{Action, MerchantAction};
pub use self::consent::Consent;
pub use self::effect::Effect;
use self::idle::IdleClock;
use self::measure::ToneReader;
pub use self::people::{FaceSeen, FacesSeen, People};
pub use self::report::Report;
pub use self::rules::Rules;
pub use self::screen::Screen;
pub use self::state::{Changed, Notice, Overlay, PhotoHandOver, Shelf, Source};
use crate::catalogue::ItemId;
use crate::l10n::Language;

/// Shades that can be compared.
pub const TILES: usize = 4;
/// Matches on the jaw line.
pub const JAW: usize = 3;

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    rules: Rules,
    screen: Screen,
    /// The screens that Back returns to; the last first.
    before: Vec<Screen>,
    overlay: Overlay,
    source: Source,
    /// Whether the shopper has said yes on the consent screen.
    agreed: bool,
    language: Language,
    reach: bool,
    large_text: bool,
    suggest: bool,
    shelf: Shelf,
    line: Option<Arc<str>>,
    people: People,
    favourites: Vec<ItemId>,
    split: Option<f32>,
    compare: Vec<ItemId>,
    matches: Vec<(ItemId, Match)>,
    jaw: bool,
    photo: PhotoHandOver,
    printing: bool,
    changed: Option<Changed>,
    notice: Option<Notice>,
    timings: bool,
    /// The idle warning, with the time that is left.
    warning: Option<Duration>,
    reader: ToneReader,
    idle: IdleClock,
}

impl Session {
    /// A fresh one, on the attract screen.
    pub fn new(rules: Rules, now: Duration) -> Self {
        let mut idle = IdleClock::default();
        idle.touch(now);
        Self {
            language: rules.first_language(),
            reach: rules.reach,
            large_text: rules.large_text,
            suggest: rules.suggestions,
            rules,
            screen: Screen::Attract,
            before: Vec::new(),
            overlay: Overlay::None,
            source: Source::None,
            agreed: false,
            shelf: Shelf::Looks,
            line: None,
            people: People::default(),
            favourites: Vec::new(),
            split: None,
            compare: Vec::new(),
            matches: Vec::new(),
            jaw: false,
            photo: PhotoHandOver::None,
            printing: false,
            changed: None,
            notice: None,
            timings: false,
            warning: None,
            reader: ToneReader::default(),
            idle,
        }
    }

    /// One that begins before a file's picture instead of the attract screen: the file was given on the command line,
    /// no camera is asked for.
    pub fn of_file(rules: Rules, now: Duration) -> Self {
        Self { source: Source::File, screen: Screen::Mirror, ..Self::new(rules, now) }
    }
}
