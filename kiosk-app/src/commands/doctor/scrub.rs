//! Takes out of a line what could name a person, a machine, its place or its network. In doubt it is taken out: what a
//! technician needs is the kind of fault, our own words and numbers.
//!
//! In: a line of the report. Out: the line as it may be sent.
//! 1. `known`: what the settings, the options and the system name, before anything is split, the longest first.
//! 2. `words`: addresses of all kinds, hosts, serial numbers.
//! 3. `paths`: of what looks like a path, only what kind of file it is.

mod known;
mod paths;
mod words;

use std::path::Path;

use crate::settings::Settings;

/// Knows the names that must not be in a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Scrubber {
    known: known::Known,
}

impl Scrubber {
    /// For this machine and its user.
    pub(super) fn of_this_machine() -> Self {
        Self { known: known::Known::of_this_machine() }
    }

    /// Also takes out this file or folder, in all forms of its name.
    pub(super) fn add_path(&mut self, path: &Path) {
        self.known.add_path(path);
    }

    /// Also takes out what the settings name.
    pub(super) fn add_settings(&mut self, settings: &Settings) {
        self.known.add_settings(settings);
    }

    /// The line as it may be sent.
    pub(super) fn line(&self, line: &str) -> String {
        let (head, message) = line.split_at(paths::head(line));
        format!("{head}{}", paths::without(&words::without(&self.known.without(message))))
    }
}

#[cfg(test)]
mod tests;
