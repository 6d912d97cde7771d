//! Why a look or a catalogue is refused: where, what, and how to mend it.

use std::path::PathBuf;

use carmine::look::LookError;
use thiserror::Error;

use super::{GtinError, PriceError};
use crate::limited_read::Unanswered;

/// A look or a catalogue that cannot be used. Each message is one line: where, what, mend.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// No bundled look has this name.
    #[error("there is no look '{name}': choose {}, or give a .toml file", super::names().join(", "))]
    Unknown {
        /// What was asked for.
        name: String,
    },
    /// A file or folder could not be read.
    #[error("cannot read {path}: {why}")]
    Read {
        /// Which one.
        path: PathBuf,
        /// Why, and how to mend it.
        why: String,
    },
    /// A file is not a look, product or mask.
    #[error(transparent)]
    Parse(#[from] LookError),
    /// Nothing to show.
    #[error("{folder} has no products and no looks: put .toml files into products/ or looks/ there")]
    Empty {
        /// Where nothing was found.
        folder: PathBuf,
    },
    /// A file's name cannot be an id.
    #[error("{path}: the name must be of letters, digits, '-' and '_', at most 64: rename the file")]
    FileName {
        /// Which file.
        path: PathBuf,
    },
    /// Two products or masks cannot be told apart in a take-home code.
    #[error("{what} '{one}' and '{other}' have the same hash, so a take-home code could mean either: rename one")]
    SameHash {
        /// `products` or `masks`.
        what: &'static str,
        /// The first.
        one: String,
        /// The second.
        other: String,
    },
    /// `looks/order.txt` names a look that is not there.
    #[error("{file}:{line}: there is no look '{name}': add {name}.toml or take the line away")]
    Order {
        /// Which file.
        file: String,
        /// From 1.
        line: usize,
        /// What it names.
        name: String,
    },
    /// A mistake in `catalogue.toml`.
    #[error("{file}:{line}:{column}: {fault}")]
    Card {
        /// Which file.
        file: String,
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
        /// What is wrong.
        fault: Box<CardFault>,
    },
}

impl From<Unanswered> for CatalogueError {
    fn from(late: Unanswered) -> Self {
        Self::Read { why: late.to_string(), path: late.path }
    }
}

/// What can be wrong in `catalogue.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CardFault {
    /// Not TOML, an unknown key, a missing one, or a value of another kind.
    #[error("{0}")]
    Toml(String),
    /// There is no such product.
    #[error("there is no product '{id}': add products/{id}.toml or mend the name")]
    NoProduct {
        /// What was named.
        id: String,
    },
    /// Two lines have one id.
    #[error("there is already a line '{id}': give this one another id")]
    SameLine {
        /// The id.
        id: String,
    },
    /// An id of unusual letters.
    #[error("'{id}' cannot be an id: use letters, digits, '-' and '_', at most 64")]
    Id {
        /// What was given.
        id: String,
    },
    /// A product is in two lines, or twice in one.
    #[error("product '{id}' is already in line '{line}': leave it in one place")]
    InTwoLines {
        /// Which product.
        id: String,
        /// Where it is already.
        line: String,
    },
    /// A product does not belong into its line.
    #[error("product '{id}' is {has}, but line '{line}' is {wants}: move it to another line")]
    OtherCategory {
        /// Which product.
        id: String,
        /// Its category.
        has: &'static str,
        /// The line.
        line: String,
        /// The line's category.
        wants: &'static str,
    },
    /// A wrong barcode number.
    #[error("gtin: {0}")]
    Gtin(#[from] GtinError),
    /// Two products have one barcode.
    #[error("gtin: {gtin} is already that of '{other}': each product has its own")]
    SameGtin {
        /// The number.
        gtin: String,
        /// Who has it.
        other: String,
    },
    /// A wrong price.
    #[error("prices: {0}")]
    Price(#[from] PriceError),
    /// A text that is empty, too long or has control characters.
    #[error("{what} must have 1 to {most} characters in one line: {mend}")]
    Text {
        /// Which key.
        what: &'static str,
        /// How many it may have.
        most: usize,
        /// What to do.
        mend: &'static str,
    },
    /// Too many claims to be shown.
    #[error("claims: at most {most} can be shown: keep the strongest")]
    Claims {
        /// How many may be.
        most: usize,
    },
    /// Not an address on the web.
    #[error("ingredients_url: '{url}' is no address: write it as https://…, without spaces")]
    Url {
        /// What was given.
        url: String,
    },
    /// Not a language's tag.
    #[error("names: '{tag}' is no language: write its tag, such as fr or zh-Hans")]
    Language {
        /// What was given.
        tag: String,
    },
}
