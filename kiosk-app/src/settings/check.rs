//! Checks that the types do not make: ranges, and keys that must fit together.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Market, Settings};
use crate::catalogue::Price;
use crate::take_home::base;

const MAX_NAME_CHARS: usize = 40;
const MAX_CONTACT_CHARS: usize = 200;
const MAX_MARKETS: usize = 64;
const MAX_ARGUMENTS: usize = 32;

/// A key whose value cannot be used.
pub struct KeyFault {
    pub key: String,
    pub why: String,
}

fn fault<T>(key: impl Into<String>, why: impl Into<String>) -> Result<T, KeyFault> {
    Err(KeyFault { key: key.into(), why: why.into() })
}

impl Settings {
    pub(super) fn check(&self) -> Result<(), KeyFault> {
        if let Some(output) = &self.screen.output {
            line("screen.output", output, MAX_NAME_CHARS)?;
        }
        number("screen.mm_per_px", self.screen.mm_per_px, 0.05..=2.0)?;
        number("camera.vertical_fov_deg", self.camera.vertical_fov_deg, carmine::face::Camera::FOV_DEG)?;
        time("idle.warn_after_s", self.idle.warn_after, 5..=900, 1)?;
        time("idle.end_after_s", self.idle.end_after, 5..=300, 1)?;
        time("idle.attract_look_s", self.idle.attract_look, 2..=600, 1)?;
        time("photo.minutes", self.photo.lifetime, 1..=10, 60)?;
        number("sound.volume", self.sound.volume, 0.0..=1.0)?;
        name("brand.name", &self.brand.name)?;
        line("privacy.contact", &self.privacy.contact, MAX_CONTACT_CHARS)?;
        command("print.command", &self.print.command)?;
        command("sound.player", &self.sound.player)?;
        command("sound.speech", &self.sound.speech)?;
        self.check_markets()
    }

    fn check_markets(&self) -> Result<(), KeyFault> {
        if self.markets.is_empty() || self.markets.len() > MAX_MARKETS {
            return fault("markets", format!("give 1 to {MAX_MARKETS} of them, or leave the key out"));
        }
        for (index, market) in self.markets.iter().enumerate() {
            market.check(&format!("markets[{index}]"))?;
            if self.markets[..index].iter().any(|other| other.id == market.id) {
                return fault(format!("markets[{index}].id"), format!("there are two '{}': rename one", market.id));
            }
        }
        let current = &self.market.current;
        if self.markets.iter().all(|market| market.id != *current) {
            let ids: Vec<_> = self.markets.iter().map(|market| &*market.id).collect();
            return fault("market.current", format!("there is no market '{current}': choose {}", ids.join(", ")));
        }
        Ok(())
    }
}

impl Market {
    fn check(&self, at: &str) -> Result<(), KeyFault> {
        let key = |name: &str| format!("{at}.{name}");
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.id.is_empty() || self.id.len() > MAX_NAME_CHARS || !self.id.chars().all(plain) {
            return fault(key("id"), "give a short name of letters, digits, - and _");
        }
        if let Err(error) = Price::parse(&self.currency, "0") {
            return fault(key("currency"), error.to_string());
        }
        if self.languages.is_empty() {
            return fault(key("languages"), "it is empty: give at least one, such as [\"en\"]");
        }
        let twice = |(index, language)| self.languages[..index].contains(language);
        if let Some((index, language)) = self.languages.iter().enumerate().find(|pair| twice(*pair)) {
            return fault(key(&format!("languages[{index}]")), format!("'{language}' is there twice: take one out"));
        }
        if self.consent_version == 0 {
            return fault(key("consent_version"), "versions start at 1: give 1 or more");
        }
        if let Err(why) = base::check(&self.look_url) {
            return fault(key("look_url"), why);
        }
        Ok(())
    }
}

fn number(key: &str, value: f32, allowed: RangeInclusive<f32>) -> Result<(), KeyFault> {
    if allowed.contains(&value) {
        return Ok(());
    }
    fault(key, format!("{value} is out of range: give {} to {}", allowed.start(), allowed.end()))
}

/// `allowed` is in units of `unit_s` seconds.
fn time(key: &str, value: Duration, allowed: RangeInclusive<u64>, unit_s: u64) -> Result<(), KeyFault> {
    let bound = |units: &u64| Duration::from_secs(units * unit_s);
    if (bound(allowed.start())..=bound(allowed.end())).contains(&value) {
        return Ok(());
    }
    let value = value.as_secs_f64() / unit_s as f64;
    fault(key, format!("{value} is out of range: give {} to {}", allowed.start(), allowed.end()))
}

fn name(key: &str, value: &str) -> Result<(), KeyFault> {
    if value.trim().is_empty() || value.chars().count() > MAX_NAME_CHARS || value.contains(char::is_control) {
        return fault(key, format!("give 1 to {MAX_NAME_CHARS} characters on one line"));
    }
    Ok(())
}

/// May be empty.
fn line(key: &str, value: &str, most: usize) -> Result<(), KeyFault> {
    if value.chars().count() > most || value.contains(char::is_control) {
        return fault(key, format!("give at most {most} characters on one line"));
    }
    Ok(())
}

/// Empty, or a program with its arguments, none of them a shell's line.
fn command(key: &str, words: &[String]) -> Result<(), KeyFault> {
    let Some(program) = words.first() else { return Ok(()) };
    if program.trim().is_empty() {
        return fault(key, "the program's name is empty: give [\"program\", \"argument\"], or [] for none");
    }
    if words.len() > MAX_ARGUMENTS || words.iter().any(|word| word.contains('\0')) {
        return fault(key, format!("give at most {MAX_ARGUMENTS} words of plain text"));
    }
    if words.len() == 1 && program.contains(' ') && !std::path::Path::new(program).exists() {
        return fault(key, "no shell reads this: give every word for itself, such as [\"lp\", \"-d\", \"photo\"]");
    }
    Ok(())
}
