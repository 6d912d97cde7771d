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

use crate::kept_files::KeptFiles;
use crate::limited_read::{self, Patience};
use crate::output;
use crate::settings::Settings;

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
    files: KeptFiles,
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
    /// Those in this state folder, which need not exist yet; `files` writes them.
    pub fn in_state(folder: &Path, files: KeptFiles) -> Self {
        Self { folder: folder.join(FOLDER), files }
    }

    /// Keeps what was read from `source`, in place of what was kept before. Returns at once. What is larger than 32 MiB is
    /// not kept; the old copy then stays.
    pub fn keep<T: Serialize>(&self, kind: Kind, source: &Path, content: &T) {
        let copy = Copy { source: &absolute(source), content };
        let body = serde_json::to_vec(&copy).map_err(|error| error.to_string()).and_then(|body| {
            let fits = body.len() <= MAX_BYTES;
            if fits { Ok(body) } else { Err("it is larger than 32 MiB; make it smaller".into()) }
        });
        match body {
            Ok(body) => {
                let whole = [head_of(&body).as_bytes(), &body].concat();
                self.files.put(&self.folder.join(kind.file_name()), whole);
            }
            Err(why) => {
                output::tell(&format!("carmine: no last good copy of {} is kept: {why}", source.display()));
            }
        }
    }

    /// The settings that were kept of this file.
    pub fn settings(&self, source: &Path) -> Option<Settings> {
        let text: String = self.load(Kind::Settings, source)?;
        Settings::from_text(source, &text).ok()
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
        let (kept, source) = (LastGood::in_state(&folder, KeptFiles::default()), Path::new("shop/kiosk.toml"));
        let load = || kept.load::<String>(Kind::Settings, source);
        let keep = |text: &str| {
            kept.keep(Kind::Settings, source, &text);
            kept.files.flush();
        };
        assert_eq!(load(), None);
        keep("[idle]\n");
        assert_eq!(load().as_deref(), Some("[idle]\n"));
        assert_eq!(kept.load::<String>(Kind::Settings, Path::new("other.toml")), None, "another shop's");
        assert_eq!(kept.load::<String>(Kind::Catalogue, source), None);

        let path = folder.join("last-good/settings");
        let written = std::fs::metadata(&path).unwrap().modified().unwrap();
        keep("[idle]\n");
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
        keep("[idle]\n");
        assert_eq!(load().as_deref(), Some("[idle]\n"), "a damaged one is replaced");
        let large = "x".repeat(MAX_BYTES);
        keep(&large);
        assert!(load().is_some(), "the old one stays");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
