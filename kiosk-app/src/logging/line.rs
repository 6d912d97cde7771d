//! What is logged, and how it is written: one escaped line of bounded length.

use std::fmt::Write as _;

use log::{Level, Record};

use super::LogFormat;
use crate::output::escape;

/// Longest message, in characters.
const MAX_CHARS: usize = 2000;

/// Where a line is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// A record of the `log` crate.
    Record(Level),
    /// Said to whoever reads standard error.
    Told,
    /// Standard error of a child, which may have a format of its own.
    Child,
}

/// One line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    origin: Origin,
    target: String,
    message: String,
}

impl Line {
    /// A record.
    pub(super) fn of(record: &Record<'_>) -> Self {
        Self::new(Origin::Record(record.level()), record.target(), &record.args().to_string())
    }

    /// A line for people.
    pub(super) fn told(message: &str) -> Self {
        Self::new(Origin::Told, "carmine", message)
    }

    /// A child's.
    pub(super) fn of_child(message: &str) -> Self {
        Self::new(Origin::Child, "carmine", message)
    }

    fn new(origin: Origin, target: &str, message: &str) -> Self {
        let mut message = escape(message.trim_end()).into_owned();
        if let Some((at, _)) = message.char_indices().nth(MAX_CHARS) {
            message.truncate(at);
            message.push('…');
        }
        Self { origin, target: escape(target).into_owned(), message }
    }

    /// The same line, with this after it.
    pub(super) fn and(&self, more: &str) -> Self {
        Self { message: format!("{} {more}", self.message), ..self.clone() }
    }

    /// What two lines of the same fault have in common: everything but their numbers.
    pub(super) fn kind(&self) -> String {
        let plain = |c: &char| !c.is_ascii_digit();
        let mut kind: String = self.target.chars().chain(self.message.chars()).filter(plain).collect();
        let _ = write!(kind, "{:?}", self.origin);
        kind
    }

    /// As standard error gets it, without the line's end.
    pub(super) fn on_stderr(&self, format: LogFormat, time: &str) -> String {
        match (format, self.origin) {
            (LogFormat::Json, _) => self.json(time),
            (LogFormat::Plain, Origin::Record(_)) => self.plain(time),
            (LogFormat::Plain, Origin::Told | Origin::Child) => self.message.clone(),
        }
    }

    /// As a file gets it, without the line's end.
    pub(super) fn in_file(&self, format: LogFormat, time: &str) -> String {
        match format {
            LogFormat::Json => self.json(time),
            LogFormat::Plain => self.plain(time),
        }
    }

    fn plain(&self, time: &str) -> String {
        match self.origin {
            Origin::Record(level) => format!("[{time} {level:<5} {}] {}", self.target, self.message),
            // A record that the child has written has its own time.
            Origin::Child if self.message.starts_with('[') => self.message.clone(),
            Origin::Told | Origin::Child => format!("[{time} NOTE  {}] {}", self.target, self.message),
        }
    }

    fn json(&self, time: &str) -> String {
        let is_json = |text: &str| serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(text).is_ok();
        let level = match self.origin {
            Origin::Record(level) => level.as_str(),
            Origin::Child if is_json(&self.message) => return self.message.clone(),
            Origin::Told | Origin::Child => "NOTE",
        };
        serde_json::json!({ "time": time, "level": level, "target": self.target, "message": self.message }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIME: &str = "2026-11-30T04:00:00Z";

    fn warning(message: std::fmt::Arguments<'_>) -> Line {
        Line::of(&Record::builder().level(Level::Warn).target("carmine_kiosk::app").args(message).build())
    }

    #[test]
    fn a_record_is_one_line_whatever_it_holds() {
        let line = warning(format_args!("a file says\n[2026] ERROR forged\u{1b}[2J\u{202e}\r"));
        let plain = line.on_stderr(LogFormat::Plain, TIME);
        let message = "a file says\\u{a}[2026] ERROR forged\\u{1b}[2J\\u{202e}";
        assert_eq!(plain, format!("[{TIME} WARN  carmine_kiosk::app] {message}"));
        assert_eq!(line.in_file(LogFormat::Plain, TIME), plain);
        let json: serde_json::Value = serde_json::from_str(&line.on_stderr(LogFormat::Json, TIME)).unwrap();
        assert_eq!((&json["level"], &json["time"]), (&"WARN".into(), &TIME.into()));
        assert_eq!((&json["target"], &json["message"]), (&"carmine_kiosk::app".into(), &message.into()));
        assert!(warning(format_args!("{}", "x".repeat(1 << 20))).on_stderr(LogFormat::Plain, TIME).len() < 2100);
    }

    #[test]
    fn what_is_told_stays_as_it_is_on_standard_error_and_gets_its_time_in_a_file() {
        let line = Line::told("carmine: no display");
        assert_eq!(line.on_stderr(LogFormat::Plain, TIME), "carmine: no display");
        assert_eq!(line.in_file(LogFormat::Plain, TIME), format!("[{TIME} NOTE  carmine] carmine: no display"));
    }

    #[test]
    fn a_childs_records_keep_their_own_time() {
        let record = "[2026-11-30T03:59:59Z WARN  carmine_kiosk::gpu] lost";
        assert_eq!(Line::of_child(record).in_file(LogFormat::Plain, TIME), record);
        let object = r#"{"level":"WARN","message":"lost"}"#;
        assert_eq!(Line::of_child(object).in_file(LogFormat::Json, TIME), object);
        let foreign = Line::of_child("MESA: error").in_file(LogFormat::Json, TIME);
        assert!(foreign.starts_with('{') && foreign.contains("MESA: error"), "{foreign}");
    }
}
