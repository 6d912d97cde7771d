//! A text being read, and the error that points into it: what look, product and mask files share.

use std::ops::{Range, RangeInclusive};

use serde::de::DeserializeOwned;
use thiserror::Error;
use toml::Spanned;

/// A look, product or mask that could not be read. The message names the file, the line and the column.
#[derive(Debug, Error)]
#[error("{name}:{line}:{column}: {message}")]
pub struct LookError {
    /// File or name given by the caller.
    pub name: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// Largest text of a look, product or mask, in bytes. A mask of the most shapes, each of the most points, is smaller.
pub const MAX_TEXT_BYTES: usize = 128 << 10;

/// A name is shown on a button.
const NAME_CHARS_MAX: usize = 60;

/// A message goes into one line of a log.
const MESSAGE_CHARS_MAX: usize = 1000;

/// A text being read, for messages that point into it.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl Source<'_> {
    pub fn error(self, at: Range<usize>, message: impl Into<String>) -> LookError {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        LookError {
            name: self.name.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: one_line(&message.into()),
        }
    }

    pub fn parse<T: DeserializeOwned>(self) -> Result<T, LookError> {
        if self.text.len() > MAX_TEXT_BYTES {
            let message = format!("it is larger than {} KiB: it is no look, product or mask", MAX_TEXT_BYTES >> 10);
            return Err(self.error(0..0, message));
        }
        toml::from_str(self.text).map_err(|e| self.error(e.span().unwrap_or(0..0), e.message().replace('\n', "; ")))
    }

    pub fn number(self, what: &str, value: &Spanned<f32>, allowed: RangeInclusive<f32>) -> Result<f32, LookError> {
        if allowed.contains(value.get_ref()) {
            return Ok(*value.get_ref());
        }
        let message =
            format!("{what} = {} is out of range: give {} to {}", value.get_ref(), allowed.start(), allowed.end());
        Err(self.error(value.span(), message))
    }

    pub fn text(self, what: &str, value: Spanned<String>) -> Result<String, LookError> {
        if value.get_ref().trim().is_empty() {
            return Err(self.error(value.span(), format!("{what} is empty: give it a name to show")));
        }
        if value.get_ref().chars().count() > NAME_CHARS_MAX {
            let message = format!("{what} is longer than {NAME_CHARS_MAX} characters: shorten it to fit a screen");
            return Err(self.error(value.span(), message));
        }
        Ok(value.into_inner())
    }
}

/// A text may hold anything, and messages repeat parts of it.
fn one_line(message: &str) -> String {
    message.chars().take(MESSAGE_CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
