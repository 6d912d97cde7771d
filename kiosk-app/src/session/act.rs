//! What each action does.

use std::sync::Arc;
use std::time::Duration;

use carmine::look::{Category, Layer, Mask};
use sha2::{Digest, Sha256};

use super::{Action, Consent, Effect, MerchantAction, Photo, Screen, Session, Sheet, Shelf, Source, TILES};
use crate::catalogue::{Catalogue, ItemId, Stock};
use crate::scanner::{Scanned, upc_a_of_upc_e};
use crate::session::wardrobe::WornLayer;
use crate::take_home::code::{self, Known, MaskHash, ProductHash};

/// Longest PIN.
const PIN: usize = 8;

impl Session {
    /// Does what was asked for; returns what the app must carry out, in order.
    pub fn act(&mut self, action: Action, catalogue: &Catalogue, now: Duration) -> Vec<Effect> {
        self.idle.touch(now);
        self.warning = None;
        match action {
            Action::StillHere => Vec::new(),
            Action::End => self.end(now),
            Action::Begin => self.go(Screen::Consent),
            Action::Agree => self.agree(),
            Action::Go(screen) => {
                if screen == Screen::Compare {
                    self.fill_comparison(catalogue);
                }
                self.go(screen)
            }
            Action::Back => self.back(),
            Action::TryModel(id) => self.try_model(id),
            Action::Speak(language) => {
                self.language = language;
                Vec::new()
            }
            Action::Reach(on) => {
                self.reach = on;
                Vec::new()
            }
            Action::LargeText(on) => {
                self.large_text = on;
                Vec::new()
            }
            Action::Suggest(on) => {
                self.suggest = on && self.rules.suggestions;
                if !self.suggest {
                    self.reader.stop();
                    self.matches.clear();
                    self.jaw = false;
                }
                Vec::new()
            }
            Action::Staff => {
                match (self.rules.demo, self.rules.pin_sha256) {
                    (true, _) => return self.go(Screen::Merchant),
                    (false, Some(_)) => self.sheet = Sheet::Pin(String::new()),
                    (false, None) => {}
                }
                Vec::new()
            }
            Action::PinDigit(digit) => self.pin(digit, now),
            Action::PinErase => {
                if let Sheet::Pin(typed) = &mut self.sheet {
                    typed.pop();
                }
                Vec::new()
            }
            Action::Merchant(action) => self.merchant(action),
            Action::OfferPhoto if self.rules.photo && self.screen == Screen::TakeHome => {
                self.photo = Photo::Preparing;
                vec![Effect::OfferPhoto]
            }
            Action::OfferPhoto => Vec::new(),
            Action::WithdrawPhoto => {
                self.photo = Photo::None;
                vec![Effect::WithdrawPhoto]
            }
            Action::Print { with_photo } if self.rules.print && self.screen == Screen::TakeHome => {
                self.printing = true;
                vec![Effect::Print { with_photo }]
            }
            Action::Print { .. } => Vec::new(),
            Action::Scanned(scanned) => self.scanned(scanned, catalogue, now),
            Action::Measure => {
                if self.suggest {
                    self.matches.clear();
                    self.reader.start(now);
                }
                Vec::new()
            }
            Action::JawSwatches(on) => {
                self.jaw = on;
                Vec::new()
            }
            Action::CompareToggle(id) => self.compare_toggle(id, catalogue),
            Action::Keep(id) => {
                self.wear(&id, catalogue, now);
                self.back()
            }
            other => {
                self.dress(other, catalogue, now);
                Vec::new()
            }
        }
    }

    /// Actions that only change what is worn or shown on the shelf.
    fn dress(&mut self, action: Action, catalogue: &Catalogue, now: Duration) {
        match action {
            Action::Browse(category) => {
                self.shelf = Shelf::Products(category);
                let worn = self.people.leader().of(category).and_then(|worn| worn.item.as_deref());
                let line = worn.and_then(|id| catalogue.line_of(id)).or_else(|| catalogue.lines_of(category).next());
                self.line = line.map(|line| Arc::clone(&line.id));
            }
            Action::BrowseLooks => self.shelf = Shelf::Looks,
            Action::BrowseFavourites => self.shelf = Shelf::Favourites,
            Action::Line(id) => self.line = Some(id),
            Action::Wear(id) => self.wear(&id, catalogue, now),
            Action::TakeOff(category) => self.people.leader_mut().take_off(category),
            Action::Amount(category, coats) => self.people.leader_mut().set_amount(category, coats),
            Action::Finish(category, finish) => {
                let worn = self.people.leader().of(category).and_then(|worn| worn.item.clone());
                if let Some(item) = worn.and_then(|id| catalogue.nearest_in_finish(&id, finish)) {
                    let id = Arc::clone(&item.id);
                    self.wear(&id, catalogue, now);
                }
            }
            Action::WearLook(id) => {
                if let Some(shelf) = catalogue.looks().iter().find(|shelf| shelf.id == id) {
                    self.people.leader_mut().wear_look(shelf);
                }
            }
            Action::Undo => self.people.leader_mut().undo(),
            Action::Clear => self.people.leader_mut().clear(),
            Action::Favourite(id) => match self.favourites.iter().position(|marked| *marked == id) {
                Some(index) => drop(self.favourites.remove(index)),
                None => self.favourites.push(id),
            },
            Action::Card(id) if catalogue.item(&id).is_some() => self.sheet = Sheet::Card(id),
            Action::Close => self.sheet = Sheet::None,
            Action::Dress(face) => self.people.choose(face),
            Action::Split(at) => self.split = at.filter(|at| at.is_finite()).map(|at| at.clamp(0.0, 1.0)),
            _ => {}
        }
    }

    fn wear(&mut self, id: &ItemId, catalogue: &Catalogue, now: Duration) {
        let Some(item) = catalogue.item(id) else { return };
        if !self.people.leader_mut().wear(item) {
            self.note("mirror-full", None, now);
            return;
        }
        self.line = catalogue.line_of(id).map(|line| Arc::clone(&line.id)).or(self.line.take());
        if item.card.stock == Stock::Out {
            self.note("mirror-out-of-stock", Some(item.product.name.clone()), now);
        }
    }

    /// The one place where leave to use the camera is made.
    fn agree(&mut self) -> Vec<Effect> {
        if self.screen != Screen::Consent {
            return Vec::new();
        }
        self.agreed = true;
        self.source = Source::Camera;
        (self.screen, self.before) = (Screen::Mirror, vec![Screen::Consent]);
        vec![Effect::OpenCamera(Consent::given(Arc::clone(&self.rules.market), self.rules.consent_version))]
    }

    fn try_model(&mut self, id: Arc<str>) -> Vec<Effect> {
        if !matches!(self.screen, Screen::Models | Screen::Consent | Screen::Merchant) {
            return Vec::new();
        }
        self.source = Source::Model(Arc::clone(&id));
        (self.screen, self.before) = (Screen::Mirror, vec![Screen::Models]);
        vec![Effect::ShowModel(id)]
    }

    fn go(&mut self, screen: Screen) -> Vec<Effect> {
        let allowed = match screen {
            Screen::Attract => false,
            Screen::Merchant => self.rules.demo,
            screen if screen.needs_face() => self.source != Source::None,
            _ => true,
        };
        if !allowed || screen == self.screen {
            return Vec::new();
        }
        if self.screen != Screen::Attract {
            self.before.retain(|passed| *passed != screen);
            self.before.push(self.screen);
        }
        self.enter(screen)
    }

    fn back(&mut self) -> Vec<Effect> {
        if self.sheet != Sheet::None {
            self.sheet = Sheet::None;
            return Vec::new();
        }
        match self.before.pop() {
            Some(screen) => self.enter(screen),
            None => Vec::new(),
        }
    }

    /// Leaves the screen and enters another.
    fn enter(&mut self, screen: Screen) -> Vec<Effect> {
        let frozen = |screen| matches!(screen, Screen::Compare | Screen::Changed | Screen::TakeHome);
        let (was, is) = (frozen(self.screen), frozen(screen));
        let mut effects = Vec::new();
        if self.photo != Photo::None && screen != Screen::TakeHome {
            self.photo = Photo::None;
            effects.push(Effect::WithdrawPhoto);
        }
        (self.screen, self.sheet, self.split, self.changed) = (screen, Sheet::None, None, None);
        self.jaw &= screen == Screen::Shade;
        match (was, is) {
            (false, true) => effects.push(Effect::Freeze),
            (true, false) => effects.push(Effect::Thaw),
            _ => {}
        }
        match screen {
            Screen::Compare => effects.push(Effect::DrawTiles),
            Screen::Changed => effects.push(Effect::Explain),
            _ => {}
        }
        effects
    }

    fn compare_toggle(&mut self, id: ItemId, catalogue: &Catalogue) -> Vec<Effect> {
        let Some(item) = catalogue.item(&id) else { return Vec::new() };
        let category: Category = item.product.category;
        match self.compare.iter().position(|other| *other == id) {
            Some(index) => drop(self.compare.remove(index)),
            None => {
                // Shades of one category are compared; another category starts anew.
                self.compare.retain(|id| catalogue.item(id).is_some_and(|item| item.product.category == category));
                if self.compare.len() == TILES {
                    self.compare.remove(0);
                }
                self.compare.push(id);
            }
        }
        if self.screen == Screen::Compare { vec![Effect::DrawTiles] } else { Vec::new() }
    }

    fn scanned(&mut self, scanned: Scanned, catalogue: &Catalogue, now: Duration) -> Vec<Effect> {
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
        self.sheet = Sheet::Card(id);
        if self.screen == Screen::Mirror {
            return Vec::new();
        }
        let sheet = std::mem::take(&mut self.sheet);
        let effects = self.go(Screen::Mirror);
        self.sheet = sheet;
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

    fn pin(&mut self, digit: char, now: Duration) -> Vec<Effect> {
        let (Sheet::Pin(typed), Some(expected)) = (&mut self.sheet, self.rules.pin_sha256) else { return Vec::new() };
        if digit.is_ascii_digit() && typed.len() < PIN {
            typed.push(digit);
        }
        let right = Sha256::digest(typed.as_bytes()).as_slice() == expected;
        if right {
            self.sheet = Sheet::None;
            self.before.push(self.screen);
            return self.enter(Screen::Merchant);
        }
        if typed.len() == PIN {
            self.sheet = Sheet::None;
            self.note("merchant-wrong-pin", None, now);
        }
        Vec::new()
    }

    fn merchant(&mut self, action: MerchantAction) -> Vec<Effect> {
        if self.screen != Screen::Merchant {
            return Vec::new();
        }
        match action {
            MerchantAction::Timings(on) => {
                self.timings = on;
                Vec::new()
            }
            MerchantAction::Pseudo => {
                self.language = crate::l10n::Language::Pseudo;
                Vec::new()
            }
            other => vec![Effect::Merchant(other)],
        }
    }
}
