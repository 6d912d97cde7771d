//! Allocations per frame by station, and peak memory of a run over the clip:
//! `cargo bench -p carmine-benches --bench memory`; with `-- causes`, which calls ask for the memory.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that prints, and stops where it cannot run")]

mod causes;
mod peak;

use carmine::face::TrackerConfig;
use carmine::models::ModelId;
use carmine::render::Offscreen;
use carmine::steps::{Dresser, ModelRunner};
use carmine::{Followed, Follower, Frame, Observation, Scene, TryOn, TryOnConfig};
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
    if causes::asked_for() {
        return causes::tell();
    }
    println!("Allocations (or growths) a frame after warm-up, mean (most), and bytes a frame\n");
    networks();
    for size in SIZES {
        stations(size);
        follow(size);
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
    let mut try_on = try_on();
    let mut dresser = Dresser::new().unwrap();
    let mut screen = Screen::new(gpu, size).unwrap();
    let mut offscreen = Offscreen::new(&gpu.device, &gpu.queue).unwrap();
    let mut out = Vec::new();
    let mut copied = Observation::default();
    let [mut track, mut observe, mut predict, mut copy, mut dress, mut upload, mut draw, mut memory] =
        std::array::from_fn(|_| Counts::default());
    for index in 0..WARM_UP + COUNTED {
        let (frame, counted): (Frame<'_>, _) = (clip.frame(index), index >= WARM_UP);
        assert_eq!(track.of(counted, || try_on.track(&frame).unwrap().len()), 1);
        let seen = observe.of(counted, || try_on.observe(&frame).unwrap());
        copy.of(counted, || copied.clone_from(seen));
        predict.of(counted, || assert_eq!(try_on.predict(&frame).faces().len(), 1));
        let scene = Scene::of(frame, &copied, &look);
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
    print(&track, "track and fit", &place);
    print(&observe, "observe (track to light)", &place);
    print(&copy, "copy what was observed", &place);
    print(&predict, "predict", &place);
    print(&dress, "dress", &place);
    print(&upload, "prepare (wgpu)", &place);
    print(&draw, "draw, submit, wait (wgpu)", &place);
    print(&memory, "render to memory (wgpu)", &place);
}

/// The chain for one face.
fn try_on() -> TryOn {
    let tracker = TrackerConfig { max_faces: 1, ..TrackerConfig::default() };
    TryOn::new(TryOnConfig { tracker, ..TryOnConfig::default() }).unwrap()
}

/// A host's loop, on whatever rung this machine takes; what is tracked beside is run at once.
fn follow(size: Size) {
    let clip = Clip::at(size).unwrap();
    let (mut follower, mut observation) = (Follower::new(try_on()).unwrap(), Observation::default());
    let mut counts = Counts::default();
    for index in 0..WARM_UP + COUNTED {
        let frame = clip.frame(index);
        counts.of(index >= WARM_UP, || match follower.follow(&frame, index as u64, true, &mut observation).unwrap() {
            Followed::ShowAndRun(mut errand) => {
                errand.run(&frame);
                follower.take_back(errand).unwrap();
            }
            Followed::Show | Followed::PassOver => {}
        });
        assert_eq!(observation.faces().len(), 1);
    }
    print(&counts, "follow", &size.to_string());
}

/// One line of the table.
fn print(counts: &Counts, station: &str, place: &str) {
    println!("{station:<28} {place:<16} {:>8.1} ({:>4}) {:>12.0} B", counts.calls(), counts.most, counts.bytes());
}
