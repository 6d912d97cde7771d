//! Peak resident memory of a process that does nothing but wear a look over the whole clip.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use carmine::{TryOn, TryOnConfig};
use carmine_benches::clip::{SIZES, Size};
use carmine_benches::gpu::{Gpu, Screen};
use carmine_benches::usage::Resident;
use carmine_benches::{look, raw};

/// Names the file of frames, and their size, to the process that is measured.
const FRAMES: &str = "CARMINE_BENCH_FRAMES";
const SIZE: &str = "CARMINE_BENCH_SIZE";

/// Whether this is the process that is measured.
pub fn asked_for() -> bool {
    env::var_os(FRAMES).is_some()
}

/// Runs one such process for each size.
pub fn report() {
    println!("\nResident memory in MiB: at start, models loaded, GPU opened, after all frames, peak\n");
    for (place, size) in SIZES.into_iter().enumerate() {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("memory-{size}.rgb"));
        raw::write(&path, size).unwrap();
        let mut child = Command::new(env::current_exe().unwrap());
        let status = child.env(FRAMES, &path).env(SIZE, place.to_string()).status().unwrap();
        fs::remove_file(&path).unwrap();
        assert!(status.success(), "the measured process failed: {status}");
    }
}

/// Is that process.
pub fn measure() {
    let start = Resident::read();
    let size: Size = SIZES[env::var(SIZE).unwrap().parse::<usize>().unwrap()];
    let mut try_on = TryOn::new(TryOnConfig::default()).unwrap();
    let loaded = Resident::read();
    let (gpu, look) = (Gpu::shared().unwrap(), look().unwrap());
    let mut screen = Screen::new(gpu, size).unwrap();
    let opened = Resident::read();
    let mut reader = raw::Reader::open(env::var_os(FRAMES).unwrap().as_ref(), size).unwrap();
    let mut frames = 0;
    while let Some(frame) = reader.next_frame() {
        screen.prepare(&try_on.scene(frame, &look).unwrap()).unwrap();
        screen.draw(gpu);
        gpu.finish().unwrap();
        frames += 1;
    }
    let end = Resident::read();
    println!(
        "{size:<10} {frames} frames: {:>6.1} {:>6.1} {:>6.1} {:>6.1} {:>6.1}   {}",
        start.now_mib, loaded.now_mib, opened.now_mib, end.now_mib, end.peak_mib, gpu.name
    );
}
