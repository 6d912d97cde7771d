//! The last good version of the shop's files: a copy of settings, catalogue and messages that is made whenever they load
//! well, so that a file that is broken at the next start does not leave the kiosk dark.
//!
//! A copy is one file in `last-good/` of the state folder: a line with the SHA-256 of the rest, then JSON with the texts
//! and with where they came from. It is replaced as a whole, and ignored where anything about it is not as it was
//! written.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::AppError;
use crate::limited_read::{self, Patience};
use crate::output;

/// Where the copies lie in the state folder.
pub const FOLDER: &str = "last-good";
/// Largest copy that is kept: more text than any shop's catalogue has.
const MAX_BYTES: usize = 32 << 20;
/// What a copy begins with; another version's copies are ignored.
const MAGIC: &str = "carmine-last-good-1 ";

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The settings' text.
    Settings,
    /// The files of a catalogue.
    Catalogue,
    /// The files of a folder of messages.
    Messages,
}

impl Kind {
    fn file_name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Catalogue => "catalogue",
            Self::Messages => "messages",
        }
    }
}

/// The copies of one kiosk.
#[derive(Clone, Debug)]
pub struct LastGood {
    folder: PathBuf,
}

#[derive(Serialize)]
struct Copy<'a, T> {
    source: &'a Path,
    content: &'a T,
}

#[derive(Deserialize)]
struct Kept<T> {
    source: PathBuf,
    content: T,
}

impl LastGood {
    /// Those in this state folder, which need not exist yet. What a killed process left half-written is removed.
    pub fn in_state(folder: &Path) -> Self {
        output::clean_folder(&folder.join(FOLDER));
        Self::of_state(folder)
    }

    /// The same to read only: nothing is removed.
    pub fn of_state(folder: &Path) -> Self {
        Self { folder: folder.join(FOLDER) }
    }

    /// Keeps what was read from `source`, in place of what was kept before. Writes nothing if that is the same.
    ///
    /// # Errors
    ///
    /// [`AppError::Output`] where it cannot be written, or is larger than 32 MiB; the old copy then stays.
    pub fn keep<T: Serialize>(&self, kind: Kind, source: &Path, content: &T) -> Result<(), AppError> {
        let path = self.folder.join(kind.file_name());
        let failed = |why: String| AppError::Output { path: path.clone(), why };
        let copy = Copy { source: &absolute(source), content };
        let body = serde_json::to_vec(&copy).map_err(|error| failed(error.to_string()))?;
        if body.len() > MAX_BYTES {
            return Err(failed("it is larger than 32 MiB, so no last good copy is kept; make it smaller".into()));
        }
        let whole = [head_of(&body).as_bytes(), &body].concat();
        let old = limited_read::bytes(&path, whole.len() as u64 + 1, Patience::default());
        if old.is_ok_and(|old| old == whole) {
            return Ok(());
        }
        output::make_folder(&self.folder)?;
        output::write_whole(&path, &whole)
    }

    /// What was kept of `source`; `None` if nothing was, or if the copy is damaged.
    pub fn load<T: DeserializeOwned>(&self, kind: Kind, source: &Path) -> Option<T> {
        let path = self.folder.join(kind.file_name());
        let bytes = limited_read::bytes(&path, (MAX_BYTES + 200) as u64, Patience::default()).ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let (head, body) = bytes.split_at_checked(end + 1)?;
        let kept: Kept<T> = (head == head_of(body).as_bytes()).then(|| serde_json::from_slice(body).ok()).flatten()?;
        (kept.source == absolute(source)).then_some(kept.content)
    }
}

fn head_of(body: &[u8]) -> String {
    format!("{MAGIC}{}\n", data_encoding::HEXLOWER.encode(&Sha256::digest(body)))
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_comes_back_and_a_damaged_one_does_not() {
        let folder = std::env::temp_dir().join(format!("carmine-last-good-{}", std::process::id()));
        let (kept, source) = (LastGood::in_state(&folder), Path::new("shop/kiosk.toml"));
        let load = || kept.load::<String>(Kind::Settings, source);
        assert_eq!(load(), None);
        kept.keep(Kind::Settings, source, &"[idle]\n").unwrap();
        assert_eq!(load().as_deref(), Some("[idle]\n"));
        assert_eq!(kept.load::<String>(Kind::Settings, Path::new("other.toml")), None, "another shop's");
        assert_eq!(kept.load::<String>(Kind::Catalogue, source), None);

        let path = folder.join("last-good/settings");
        let written = std::fs::metadata(&path).unwrap().modified().unwrap();
        kept.keep(Kind::Settings, source, &"[idle]\n").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap(), written, "nothing is written anew");

        let sound = std::fs::read(&path).unwrap();
        for at in 0..sound.len() {
            let mut flipped = sound.clone();
            flipped[at] ^= 4;
            std::fs::write(&path, &flipped).unwrap();
            assert_eq!(load(), None, "byte {at} is flipped");
            std::fs::write(&path, &sound[..at]).unwrap();
            assert_eq!(load(), None, "cut off at {at}");
        }
        kept.keep(Kind::Settings, source, &"[idle]\n").unwrap();
        assert_eq!(load().as_deref(), Some("[idle]\n"), "a damaged one is replaced");
        let large = "x".repeat(MAX_BYTES);
        assert!(kept.keep(Kind::Settings, source, &large).unwrap_err().to_string().contains("32 MiB"));
        assert!(load().is_some(), "the old one stays");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
