//! The staff's way to the merchant's panel, and what it does.

use sha2::{Digest, Sha256};
use std::time::Duration;

use super::{Effect, MerchantAction, Overlay, Screen, Session};
use crate::l10n::Language;

/// Longest PIN.
const PIN: usize = 8;

impl Session {
    /// The staff corner was held: the panel, or first its PIN.
    pub(super) fn call_staff(&mut self) -> Vec<Effect> {
        match (self.rules.demo, self.rules.pin_sha256) {
            (true, _) => return self.go(Screen::Merchant),
            (false, Some(_)) => self.overlay = Overlay::Pin(String::new()),
            (false, None) => {}
        }
        Vec::new()
    }

    /// A digit of the PIN; the last right one opens the panel.
    pub(super) fn pin_digit(&mut self, digit: char, now: Duration) -> Vec<Effect> {
        let (Overlay::Pin(typed), Some(expected)) = (&mut self.overlay, self.rules.pin_sha256) else {
            return Vec::new();
        };
        if digit.is_ascii_digit() && typed.len() < PIN {
            typed.push(digit);
        }
        let right = Sha256::digest(typed.as_bytes()).as_slice() == expected;
        if right {
            self.overlay = Overlay::None;
            self.before.push(self.screen);
            return self.enter(Screen::Merchant);
        }
        if typed.len() == PIN {
            self.overlay = Overlay::None;
            self.note("merchant-wrong-pin", None, now);
        }
        Vec::new()
    }

    /// Takes the PIN's last digit back.
    pub(super) fn pin_erase(&mut self) {
        if let Overlay::Pin(typed) = &mut self.overlay {
            typed.pop();
        }
    }

    /// What the panel does; anywhere else it does nothing.
    pub(super) fn merchant(&mut self, action: MerchantAction) -> Vec<Effect> {
        if self.screen != Screen::Merchant {
            return Vec::new();
        }
        match action {
            MerchantAction::Screenshot => return vec![Effect::SaveScreenshot],
            MerchantAction::Sheet => return vec![Effect::SaveLooks],
            MerchantAction::Market(id) => return vec![Effect::ChooseMarket(id)],
            MerchantAction::Timings(on) => self.timings = on,
            MerchantAction::Pseudo => self.language = Language::Pseudo,
        }
        Vec::new()
    }
}
