//! From the start of a process to the first face that it follows.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use carmine::models::{Golden, ModelId, VerifiedModel};
use carmine::steps::ModelRunner;
use carmine::{TryOn, TryOnConfig};
use carmine_benches::clip::SIZES;
use carmine_benches::raw;
use carmine_benches::usage::median;

use super::{child, step};

pub const ROLE: &str = "first-face";
/// What loading is made of, in a process of its own.
pub const PARTS: &str = "parts";
const RUNS: usize = 10;
/// Milliseconds from start to face.
const TARGET_MS: f64 = 300.0;
const CORES: &str = "0,1";
/// What the process prints when it is done, in this order.
const MARKS: [&str; 3] =
    ["process started", "engine ready (models read, prepared, self-tested)", "first face followed"];

/// The median of some starts, and where the time goes.
pub fn report(folder: &Path) {
    let size = SIZES[1];
    let frames = folder.join("first-face.rgb");
    raw::write(&frames, size).unwrap();
    let mut command = child::again(ROLE);
    command.arg(size.to_string()).arg(&frames);
    let mut at_ms = MARKS.map(|_| Vec::new());
    for _ in 0..RUNS {
        let began = Instant::now();
        let mut process = child::start(&command, CORES);
        for (line, at_ms) in BufReader::new(process.stdout.take().unwrap()).lines().zip(&mut at_ms) {
            line.unwrap();
            at_ms.push(began.elapsed().as_secs_f64() * 1e3);
        }
        assert!(process.wait().unwrap().success());
    }
    fs::remove_file(&frames).unwrap();
    let whole_ms = median(&mut at_ms[MARKS.len() - 1].clone());
    let word = if whole_ms <= TARGET_MS { "met" } else { "MISSED" };
    println!("\n## First face\n");
    println!("{size}, from starting the process to the first face followed and fitted, the median of {RUNS} starts:");
    println!("**{whole_ms:.0} ms**; at most {TARGET_MS:.0} is the target: {word}.\n\n| | ms |\n|---|---|");
    for (place, mark) in MARKS.iter().enumerate() {
        let took = |run: usize| at_ms[place][run] - place.checked_sub(1).map_or(0.0, |before| at_ms[before][run]);
        println!("| {mark} | {:.1} |", median(&mut (0..RUNS).map(took).collect::<Vec<_>>()));
    }
    let parts: Vec<Vec<(String, f64)>> = (0..RUNS).map(|_| child::result(&child::again(PARTS), CORES)).collect();
    for (place, (name, _)) in parts[0].iter().enumerate() {
        println!("| – alone: {name} | {:.1} |", median(&mut parts.iter().map(|run| run[place].1).collect::<Vec<_>>()));
    }
}

/// Is the process that follows a face.
pub fn measure(size: &str, path: &Path) {
    println!("{}", MARKS[0]);
    let size = step::named(size);
    let mut try_on = TryOn::new(TryOnConfig::default()).unwrap();
    println!("{}", MARKS[1]);
    let mut reader = raw::Reader::open(path, size).unwrap();
    while let Some(frame) = reader.next_frame() {
        if !try_on.track(&frame).unwrap().is_empty() {
            return println!("{}", MARKS[2]);
        }
    }
}

/// Is the process that loads part by part.
pub fn measure_parts() {
    let mut parts: Vec<(String, f64)> = Vec::new();
    let mut time = |name: String, work: &mut dyn FnMut()| {
        let began = Instant::now();
        work();
        parts.push((name, began.elapsed().as_secs_f64() * 1e3));
    };
    for model in ModelId::ALL {
        time(format!("{model}, bytes proved"), &mut || drop(VerifiedModel::embedded(model).unwrap()));
        let mut network = None;
        time(format!("{model}, bytes proved, read and prepared"), &mut || {
            network = Some(ModelRunner::embedded(model).unwrap());
        });
        for run in ["first run", "second run"] {
            time(format!("{model}, {run}"), &mut || network.as_mut().unwrap().run().unwrap());
        }
    }
    time("golden face".into(), &mut || drop(Golden::embedded().unwrap()));
    println!("{}", serde_json::to_string(&parts).unwrap());
}
