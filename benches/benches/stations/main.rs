//! One bench per station, at each measured size: `cargo bench -p carmine-benches --bench stations [FILTER]`.
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops and says why")]

mod capture;
mod crop;
mod light;
mod occlusion;
mod render;
mod track;

use carmine::face::{Camera, FaceFitter, FaceTracker, Faces, FittedFace, TrackerConfig};
use carmine_benches::clip::{Clip, Size};
use carmine_benches::gpu::Gpu;

/// Frames tracked before any measurement: the face is found and every buffer has its size.
const WARM_UP: usize = 20;

/// A tracker that follows one face and detects no others.
fn following() -> TrackerConfig {
    TrackerConfig { max_faces: 1, ..TrackerConfig::default() }
}

/// The faces of the first frames, as the tracker gives them.
fn tracked(size: Size) -> Vec<Faces> {
    let clip = Clip::at(size).unwrap();
    let mut tracker = FaceTracker::new(following()).unwrap();
    (0..WARM_UP).map(|index| tracker.track(&clip.frame(index)).unwrap().clone()).collect()
}

/// The faces of one frame with their metric pose.
fn fitted(faces: &Faces, size: Size) -> Vec<FittedFace> {
    let mut fitter = FaceFitter::new().unwrap();
    fitter.fit(faces, size.0, size.1, &Camera::default()).to_vec()
}

fn main() {
    eprintln!("adapter: {}", Gpu::shared().unwrap().name);
    divan::main();
}
