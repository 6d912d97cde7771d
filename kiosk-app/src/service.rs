//! The programs that the kiosk runs beside itself, by kind: which command is behind a kind is for the settings to say.
//!
//! In: a kind, and the settings. Out: program and arguments.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::settings::Settings;
use crate::source::ffmpeg::form::{self, Form};

/// The file of this program; without one it is looked for by its name.
pub fn own_program() -> PathBuf {
    std::env::current_exe().unwrap_or_else(|_| "carmine".into())
}

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
        /// What it is asked for.
        form: Form,
        /// It is a picture, wanted as it is stored.
        is_still: bool,
    },
    /// Writes its standard input to a file in the working directory.
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
            Self::Ffmpeg { path, old, form, is_still } => form::command(path, *old, *form, *is_still),
            Self::Photo | Self::Save { .. } => Vec::new(),
        }
    }

    /// The command that takes the locks of its kind and then becomes [`command`](Self::command), `own` being this
    /// program's file. Empty where the settings name none.
    pub fn locked_command(&self, settings: &Settings, own: &Path) -> Vec<OsString> {
        let purpose = match self {
            Self::Photo | Self::Save { .. } => return self.own_command(own),
            Self::Print => "print",
            Self::Chime | Self::Speech { .. } => "sound",
            Self::Ffmpeg { .. } => "decode",
        };
        let command = self.command(settings);
        if command.is_empty() {
            return command;
        }
        let mut words = vec![own.into(), "service".into(), "run".into(), purpose.into(), "--".into()];
        words.extend(command);
        words
    }

    /// The command of a kind that this program does itself; empty for others.
    pub fn own_command(&self, own: &Path) -> Vec<OsString> {
        match self {
            Self::Photo => vec![own.into(), "service".into(), "photo".into()],
            Self::Save { name } => vec![own.into(), "service".into(), "save".into(), "--".into(), name.into()],
            Self::Print | Self::Chime | Self::Speech { .. } | Self::Ffmpeg { .. } => Vec::new(),
        }
    }

    /// Whether it goes on when the session or the mirror ends: a page that is being printed belongs to the shopper, a
    /// picture that is being saved to the merchant.
    pub fn outlives_mirror(&self) -> bool {
        matches!(self, Self::Print | Self::Save { .. })
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

    #[test]
    fn every_kind_is_locked_in() {
        use clap::Parser;
        let mut settings = Settings::default();
        settings.print.command = vec!["lp".into(), "-d".into(), "photo".into()];
        let own = Path::new("/usr/bin/carmine");
        let none = Service::Chime.locked_command(&settings, own);
        assert!(none.is_empty(), "{none:?}");
        settings.sound.player = vec!["aplay".into()];
        settings.sound.speech = vec!["say".into(), "--voice={lang}".into()];
        for (service, last) in [
            (Service::Photo, "photo"),
            (Service::Save { name: "-look.png".into() }, "-look.png"),
            (Service::Print, "photo"),
            (Service::Chime, "aplay"),
            (Service::Speech { language: "zh".into() }, "--voice=zh"),
            (Service::Ffmpeg { path: "-a clip.mp4".into(), old: false, form: Form::Planes, is_still: false }, "pipe:1"),
        ] {
            let words = service.locked_command(&settings, own);
            assert!(
                words[0] == own && words[1] == "service" && words.last().is_some_and(|word| word == last),
                "{words:?}"
            );
            assert!(crate::cli::Cli::try_parse_from(&words).is_ok(), "{words:?}");
        }
    }
}
