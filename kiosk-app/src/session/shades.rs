//! Foundations that suit her: her skin tone is read from the picture, then what is sold is ranked by it.

use std::sync::Arc;
use std::time::Duration;

use carmine::look::Category;
use carmine::matching::match_foundations;

use super::Session;
use super::measure::Measure;
use crate::catalogue::Catalogue;

impl Session {
    /// Suggestions on or off; off forgets what they were made from.
    pub(super) fn set_suggest(&mut self, on: bool) {
        self.suggest = on && self.rules.suggestions;
        if !self.suggest {
            self.reader.stop();
            self.matches.clear();
            self.jaw = false;
        }
    }

    /// Reads the skin tone (again).
    pub(super) fn start_measure(&mut self, now: Duration) {
        if self.suggest {
            self.matches.clear();
            self.reader.start(now);
        }
    }

    /// Ranks foundations once the tone is known.
    pub(super) fn match_shades(&mut self, catalogue: &Catalogue) {
        let Measure::Done(tone) = self.reader.state() else { return };
        if !self.matches.is_empty() {
            return;
        }
        let items: Vec<_> =
            catalogue.items().iter().filter(|item| item.product.category == Category::Foundation).collect();
        let found = match_foundations(tone, items.iter().map(|item| &item.product));
        self.matches = found.into_iter().map(|found| (Arc::clone(&items[found.index].id), found)).collect();
    }
}
