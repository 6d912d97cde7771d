//! Our face networks against XNNPACK, our tracking step against MediaPipe's, how near the networks come to what the
//! processor can do, and how soon the first face is followed:
//! `cargo bench -p carmine-benches --bench landmarks_vs_peers [-- networks threads roofline step first-face]`.
//!
//! What it prints is benches/landmarks_vs_peers.md. The peers are installed into a virtual environment under the
//! target folder, from pinned packages; where that cannot be done (no Python 3.11, no package index, not Linux) ours
//! is measured alone, and the bench says so.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that prints, and stops where it cannot run")]

mod calibration;
mod child;
mod executors;
mod first_face;
mod networks;
mod peer;
mod roofline;
mod step;

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::thread::available_parallelism;

use carmine_benches::count::Counting;
use carmine_benches::usage::processor;
use peer::Peers;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let args: Vec<String> = env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let Some((child::MEASURE, rest)) = args.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return measure(rest);
    }
    let wanted = |section: &str| args.is_empty() || args.iter().any(|arg| arg == section);
    println!("# Landmarks against peers\n\n{}", circumstances());

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let with_peers = wanted("networks") || wanted("threads") || wanted("step");
    let peers = with_peers.then(|| Peers::install(&folder.join("peers")));
    if let Some(Err(why)) = &peers {
        println!("\n**SKIPPED the peers**, so ours stands alone: {why}");
    }
    let peers = peers.and_then(Result::ok);
    if wanted("networks") {
        networks::one_core(peers.as_ref(), &folder);
    }
    if wanted("threads") {
        networks::two_threads(peers.as_ref(), &folder);
    }
    if wanted("roofline") {
        roofline::report();
    }
    if wanted("step") {
        step::report(peers.as_ref(), &folder);
    }
    if wanted("first-face") {
        first_face::report(&folder);
    }
}

/// Processor, cores, build and day.
fn circumstances() -> String {
    let cores = available_parallelism().map_or(1, usize::from);
    let build = if cfg!(debug_assertions) { "the profile of `make run`, overflow checks on" } else { "release" };
    let day = Command::new("date").args(["-u", "+%Y-%m-%d"]).output();
    let day = day.map_or(String::new(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    format!("`{}`, {cores} cores; built as {build}; {day}.", processor())
}

/// Is one of the processes that are measured.
fn measure(args: &[String]) {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        [executors::ROLE, model, variant, picture] => executors::measure(model, variant, picture.as_ref()),
        [roofline::ROLE] => roofline::measure(),
        [step::ROLE, size, frames] => step::measure(size, frames.as_ref()),
        [first_face::ROLE, size, frames] => first_face::measure(size, frames.as_ref()),
        [first_face::PARTS] => first_face::measure_parts(),
        _ => unreachable!("no such measurement: {args:?}"),
    }
}
