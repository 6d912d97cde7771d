//! Is make-up as good on one skin as on another? `cargo bench -p carmine-benches --bench fairness [-- --pictures
//! FOLDER]`.
//!
//! Prints a table and fails where a tone falls behind. Before and after pictures go to the folder, if there is one.
#![allow(clippy::print_stdout, reason = "the table is what it is for")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use carmine_benches::Fault;
use carmine_benches::fairness::{Mode, POSES, Seen, Studio, VIEW, WEARS};
use carmine_benches::gpu::Gpu;
use carmine_mannequin::LightRig;

/// By how much a tone's masstone error may exceed the best tone's, ΔE00.
const BEHIND_MAX: f32 = 1.5;

fn main() -> Result<ExitCode, Fault> {
    let started = Instant::now();
    let folder = std::env::args().skip_while(|argument| argument != "--pictures").nth(1).map(PathBuf::from);
    let gpu = Gpu::shared()?;
    let tones: Vec<usize> = (1..=10).collect();
    let mut studio = Studio::new(&gpu.device, &gpu.queue, &WEARS)?;
    let report = studio.measure(&tones, &LightRig::three(), &POSES, &mut |seen| match &folder {
        Some(folder) => write(folder, seen),
        None => Ok(()),
    })?;
    println!("Median (worst) over 3 lights × 3 poses × {} products; visibility: median (least).\n", WEARS.len());
    println!("{}", report.markdown());
    println!("{}", report.product_markdown());
    println!("{}", report.light_markdown());
    println!("{}", report.worst_markdown(12));
    let behind = [Mode::Estimated, Mode::Calibrated].map(|mode| report.unfairness(mode));
    println!("Behind the best tone: {:.2} with the light guessed, {:.2} with the light known.", behind[0], behind[1]);
    println!("{} on {}, {:.0} s", report.sittings.len(), gpu.name, started.elapsed().as_secs_f64());
    if report.missed() > 0 || behind[0] > BEHIND_MAX {
        println!("UNFAIR: {} faces were not found, and {BEHIND_MAX} is allowed.", report.missed());
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Before and after side by side, in the estimated light.
fn write(folder: &std::path::Path, seen: &Seen<'_>) -> Result<(), Fault> {
    if seen.mode != Mode::Estimated {
        return Ok(());
    }
    let [before, after] = [seen.before, seen.after]
        .map(|rgba| image::RgbaImage::from_raw(VIEW.width, VIEW.height, rgba.to_vec()).ok_or("another size"));
    let mut both = image::RgbaImage::new(VIEW.width * 2, VIEW.height);
    image::imageops::replace(&mut both, &before?, 0, 0);
    image::imageops::replace(&mut both, &after?, i64::from(VIEW.width), 0);
    let name = format!("{} {} {}.png", seen.sitting, seen.wear.name, "guessed").replace([' ', ',', '°'], "_");
    Ok(both.save(folder.join(name))?)
}
