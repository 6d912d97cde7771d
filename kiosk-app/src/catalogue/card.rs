//! A product's card: the shop's information about it, besides its colour.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Gtin, Price};

/// The shop's information about a product. All of it may be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemCard {
    /// The line that it belongs to.
    pub line: Option<Arc<str>>,
    /// The brand; empty if not given.
    pub brand: String,
    /// Its barcode's number.
    pub gtin: Option<Gtin>,
    /// One for each currency at most.
    pub prices: Vec<Price>,
    /// Short: either the id of a message (`claim-vegan`) or a text to be shown as it is.
    pub claims: Vec<String>,
    /// Where the list of ingredients can be read.
    pub ingredients_url: Option<String>,
    /// Its carbon footprint.
    pub carbon: Option<Carbon>,
    /// Whether it is there.
    pub stock: Stock,
    /// Its name in other languages, by BCP 47 tag (`zh-Hans`); the product's own name is for all that are not here.
    pub names: BTreeMap<String, String>,
}

/// A carbon footprint, which is worth nothing without its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carbon {
    /// Grams of CO₂ equivalent of one piece.
    pub grams: u32,
    /// Who says so, and what was counted.
    pub source: String,
}

/// Whether the shop has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stock {
    /// Nobody said.
    #[default]
    Unknown,
    /// Yes.
    In,
    /// Only a few.
    Few,
    /// No.
    Out,
}

impl ItemCard {
    /// The price in the currency with these letters.
    pub fn price(&self, code: &str) -> Option<&Price> {
        self.prices.iter().find(|price| price.code() == code)
    }
}
