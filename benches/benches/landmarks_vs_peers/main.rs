//! Our tracking step and MediaPipe's on the same pixels, in turn, in the same run:
//! `cargo bench -p carmine-benches --bench landmarks_vs_peers`.
//!
//! The peer is installed into a virtual environment under the target folder, from pinned packages; where that cannot
//! be done (no Python 3.11, no package index, not Linux) ours is measured alone, and the bench says so.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that prints, and stops where it cannot run")]

mod ours;
mod peer;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use carmine_benches::clip::{SIZES, Size};
use carmine_benches::raw;
use carmine_benches::usage::{median, processor};
use serde::{Deserialize, Serialize};

/// Times that each side runs over the whole clip, in turn.
const ROUNDS: usize = 5;
/// Frames at the start that are not timed.
const WARM_UP: usize = 15;
/// Processor cores that both may use: the first, then the first two.
const CORES: [&str; 2] = ["0", "0,1"];

/// What one run over the clip tells, as one line of JSON.
#[derive(Debug, Serialize, Deserialize)]
struct Run {
    /// Frames seen, and those with a face.
    frames: usize,
    faces: usize,
    /// Milliseconds a frame.
    median_ms: f64,
    min_ms: f64,
    /// Resident memory before the models were loaded, and at most.
    start_mib: f64,
    peak_mib: f64,
}

/// How one side is started over a file of frames.
trait Side {
    fn command(&self, frames: &Path, size: Size) -> Command;
}

fn main() {
    if let Some(run) = ours::measure() {
        return println!("{}", serde_json::to_string(&run).unwrap());
    }
    println!("{}: {ROUNDS} rounds in turn; median, least ms a frame; peak MiB (MiB before loading)\n", processor());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let peer = peer::MediaPipe::install(&folder.join("mediapipe"));
    if let Err(why) = &peer {
        println!("SKIPPED the peer: {why}\n");
    }
    for size in SIZES {
        let frames = folder.join(format!("peers-{size}.rgb"));
        raw::write(&frames, size).unwrap();
        for cores in CORES {
            compare(peer.as_ref().ok(), &frames, size, cores);
        }
        fs::remove_file(&frames).unwrap();
    }
}

fn compare(peer: Option<&peer::MediaPipe>, frames: &Path, size: Size, cores: &str) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(run(&ours::Ours, frames, size, cores));
        theirs.extend(peer.map(|peer| run(peer, frames, size, cores)));
    }
    println!("{size}, cores {cores}");
    print("  ours", &ours);
    if theirs.is_empty() {
        return;
    }
    print("  MediaPipe", &theirs);
    let ratio = |of: fn(&Run) -> f64| {
        let mut ratios: Vec<f64> = ours.iter().zip(&theirs).map(|(a, b)| of(a) / of(b)).collect();
        let middle = median(&mut ratios);
        (middle, ratios[0], ratios[ratios.len() - 1])
    };
    let (time, low, high) = ratio(|run| run.median_ms);
    let (least, memory) = (ratio(|run| run.min_ms).0, ratio(|run| run.peak_mib).0);
    println!("  ours/MediaPipe: median {time:.2} ({low:.2} to {high:.2}), least {least:.2}, peak memory {memory:.2}\n");
}

fn print(name: &str, runs: &[Run]) {
    let middle = |of: fn(&Run) -> f64| median(&mut runs.iter().map(of).collect::<Vec<_>>());
    let least = runs.iter().map(|run| run.min_ms).fold(f64::INFINITY, f64::min);
    println!(
        "{name:<12} {:>6.2} {least:>6.2} ms   {:>6.1} MiB ({:>5.1})   faces in {}/{} frames",
        middle(|run| run.median_ms),
        middle(|run| run.peak_mib),
        middle(|run| run.start_mib),
        runs[0].faces,
        runs[0].frames
    );
}

/// One process of one side on those cores.
fn run(side: &dyn Side, frames: &Path, size: Size, cores: &str) -> Run {
    let command = side.command(frames, size);
    let mut pinned = Command::new("taskset");
    pinned.args(["-c", cores]).arg(command.get_program()).args(command.get_args());
    pinned.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
    let output = pinned.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let last = told.lines().last().unwrap_or_default();
    serde_json::from_str(last)
        .unwrap_or_else(|error| unreachable!("{error}: {told}{}", String::from_utf8_lossy(&output.stderr)))
}
