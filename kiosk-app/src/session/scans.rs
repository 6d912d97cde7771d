//! What a scanned code does: a product is worn and its card opened, a look is worn as it was taken home.

use std::sync::Arc;
use std::time::Duration;

use carmine::look::{Layer, Mask};

use super::wardrobe::WornLayer;
use super::{Effect, Overlay, Screen, Session, Shelf, Source};
use crate::catalogue::Catalogue;
use crate::scanner::{Scanned, upc_a_of_upc_e};
use crate::take_home::code::{self, Known, MaskHash, ProductHash};

impl Session {
    /// Opens the product that was scanned, or wears the look.
    pub(super) fn scanned(&mut self, scanned: Scanned, catalogue: &Catalogue, now: Duration) -> Vec<Effect> {
        if let Scanned::Look(text) = &scanned {
            return self.scanned_look(text, catalogue, now);
        }
        let find = |gtin: &str| gtin.parse().ok().and_then(|gtin| catalogue.by_gtin(&gtin));
        let item = match &scanned {
            // Eight digits can be the short form of a twelve-digit number.
            Scanned::Gtin(gtin) => find(gtin).or_else(|| upc_a_of_upc_e(gtin).and_then(|long| find(&long))),
            Scanned::DigitalLink { gtin, .. } => find(gtin),
            _ => None,
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

    /// A look that somebody took home, or a colleague shows on a phone.
    fn scanned_look(&mut self, text: &str, catalogue: &Catalogue, now: Duration) -> Vec<Effect> {
        let product = |hash: ProductHash| catalogue.by_code(u32::from_be_bytes(hash.0));
        let mask = |hash: MaskHash| Mask::built_in_names().find(|name| MaskHash::of(name) == hash);
        let Ok(found) = code::decode_with(text, product, mask) else {
            self.note("scan-unknown", None, now);
            return Vec::new();
        };
        let layers: Vec<WornLayer> = found
            .into_iter()
            .filter_map(|layer| {
                let item = layer.product.found()?;
                let mask = layer.mask.and_then(Known::found).and_then(Mask::built_in);
                let mask = mask.unwrap_or_else(|| Arc::clone(&item.product.mask));
                let (product, amount, wing) = (item.product.clone(), layer.amount, layer.wing);
                let item = Some(Arc::clone(&item.id));
                Some(WornLayer { item, layer: Layer { product, amount, mask, wing } })
            })
            .collect();
        if layers.is_empty() {
            self.note("scan-unknown", None, now);
            return Vec::new();
        }
        self.people.leader_mut().wear_layers(layers);
        self.note("scan-look", None, now);
        match (&self.source, self.screen) {
            (Source::None, Screen::Attract) => self.go(Screen::Consent),
            (Source::None, _) | (_, Screen::Mirror) => Vec::new(),
            _ => self.go(Screen::Mirror),
        }
    }
}
