//! What screens and the app read of a session.

use std::sync::Arc;
use std::time::Duration;

use carmine::look::Look;
use carmine::matching::Match;

use super::measure::Measure;
use super::{Changed, Notice, Overlay, People, PhotoHandOver, Rules, Screen, Session, Shelf, Source};
use crate::catalogue::ItemId;
use crate::l10n::Language;

impl Session {
    /// The shop's decisions.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The screen that is shown.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// What lies over it.
    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// Whether Back does nothing.
    pub fn has_no_way_back(&self) -> bool {
        self.before.is_empty() && self.overlay == Overlay::None
    }

    /// Where the face comes from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Spoken now.
    pub fn language(&self) -> Language {
        self.language
    }

    /// All controls in the lower band.
    pub fn reach(&self) -> bool {
        self.reach
    }

    /// Larger text.
    pub fn large_text(&self) -> bool {
        self.large_text
    }

    /// Suggestions are on.
    pub fn suggest(&self) -> bool {
        self.suggest
    }

    /// What the shelf shows.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The line whose shades are shown.
    pub fn line(&self) -> Option<&Arc<str>> {
        self.line.as_ref()
    }

    /// Who wears what.
    pub fn people(&self) -> &People {
        &self.people
    }

    /// What a face of the newest picture wears.
    pub fn look_of(&self, face: u32) -> Option<Arc<Look>> {
        self.people.of(face).map(|wardrobe| Arc::clone(wardrobe.look()))
    }

    /// Marked products, in the order of marking.
    pub fn favourites(&self) -> &[ItemId] {
        &self.favourites
    }

    /// Make-up is shown right of this part of the width only.
    pub fn split(&self) -> Option<f32> {
        self.split
    }

    /// Shades on the frozen face, at most [`TILES`](super::TILES).
    pub fn compare(&self) -> &[ItemId] {
        &self.compare
    }

    /// The state of the skin-tone reading.
    pub fn measure(&self) -> &Measure {
        self.reader.state()
    }

    /// Whether it waits for tone readings of the leader's skin.
    pub fn reads_tone(&self) -> bool {
        self.reader.is_looking()
    }

    /// Foundations for her, the best first.
    pub fn matches(&self) -> &[(ItemId, Match)] {
        &self.matches
    }

    /// Swatches on her jaw line.
    pub fn jaw(&self) -> bool {
        self.jaw
    }

    /// Her photo.
    pub fn photo(&self) -> &PhotoHandOver {
        &self.photo
    }

    /// Whether a print is on its way.
    pub fn printing(&self) -> bool {
        self.printing
    }

    /// What was changed in the frozen picture.
    pub fn changed(&self) -> Option<Changed> {
        self.changed
    }

    /// A short message to her.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// The merchant's timings are shown.
    pub fn timings(&self) -> bool {
        self.timings
    }

    /// The idle warning, with the time that is left.
    pub fn warning(&self) -> Option<Duration> {
        self.warning
    }
}
