//! Files that somebody else wrote, read within limits: a regular file only, no more bytes than a limit whatever it says of
//! its length, and no longer than a time whatever drive it lies on.

mod budget;
mod regular;
mod stuck;
mod within;

use std::io::{ErrorKind, Read};
use std::path::Path;

pub use budget::{Budget, limit, spend};
pub use regular::{list, open_regular};
pub use within::{Patience, Supervised, Unanswered, go_on, note, supervise, within};

/// What is said of a file without content.
const EMPTY: &str = "it is empty, as a power cut leaves a file: write it anew, or take it away";
/// Bytes that are read before the reader says that it goes on.
const CHUNK_BYTES: u64 = 1 << 20;

/// What a file should be. The texts are for whoever gave another one: what is wrong, and the mend.
pub struct ExpectedFile {
    /// Largest file that is read.
    pub max_bytes: u64,
    /// What to say where there is no such file.
    pub missing: &'static str,
    /// What to say of a folder.
    pub folder: &'static str,
    /// What to say of a larger file.
    pub too_large: &'static str,
}

impl ExpectedFile {
    /// The file's text, which has at least one byte; else why there is none, in one line.
    pub fn read(&self, path: &Path) -> Result<String, String> {
        self.read_if_there(path)?.ok_or_else(|| self.missing.to_owned())
    }

    /// The file's text, `None` if there is no such file; else, and for a file of no bytes, why there is none, in one line.
    pub fn read_if_there(&self, path: &Path) -> Result<Option<String>, String> {
        match bytes(path, self.max_bytes + 1, Patience::default()) {
            Err(error) => match error.kind() {
                ErrorKind::NotFound => Ok(None),
                ErrorKind::IsADirectory => Err(self.folder.to_owned()),
                ErrorKind::PermissionDenied => Err("no permission; let this user read it".to_owned()),
                _ => Err(error.to_string()),
            },
            Ok(bytes) if bytes.is_empty() => Err(EMPTY.to_owned()),
            Ok(bytes) if bytes.len() as u64 > self.max_bytes => Err(self.too_large.to_owned()),
            Ok(bytes) => {
                String::from_utf8(bytes).map(Some).map_err(|_| "it is not text in UTF-8; save it so".to_owned())
            }
        }
    }
}

/// The first `max_bytes` of a regular file, or all of it if it is shorter.
///
/// # Errors
///
/// What the system says; [`ErrorKind::IsADirectory`] for a folder, [`ErrorKind::InvalidInput`] for a pipe, socket or
/// device, [`ErrorKind::TimedOut`] where its drive does not answer. The last two have messages that say how to mend it.
pub fn bytes(path: &Path, max_bytes: u64, patience: Patience) -> std::io::Result<Vec<u8>> {
    let owned = path.to_owned();
    within(path, patience, move || {
        let mut file = open_regular(&owned)?;
        let mut bytes = Vec::new();
        loop {
            let room = max_bytes.saturating_sub(bytes.len() as u64).min(CHUNK_BYTES);
            if room == 0 || file.by_ref().take(room).read_to_end(&mut bytes)? == 0 {
                return Ok(bytes);
            }
            note(&owned);
        }
    })
    .unwrap_or_else(|late| Err(late.into()))
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
pub(crate) mod tests;
