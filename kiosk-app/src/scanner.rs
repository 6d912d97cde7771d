//! A barcode scanner types like a keyboard: many characters in a burst, then Enter or Tab.
//!
//! Keys and their times come from outside; nothing is kept longer than a burst. A scanner must be set to the layout of
//! the kiosk's keyboard, to end with Enter or Tab, and, for GS1 codes with several parts, to send FNC1 as GS (0x1D).

mod gs1;
mod link;

use std::time::{Duration, Instant};

use crate::catalogue::Gtin;
use crate::take_home::code::{self, CodeError};
use gs1::Elements;

/// Longest pause between two keys of a scanner. A slow wireless one sends a key every 20 ms; a fast typist is at 80 ms,
/// and two fingers that meet within less are no whole code.
const MAX_KEY_GAP: Duration = Duration::from_millis(50);
/// Fewest characters of a code: the shortest is an EAN-8.
const MIN_CHARACTERS: usize = 8;
/// Most characters of a code; a longer burst is thrown away as a whole.
const MAX_CHARACTERS: usize = 2048;

/// A key as the window has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanKey {
    /// A character, also GS (0x1D).
    Character(char),
    /// Enter or Tab.
    End,
}

/// What was scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// A product's number. Where a catalogue does not know one of eight digits, it may know the product by what
    /// [`Gtin::from_upc_e`] makes of them.
    Gtin(Gtin),
    /// A GS1 Digital Link or element string: the product's number, and the further parts by their application
    /// identifier, such as `("10", batch)`.
    DigitalLink {
        /// The product's number.
        gtin: Gtin,
        /// In the order in which they stand.
        parts: Vec<(String, String)>,
    },
    /// The link or code of a look, for [`look_up`](crate::take_home::look_up::look_up); also of one that is too new.
    Look(String),
    /// A code that names nothing that can be worn.
    Unknown(String),
}

/// Puts keys together to codes.
#[derive(Debug, Default)]
pub struct Scanner {
    burst: String,
    characters: usize,
    last: Option<Instant>,
}

impl Scanner {
    /// Takes one key, pressed at `at`; keys that repeat while they are held must be left out. A code comes with the key
    /// that ends it.
    pub fn key(&mut self, key: ScanKey, at: Instant) -> Option<Scanned> {
        if !self.is_scanning(at) {
            self.clear();
        }
        self.last = Some(at);
        match key {
            ScanKey::Character(character) => {
                self.characters += 1;
                if self.characters <= MAX_CHARACTERS {
                    self.burst.push(character);
                }
                None
            }
            ScanKey::End => {
                let burst = std::mem::take(&mut self.burst);
                let characters = std::mem::take(&mut self.characters);
                // One key over and over is a hand that rests on it.
                let varied = burst.chars().any(|other| !burst.starts_with(other));
                self.last = None;
                ((MIN_CHARACTERS..=MAX_CHARACTERS).contains(&characters) && varied).then(|| read(&burst))
            }
        }
    }

    /// Whether a burst goes on, so that a key at `now` may belong to it and to nothing else.
    pub fn is_scanning(&self, now: Instant) -> bool {
        self.last.is_some_and(|last| now.saturating_duration_since(last) < MAX_KEY_GAP)
    }

    /// Forgets what was typed: at the end of a session.
    pub fn clear(&mut self) {
        self.burst.clear();
        self.characters = 0;
        self.last = None;
    }
}

/// What a code's text stands for.
pub fn read(text: &str) -> Scanned {
    let text = text.trim_matches(|c: char| c.is_whitespace() && c != gs1::GS);
    let is_look = match code::decode(text) {
        // A number may be a sound code by chance, of version 1 or of a "newer" one.
        Ok(_) => !text.bytes().all(|byte| byte.is_ascii_digit()),
        Err(CodeError::Newer(_)) => text.contains('#'),
        Err(_) => false,
    };
    if is_look {
        return Scanned::Look(text.to_owned());
    }
    let (symbology, plain) = symbology(text);
    let found = match symbology {
        // GS1-128, DataBar, DataMatrix, QR and DotCode: an element string for certain.
        Some("C1" | "e0" | "d2" | "Q3" | "J1") => gs1::elements(plain),
        _ => link::read(plain)
            .or_else(|| printed(plain).map(|gtin| Elements { gtin, parts: Vec::new() }))
            .or_else(|| gs1::elements(plain)),
    };
    match found {
        Some(Elements { gtin, parts }) if parts.is_empty() && !link::is_link(plain) => Scanned::Gtin(gtin),
        Some(Elements { gtin, parts }) => Scanned::DigitalLink { gtin, parts },
        None => Scanned::Unknown(plain.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()),
    }
}

/// The product whose number is printed below the bars: as it is, or behind a UPC-E.
fn printed(text: &str) -> Option<Gtin> {
    text.parse().ok().or_else(|| Gtin::from_upc_e(text))
}

/// Takes off the AIM identifier (ISO/IEC 15424) that a scanner may put before a code: `]C1`.
fn symbology(text: &str) -> (Option<&str>, &str) {
    let is_identifier = |id: &str| id.starts_with(|c: char| c.is_ascii_alphabetic()) && id.is_ascii();
    match text.strip_prefix(']').and_then(|rest| rest.split_at_checked(2)) {
        Some((id, rest)) if is_identifier(id) => (Some(id), rest),
        _ => (None, text),
    }
}

#[cfg(test)]
#[path = "scanner/tests.rs"]
mod tests;
