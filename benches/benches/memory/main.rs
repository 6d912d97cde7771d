//! Allocations per frame by station, and peak memory of a run over the clip:
//! `cargo bench -p carmine-benches --bench memory`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that prints, and stops where it cannot run")]

mod peak;

use carmine::face::{Camera, FaceFitter, FaceTracker, TrackerConfig};
use carmine::light::LightEstimator;
use carmine::models::ModelId;
use carmine::render::Offscreen;
use carmine::steps::{Dresser, ModelRunner};
use carmine::{Frame, Scene};
use carmine_benches::clip::{Clip, SIZES, Size};
use carmine_benches::count::{Counting, Counts};
use carmine_benches::gpu::{Gpu, Screen};
use carmine_benches::look;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Frames before counting.
const WARM_UP: usize = 20;
/// Frames counted.
const COUNTED: usize = 60;

fn main() {
    if peak::asked_for() {
        return peak::measure();
    }
    println!("Allocations (or growths) a frame after warm-up, mean (most), and bytes a frame\n");
    networks();
    for size in SIZES {
        stations(size);
    }
    peak::report();
}

/// What the networks ask for in one run.
fn networks() {
    for model in ModelId::ALL {
        let mut network = ModelRunner::embedded(model).unwrap();
        let mut counts = Counts::default();
        for index in 0..WARM_UP + COUNTED {
            counts.of(index >= WARM_UP, || network.run().unwrap());
        }
        print(&counts, "network alone", &model.to_string());
    }
}

fn stations(size: Size) {
    let clip = Clip::at(size).unwrap();
    let (gpu, look) = (Gpu::shared().unwrap(), look().unwrap());
    let mut tracker =
        FaceTracker::new(TrackerConfig { max_faces: 1, still: false, ..TrackerConfig::default() }).unwrap();
    let mut fitter = FaceFitter::new().unwrap();
    let mut estimator = LightEstimator::default();
    let mut dresser = Dresser::new().unwrap();
    let mut screen = Screen::new(gpu, size).unwrap();
    let mut offscreen = Offscreen::new(&gpu.device, &gpu.queue).unwrap();
    let mut out = Vec::new();
    let [mut track, mut fit, mut light, mut dress, mut upload, mut draw, mut memory] =
        std::array::from_fn(|_| Counts::default());
    for index in 0..WARM_UP + COUNTED {
        let (frame, counted): (Frame<'_>, _) = (clip.frame(index), index >= WARM_UP);
        let faces = track.of(counted, || tracker.track(&frame).unwrap());
        let fitted = fit.of(counted, || fitter.fit(faces, size.0, size.1, &Camera::default()));
        assert_eq!(fitted.len(), 1);
        let light = light.of(counted, || estimator.estimate(&frame, fitted));
        let scene = Scene::new(frame, fitted, light, &look);
        dress.of(counted, || {
            dresser.prepare_looks(&scene);
            dresser.dress(&scene);
        });
        upload.of(counted, || screen.prepare(&scene).unwrap());
        draw.of(counted, || {
            screen.draw(gpu);
            gpu.finish().unwrap();
        });
        memory.of(counted, || offscreen.render(&scene, &mut out).unwrap());
    }
    let place = size.to_string();
    print(&track, "track (1 landmark run)", &place);
    print(&fit, "fit", &place);
    print(&light, "light", &place);
    print(&dress, "dress", &place);
    print(&upload, "prepare (wgpu)", &place);
    print(&draw, "draw, submit, wait (wgpu)", &place);
    print(&memory, "render to memory (wgpu)", &place);
}

/// One line of the table.
fn print(counts: &Counts, station: &str, place: &str) {
    println!("{station:<28} {place:<16} {:>8.1} ({:>4}) {:>12.0} B", counts.calls(), counts.most, counts.bytes());
}
