//! Every stored input, and every one that was once a crash, goes through its target again.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests tell what they measured, and where they cannot go on"
)]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use carmine_fuzz::{TARGETS, Target};

/// Far more than any stored input takes: 0.1 s is wanted, and a machine that tests may be busy.
const MOST_TIME: Duration = Duration::from_secs(5);

/// Returns how many inputs there were, and the slowest.
fn replay(target: &Target) -> (usize, Duration, PathBuf) {
    let inputs = common::inputs(target);
    let mut slowest = (Duration::ZERO, PathBuf::new());
    for path in &inputs {
        let bytes = std::fs::read(path).unwrap();
        let start = Instant::now();
        (target.run)(&bytes);
        slowest = slowest.max((start.elapsed(), path.clone()));
    }
    (inputs.len(), slowest.0, slowest.1)
}

#[test]
fn every_stored_input_is_read_or_refused_in_time() {
    for target in TARGETS {
        let (count, slowest, path) = replay(target);
        println!("{:14} {count:4} inputs, slowest {:6.1} ms", target.name, slowest.as_secs_f64() * 1e3);
        assert!(slowest <= MOST_TIME, "{} took {slowest:?}", path.display());
    }
}

#[test]
fn every_target_has_a_binary_and_every_folder_a_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Table = std::fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
    let bins = manifest["bin"].as_array().unwrap();
    let bins: BTreeSet<_> = bins.iter().map(|bin| bin["name"].as_str().unwrap().to_owned()).collect();
    let mut targets: BTreeSet<_> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    // Built with a feature only.
    targets.insert("mp4".to_owned());
    assert_eq!(bins, targets);
    for folder in ["corpus", "regressions", "fuzz_targets"] {
        for entry in root.join(folder).read_dir().into_iter().flatten() {
            let name = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
            assert!(targets.contains(&name), "{folder}/{name} belongs to no target");
        }
    }
}

#[test]
fn the_stored_inputs_stay_small() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut inputs = Vec::new();
    common::files(&root.join("corpus"), &mut inputs);
    common::files(&root.join("regressions"), &mut inputs);
    let bytes: u64 = inputs.iter().map(|path| path.metadata().unwrap().len()).sum();
    assert!(bytes < 1 << 20, "{bytes} bytes: minimise them");
}
