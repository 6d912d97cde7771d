//! Resolves `#import` lines of WGSL modules.
//!
//! In: a module's name. Out: one WGSL text with all that it needs.
//!
//! 1. The module's lines are copied.
//! 2. A line `#import name` is replaced by that module, resolved the same way.
//! 3. A module that came before is left out, so each comes once.

use thiserror::Error;

/// An `#import` that leads nowhere.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("shader module '{0}' does not exist: add wgsl/{0}.wgsl to the table in import.rs")]
pub struct ImportError(pub String);

macro_rules! modules {
    ($($name:literal),* $(,)?) => {
        /// Every module by name: its path below `wgsl/` without the ending.
        const MODULES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../wgsl/", $name, ".wgsl")))),*];
    };
}

modules![
    "pass/bake",
    "pass/curve",
    "pass/downsample",
    "pass/features",
    "pass/frame",
    "pass/mesh",
    "pass/skin",
    "pass/stroke",
    "shared/chart_vertex",
    "shared/charts",
    "shared/coat",
    "shared/colour",
    "shared/composite",
    "shared/composite_inputs",
    "shared/composite_pixel",
    "shared/flakes",
    "shared/kubelka_munk",
    "shared/lighting",
    "shared/look_uniforms",
    "shared/reflection",
    "shared/scene_uniforms",
    "shared/view",
];

/// The WGSL text of `module` with each `#import name` line replaced by that module, once per resolution.
pub fn resolve(module: &str) -> Result<String, ImportError> {
    let mut text = String::new();
    append(module, &mut Vec::new(), &mut text)?;
    Ok(text)
}

fn append<'a>(module: &'a str, seen: &mut Vec<&'a str>, text: &mut String) -> Result<(), ImportError> {
    if seen.contains(&module) {
        return Ok(());
    }
    seen.push(module);
    let (_, source) = MODULES.iter().find(|(name, _)| *name == module).ok_or_else(|| ImportError(module.to_owned()))?;
    for line in source.lines() {
        match line.strip_prefix("#import ") {
            Some(name) => append(name.trim(), seen, text)?,
            None => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::Pass;

    #[test]
    fn a_module_comes_once_however_often_it_is_imported() {
        let text = resolve("pass/features").unwrap();
        assert_eq!(text.matches("struct Reflection {").count(), 1);
        assert!(!text.contains("#import"));
    }

    #[test]
    fn a_missing_module_is_named() {
        assert_eq!(resolve("shared/nowhere"), Err(ImportError("shared/nowhere".into())));
    }

    /// Names of the shader files below `folder`, as modules are named.
    fn files(folder: &Path, prefix: &str, names: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_stem().unwrap().to_string_lossy());
            match path.is_dir() {
                true => files(&path, &format!("{name}/"), names),
                false => names.push(name),
            }
        }
    }

    #[test]
    fn every_shader_file_is_a_module_and_some_pass_uses_it() {
        let (mut found, mut used, mut text) = (Vec::new(), Vec::new(), String::new());
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("wgsl"), "", &mut found);
        found.sort();
        assert_eq!(found, MODULES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "files, and the table above");
        for pass in Pass::ALL {
            append(pass.module(), &mut used, &mut text).unwrap();
        }
        let orphans: Vec<_> = found.iter().filter(|name| !used.contains(&name.as_str())).collect();
        assert!(orphans.is_empty(), "no pass imports {orphans:?}");
    }
}
