//! What every translation must have, told all at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;

use super::Language;
use super::messages::{LOCALES, bundled_entries};
use super::refs::{Entry, Refs};

fn entries(language: Language) -> BTreeMap<&'static str, Vec<Entry>> {
    let files = LOCALES.iter().filter(|(folder, ..)| *folder == language.code());
    files
        .map(|(_, file, text)| {
            let resource = FluentResource::try_new((*text).to_owned());
            let resource =
                resource.unwrap_or_else(|(_, errors)| panic!("locales/{language}/{file}.ftl is broken: {errors:?}"));
            (*file, Refs::entries(&resource))
        })
        .collect()
}

#[test]
fn every_language_has_every_message_with_the_same_variables() {
    let english = entries(Language::En);
    let mut faults = Vec::new();
    for language in Language::ALL.into_iter().filter(|language| *language != Language::En) {
        let own = entries(language);
        for file in own.keys().filter(|file| !english.contains_key(*file)) {
            faults.push(format!("{language}/{file}.ftl: there is no en/{file}.ftl"));
        }
        for (file, wanted) in &english {
            let Some(found) = own.get(file) else {
                // Screens are written in English first: the whole file is translated later, but never half of it.
                eprintln!("NOT YET TRANSLATED: {language}/{file}.ftl");
                continue;
            };
            let refs = |entries: &[Entry]| -> BTreeMap<String, Refs> {
                entries.iter().map(|entry| (entry.id.clone(), entry.refs.clone())).collect()
            };
            let (wanted, found) = (refs(wanted), refs(found));
            for (id, refs) in &wanted {
                match found.get(id) {
                    None => faults.push(format!("{language}/{file}.ftl lacks {id}")),
                    Some(own) if own.variables != refs.variables => faults
                        .push(format!("{language}/{file}.ftl: {id} has {:?}, not {:?}", own.variables, refs.variables)),
                    Some(_) => {}
                }
            }
            faults.extend(
                found
                    .keys()
                    .filter(|id| !wanted.contains_key(*id))
                    .map(|id| format!("{language}/{file}.ftl: {id} is not English")),
            );
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn built_in_files_are_sound() {
    let mut faults = Vec::new();
    for language in Language::ALL {
        let files = entries(language);
        let known: BTreeSet<_> = files.values().flatten().map(|entry| &entry.id).collect();
        let mut seen = BTreeSet::new();
        for (file, entry) in files.iter().flat_map(|(file, entries)| entries.iter().map(move |entry| (file, entry))) {
            let Entry { id, line, has_text, refs } = entry;
            let mut fault = |what: String| faults.push(format!("{language}/{file}.ftl:{line}: {id} {what}"));
            refs.faults.iter().for_each(|what| fault(what.clone()));
            if !has_text {
                fault("has no text".into());
            }
            if !seen.insert(id) {
                fault("is defined twice".into());
            }
            refs.ids.iter().filter(|id| !known.contains(id)).for_each(|lost| fault(format!("uses {lost}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The names in `text("…")` and `text_with("…"`.
fn used(source: &str) -> Vec<&str> {
    let calls =
        ["text(", "text_with("].into_iter().flat_map(|call| source.match_indices(call).map(|(at, _)| at + call.len()));
    let literals = calls.filter_map(|at| source[at..].trim_start().strip_prefix('"')?.split('"').next());
    literals.filter(|id| id.contains('-') && id.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-'))).collect()
}

#[test]
fn every_message_that_the_source_uses_is_there() {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                walk(&path, found);
            } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
                found.extend(used(source).into_iter().map(|id| (path.display().to_string(), id.to_owned())));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let english = bundled_entries(Language::En);
    let lost: Vec<_> = found.iter().filter(|(_, id)| !english.contains_key(id)).collect();
    assert!(lost.is_empty(), "no English message for {lost:#?}");
    assert_eq!(
        used("x.text(\n  \"a-b\") text_with(\"c-d\", &[]) text(\"Rose\") context(\"e-f\")"),
        ["a-b", "e-f", "c-d"]
    );
}
