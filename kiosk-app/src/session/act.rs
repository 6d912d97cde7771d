//! The only entry point that changes a session: what each action does.

use std::time::Duration;

use super::{Action, Effect, Overlay, PhotoHandOver, Screen, Session};
use crate::catalogue::Catalogue;

impl Session {
    /// Applies an action; returns what the app must carry out, in order.
    pub fn act(&mut self, action: Action, catalogue: &Catalogue, now: Duration) -> Vec<Effect> {
        if !matches!(action, Action::Report(_)) {
            self.touch(now);
        }
        let effects = self.answer(action, catalogue, now);
        self.match_shades(catalogue);
        effects
    }

    /// Matches every action by name, so that a new one does not compile until it is handled here.
    fn answer(&mut self, action: Action, catalogue: &Catalogue, now: Duration) -> Vec<Effect> {
        match action {
            // Her way from screen to screen.
            Action::Begin => return self.go(Screen::Consent),
            Action::Agree => return self.agree(),
            Action::Retention => self.open_retention(),
            Action::Go(screen) => return self.go_to(screen, catalogue),
            Action::Back => return self.back(),
            Action::TryModel(id) => return self.try_model(id),
            Action::End => return self.end(now),
            Action::StillHere => {}
            Action::Card(id) => self.open_card(id, catalogue),
            Action::Close => self.overlay = Overlay::None,

            // How she is spoken to.
            Action::Speak(language) => self.language = language,
            Action::Reach(on) => self.reach = on,
            Action::LargeText(on) => self.large_text = on,

            // What the shelf shows.
            Action::Browse(category) => self.browse(category, catalogue),
            Action::BrowseLooks => self.shelf = super::Shelf::Looks,
            Action::BrowseFavourites => self.shelf = super::Shelf::Favourites,
            Action::Line(id) => self.line = Some(id),
            Action::Favourite(id) => self.mark(id),

            // What is worn.
            Action::Wear(id) => self.wear(&id, catalogue, now),
            Action::TakeOff(category) => self.people.leader_mut().take_off(category),
            Action::Amount(category, coats) => self.people.leader_mut().set_amount(category, coats),
            Action::Finish(category, finish) => self.wear_in_finish(category, finish, catalogue, now),
            Action::WearLook(id) => self.wear_look(&id, catalogue),
            Action::WearGiven(look) => self.wear_given(&look, catalogue),
            Action::Undo => self.people.leader_mut().undo(),
            Action::Clear => self.people.leader_mut().clear(),
            Action::Dress(face) => self.people.choose(face),
            Action::Split(at) => self.split = at.filter(|at| at.is_finite()).map(|at| at.clamp(0.0, 1.0)),

            // Shades side by side, and shades that suit her.
            Action::CompareToggle(id) => return self.compare_toggle(id, catalogue),
            Action::Keep(id) => {
                self.wear(&id, catalogue, now);
                return self.back();
            }
            Action::Suggest(on) => self.set_suggest(on),
            Action::Measure => self.start_measure(now),
            Action::JawSwatches(on) => self.jaw = on,

            // What she takes home.
            Action::OfferPhoto => return self.offer_photo(),
            Action::WithdrawPhoto => {
                self.photo = PhotoHandOver::None;
                return vec![Effect::WithdrawPhoto];
            }
            Action::Print { with_photo } => return self.print(with_photo),

            Action::Scanned(scanned) => return self.scanned(scanned, catalogue, now),

            // The staff.
            Action::Staff => return self.call_staff(),
            Action::PinDigit(digit) => return self.pin_digit(digit, now),
            Action::PinErase => self.pin_erase(),
            Action::Merchant(action) => return self.merchant(action),
            Action::ToggleTimings => self.timings = !self.timings,

            Action::Report(report) => return self.hear(report, catalogue, now),
        }
        Vec::new()
    }
}
