//! The position of a key in a settings file, and the key at a position.
//!
//! In: a file's text. Out: lines for messages. The TOML parser gives byte positions only, of each key and value.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::text_position::TextPosition;

/// Every key of a file with its line.
pub struct Keys<'a> {
    text: &'a str,
    /// A table before what is in it.
    all: Vec<PlacedKey>,
}

/// A key and its position, in bytes.
struct PlacedKey {
    /// In full, such as `markets[1].id`.
    name: String,
    key: Range<usize>,
    value: Range<usize>,
}

impl<'a> Keys<'a> {
    /// Reads a file's keys; else the line and what is wrong there.
    pub fn of(text: &'a str) -> Result<Self, (usize, String)> {
        let mut keys = Self { text, all: Vec::new() };
        let table = DeTable::parse(text)
            .map_err(|error| (keys.line(error.span().map_or(0, |span| span.start)), error.message().to_owned()))?;
        keys.table("", table.get_ref());
        Ok(keys)
    }

    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let name =
                if prefix.is_empty() { key.get_ref().to_string() } else { format!("{prefix}.{}", key.get_ref()) };
            self.value(name, key.span(), value);
        }
    }

    fn value(&mut self, name: String, key: Range<usize>, value: &Spanned<DeValue<'_>>) {
        self.all.push(PlacedKey { name: name.clone(), key, value: value.span() });
        match value.get_ref() {
            DeValue::Table(table) => self.table(&name, table),
            DeValue::Array(array) => {
                for (index, item) in array.iter().enumerate() {
                    self.value(format!("{name}[{index}]"), item.span(), item);
                }
            }
            _ => {}
        }
    }

    /// Line of a byte, from 1.
    fn line(&self, at: usize) -> usize {
        TextPosition::of(self.text, at).line
    }

    /// The innermost key whose name or value lies there, and the line.
    pub fn at(&self, span: Range<usize>) -> (String, usize) {
        let holds = |range: &Range<usize>| range.start <= span.start && span.end <= range.end;
        let found = self.all.iter().filter(|placed| holds(&placed.key) || holds(&placed.value));
        let innermost = found.min_by_key(|PlacedKey { name, key, value }| {
            let length = |range: &Range<usize>| if holds(range) { range.len() } else { usize::MAX };
            (length(key).min(length(value)), std::cmp::Reverse(name.len()))
        });
        (innermost.map_or_else(|| "settings".into(), |placed| placed.name.clone()), self.line(span.start))
    }

    /// The key's line; of what is left out, that of the nearest table around it that is there.
    pub fn line_of(&self, key: &str) -> usize {
        let mut key = key;
        loop {
            if let Some(placed) = self.all.iter().find(|placed| placed.name == key) {
                return self.line(placed.key.start);
            }
            match key.rfind(['.', '[']) {
                Some(end) => key = &key[..end],
                None => return 1,
            }
        }
    }
}
