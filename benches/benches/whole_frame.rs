//! A decoded frame to finished pixels, one after the other on one thread:
//! `cargo bench -p carmine-benches --bench whole_frame`.
//!
//! The kiosk runs tracking and rendering side by side, so its frame rate is that of the slower one; this is latency.
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops and says why")]

use carmine::{TryOn, TryOnConfig};
use carmine_benches::clip::{Clip, SIZES, Size};
use carmine_benches::gpu::{Gpu, Screen};
use carmine_benches::look;
use divan::Bencher;

/// Frames before any measurement.
const WARM_UP: usize = 20;

fn main() {
    eprintln!("adapter: {}", Gpu::shared().unwrap().name);
    divan::main();
}

/// Track, fit and light.
#[divan::bench(args = SIZES)]
fn observe(bencher: Bencher<'_, '_>, size: Size) {
    let clip = Clip::at(size).unwrap();
    let mut try_on = TryOn::new(TryOnConfig::default()).unwrap();
    let mut index = 0;
    let mut step = || {
        index += 1;
        try_on.observe(&clip.frame(index)).unwrap().faces().len()
    };
    (0..WARM_UP).for_each(|_| assert_eq!(step(), 1));
    bencher.bench_local(step);
}

/// Track, fit, light, dress, upload and render, until the GPU is done.
#[divan::bench(args = SIZES)]
fn whole_frame(bencher: Bencher<'_, '_>, size: Size) {
    let clip = Clip::at(size).unwrap();
    let (gpu, look) = (Gpu::shared().unwrap(), look().unwrap());
    let mut screen = Screen::new(gpu, size).unwrap();
    let mut try_on = TryOn::new(TryOnConfig::default()).unwrap();
    let mut index = 0;
    let mut step = || {
        index += 1;
        screen.prepare(&try_on.scene(clip.frame(index), &look).unwrap()).unwrap();
        screen.draw(gpu);
        gpu.finish().unwrap();
    };
    (0..WARM_UP).for_each(|_| step());
    bencher.bench_local(step);
}
