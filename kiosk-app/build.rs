//! Embeds every look, product and message file that lies in `assets/`: a new file is bundled without a line of code.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// In `assets/looks`: names in the order in which they are offered.
const ORDER: &str = "order.txt";

fn main() -> Result<(), Box<dyn Error>> {
    let assets = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../assets").canonicalize()?;
    let mut code = String::new();
    for (table, folder) in [("LOOKS", assets.join("looks")), ("PRODUCTS", assets.join("products"))] {
        // A folder's time changes with the names in it; the files themselves are tracked by include_str.
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut names = names(&folder, "toml")?;
        if folder.join(ORDER).exists() {
            put_in_order(&mut names, &std::fs::read_to_string(folder.join(ORDER))?)?;
        }
        writeln!(code, "/// Names and texts of `assets/{}`.", table.to_lowercase())?;
        writeln!(code, "pub(super) const {table}: &[(&str, &str)] = &[")?;
        for name in names {
            writeln!(code, "    ({name:?}, include_str!({:?})),", folder.join(format!("{name}.toml")))?;
        }
        writeln!(code, "];")?;
    }
    let cards = assets.join("catalogue.toml");
    writeln!(code, "/// Text of `assets/catalogue.toml`.")?;
    writeln!(code, "pub(super) const CARDS: &str = include_str!({cards:?});")?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("bundled.rs"), code)?;
    std::fs::write(out.join("locales.rs"), locales(&assets.join("locales"))?)?;
    Ok(())
}

/// Language, name and text of every `<language>/<name>.ftl`.
fn locales(folder: &Path) -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut code = "/// Languages, names and texts of `assets/locales`.\n".to_owned();
    writeln!(code, "pub(super) const LOCALES: &[(&str, &str, &str)] = &[")?;
    let mut languages =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    languages.retain(|path| path.is_dir());
    languages.sort();
    for path in languages {
        let language =
            path.file_name().and_then(|name| name.to_str()).ok_or("a folder in assets/locales has no name")?;
        println!("cargo::rerun-if-changed={}", path.display());
        for name in names(&path, "ftl")? {
            writeln!(code, "    ({language:?}, {name:?}, include_str!({:?})),", path.join(format!("{name}.ftl")))?;
        }
    }
    writeln!(code, "];")?;
    Ok(code)
}

/// Names of a folder's files with this ending, without it, sorted.
fn names(folder: &Path, ending: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == ending)
            && let Some(name) = path.file_stem().and_then(|name| name.to_str())
        {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Those that `order` names first, one a line; then the rest.
fn put_in_order(names: &mut [String], order: &str) -> Result<(), Box<dyn Error>> {
    let order: Vec<&str> = order.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    if let Some(lost) = order.iter().find(|wanted| names.iter().all(|name| name != *wanted)) {
        return Err(format!("{ORDER} names the look '{lost}', but there is no {lost}.toml: mend the name").into());
    }
    names.sort_by_key(|name| order.iter().position(|wanted| wanted == name).unwrap_or(order.len()));
    Ok(())
}
