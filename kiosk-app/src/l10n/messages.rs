//! Message files: those built in and those of a folder, checked before anything of them is shown.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use thiserror::Error;

use super::language::Language;
use super::refs::{Entry, Refs};
use super::{escapes, nesting, numbers, pseudo};
use crate::limited_read::Unanswered;
use crate::text_position::TextPosition;

// `LOCALES`: language, file and text of `assets/locales/<language>/<file>.ftl`; written by build.rs.
include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// Most bytes of one language's files together: the built-in ones have some 30 KiB.
pub const MOST_BYTES: usize = 256 << 10;

/// A message file that cannot be used.
#[derive(Debug, Error)]
pub enum LocaleError {
    /// The folder or file cannot be read.
    #[error("cannot read {path}: {why}")]
    Read {
        /// Which.
        path: PathBuf,
        /// Why, and how to mend it.
        why: String,
    },
    /// A message is not as it must be.
    #[error("{path}:{line}: {why}")]
    Message {
        /// Which file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What, and how to mend it.
        why: String,
    },
}

impl From<Unanswered> for LocaleError {
    fn from(late: Unanswered) -> Self {
        Self::Read { why: late.to_string(), path: late.path }
    }
}

/// The messages of one language.
pub struct Messages(FluentBundle<Arc<FluentResource>>);

impl Messages {
    /// Those built in. `tag` decides about plurals and numbers.
    pub fn bundled(language: Language, tag: &str) -> Self {
        let folder = if language == Language::Pseudo { Language::En } else { language }.code();
        let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
        // Arguments are isolated by hand, and only where they need it.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(numbers::in_message));
        if language == Language::Pseudo {
            bundle.set_transform(Some(pseudo::accented as fn(&str) -> Cow<'_, str>));
        }
        if let Err(error) = bundle.add_builtins() {
            log::error!("messages cannot use NUMBER: {error}");
        }
        for (file, resource) in bundled_files(folder) {
            if bundle.add_resource(resource).is_err() {
                log::error!("locales/{folder}/{file}.ftl defines a message twice");
            }
        }
        Self(bundle)
    }

    /// Adds files' texts, which may replace built-in messages. The paths are for messages only.
    pub fn add(&mut self, language: Language, texts: Vec<(PathBuf, String)>) -> Result<(), LocaleError> {
        let mut added = Vec::new();
        let mut bytes = 0;
        for (path, text) in texts {
            bytes += text.len();
            check_size(&path, bytes)?;
            if let Some(line) = nesting::too_deep(&text) {
                let why =
                    format!("this is nested deeper than {} levels: make several messages of it", nesting::MOST_LEVELS);
                return Err(LocaleError::Message { path, line, why });
            }
            if let Some(line) = escapes::broken_off(&text) {
                let why =
                    "an escape has too few digits: write \\u with four of 0-9 and a-f, or \\U with six".to_owned();
                return Err(LocaleError::Message { path, line, why });
            }
            let resource = FluentResource::try_new(text).map_err(|(resource, errors)| {
                let (at, what) = errors.first().map_or((0, String::new()), |e| (e.pos.start, e.kind.to_string()));
                let line = TextPosition::of(resource.source(), at).line;
                // The parser names characters that it expected, also such as end a line.
                let what = what.to_lowercase().replace(char::is_control, " ");
                let why = format!("this is no Fluent message ({what}): write 'id = text'");
                LocaleError::Message { path: path.clone(), line, why }
            })?;
            added.push((path, resource));
        }
        check(language, &added)?;
        added.into_iter().for_each(|(_, resource)| self.0.add_resource_overriding(Arc::new(resource)));
        Ok(())
    }

    /// The message with its arguments and whether all went well; `None` if there is no such message.
    pub fn format(&self, id: &str, arguments: &FluentArgs<'_>) -> Option<(String, bool)> {
        let pattern = self.0.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = self.0.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
        Some((text, errors.is_empty()))
    }
}

/// Refuses the file at `path` with which a language's files come to more than [`MOST_BYTES`].
pub fn check_size(path: &Path, bytes: usize) -> Result<(), LocaleError> {
    if bytes <= MOST_BYTES {
        return Ok(());
    }
    let why =
        format!("with it this language's files are larger than {} KiB: leave out what is no message", MOST_BYTES >> 10);
    Err(LocaleError::Read { path: path.into(), why })
}

/// That nothing is defined twice, and that every message uses only what there is.
fn check(language: Language, added: &[(PathBuf, FluentResource)]) -> Result<(), LocaleError> {
    let files: Vec<_> = added.iter().map(|(path, resource)| (path, Refs::entries(resource))).collect();
    let entries = || files.iter().flat_map(|(path, entries)| entries.iter().map(move |entry| (*path, entry)));
    let english = bundled_entries(Language::En);
    let mut known: HashSet<String> = bundled_entries(language).into_keys().collect();
    known.extend(entries().map(|(_, entry)| entry.id.clone()));
    let mut seen = HashSet::new();
    for (path, Entry { id, line, has_text, refs }) in entries() {
        let strange = || {
            let given = &english.get(id)?.variables;
            let variable = refs.variables.difference(given).next()?;
            let given: Vec<_> = given.iter().map(|name| format!("${name}")).collect();
            let mend = if given.is_empty() { "leave it out".into() } else { format!("use {}", given.join(", ")) };
            Some(format!("is given no ${variable}: {mend}"))
        };
        let why = if let Some(fault) = refs.faults.first() {
            fault.clone()
        } else if !has_text {
            format!("has no text: write '{id} = text'")
        } else if !seen.insert(id) {
            "is defined twice: keep one of the two".into()
        } else if let Some(lost) = refs.ids.iter().find(|id| !known.contains(*id)) {
            format!("uses '{lost}', which nobody defines: mend the name")
        } else if let Some(why) = strange() {
            why
        } else {
            continue;
        };
        return Err(LocaleError::Message { path: path.clone(), line: *line, why: format!("'{id}' {why}") });
    }
    Ok(())
}

/// The built-in files of a language with their names, each read once.
fn bundled_files(folder: &str) -> impl Iterator<Item = (&'static str, Arc<FluentResource>)> {
    static READ: [OnceLock<Arc<FluentResource>>; LOCALES.len()] = [const { OnceLock::new() }; LOCALES.len()];
    // A test finds errors in built-in files; at run time the valid rest is used.
    let read = |text: &str| Arc::new(FluentResource::try_new(text.to_owned()).unwrap_or_else(|(valid, _)| valid));
    let of_language = LOCALES.iter().zip(&READ).filter(move |((language, ..), _)| *language == folder);
    of_language.map(move |((_, file, text), once)| (*file, Arc::clone(once.get_or_init(|| read(text)))))
}

/// What the built-in messages of a language use.
pub fn bundled_entries(language: Language) -> BTreeMap<String, Refs> {
    let entries = bundled_files(language.code()).flat_map(|(_, resource)| Refs::entries(&resource));
    entries.map(|entry| (entry.id, entry.refs)).collect()
}
