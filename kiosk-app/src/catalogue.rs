//! The looks and products that are built in, and those read from files.

use std::path::{Path, PathBuf};

use carmine::look::{Look, LookError};
use thiserror::Error;

/// Text of every file of a folder in `assets/`, by name.
macro_rules! table {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../assets/", $folder, "/", $name, ".toml")))),*]
    };
}

/// Bundled looks, in the order in which the mirror offers them.
const LOOKS: &[(&str, &str)] = table!("looks": "everyday-rose" "classic-red" "evening-plum" "glazed-nude");

/// Bundled products.
const PRODUCTS: &[(&str, &str)] =
    table!("products": "velvet-rose" "true-red" "deep-plum" "honey-nude" "brick-terracotta" "clear-gloss");

/// Largest look or product file that is read.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// A look that cannot be worn.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// No bundled look has this name.
    #[error("there is no look '{name}': choose {}, or give a .toml file", names().join(", "))]
    Unknown {
        /// What was asked for.
        name: String,
    },
    /// The file could not be read.
    #[error("cannot read look {path}: {why}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The file is not a look.
    #[error(transparent)]
    Parse(#[from] LookError),
}

/// Names of the bundled looks.
pub fn names() -> Vec<&'static str> {
    LOOKS.iter().map(|(name, _)| *name).collect()
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

fn parse(name: &str, text: &str, folder: Option<&Path>) -> Result<Look, CatalogueError> {
    let mut find_product = |product: &str| {
        let beside = folder.and_then(|folder| product_beside(folder, product));
        beside.or_else(|| PRODUCTS.iter().find(|(name, _)| *name == product).map(|(_, text)| (*text).to_owned()))
    };
    Ok(Look::from_toml(name, text, &mut find_product)?)
}

/// A product file near the look: its name is a plain name, so a look from elsewhere cannot make this read any file.
fn product_beside(folder: &Path, product: &str) -> Option<String> {
    if !product.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let file = format!("{product}.toml");
    [folder.join("products").join(&file), folder.join(&file), folder.join("../products").join(&file)]
        .iter()
        .find_map(|path| read(path).ok())
}

fn read(path: &Path) -> Result<String, CatalogueError> {
    let failed = |why: String| CatalogueError::Read { path: path.into(), why };
    let length = std::fs::metadata(path).map_err(|error| failed(error.to_string()))?.len();
    if length > MAX_FILE_BYTES {
        return Err(failed("it is larger than 1 MiB, so it is no look; give a look file".into()));
    }
    std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_look_and_product_can_be_worn() {
        let looks = looks().unwrap();
        assert_eq!(looks.len(), LOOKS.len());
        for (name, look) in looks {
            assert!(!look.layers.is_empty() && !look.name.is_empty(), "{name}");
        }
        for (name, text) in PRODUCTS {
            carmine::look::Product::from_toml(name, text).unwrap();
        }
    }

    #[test]
    fn an_unknown_name_lists_the_known() {
        let error = find("no-such-look").unwrap_err().to_string();
        assert!(error.contains("no-such-look") && error.contains(names()[0]), "{error}");
    }

    #[test]
    fn a_file_finds_its_products_beside_it_then_bundled() {
        let folder = std::env::temp_dir().join(format!("carmine-catalogue-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("products")).unwrap();
        let own = PRODUCTS[0].1.replace("name = \"", "name = \"My ");
        std::fs::write(folder.join("products/mine.toml"), own).unwrap();
        let bundled = PRODUCTS[1].0;
        let look = format!("name = \"Mine\"\n[[layers]]\nproduct = \"mine\"\n[[layers]]\nproduct = \"{bundled}\"\n");
        std::fs::write(folder.join("look.toml"), look).unwrap();
        let look = find(folder.join("look.toml").to_str().unwrap()).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(look.layers.len(), 2);
        assert!(look.layers[0].product.name.starts_with("My "));
    }
}
