//! What is on offer: products with their cards, lines that group them, and looks. Bundled, or a merchant's own folder.
//!
//! `assets/README.md` tells how each file is written.

mod assemble;
mod bundled;
mod by_name;
mod card;
mod cards_file;
mod error;
mod folder;
mod gtin;
mod price;
mod shelf;
mod text_file;
mod watch;

pub use by_name::{find, find_with_ids, help, looks, names, product, product_ids};
pub use card::{Carbon, Card, Stock};
pub use error::{CatalogueError, Fault};
pub use gtin::{Gtin, GtinError};
pub use price::{Price, PriceError};
pub use shelf::{Catalogue, Item, ItemId, Line, ShelfLook, code_of};
pub use watch::{CatalogueWatch, watch};

#[cfg(test)]
mod tests;
