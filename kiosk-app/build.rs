//! Embeds every look and product that lies in `assets/`: a new file is bundled without a line of code.

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
        let mut names = names(&folder)?;
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
    std::fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("bundled.rs"), code)?;
    Ok(())
}

/// Names of a folder's TOML files without their ending, sorted.
fn names(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml")
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
