//! Files that somebody else wrote: never more than the limit of them is read.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::CatalogueError;

/// Largest file that is read.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Letters that an id may have: it is a file's name here, part of a code there.
const ID_CHARS_MAX: usize = 64;

/// Whether `name` can be the name of a product, look, mask or line.
pub(super) fn is_plain(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && name.chars().count() <= ID_CHARS_MAX && name.chars().all(fits)
}

pub(super) fn read(path: &Path) -> Result<String, CatalogueError> {
    let missing = || CatalogueError::Read {
        path: path.into(),
        why: "it does not exist; check the name, or give a bundled look's name without .toml".into(),
    };
    read_if_there(path)?.ok_or_else(missing)
}

/// `None` if there is no such file. Never reads more than the limit, whatever the file says about its length.
pub(super) fn read_if_there(path: &Path) -> Result<Option<String>, CatalogueError> {
    let failed = |why: &str| CatalogueError::Read { path: path.into(), why: why.into() };
    if path.is_dir() {
        return Err(failed("it is a folder; give a .toml file"));
    }
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            return Err(failed("no permission; let this user read it"));
        }
        Err(error) => return Err(failed(&error.to_string())),
        Ok(_) if bytes.len() as u64 > MAX_FILE_BYTES => {
            return Err(failed("it is larger than 1 MiB, so it is no look or product; give another file"));
        }
        Ok(_) => {}
    }
    String::from_utf8(bytes).map(Some).map_err(|_| failed("it is not text in UTF-8; save it so"))
}

/// A file of a catalogue.
pub(super) struct TextFile {
    /// The stem of its name.
    pub id: String,
    /// What messages call it.
    pub shown: String,
    /// All of it.
    pub text: String,
}
