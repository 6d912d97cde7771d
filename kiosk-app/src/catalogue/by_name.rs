//! Looks by name, as the command line gives them: bundled, or a file of its own with its parts beside it.

use std::path::Path;

use carmine::look::{Look, LookError, Mask, Part, Product};

use super::CatalogueError;
use super::bundled::{LOOKS, PRODUCTS};
use super::text_file::{is_plain, read, read_if_there};

/// Names of the bundled looks.
pub fn names() -> Vec<&'static str> {
    LOOKS.iter().map(|(name, _)| *name).collect()
}

/// The bundled looks as a paragraph of a command's help.
pub fn help() -> String {
    format!("Looks:\n  {}", names().join(", "))
}

/// Every bundled look.
pub fn looks() -> Result<Vec<(&'static str, Look)>, CatalogueError> {
    LOOKS.iter().map(|(name, text)| Ok((*name, parse(name, text, None)?))).collect()
}

/// The look that `--look` names: a bundled one, or a file where it has a separator or ends in `.toml`.
pub fn find(name: &str) -> Result<Look, CatalogueError> {
    let is_file = name.contains(['/', '\\']) || name.ends_with(".toml");
    if is_file {
        let path = Path::new(name);
        return parse(name, &read(path)?, path.parent());
    }
    match LOOKS.iter().find(|(bundled, _)| *bundled == name) {
        Some((name, text)) => parse(name, text, None),
        None => Err(CatalogueError::Unknown { name: name.to_owned() }),
    }
}

/// Products and masks come from `folder`, if there is one, and else are bundled.
fn parse(name: &str, text: &str, folder: Option<&Path>) -> Result<Look, CatalogueError> {
    let part = |part, name: &str| match folder.map_or(Ok(None), |folder| part_beside(folder, part, name))? {
        None if part == Part::Product => Ok(PRODUCTS.iter().find(|(n, _)| *n == name).map(|(_, text)| (*text).into())),
        text => Ok(text),
    };
    finding(part, |find| Look::from_toml(name, text, find))
}

/// Reads with parts that may fail to be found. The engine only learns that there is no such part; why is kept here.
fn finding<T>(
    mut find: impl FnMut(Part, &str) -> Result<Option<String>, CatalogueError>,
    read: impl FnOnce(&mut dyn FnMut(Part, &str) -> Option<String>) -> Result<T, LookError>,
) -> Result<T, CatalogueError> {
    let mut trouble = None;
    let result = read(&mut |part, name| match find(part, name) {
        Ok(text) => text,
        Err(error) => {
            trouble.get_or_insert(error);
            None
        }
    });
    match trouble {
        Some(trouble) => Err(trouble),
        None => Ok(result?),
    }
}

/// A sound product or mask file near the look: its name is a plain name, so a look from elsewhere cannot make this read
/// any file. Only where there is none the bundled ones are looked through: a broken file must not give way in silence.
fn part_beside(folder: &Path, part: Part, name: &str) -> Result<Option<String>, CatalogueError> {
    if !is_plain(name) {
        return Ok(None);
    }
    // Masks have names such as "contour", which a product beside the look may have too.
    let folders: &[&str] = match part {
        Part::Product => &["products", "", "../products"],
        Part::Mask => &["masks", "../masks"],
    };
    for path in folders.iter().map(|place| folder.join(place).join(format!("{name}.toml"))) {
        let Some(text) = read_if_there(&path)? else { continue };
        let shown = path.to_string_lossy();
        match part {
            Part::Product => {
                finding(|part, name| part_beside(folder, part, name), |find| Product::from_toml(&shown, &text, find))?;
            }
            Part::Mask => {
                Mask::from_toml(&shown, &text)?;
            }
        }
        return Ok(Some(text));
    }
    Ok(None)
}

#[cfg(test)]
#[path = "by_name_tests.rs"]
mod tests;
