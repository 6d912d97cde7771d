//! How near each level of the landmark model comes to the limits of one core (roofline model, Williams et al. 2009).

use std::io::{self, Write};
use std::time::Instant;

use carmine::models::ModelId;
use carmine::steps::{OpCost, ProfiledExecutor};
use carmine_benches::usage::median;

use super::calibration::{BUFFERS, Calibration, Roofs, caches};
use super::child;

pub const ROLE: &str = "roofline";
/// Rounds of calibration and runs in turn, so that both see the same clock rate.
const ROUNDS: usize = 5;
const RUNS: usize = 60;
const WARM_UP: usize = 20;
/// Where a working set lies; nothing that a step holds is so large that it would lie farther out.
const PLACES: [&str; 3] = ["L1", "L2", "beyond"];

/// Every step of one kind at one side.
#[derive(Default)]
struct Level {
    kind: &'static str,
    side: usize,
    steps: usize,
    multiply_adds: usize,
    bytes: usize,
    us: f64,
    /// Microseconds that it would take under each roof alone: arithmetic, and moving its bytes at the speed of reading
    /// from where its steps' working sets lie.
    roofs_us: [f64; 2],
    /// The same under whichever roof is nearer to each step.
    bound_us: f64,
    /// Of its largest working set, in [`PLACES`].
    place: usize,
}

/// Has it measured on the first core.
pub fn report() {
    let output = child::start(&child::again(ROLE), "0").wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    io::stdout().write_all(&output.stdout).unwrap();
}

/// Is that process.
pub fn measure() {
    let (name, mut executor) = ProfiledExecutor::all(ModelId::FaceLandmarks).unwrap().pop().unwrap();
    let calibration = Calibration::new();
    let (mut steps, mut times): (Vec<OpCost>, Vec<Vec<f64>>) = (Vec::new(), Vec::new());
    executor.run(|cost| steps.push(cost.clone()));
    times.resize_with(steps.len(), || Vec::with_capacity(ROUNDS * RUNS));
    let mut roofs = Vec::new();
    for _ in 0..ROUNDS {
        roofs.push(calibration.measure());
        for run in 0..WARM_UP + RUNS {
            let (mut last, mut step) = (Instant::now(), 0);
            executor.run(|_| {
                let now = Instant::now();
                if run >= WARM_UP {
                    times[step].push((now - last).as_secs_f64() * 1e6);
                }
                (last, step) = (Instant::now(), step + 1);
            });
        }
    }
    let of = |pick: &dyn Fn(&Roofs) -> f64| median(&mut roofs.iter().map(pick).collect::<Vec<_>>());
    let gb_per_s = [0, 1, 2, 3].map(|place| of(&|roofs| roofs.gb_per_s[place]));
    let roofs = Roofs { gflop_per_s: of(&|roofs| roofs.gflop_per_s), gb_per_s };
    let times: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
    print(&name, &levels(&steps, &times, &roofs), &roofs);
}

fn levels(steps: &[OpCost], times_us: &[f64], roofs: &Roofs) -> Vec<Level> {
    let caches = caches();
    let mut levels: Vec<Level> = Vec::new();
    for (cost, us) in steps.iter().zip(times_us) {
        let at = levels.iter().position(|level| (level.kind, level.side) == (cost.kind, cost.side));
        let at = at.unwrap_or_else(|| {
            levels.push(Level { kind: cost.kind, side: cost.side, ..Level::default() });
            levels.len() - 1
        });
        let (level, place) = (&mut levels[at], caches.iter().filter(|&&cache| cost.working_set_bytes > cache).count());
        level.steps += 1;
        level.multiply_adds += cost.multiply_adds;
        level.bytes += cost.bytes;
        level.us += us;
        let arithmetic = 2.0 * cost.multiply_adds as f64 / roofs.gflop_per_s / 1e3;
        let reading = cost.bytes as f64 / roofs.gb_per_s[place] / 1e3;
        level.roofs_us = [level.roofs_us[0] + arithmetic, level.roofs_us[1] + reading];
        level.bound_us += arithmetic.max(reading);
        level.place = level.place.max(place);
    }
    levels
}

fn print(instructions: &str, levels: &[Level], roofs: &Roofs) {
    let read: Vec<String> = BUFFERS
        .iter()
        .zip(roofs.gb_per_s)
        .map(|(bytes, gb_per_s)| format!("{gb_per_s:.0} GB/s of {} KiB", bytes >> 10))
        .collect();
    println!("\n## Roofline of the landmark model, one core, {instructions}\n");
    println!("Peak {:.0} GFLOP/s (multiply-adds on registers alone).", roofs.gflop_per_s);
    println!("Reading: {}.\n", read.join(", "));
    println!("| level | steps | MFLOP | KiB | µs | GFLOP/s | of peak | nearer roof | of that roof |");
    println!("|{}", "---|".repeat(9));
    let mut all = Level::default();
    for level in levels {
        row(&format!("{} {}", level.kind, level.side), level, roofs);
        all.steps += level.steps;
        all.multiply_adds += level.multiply_adds;
        all.bytes += level.bytes;
        all.us += level.us;
        all.roofs_us = [0, 1].map(|roof| all.roofs_us[roof] + level.roofs_us[roof]);
        all.bound_us += level.bound_us;
        all.place = all.place.max(level.place);
    }
    row("**all**", &all, roofs);
}

fn row(name: &str, level: &Level, roofs: &Roofs) {
    let mflop = 2.0 * level.multiply_adds as f64 / 1e6;
    let gflop_per_s = mflop * 1e3 / level.us;
    let [arithmetic, reading] = level.roofs_us;
    let roof = if arithmetic >= reading { "arithmetic".into() } else { format!("reading {}", PLACES[level.place]) };
    println!(
        "| {name} | {} | {mflop:.2} | {:.0} | {:.0} | {gflop_per_s:.0} | {:.0} % | {roof} | {:.0} % |",
        level.steps,
        level.bytes as f64 / 1024.0,
        level.us,
        100.0 * gflop_per_s / roofs.gflop_per_s,
        100.0 * level.bound_us / level.us,
    );
}
