//! `unsafe` code is in this crate and in the benches' counting allocator, and nowhere else in the workspace.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests tell what they measured, and where they cannot go on"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where it may be.
const ROOMS: [&str; 2] = ["kiosk-app/heap/", "benches/src/count.rs"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !path.is_symlink() && name != "target" && !name.starts_with('.') {
            rust_files(&path, into);
        } else if name.ends_with(".rs") {
            into.push(path);
        }
    }
}

/// Blocks, functions, implementations and attributes that are unsafe. Comments do not count, nor does the lint's name.
fn unsafe_places(text: &str) -> usize {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    let is_unsafe = |word: &&str| *word == "unsafe";
    code.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(is_unsafe)).count()
}

#[test]
fn unsafe_code_stays_in_its_rooms() {
    let root = root().canonicalize().unwrap();
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    assert!(files.len() > 300, "only {} files were found", files.len());
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for path in files {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let count = unsafe_places(&std::fs::read_to_string(&path).unwrap());
        // This file only speaks of it.
        if count > 0 && name != "kiosk-app/heap/tests/unsafe_rooms.rs" {
            places.insert(name, count);
        }
    }
    for (name, count) in &places {
        println!("{count:3} {name}");
    }
    let strays: Vec<_> = places.keys().filter(|name| !ROOMS.iter().any(|room| name.starts_with(room))).collect();
    assert!(strays.is_empty(), "unsafe code outside of its rooms: {strays:?}");
    let shipped: usize = places
        .iter()
        .filter(|(name, _)| name.starts_with("kiosk-app/heap/src") && !name.contains("test"))
        .map(|(_, n)| n)
        .sum();
    println!("{shipped} in what is shipped");
    assert!(shipped > 0, "the count is broken");
}

#[test]
fn every_crate_takes_the_workspaces_lints() {
    let text = |path: PathBuf| std::fs::read_to_string(path).unwrap();
    let workspace = text(root().join("Cargo.toml"));
    assert!(workspace.contains("\nunsafe_code = \"deny\"\n"));
    let members = workspace.split("members = [").nth(1).unwrap().split(']').next().unwrap();
    for member in members.split(',').map(|name| name.trim().trim_matches('"')) {
        let manifest = text(root().join(member).join("Cargo.toml"));
        assert!(manifest.contains("[lints]\nworkspace = true"), "{member} does not take the workspace's lints");
    }
}
