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
    "finish/cream",
    "finish/glitter",
    "finish/gloss",
    "finish/matte",
    "finish/metallic",
    "finish/satin",
    "finish/sheer",
    "finish/shimmer",
    "pass/bake",
    "pass/curve",
    "pass/features",
    "pass/frame",
    "pass/mesh",
    "pass/shrink",
    "pass/skin",
    "pass/stroke",
    "shared/chart_vertex",
    "shared/charts",
    "shared/coat",
    "shared/colour",
    "shared/composite",
    "shared/face",
    "shared/flakes",
    "shared/kubelka_munk",
    "shared/layers",
    "shared/lighting",
    "shared/pixel",
    "shared/reflection",
    "shared/scene",
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
    use super::*;

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
}
