//! Navigation between the screens, and each screen's effects when it is entered or left.

use std::sync::Arc;

use super::{Consent, Effect, Overlay, PhotoHandOver, Screen, Session, Source};
use crate::catalogue::{Catalogue, ItemId};

impl Session {
    /// Yes to the camera: the one place where a [`Consent`] is made.
    pub(super) fn agree(&mut self) -> Vec<Effect> {
        if self.screen != Screen::Consent {
            return Vec::new();
        }
        self.agreed = true;
        self.source = Source::Camera;
        (self.screen, self.overlay, self.before) = (Screen::Mirror, Overlay::None, vec![Screen::Consent]);
        vec![Effect::OpenCamera(Consent::given(Arc::clone(&self.rules.market), self.rules.consent_version))]
    }

    /// Opens what is to be read before saying yes.
    pub(super) fn open_retention(&mut self) {
        if self.screen == Screen::Consent {
            self.overlay = Overlay::Retention;
        }
    }

    /// Tries on a model instead of her own face.
    pub(super) fn try_model(&mut self, id: Arc<str>) -> Vec<Effect> {
        if !matches!(self.screen, Screen::Models | Screen::Consent | Screen::Merchant) {
            return Vec::new();
        }
        self.source = Source::Model(Arc::clone(&id));
        (self.screen, self.before) = (Screen::Mirror, vec![Screen::Models]);
        vec![Effect::ShowModel(id)]
    }

    /// Goes where she asked to go.
    pub(super) fn go_to(&mut self, screen: Screen, catalogue: &Catalogue) -> Vec<Effect> {
        if screen == Screen::Compare {
            self.fill_comparison(catalogue);
        }
        self.go(screen)
    }

    /// Goes to a screen, unless it needs a face and there is none.
    pub(super) fn go(&mut self, screen: Screen) -> Vec<Effect> {
        let allowed = match screen {
            Screen::Attract => false,
            Screen::Merchant => self.rules.demo,
            Screen::Consent | Screen::Models => true,
            Screen::Mirror | Screen::Compare | Screen::Shade | Screen::Changed | Screen::TakeHome => {
                self.source != Source::None
            }
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

    /// Closes what lies over the screen, or else leads a screen back.
    pub(super) fn back(&mut self) -> Vec<Effect> {
        if self.overlay != Overlay::None {
            self.overlay = Overlay::None;
            return Vec::new();
        }
        match self.before.pop() {
            Some(screen) => self.enter(screen),
            None => Vec::new(),
        }
    }

    /// Leaves the screen and enters another.
    pub(super) fn enter(&mut self, screen: Screen) -> Vec<Effect> {
        let (was, is) = (self.screen.is_frozen(), screen.is_frozen());
        let mut effects = Vec::new();
        if self.photo != PhotoHandOver::None && screen != Screen::TakeHome {
            self.photo = PhotoHandOver::None;
            effects.push(Effect::WithdrawPhoto);
        }
        (self.screen, self.overlay, self.split, self.changed) = (screen, Overlay::None, None, None);
        self.jaw &= screen == Screen::Shade;
        match (was, is) {
            (false, true) => effects.push(Effect::Freeze),
            (true, false) => effects.push(Effect::Thaw),
            (false, false) | (true, true) => {}
        }
        match screen {
            Screen::Compare => effects.push(Effect::DrawTiles),
            Screen::Changed => effects.push(Effect::Explain),
            Screen::Attract
            | Screen::Consent
            | Screen::Models
            | Screen::Mirror
            | Screen::Shade
            | Screen::TakeHome
            | Screen::Merchant => {}
        }
        effects
    }

    /// Opens a product's card over the screen.
    pub(super) fn open_card(&mut self, id: ItemId, catalogue: &Catalogue) {
        if catalogue.item(&id).is_some() {
            self.overlay = Overlay::Card(id);
        }
    }

    /// Her photo is offered where it is asked for, if the shop allows it.
    pub(super) fn offer_photo(&mut self) -> Vec<Effect> {
        if !self.rules.photo || self.screen != Screen::TakeHome {
            return Vec::new();
        }
        self.photo = PhotoHandOver::Preparing;
        vec![Effect::OfferPhoto]
    }

    /// Her look is printed, if the shop has a printer.
    pub(super) fn print(&mut self, with_photo: bool) -> Vec<Effect> {
        if !self.rules.print || self.screen != Screen::TakeHome {
            return Vec::new();
        }
        self.printing = true;
        vec![Effect::Print { with_photo }]
    }
}
