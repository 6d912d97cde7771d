//! Our side: follow one face and fit it, as MediaPipe's step does.

use std::env;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use carmine::face::{Camera, FaceFitter, FaceTracker, TrackerConfig};
use carmine_benches::clip::{SIZES, Size};
use carmine_benches::raw;
use carmine_benches::usage::{Resident, median};

use super::{Run, Side, WARM_UP};

/// Names the file of frames, and the place of their size, to the process that is measured.
const FRAMES: &str = "CARMINE_BENCH_FRAMES";
const SIZE: &str = "CARMINE_BENCH_SIZE";

pub struct Ours;

impl Side for Ours {
    fn command(&self, frames: &Path, size: Size) -> Command {
        let mut command = Command::new(env::current_exe().unwrap());
        let place = SIZES.iter().position(|&known| known == size).unwrap();
        command.env(FRAMES, frames).env(SIZE, place.to_string());
        command
    }
}

/// The measured run, if this is the process for it.
pub fn measure() -> Option<Run> {
    let path = env::var_os(FRAMES)?;
    let size = SIZES[env::var(SIZE).unwrap().parse::<usize>().unwrap()];
    let mut reader = raw::Reader::open(path.as_ref(), size).unwrap();
    let start_mib = Resident::read().now_mib;
    let mut tracker =
        FaceTracker::new(TrackerConfig { max_faces: 1, still: false, ..TrackerConfig::default() }).unwrap();
    let (mut fitter, camera) = (FaceFitter::new().unwrap(), Camera::default());
    let (mut frames, mut faces, mut times) = (0, 0, Vec::new());
    while let Some(frame) = reader.next_frame() {
        let began = Instant::now();
        let tracked = tracker.track(&frame).unwrap();
        let found = fitter.fit(tracked, size.0, size.1, &camera).len();
        let took = began.elapsed();
        frames += 1;
        faces += usize::from(found > 0);
        if frames > WARM_UP {
            times.push(took.as_secs_f64() * 1e3);
        }
    }
    let median_ms = median(&mut times);
    Some(Run { frames, faces, median_ms, min_ms: times[0], start_mib, peak_mib: Resident::read().peak_mib })
}
