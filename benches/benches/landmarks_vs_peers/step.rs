//! The whole tracking step, ours and MediaPipe's, on the same pixels: follow one face and fit it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use carmine::face::TrackerConfig;
use carmine::{TryOn, TryOnConfig};
use carmine_benches::clip::{SIZES, Size};
use carmine_benches::count::Counts;
use carmine_benches::raw;
use carmine_benches::usage::{Resident, median};
use serde::{Deserialize, Serialize};

use super::child;
use super::peer::Peers;

pub const ROLE: &str = "step";
/// Times that each side runs over the whole clip, in turn.
const ROUNDS: usize = 5;
/// Frames at the start that are not timed.
const WARM_UP: usize = 15;
/// Processor cores that both may use: the first, then the first two.
const CORES: [&str; 2] = ["0", "0,1"];
/// What our time may be, of MediaPipe's.
const TARGET: f64 = 0.6;

/// The result of one run over the clip.
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
    /// Ours only: requests for memory in each frame that is timed.
    #[serde(default)]
    allocations: f64,
}

/// Both sides at both sizes, on one core and on two.
pub fn report(peers: Option<&Peers>, folder: &Path) {
    println!("\n## Tracking step\n");
    println!(
        "Milliseconds a frame: median of {ROUNDS} rounds' medians (fastest frame). MiB at most (before loading).\n"
    );
    println!(
        "| size, cores | ours | MediaPipe | ours / MediaPipe (lowest to highest round) | MiB: ours | MediaPipe | ratio |"
    );
    println!("|{}", "---|".repeat(7));
    let (mut worst, mut allocations, mut found) = (0.0_f64, 0.0_f64, Vec::new());
    for size in SIZES {
        let frames = folder.join(format!("peers-{size}.rgb"));
        raw::write(&frames, size).unwrap();
        for cores in CORES {
            let (mut ours, mut theirs) = (Vec::<Run>::new(), Vec::<Run>::new());
            for _ in 0..ROUNDS {
                ours.push(child::result(&command(size, &frames), cores));
                theirs.extend(peers.map(|peers| child::result(&peers.mediapipe(&frames, size, WARM_UP), cores)));
            }
            worst = worst.max(print(size, cores, &ours, &theirs));
            for run in &ours {
                allocations = run.allocations.max(allocations);
            }
            found.extend(ours.iter().chain(&theirs).map(|run| (run.faces, run.frames)));
        }
        fs::remove_file(&frames).unwrap();
    }
    found.sort_unstable();
    println!("\nFaces found: in {} of {} frames of the worst run.", found[0].0, found[0].1);
    println!("Allocations of ours a frame after {WARM_UP}: {allocations}.");
    if peers.is_some() {
        let word = if worst <= TARGET { "met" } else { "MISSED" };
        println!("Ours / MediaPipe: at worst {worst:.2}; at most {TARGET} is the target: {word}.");
    }
}

/// Prints a line of the table; the ratio of times.
fn print(size: Size, cores: &str, ours: &[Run], theirs: &[Run]) -> f64 {
    let middle = |runs: &[Run], of: fn(&Run) -> f64| median(&mut runs.iter().map(of).collect::<Vec<_>>());
    let time = |runs: &[Run]| {
        let least = runs.iter().map(|run| run.min_ms).fold(f64::INFINITY, f64::min);
        format!("{:.2} ({least:.2})", middle(runs, |run| run.median_ms))
    };
    let memory =
        |runs: &[Run]| format!("{:.0} ({:.0})", middle(runs, |run| run.peak_mib), middle(runs, |run| run.start_mib));
    let ratio = |of: fn(&Run) -> f64| {
        let mut ratios: Vec<f64> = ours.iter().zip(theirs).map(|(a, b)| of(a) / of(b)).collect();
        (median(&mut ratios), ratios.first().copied(), ratios.last().copied())
    };
    let name = format!("{size}, {}", cores.split(',').count());
    let (share, Some(low), Some(high)) = ratio(|run| run.median_ms) else {
        println!("| {name} | {} | – | – | {} | – | – |", time(ours), memory(ours));
        return 0.0;
    };
    let shares = format!("**{share:.2}** ({low:.2}–{high:.2}) | {} | {}", memory(ours), memory(theirs));
    println!("| {name} | {} | {} | {shares} | {:.2} |", time(ours), time(theirs), ratio(|run| run.peak_mib).0);
    share
}

fn command(size: Size, frames: &Path) -> Command {
    let mut command = child::again(ROLE);
    command.arg(size.to_string()).arg(frames);
    command
}

/// The size of that name.
pub fn named(name: &str) -> Size {
    SIZES.into_iter().find(|size| size.to_string() == name).unwrap()
}

/// Is our process.
pub fn measure(size: &str, path: &Path) {
    let size = named(size);
    let mut reader = raw::Reader::open(path, size).unwrap();
    let start_mib = Resident::read().now_mib;
    let tracker = TrackerConfig { max_faces: 1, ..TrackerConfig::default() };
    let mut try_on = TryOn::new(TryOnConfig { tracker, ..TryOnConfig::default() }).unwrap();
    let (mut frames, mut faces, mut times) = (0, 0, Vec::new());
    let mut counts = Counts::default();
    while let Some(frame) = reader.next_frame() {
        let counted = frames >= WARM_UP;
        let began = Instant::now();
        let found = counts.of(counted, || try_on.track(&frame).unwrap().len());
        let took = began.elapsed();
        frames += 1;
        faces += usize::from(found > 0);
        if counted {
            times.push(took.as_secs_f64() * 1e3);
        }
    }
    let median_ms = median(&mut times);
    let (peak_mib, allocations) = (Resident::read().peak_mib, counts.calls());
    let run = Run { frames, faces, median_ms, min_ms: times[0], start_mib, peak_mib, allocations };
    println!("{}", serde_json::to_string(&run).unwrap());
}
