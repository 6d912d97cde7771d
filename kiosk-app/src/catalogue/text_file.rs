//! One file of a catalogue: its id, its text, and what its name may be.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::CatalogueError;
use crate::limited_read::ExpectedFile;

/// Letters that an id may have: it is a file's name here, part of a code there.
const ID_CHARS_MAX: usize = 64;

/// Whether `name` can be the name of a product, look, mask or line.
pub(super) fn is_plain(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && name.chars().count() <= ID_CHARS_MAX && name.chars().all(fits)
}

/// Largest file of a catalogue, in bytes: a `catalogue.toml` of some ten thousand products with prices, names and claims.
const MOST_BYTES: usize = 4 << 20;

/// Products, looks, masks, `catalogue.toml`.
const EXPECTED: ExpectedFile = ExpectedFile {
    max_bytes: MOST_BYTES as u64,
    missing: "it does not exist; check the name, or give a bundled look's name without .toml",
    folder: "it is a folder; give a .toml file",
    too_large: "it is larger than 4 MiB; a catalogue's files are smaller: shorten it, or give another file",
};

/// The text of a file that must be there.
pub(super) fn read(path: &Path) -> Result<String, CatalogueError> {
    EXPECTED.read(path).map_err(|why| CatalogueError::Read { path: path.into(), why })
}

/// The text of a file; `None` if there is no such file.
pub(super) fn read_if_there(path: &Path) -> Result<Option<String>, CatalogueError> {
    EXPECTED.read_if_there(path).map_err(|why| CatalogueError::Read { path: path.into(), why })
}

/// A file of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TextFile {
    /// The stem of its name.
    pub id: String,
    /// What messages call it.
    pub shown: String,
    /// All of it.
    pub text: String,
}
