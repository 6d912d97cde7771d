//! The two networks alone, against XNNPACK's run of the same weights on the same picture.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use carmine::face::{FaceTracker, Sequence, TrackerConfig};
use carmine::models::ModelId;
use carmine::steps::{ProfiledExecutor, crop_face, letterbox};
use carmine_benches::clip::{Clip, SIZES};
use carmine_benches::usage::median;

use super::child::Worker;
use super::executors::{self, Variant};
use super::peer::Peers;

/// Each repeat has this many runs of each contender, a batch of each in turn.
const REPEATS: usize = 3;
const BATCHES: usize = 10;
const BATCH: usize = 25;
/// Runs at the start of a batch that are not timed: the others have had the caches.
const WARM_UP: usize = 5;
/// Largest difference of an output from XNNPACK's, of the largest value: the same network, rounded otherwise.
const TOLERANCE: f32 = 1e-3;

/// What our time may be, of XNNPACK's.
fn target(model: ModelId) -> f64 {
    match model {
        ModelId::FaceLandmarks => 0.7,
        ModelId::FaceDetector => 0.8,
    }
}

/// One way to run the network.
struct Contender {
    name: String,
    command: Command,
}

/// Milliseconds of every run of one contender, by repeat, in order of size.
type Times = [Vec<f64>; REPEATS];

/// Both networks by every executor, on one core.
pub fn one_core(peers: Option<&Peers>, folder: &Path) {
    println!("\n## Networks, one core\n");
    println!("{}", how());
    for model in [ModelId::FaceLandmarks, ModelId::FaceDetector] {
        let picture = picture(model, folder);
        let mut contenders = ours(model, &picture);
        contenders.extend(peers.map(|peers| xnnpack(peers, model, &picture, 1)));
        let times = compare(&contenders, "0");
        let base = peers.map(|_| times.len() - 1);
        print(model, &contenders, &times, base);
        if let Some(base) = base {
            let ratio = median(&mut ratios(&times[0], &times[base]));
            let word = if ratio <= target(model) { "met" } else { "MISSED" };
            let least = least(&times[0]) / least(&times[base]);
            println!("\nOurs / XNNPACK: {ratio:.2} ({least:.2}); at most {:.1} is the target: {word}.", target(model));
        }
        fs::remove_file(picture).unwrap();
    }
}

/// Ours and XNNPACK on one and on two threads, on two cores.
pub fn two_threads(peers: Option<&Peers>, folder: &Path) {
    println!("\n## Networks, two cores\n");
    println!("{} Every contender may use both cores.", how());
    for model in [ModelId::FaceLandmarks, ModelId::FaceDetector] {
        let picture = picture(model, folder);
        let ours = [("ours, 1 thread", Variant::Tracker), ("ours, 2 threads", Variant::TwoThreads)];
        let mut contenders = ours
            .map(|(name, variant)| Contender {
                name: name.into(),
                command: executors::command(model, &variant, &picture),
            })
            .into_iter()
            .collect::<Vec<_>>();
        contenders
            .extend(peers.into_iter().flat_map(|peers| [1, 2].map(|threads| xnnpack(peers, model, &picture, threads))));
        let times = compare(&contenders, "0,1");
        print(model, &contenders, &times, peers.map(|_| times.len() - 1));
        for pair in times.chunks_exact(2).zip(["ours", "XNNPACK"]) {
            let ([one, two], name) = (pair.0, pair.1) else { continue };
            let gains = one.iter().zip(two).map(|(one, two)| format!("{:.2}", middle(one) / middle(two)));
            println!("\nTwo threads make {name} {} times as fast.", gains.collect::<Vec<_>>().join(", "));
        }
        fs::remove_file(picture).unwrap();
    }
}

fn how() -> String {
    format!("Milliseconds a run: median (least) of {} runs in each of {REPEATS} repeats.", BATCHES * BATCH)
}

/// Ours as the tracker runs it, on each lesser set of instructions, and by tract.
fn ours(model: ModelId, picture: &Path) -> Vec<Contender> {
    let mut sets: Vec<String> = ProfiledExecutor::all(model).unwrap().into_iter().map(|(name, _)| name).collect();
    let best = sets.pop().unwrap();
    let contender =
        |name: String, variant: Variant| Contender { name, command: executors::command(model, &variant, picture) };
    let mut all = vec![contender(format!("**ours** on {best}"), Variant::Tracker)];
    all.extend(sets.into_iter().rev().map(|set| contender(format!("ours on {set}"), Variant::On(set))));
    all.push(contender("tract, operator by operator".into(), Variant::Tract));
    all
}

fn xnnpack(peers: &Peers, model: ModelId, picture: &Path, threads: usize) -> Contender {
    let plural = if threads == 1 { "" } else { "s" };
    Contender { name: format!("XNNPACK, {threads} thread{plural}"), command: peers.xnnpack(model, picture, threads) }
}

/// Writes the values that the model sees of the clip's first frame.
fn picture(model: ModelId, folder: &Path) -> PathBuf {
    let frame = Clip::at(SIZES[1]).unwrap().frame(0);
    let values = match model {
        ModelId::FaceDetector => {
            let mut values = vec![0.0; 128 * 128 * 3];
            letterbox(&frame, &mut values);
            values
        }
        ModelId::FaceLandmarks => {
            let mut values = vec![0.0; 256 * 256 * 3];
            let mut tracker = FaceTracker::new(TrackerConfig {
                max_faces: 1,
                sequence: Sequence::Stills,
                ..TrackerConfig::default()
            })
            .unwrap();
            crop_face(&frame, &tracker.track(&frame).unwrap().faces[0].landmarks_px, &mut values);
            values
        }
    };
    let path = folder.join(format!("{model}.f32"));
    fs::write(&path, values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>()).unwrap();
    path
}

/// All contenders on the same cores, a batch of each in turn.
fn compare(contenders: &[Contender], cores: &str) -> Vec<Times> {
    let mut workers: Vec<Worker> = contenders.iter().map(|it| Worker::start(&it.command, cores)).collect();
    check(contenders, &workers);
    let mut times: Vec<Times> = contenders.iter().map(|_| Times::default()).collect();
    for repeat in 0..REPEATS {
        for _ in 0..BATCHES {
            for (worker, times) in workers.iter_mut().zip(&mut times) {
                times[repeat].append(&mut worker.measure(WARM_UP, BATCH));
            }
        }
    }
    times.iter_mut().flatten().for_each(|times| times.sort_unstable_by(f64::total_cmp));
    times
}

/// Stops where contenders do not compute the same.
fn check(contenders: &[Contender], workers: &[Worker]) {
    let all = contenders.iter().zip(workers).map(|(contender, worker)| (&contender.name, &worker.answer));
    let told: Vec<_> = all.filter(|(_, answer)| !answer.is_empty()).collect();
    let (_, first) = told[0];
    let largest = first.iter().fold(0.0, |largest: f32, value| largest.max(value.abs()));
    for (name, answer) in told {
        assert_eq!(answer.len(), first.len(), "{name} answers with another tensor");
        let worst = first.iter().zip(answer).fold(0.0, |worst: f32, (a, b)| worst.max((a - b).abs()));
        assert!(worst <= TOLERANCE * largest, "{name} is off by {worst} of {largest}");
    }
}

/// Of medians, by repeat.
fn ratios(times: &Times, base: &Times) -> Vec<f64> {
    times.iter().zip(base).map(|(a, b)| middle(a) / middle(b)).collect()
}

fn least(times: &Times) -> f64 {
    times.iter().map(|sorted| sorted[0]).fold(f64::INFINITY, f64::min)
}

fn middle(sorted: &[f64]) -> f64 {
    sorted[sorted.len() / 2]
}

fn print(model: ModelId, contenders: &[Contender], times: &[Times], base: Option<usize>) {
    let repeats: String = (1..=REPEATS).map(|repeat| format!(" repeat {repeat} |")).collect();
    let of = base.map_or(String::new(), |base| format!(" of {}, by repeat |", contenders[base].name));
    let columns = 1 + REPEATS + usize::from(base.is_some());
    println!("\n| {model} |{repeats}{of}\n|{}", "---|".repeat(columns));
    for (contender, own) in contenders.iter().zip(times) {
        let cells: String = own.iter().map(|sorted| format!(" {:.3} ({:.3}) |", middle(sorted), sorted[0])).collect();
        let shares = base.map_or(String::new(), |base| {
            let shares: Vec<String> = ratios(own, &times[base]).iter().map(|share| format!("{share:.2}")).collect();
            format!(" {} |", shares.join(", "))
        });
        println!("| {} |{cells}{shares}", contender.name);
    }
}
