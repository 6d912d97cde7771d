//! The looks and products that are built in, and those read from files.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use carmine::look::{Look, LookError, Mask, Part, Product};
use thiserror::Error;

// `LOOKS`, in the order in which the mirror offers them, and `PRODUCTS`: written by build.rs.
include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

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
    #[error("cannot read {path}: {why}")]
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
    if !name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
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

fn read(path: &Path) -> Result<String, CatalogueError> {
    let missing = || CatalogueError::Read {
        path: path.into(),
        why: "it does not exist; check the name, or give a bundled look's name without .toml".into(),
    };
    read_if_there(path)?.ok_or_else(missing)
}

/// `None` if there is no such file. Never reads more than the limit, whatever the file says about its length.
fn read_if_there(path: &Path) -> Result<Option<String>, CatalogueError> {
    let failed = |why: &str| CatalogueError::Read { path: path.into(), why: why.into() };
    if path.is_dir() {
        return Err(failed("it is a folder; give a .toml file"));
    }
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            return Err(failed("no permission; let this user read it"));
        }
        Err(error) => return Err(failed(&error.to_string())),
        Ok(_) if bytes.len() as u64 > MAX_FILE_BYTES => {
            return Err(failed("it is larger than 1 MiB, so it is no look or product; give another file"));
        }
        Ok(_) => {}
    }
    String::from_utf8(bytes).map(Some).map_err(|_| failed("it is not text in UTF-8; save it so"))
}

#[cfg(test)]
mod tests {
    use carmine::look::Category;

    use super::*;

    #[test]
    fn every_bundled_look_can_be_worn() {
        let looks = looks().unwrap();
        assert_eq!(looks.len(), LOOKS.len());
        for (name, look) in &looks {
            assert!(!look.layers.is_empty() && !look.name.is_empty(), "{name}");
            let again = looks.iter().filter(|(_, other)| other.name == look.name).count();
            assert_eq!(again, 1, "'{}' is the name of several looks", look.name);
        }
        let whole_faces = looks.iter().filter(|(_, look)| look.layers.len() >= 6).count();
        assert!(whole_faces >= 12, "{whole_faces} looks for the whole face");
    }

    #[test]
    fn the_products_fill_every_category() {
        assert!(PRODUCTS.len() >= 60, "{} products", PRODUCTS.len());
        let products: Vec<Product> =
            PRODUCTS.iter().map(|(name, text)| Product::from_toml(name, text, &mut |_, _| None).unwrap()).collect();
        for category in Category::ALL {
            let count = products.iter().filter(|product| product.category == category).count();
            assert!(count >= 2, "{count} in {}", category.name());
        }
        for product in &products {
            let again = products.iter().filter(|other| other.name == product.name).count();
            assert_eq!(again, 1, "'{}' is the name of several products", product.name);
        }
    }

    #[test]
    fn no_bundled_product_is_laid_on_too_thickly() {
        for (name, look) in looks().unwrap() {
            for layer in &look.layers {
                assert!((0.1..=1.5).contains(&layer.amount), "{name}: {} {}", layer.product.name, layer.amount);
            }
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
        assert_eq!(look.layers.len(), 2);
        assert!(look.layers[0].product.name.starts_with("My "));

        let complaint = || find(folder.join("look.toml").to_str().unwrap()).unwrap_err().to_string();
        std::fs::write(folder.join("products/mine.toml"), "name = 5\n").unwrap();
        assert!(complaint().contains("products/mine.toml:1:"), "{}", complaint());
        // Named as a bundled one, a broken file still counts.
        std::fs::write(folder.join(format!("{bundled}.toml")), b"\xFF\xFE").unwrap();
        std::fs::remove_file(folder.join("products/mine.toml")).unwrap();
        std::fs::write(folder.join("look.toml"), format!("name = \"M\"\n[[layers]]\nproduct = \"{bundled}\"\n"))
            .unwrap();
        assert!(complaint().contains(&format!("{bundled}.toml: it is not text")), "{}", complaint());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_finds_its_masks_beside_it_then_built_in() {
        let folder = std::env::temp_dir().join(format!("carmine-masks-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("masks")).unwrap();
        let mask = "chart = \"lips\"\n[[shapes]]\nkind = \"ellipse\"\ncentre = [0.5, 0.0]\nradii = [0.2, 0.5]\n";
        std::fs::write(folder.join("masks/bow.toml"), mask).unwrap();
        let worn = |mask: &str| {
            let look = format!("name = \"M\"\n[[layers]]\nproduct = \"true-red\"\nmask = \"{mask}\"\n");
            std::fs::write(folder.join("look.toml"), look).unwrap();
            find(folder.join("look.toml").to_str().unwrap())
        };
        assert_eq!(worn("bow").unwrap().layers[0].mask.name, "bow");
        assert_eq!(worn("lips-centre").unwrap().layers[0].mask.name, "lips-centre");
        assert!(worn("../masks/bow").is_err() && worn("bows").is_err());
        // Named as a built-in one, a broken file still counts.
        std::fs::write(folder.join("masks/lips-centre.toml"), "chart = \n").unwrap();
        let complaint = worn("lips-centre").unwrap_err().to_string();
        assert!(complaint.contains("masks/lips-centre.toml:1:"), "{complaint}");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_no_look_file_is_refused() {
        let complaint = |path: &str| find(path).unwrap_err().to_string();
        assert!(complaint("no/such.toml").contains("does not exist"));
        assert!(complaint("./").contains("folder"));
        if cfg!(unix) {
            assert!(complaint("/dev/zero").contains("1 MiB"));
        }
    }
}
