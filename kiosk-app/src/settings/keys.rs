//! Where in a settings file a key stands, and which key stands at a place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Every key of a file with its line.
pub struct Keys<'a> {
    text: &'a str,
    /// Key in full, its own place, its value's place; a table before what is in it.
    all: Vec<(String, Range<usize>, Range<usize>)>,
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
        self.all.push((name.clone(), key.clone(), value.span()));
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
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    /// The innermost key whose name or value lies there, and the line.
    pub fn at(&self, span: Range<usize>) -> (String, usize) {
        let holds = |range: &Range<usize>| range.start <= span.start && span.end <= range.end;
        let found = self.all.iter().filter(|(_, key, value)| holds(key) || holds(value));
        let innermost = found.min_by_key(|(name, key, value)| {
            let length = |range: &Range<usize>| if holds(range) { range.len() } else { usize::MAX };
            (length(key).min(length(value)), std::cmp::Reverse(name.len()))
        });
        (innermost.map_or_else(|| "settings".into(), |(name, ..)| name.clone()), self.line(span.start))
    }

    /// The key's line; of what is left out, that of the nearest table around it that is there.
    pub fn line_of(&self, key: &str) -> usize {
        let mut key = key;
        loop {
            if let Some((_, place, _)) = self.all.iter().find(|(name, ..)| name == key) {
                return self.line(place.start);
            }
            match key.rfind(['.', '[']) {
                Some(end) => key = &key[..end],
                None => return 1,
            }
        }
    }
}
