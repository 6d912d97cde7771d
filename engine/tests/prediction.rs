//! How far predicted landmarks are from really tracked ones, on clips, next to simply holding the last ones.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod tracking;

use std::path::{Path, PathBuf};
use std::time::Duration;

use carmine::Frame;
use carmine::face::{FaceTracker, Faces, Predictor, TrackerConfig};
use carmine::frame::PixelFormat;
use tracking::{decode_clip, faces_folder, mean_distance};

/// Name, size, frames a second, and how large the error of predicting may be next to that of holding, in the mean:
/// heads that move must be predicted clearly better, those that hardly do not much worse.
const CLIPS: [(&str, [u32; 2], f64, f64); 7] = [
    ("portrait.avi", [960, 720], 25.0, 0.7),
    ("synthetic_astronaut.mp4", [640, 480], 30.0, 0.6),
    ("synthetic_glasses.mp4", [640, 480], 30.0, 0.6),
    ("hand_over_mouth.mp4", [640, 360], 24_000.0 / 1001.0, 0.95),
    ("neutral_to_smile.mp4", [640, 360], 30.0, 1.0),
    ("standing_far.mkv", [640, 480], 30.0, 1.05),
    ("talking_man.mp4", [400, 300], 25.0, 1.1),
];
/// Frames of a clip that are tracked.
const FRAMES: usize = 120;
/// Most pictures that a tracking is old when it is used: beside, on every fourth.
const OLDEST: usize = 5;

fn clip(name: &str) -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/clips").join(name);
    if own.exists() { own } else { faces_folder().join("clips").join(name) }
}

/// Errors in percent of the interocular distance.
#[derive(Default)]
struct Errors(Vec<f64>);

impl Errors {
    fn at(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[((sorted.len() - 1) as f64 * part).round() as usize]
    }

    fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }
}

struct Clip {
    frames: Vec<Vec<u8>>,
    size: [u32; 2],
    fps: f64,
}

impl Clip {
    fn time(&self, index: usize) -> Duration {
        Duration::from_secs_f64(index as f64 / self.fps)
    }

    /// What a tracker finds that sees one of so many frames.
    fn track(&self, every: usize) -> Vec<Faces> {
        let mut tracker = FaceTracker::new(TrackerConfig { max_faces: 1, ..TrackerConfig::default() }).unwrap();
        let tracked = (0..self.frames.len()).step_by(every).map(|index| {
            let frame = Frame::new(&self.frames[index], PixelFormat::Rgb8, self.size[0], self.size[1]).unwrap();
            tracker.track(&frame.with_time(self.time(index))).unwrap().clone()
        });
        tracked.collect()
    }
}

/// Error of predicting and of holding, by how many pictures old the last tracked one is (from 1).
fn errors(clip: &Clip, truth: &[Faces], every: usize) -> Vec<[Errors; 2]> {
    let mut predictor = Predictor::default();
    let mut errors: Vec<[Errors; 2]> = (0..OLDEST).map(|_| Default::default()).collect();
    for (round, last) in clip.track(every).iter().enumerate() {
        predictor.saw(last);
        for (age, errors) in (1..).zip(&mut errors) {
            let index = round * every + age;
            let (Some(last), Some(truth)) = (last.faces.first(), truth.get(index).and_then(|seen| seen.faces.first()))
            else {
                continue;
            };
            let predicted = &predictor.at(clip.time(index)).faces[0].landmarks_px;
            for (errors, points) in errors.iter_mut().zip([predicted, &last.landmarks_px]) {
                errors.0.push(mean_distance(&points[..], &truth.landmarks_px[..]) * 100.0);
            }
        }
    }
    errors
}

#[test]
fn predicting_beats_holding() {
    check(&CLIPS[..1]);
}

#[test]
#[ignore = "needs the test faces in ../shared/faces"]
fn predicting_beats_holding_on_the_test_clips() {
    check(&CLIPS[1..]);
}

fn check(clips: &[(&str, [u32; 2], f64, f64)]) {
    println!(
        "% of the interocular distance, predicted (held): median, 95 %, by the age of the last tracking in pictures"
    );
    for &(name, size, fps, most) in clips {
        let frames = decode_clip(&clip(name), FRAMES);
        let clip = Clip { frames, size, fps };
        let truth = clip.track(1);
        for every in [2, 3, 4] {
            print!("| {name} | {every} |");
            let errors = errors(&clip, &truth, every);
            for [predicted, held] in &errors {
                let [median, most] = [0.5, 0.95].map(|part| (predicted.at(part), held.at(part)));
                print!(" {:.2} ({:.2}), {:.1} ({:.1}) |", median.0, median.1, most.0, most.1);
            }
            println!();
            for (age, [predicted, held]) in (1..every).zip(&errors) {
                let (predicted, held) = (predicted.mean(), held.mean());
                assert!(predicted <= most * held, "{name}, every {every}, {age} old: {predicted} against {held}");
            }
        }
    }
}
