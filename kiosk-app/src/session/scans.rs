//! What a scanned code does: a product is worn and its card opened, a look is worn as it was taken home.

use std::sync::Arc;
use std::time::Duration;

use super::{Effect, Overlay, Screen, Session, Shelf, Source};
use crate::catalogue::{Catalogue, Gtin};
use crate::scanner::Scanned;
use crate::take_home::look_up::{Unknown, look_up};

impl Session {
    /// Opens the product that was scanned, or wears the look.
    pub(super) fn scanned(&mut self, scanned: Scanned, catalogue: &Catalogue, now: Duration) -> Vec<Effect> {
        if let Scanned::Look(text) = &scanned {
            return self.scanned_look(text, catalogue, now);
        }
        let item = match &scanned {
            // Eight digits can be the short form of a twelve-digit number.
            Scanned::Gtin(gtin) => {
                let long = || Gtin::from_upc_e(&gtin.to_string()).and_then(|long| catalogue.by_gtin(&long));
                catalogue.by_gtin(gtin).or_else(long)
            }
            Scanned::DigitalLink { gtin, .. } => catalogue.by_gtin(gtin),
            Scanned::Look(_) | Scanned::Unknown(_) => None,
        };
        let Some(id) = item.map(|item| Arc::clone(&item.id)) else {
            self.note("scan-unknown", None, now);
            return Vec::new();
        };
        self.wear(&id, catalogue, now);
        if let Some(item) = catalogue.item(&id) {
            self.shelf = Shelf::Products(item.product.category);
        }
        // Before a face is chosen the product waits on the wardrobe; the card says what it is meanwhile.
        if self.source == Source::None {
            let effects = if self.screen == Screen::Attract { self.go(Screen::Consent) } else { Vec::new() };
            self.note("scan-waiting", catalogue.item(&id).map(|item| item.product.name.clone()), now);
            return effects;
        }
        self.overlay = Overlay::Card(id);
        if self.screen == Screen::Mirror {
            return Vec::new();
        }
        let card = std::mem::take(&mut self.overlay);
        let effects = self.go(Screen::Mirror);
        self.overlay = card;
        effects
    }

    /// A look that somebody took home, or a colleague shows on a phone. What is unknown here is told.
    fn scanned_look(&mut self, text: &str, catalogue: &Catalogue, now: Duration) -> Vec<Effect> {
        let Ok(found) = look_up(text, &[catalogue]) else {
            self.note("scan-unknown", None, now);
            return Vec::new();
        };
        let layers = found.wearable();
        if layers.is_empty() {
            self.note(if found.layers.is_empty() { "scan-unknown" } else { "scan-look-none" }, None, now);
            return Vec::new();
        }
        self.people.leader_mut().wear_layers(layers);
        let message = match found.unknown() {
            Unknown { products: 0, masks: 0 } => "scan-look",
            Unknown { masks: 0, .. } => "scan-look-without-products",
            Unknown { products: 0, .. } => "scan-look-without-masks",
            Unknown { .. } => "scan-look-without-both",
        };
        self.note(message, None, now);
        match (&self.source, self.screen) {
            (Source::None, Screen::Attract) => self.go(Screen::Consent),
            (Source::None, _) | (_, Screen::Mirror) => Vec::new(),
            _ => self.go(Screen::Mirror),
        }
    }
}
