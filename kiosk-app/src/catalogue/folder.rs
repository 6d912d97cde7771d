//! The files of a catalogue: those that are embedded, or those of a merchant's folder.

use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::CatalogueError;
use super::bundled::{CARDS, LOOKS, PRODUCTS};
use super::text_file::{TextFile, is_plain, read, read_if_there};
use crate::limited_read::{self, Patience, note, within};

/// Most files: more than any shop has shades, so a larger folder is the wrong one.
const MAX_FILES: usize = 20_000;

/// All files of one catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueFiles {
    /// By id.
    pub(super) products: Vec<TextFile>,
    /// In the order in which they are offered.
    pub(super) looks: Vec<TextFile>,
    /// By id.
    pub(super) masks: Vec<TextFile>,
    /// Lines and cards.
    pub(super) cards: Option<TextFile>,
}

impl CatalogueFiles {
    /// Those that are embedded.
    pub(super) fn bundled() -> Self {
        let files = |folder: &str, texts: &[(&str, &str)]| {
            let file = |(id, text): &(&str, &str)| TextFile {
                id: (*id).to_owned(),
                shown: format!("assets/{folder}/{id}.toml"),
                text: (*text).to_owned(),
            };
            texts.iter().map(file).collect()
        };
        let cards = TextFile { id: "catalogue".into(), shown: "assets/catalogue.toml".into(), text: CARDS.into() };
        Self {
            products: files("products", PRODUCTS),
            looks: files("looks", LOOKS),
            masks: Vec::new(),
            cards: Some(cards),
        }
    }

    /// Those of `folder`: `products/`, `looks/`, `masks/` and `catalogue.toml`, all of which may be missing.
    pub fn read(folder: &Path) -> Result<Self, CatalogueError> {
        let owned = folder.to_owned();
        within(folder, Patience::default(), move || Self::read_at_leisure(&owned))?
    }

    fn read_at_leisure(folder: &Path) -> Result<Self, CatalogueError> {
        list(folder)?;
        let mut looks = read_all(&folder.join("looks"))?;
        put_in_order(&mut looks, &folder.join("looks").join("order.txt"))?;
        let path = folder.join("catalogue.toml");
        let shown = path.display().to_string();
        let cards = read_if_there(&path)?.map(|text| TextFile { id: "catalogue".into(), shown, text });
        let (products, masks) = (read_all(&folder.join("products"))?, read_all(&folder.join("masks"))?);
        if products.is_empty() && looks.is_empty() {
            return Err(CatalogueError::Empty { folder: folder.into() });
        }
        Ok(Self { products, looks, masks, cards })
    }
}

/// Every file that [`CatalogueFiles::read`] would read, whether sound or not. A folder that cannot be listed has none.
pub(super) fn paths(folder: &Path) -> Vec<PathBuf> {
    let inside = |name: &str| toml_files(&folder.join(name)).unwrap_or_default();
    let mut paths: Vec<_> = ["products", "looks", "masks"].into_iter().flat_map(inside).collect();
    paths.extend([folder.join("catalogue.toml"), folder.join("looks").join("order.txt")]);
    paths
}

fn read_all(folder: &Path) -> Result<Vec<TextFile>, CatalogueError> {
    let file = |path: PathBuf| {
        let id = path.file_stem().and_then(|stem| stem.to_str()).filter(|stem| is_plain(stem));
        let Some(id) = id.map(str::to_owned) else { return Err(CatalogueError::FileName { path }) };
        Ok(TextFile { id, shown: path.display().to_string(), text: read(&path)? })
    };
    toml_files(folder)?.into_iter().map(file).collect()
}

/// By name. A folder that is not there has none.
fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, CatalogueError> {
    note(folder);
    let paths = if folder.exists() { list(folder)? } else { Vec::new() };
    let is_toml = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "toml");
    let hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    // Editors keep their own hidden files beside the one that they write.
    let mut paths: Vec<_> = paths.into_iter().filter(|path| is_toml(path) && !hidden(path)).collect();
    paths.sort();
    Ok(paths)
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, CatalogueError> {
    let failed = |why: &str| CatalogueError::Read { path: folder.into(), why: why.into() };
    let told = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => failed("it does not exist; give the folder that holds products/ and looks/"),
        ErrorKind::NotADirectory => failed("it is no folder; give the folder that holds products/ and looks/"),
        ErrorKind::PermissionDenied => failed("no permission; let this user read it"),
        _ => failed(&error.to_string()),
    };
    let paths = limited_read::list(folder, MAX_FILES + 1).map_err(told)?;
    if paths.len() > MAX_FILES {
        return Err(failed(&format!("it holds more than {MAX_FILES} files; give the catalogue's own folder")));
    }
    Ok(paths)
}

/// Those that the file names first, one a line; then the rest.
fn put_in_order(looks: &mut [TextFile], order: &Path) -> Result<(), CatalogueError> {
    let Some(text) = read_if_there(order)? else { return Ok(()) };
    let known: HashSet<&str> = looks.iter().map(|look| &*look.id).collect();
    let mut places = HashMap::new();
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if !known.contains(line) {
            let name = line.chars().take(80).collect();
            return Err(CatalogueError::Order { file: order.display().to_string(), line: number, name });
        }
        let next = places.len();
        places.entry(line).or_insert(next);
    }
    looks.sort_by_key(|look| places.get(&*look.id).copied().unwrap_or(places.len()));
    Ok(())
}
