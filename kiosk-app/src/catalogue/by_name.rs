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

/// Ids of the bundled products: the stems of their files.
pub fn product_ids() -> impl Iterator<Item = &'static str> {
    PRODUCTS.iter().map(|(id, _)| *id)
}

/// The bundled product of that id.
pub fn product(id: &str) -> Result<Option<Product>, CatalogueError> {
    let bundled = PRODUCTS.iter().find(|(bundled, _)| *bundled == id);
    Ok(bundled.map(|(id, text)| Product::from_toml(id, text, &mut |_, _| None)).transpose()?)
}

/// The look that `--look` names: a bundled one, or a file where it has a separator or ends in `.toml`.
pub fn find(name: &str) -> Result<Look, CatalogueError> {
    Ok(find_with_ids(name)?.0)
}

/// The same, and per layer the id of its product; `None` where the look holds the product itself.
pub fn find_with_ids(name: &str) -> Result<(Look, Vec<Option<String>>), CatalogueError> {
    let is_file = name.contains(['/', '\\']) || name.ends_with(".toml");
    if is_file {
        let path = Path::new(name);
        return parse_with_ids(name, &read(path)?, path.parent());
    }
    match LOOKS.iter().find(|(bundled, _)| *bundled == name) {
        Some((name, text)) => parse_with_ids(name, text, None),
        None => Err(CatalogueError::Unknown { name: name.to_owned() }),
    }
}

fn parse(name: &str, text: &str, folder: Option<&Path>) -> Result<Look, CatalogueError> {
    Ok(parse_with_ids(name, text, folder)?.0)
}

fn parse_with_ids(
    name: &str,
    text: &str,
    folder: Option<&Path>,
) -> Result<(Look, Vec<Option<String>>), CatalogueError> {
    let find = |part, name: &str| match folder.map_or(Ok(None), |folder| part_beside(folder, part, name))? {
        None if part == Part::Product => Ok(PRODUCTS.iter().find(|(n, _)| *n == name).map(|(_, text)| (*text).into())),
        text => Ok(text),
    };
    let mut asked: Vec<(String, String)> = Vec::new();
    let noting = |part, name: &str| {
        let text = find(part, name)?;
        if let (Part::Product, Some(text)) = (part, &text) {
            asked.push((name.to_owned(), text.clone()));
        }
        Ok(text)
    };
    let look = finding(noting, |find| Look::from_toml(name, text, find))?;
    // Layers were put in order, those of one category kept theirs: the first product of a kind belongs to its first layer.
    let mut asked = asked
        .into_iter()
        .map(|(id, text)| Ok((finding(find, |find| Product::from_toml(&id, &text, find))?, id)))
        .collect::<Result<Vec<_>, CatalogueError>>()?;
    let mut id_of = |product: &Product| {
        let at = asked.iter().position(|(asked, _)| asked == product)?;
        Some(asked.remove(at).1)
    };
    let ids = look.layers.iter().map(|layer| id_of(&layer.product)).collect();
    Ok((look, ids))
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
