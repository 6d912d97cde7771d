//! The message files of a folder: `<language>/*.ftl`, as text.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Locale;
use super::language::Language;
use super::messages::{LocaleError, MOST_BYTES, check_size};
use crate::file_watch::{FileWatch, First, WATCH_INTERVAL};
use crate::limited_read::{self, ExpectedFile, Patience, note, within};

/// Most files of one language: built in are some twenty.
const MAX_FILES: usize = 500;

/// A message file.
const EXPECTED: ExpectedFile = ExpectedFile {
    max_bytes: MOST_BYTES as u64,
    missing: "it is gone; start again",
    folder: "it is a folder; give a file of this name, or take it away",
    too_large: "it is larger than 256 KiB, so it holds no messages; take it away",
};

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFile {
    /// The language's folder, such as `zh-Hans`.
    pub(super) language: String,
    /// What messages call it.
    pub(super) path: PathBuf,
    /// All of it.
    pub(super) text: String,
}

/// The files of a folder, by language and name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFiles(Vec<MessageFile>);

impl MessageFiles {
    /// Reads `folder/<language>/*.ftl` for every language that there is.
    pub fn read(folder: &Path) -> Result<Self, LocaleError> {
        let owned = folder.to_owned();
        within(folder, Patience::default(), move || Self::read_at_leisure(&owned))?
    }

    fn read_at_leisure(folder: &Path) -> Result<Self, LocaleError> {
        let failed = |path: &Path, why: String| LocaleError::Read { path: path.into(), why };
        note(folder);
        if !folder.is_dir() {
            return Err(failed(folder, "it is no folder; give one with en/, ar/ … in it, or leave it out".into()));
        }
        let mut files = Vec::new();
        for language in Language::ALL {
            let place = folder.join(language.code());
            if !place.is_dir() {
                continue;
            }
            let mut paths = limited_read::list(&place, MAX_FILES).map_err(|error| failed(&place, error.to_string()))?;
            paths.retain(|path| is_messages(path));
            paths.sort();
            let mut bytes = 0;
            for path in paths {
                let text = EXPECTED.read(&path).map_err(|why| failed(&path, why))?;
                bytes += text.len();
                check_size(&path, bytes)?;
                // Fluent knows line feeds only in places; editors elsewhere write both.
                let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
                files.push(MessageFile { language: language.code().into(), path, text });
            }
        }
        Ok(Self(files))
    }

    /// Whether every language can be spoken with them; else the first mistake.
    pub fn check(&self) -> Result<(), LocaleError> {
        Language::ALL.into_iter().try_for_each(|language| Locale::from_files(language, None, self).map(drop))
    }

    /// Paths and texts of one language's files.
    pub(super) fn texts(&self, language: Language) -> Vec<(PathBuf, String)> {
        let files = self.0.iter().filter(|file| file.language == language.code());
        files.map(|file| (file.path.clone(), file.text.clone())).collect()
    }
}

fn is_messages(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ftl")
}

/// Gives the messages whenever a file of their folder was changed.
pub type MessagesWatch = FileWatch<MessageFiles, LocaleError>;

/// Watches a folder of messages from now on, which is read by `open`; see [`FileWatch::start`].
pub fn watch(
    folder: PathBuf,
    open: impl Fn(&Path) -> Result<MessageFiles, LocaleError> + Send + 'static,
    wake: impl Fn() + Send + 'static,
    first: First,
) -> Result<MessagesWatch, std::io::Error> {
    let listed = folder.clone();
    let files = move || {
        let inside = |language: Language| limited_read::list(&listed.join(language.code()), MAX_FILES);
        let all = Language::ALL.into_iter().filter_map(|language| inside(language).ok()).flatten();
        let mut files: Vec<_> = all.filter(|path| is_messages(path)).collect();
        files.sort();
        files
    };
    FileWatch::start("messages", WATCH_INTERVAL, files, move || open(&folder), wake, first)
}
