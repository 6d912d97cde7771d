//! The languages that a shopper can choose.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese in simplified characters.
    ZhHans,
    /// Modern standard Arabic.
    Ar,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// Lengthened, accented English in brackets: shows what overflows and what is not translatable. Never offered.
    Pseudo,
}

impl Language {
    /// Every language that is offered, in the order in which they are.
    pub const ALL: [Self; 5] = [Self::En, Self::ZhHans, Self::Ar, Self::Es, Self::Fr];

    /// Its BCP 47 tag, which is also its folder's name in `assets/locales`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHans => "zh-Hans",
            Self::Ar => "ar",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::Pseudo => "qps-ploc",
        }
    }

    /// Its name in itself, as it stands on the language switch.
    pub fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhHans => "简体中文",
            Self::Ar => "العربية",
            Self::Es => "Español",
            Self::Fr => "Français",
            Self::Pseudo => "⟦Þšéûðö⟧",
        }
    }

    /// Whether it is written from right to left, so that screens are mirrored.
    pub fn is_rtl(self) -> bool {
        self == Self::Ar
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().chain([Self::Pseudo]).find(|language| language.code() == code);
        known.ok_or_else(|| {
            let codes = Self::ALL.map(Self::code).join(", ");
            format!("there is no language '{code}': choose {codes}")
        })
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}
