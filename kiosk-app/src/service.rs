//! The programs that the kiosk runs beside itself, by kind: which command is behind a kind is for the settings to say.
//!
//! In: a kind, and the settings. Out: program and arguments.

use std::ffi::OsString;

use serde::{Deserialize, Serialize};

use crate::settings::Settings;
use crate::source::ffmpeg;

/// A kind of program, with what a shopper or merchant chose of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Service {
    /// Serves one photo on the store's network.
    Photo,
    /// Prints the page on its standard input.
    Print,
    /// Plays the sound on its standard input.
    Chime,
    /// Speaks the text on its standard input.
    Speech {
        /// ISO 639, such as `zh`.
        language: String,
    },
    /// Decodes a clip to its standard output.
    Ffmpeg {
        /// The clip.
        path: OsString,
        /// It is older than 5.1.
        old: bool,
    },
    /// Writes its standard input to a file in the merchant's folder.
    Save {
        /// The file's name.
        name: String,
    },
}

impl Service {
    /// The command behind it: program, then arguments. Empty where the settings name none, or where the kind is none
    /// that another program does.
    pub fn command(&self, settings: &Settings) -> Vec<OsString> {
        let words = |command: &[String]| command.iter().map(OsString::from).collect();
        match self {
            Self::Print => words(&settings.print.command),
            Self::Chime => words(&settings.sound.player),
            // The other process is not trusted to name a language and nothing else.
            Self::Speech { language } if !language.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Vec::new(),
            Self::Speech { language } => {
                settings.sound.speech.iter().map(|word| word.replace("{lang}", language).into()).collect()
            }
            Self::Ffmpeg { path, old } => ffmpeg::command(path, *old),
            Self::Photo | Self::Save { .. } => Vec::new(),
        }
    }

    /// Whether it goes on when the session or the mirror ends: a page that is being printed belongs to the shopper.
    pub fn outlives_mirror(&self) -> bool {
        matches!(self, Self::Print)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_name_the_command() {
        let mut settings = Settings::default();
        settings.sound.speech = vec!["say".into(), "-v{lang}".into()];
        let speech = |language: &str| Service::Speech { language: language.into() }.command(&settings);
        assert_eq!(speech("zh"), ["say", "-vzh"]);
        assert!(speech("en --file=/etc/passwd").is_empty());
        assert_eq!(
            Service::Print.command(&settings),
            settings.print.command.iter().map(OsString::from).collect::<Vec<_>>()
        );
    }
}
