//! The kiosk's settings: one TOML file, every key of which may be left out. `assets/kiosk.toml` shows and explains them
//! all.

use std::path::{Path, PathBuf};

use thiserror::Error;

mod accent;
mod change;
mod check;
mod hand_over;
mod keys;
mod market;
mod sections;
mod values;
mod watch;

pub use accent::Accent;
pub use change::{Change, When, changes};
pub use market::Market;
pub use sections::*;
pub use watch::{SettingsWatch, watch};

use crate::choices::CameraChoice;
use crate::limited_read::{ExpectedFile, Unanswered};
use keys::Keys;

/// Largest settings file, in bytes: the one that explains every key has 6 KiB.
pub const MOST_BYTES: usize = 128 << 10;

/// A settings file.
const EXPECTED: ExpectedFile = ExpectedFile {
    max_bytes: MOST_BYTES as u64,
    missing: "it does not exist; check the name, or start without settings",
    folder: "it is a folder; give the .toml file in it",
    too_large: "it is larger than 128 KiB, so it holds no settings; give another file",
};
/// Longest complaint: a file may hold anything, and a log wants a line.
const MAX_WHY_CHARS: usize = 400;

/// Settings that cannot be used.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("cannot read {path}: {why}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why, and how to mend it.
        why: String,
    },
    /// It is no TOML.
    #[error("{path}:{line}: this is no TOML: {why}")]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What was found and expected.
        why: String,
    },
    /// A key is unknown, or its value cannot be used.
    #[error("{path}:{line}: {key}: {why}")]
    Key {
        /// Which file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// The key, such as `idle.warn_after_s` or `markets[1].id`.
        key: String,
        /// What is wrong and how to mend it.
        why: String,
    },
}

impl From<Unanswered> for SettingsError {
    fn from(late: Unanswered) -> Self {
        Self::Read { why: late.to_string(), path: late.path }
    }
}

impl Settings {
    /// Reads a file. Paths in it that are not absolute start at the file's folder.
    pub fn open(path: &Path) -> Result<Self, SettingsError> {
        Ok(Self::read(path)?.0)
    }

    /// Reads a file, and gives its text too.
    pub fn read(path: &Path) -> Result<(Self, String), SettingsError> {
        let text = EXPECTED.read(path).map_err(|why| SettingsError::Read { path: path.into(), why })?;
        Ok((Self::from_text(path, &text)?, text))
    }

    /// The settings that the file at `path` has when it holds `text`.
    pub fn from_text(path: &Path, text: &str) -> Result<Self, SettingsError> {
        let mut settings = Self::from_toml(path, text)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let paths = [&mut settings.catalogue.path, &mut settings.messages.path, &mut settings.brand.logo];
        for path in paths.into_iter().flatten() {
            *path = folder.join(&*path);
        }
        if let CameraChoice::Clip(clip) = &mut settings.camera.device {
            *clip = folder.join(&*clip);
        }
        Ok(settings)
    }

    /// Reads a file's text; `path` is for messages only.
    pub fn from_toml(path: &Path, text: &str) -> Result<Self, SettingsError> {
        let keys = Keys::of(text).map_err(|(line, why)| SettingsError::Syntax {
            path: path.into(),
            line,
            why: one_line(&why),
        })?;
        let settings: Self = toml::from_str(text).map_err(|error| {
            let (key, line) = keys.at(error.span().unwrap_or(0..0));
            SettingsError::Key { path: path.into(), line, key: one_line(&key), why: one_line(&mend(error.message())) }
        })?;
        settings.check().map_err(|check::KeyFault { key, why }| {
            let line = keys.line_of(&key);
            SettingsError::Key { path: path.into(), line, key, why: one_line(&why) }
        })?;
        Ok(settings)
    }

    /// The market that the kiosk stands in.
    pub fn market(&self) -> &Market {
        // The checks let no settings through without a market of that name.
        self.markets.iter().find(|market| market.id == self.market.current).unwrap_or(&self.markets[0])
    }
}

/// The TOML parser's message, in the style of the other messages.
fn mend(message: &str) -> String {
    if let Some(rest) = message.strip_prefix("unknown field ") {
        return match rest.split_once(", expected ") {
            Some((name, known)) => {
                let known = known.trim_start_matches("one of ").replace('`', "");
                format!("there is no key {name} here: mend its name or take it out; there are {known}")
            }
            None => format!("there is no key {rest} here: take it out"),
        };
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        return format!("{name} is missing: add it");
    }
    if let Some((found, wanted)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        return format!("this is {}: give {wanted}", found.replace(": ", " "));
    }
    message.to_owned()
}

fn one_line(text: &str) -> String {
    let clean = text.trim().replace('\n', "; ");
    clean.chars().filter(|c| !c.is_control()).take(MAX_WHY_CHARS).collect()
}

#[cfg(test)]
mod tests;
