//! The stored inputs of a target.

use std::path::{Path, PathBuf};

use carmine_fuzz::Target;

/// Files of the project that targets start from.
const SEEDS: &str = include_str!("../../seeds.txt");

/// Every file in a folder, or the file itself, in the order of their names.
pub fn files(place: &Path, into: &mut Vec<PathBuf>) {
    if place.is_file() {
        into.push(place.to_owned());
    } else if place.is_dir() {
        let mut inside: Vec<_> = std::fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()).collect();
        inside.sort();
        inside.iter().for_each(|path| files(path, into));
    }
}

/// Everything that a target starts from.
pub fn inputs(target: &Target) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut inputs = Vec::new();
    files(&root.join("corpus").join(target.name), &mut inputs);
    assert!(!inputs.is_empty(), "{} has no inputs in corpus/", target.name);
    files(&root.join("regressions").join(target.name), &mut inputs);
    for line in SEEDS.lines() {
        if let Some(seeds) = line.strip_prefix(target.name).and_then(|rest| rest.strip_prefix(' ')) {
            for seed in seeds.split(' ') {
                let before = inputs.len();
                files(&root.join("../..").join(seed), &mut inputs);
                assert!(inputs.len() > before, "seeds.txt names {seed}, which is not there");
            }
        }
    }
    inputs
}
