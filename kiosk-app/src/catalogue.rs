//! What is on offer: products with their cards, lines that group them, and looks. Bundled, or a merchant's own folder.
//!
//! `assets/README.md` describes the files.

mod assemble;
mod bundled;
mod by_name;
mod card;
mod cards_file;
mod error;
mod folder;
mod gtin;
mod hash;
mod price;
mod shelf;
mod text_file;
mod watch;

pub use by_name::{find, help, looks, names};
pub use card::{Carbon, ItemCard, Stock};
pub use error::{CardFault, CatalogueError};
pub use folder::CatalogueFiles;
pub use gtin::{Gtin, GtinError};
pub use hash::{MaskHash, ProductHash};
pub use price::{Price, PriceError};
pub use shelf::{Catalogue, Item, ItemId, Line, ShelfLook};
pub use watch::{CatalogueWatch, watch};

#[cfg(test)]
pub(crate) mod tests;
