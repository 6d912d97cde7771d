//! Following faces through clips: against exact points where a clip was made from them, and against MediaPipe.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod tracking;

use std::path::Path;
use std::time::Duration;

use carmine::Frame;
use carmine::face::{FaceTracker, TrackerConfig};
use carmine::frame::PixelFormat;
use glam::{DVec2, Vec3};
use serde_json::Value;
use tracking::{decode_clip, faces_folder, mean_distance, points, read_json};

/// One face's points per frame; `None` where there is none.
type Course = Vec<Option<Vec<Vec3>>>;

/// How one track compares with the truth.
#[derive(Debug)]
struct Quality {
    /// Mean distance as a share of the interocular distance.
    error: f64,
    /// Mean change of the error from one frame to the next, in pixels: the visible jitter.
    residual_px: f64,
    /// Frames that the track is behind.
    lag: f64,
}

fn measure(track: &Course, truth: &[Vec<Vec3>]) -> Quality {
    let found: Vec<(&Vec<Vec3>, &Vec<Vec3>)> =
        track.iter().zip(truth).filter_map(|(ours, truth)| Some((ours.as_ref()?, truth))).collect();
    let error = found.iter().map(|(ours, truth)| mean_distance(ours, truth)).sum::<f64>() / found.len() as f64;
    let errors: Vec<Vec<DVec2>> = found
        .iter()
        .map(|(ours, truth)| ours.iter().zip(*truth).map(|(a, b)| (a - b).truncate().as_dvec2()).collect())
        .collect();
    let jumps = errors.windows(2).flat_map(|pair| pair[0].iter().zip(&pair[1]).map(|(a, b)| (b - a).length()));
    let residual_px = jumps.sum::<f64>() / (errors.len() - 1) as f64 / truth[0].len() as f64;
    Quality { error, residual_px, lag: lag(track, truth) }
}

/// The shift in time that makes a track fit the truth best, to a fraction of a frame.
fn lag(track: &Course, truth: &[Vec<Vec3>]) -> f64 {
    const REACH: isize = 4;
    let misfit = |shift: isize| -> f64 {
        let range = REACH as usize..truth.len() - REACH as usize;
        let count = range.len() as f64;
        (0..truth[0].len())
            .map(|point| {
                let differences: Vec<DVec2> = range
                    .clone()
                    .filter_map(|t| {
                        let late = track[t.checked_add_signed(shift)?].as_ref()?;
                        Some((late[point] - truth[t][point]).truncate().as_dvec2())
                    })
                    .collect();
                let mean = differences.iter().sum::<DVec2>() / count;
                differences.iter().map(|d| (d - mean).length_squared()).sum::<f64>()
            })
            .sum()
    };
    let misfits: Vec<f64> = (-REACH..=REACH).map(misfit).collect();
    let best = (1..misfits.len() - 1).min_by(|&a, &b| misfits[a].total_cmp(&misfits[b])).unwrap();
    let [left, middle, right] = [misfits[best - 1], misfits[best], misfits[best + 1]];
    best as f64 - REACH as f64 + (left - right) / (2.0 * (left - 2.0 * middle + right))
}

fn reference(folder: &Path, name: &str) -> (Value, Course) {
    let json = read_json(&folder.join(format!("reference/{name}.json")));
    let frames = json["frames"].as_array().unwrap();
    let track = frames.iter().map(|face| (!face.is_null()).then(|| points(&face["landmarks_px"]))).collect();
    (json, track)
}

fn follow(frames: &[Vec<u8>], json: &Value) -> Course {
    let number = |key: &str| json[key].as_f64().unwrap();
    let (width, height) = (number("width") as u32, number("height") as u32);
    let mut tracker = FaceTracker::new(TrackerConfig { max_faces: 1, ..TrackerConfig::default() }).unwrap();
    let mut track = Vec::new();
    for (index, data) in frames.iter().enumerate() {
        let frame = Frame::new(data, PixelFormat::Rgb8, width, height).unwrap();
        let faces = tracker.track(&frame.with_time(Duration::from_secs_f64(index as f64 / number("fps")))).unwrap();
        track.push(faces.faces.first().map(|face| face.landmarks_px.to_vec()));
    }
    track
}

#[test]
#[ignore = "needs the test faces in ../shared/faces"]
fn synthetic_clips_are_followed_as_well_as_by_mediapipe() {
    let folder = faces_folder();
    for name in ["synthetic_astronaut", "synthetic_glasses"] {
        let truth = read_json(&folder.join(format!("clips/{name}.truth.json")));
        let truth: Vec<Vec<Vec3>> = truth["gt468"].as_array().unwrap().iter().map(points).collect();
        let file = format!("{name}.mp4");
        let frames = decode_clip(&folder.join("clips").join(&file), truth.len());
        let (json, theirs) = reference(&folder, &file);
        let (ours, theirs) = (measure(&follow(&frames, &json), &truth), measure(&theirs, &truth));
        println!("{name}: ours {ours:?}, MediaPipe {theirs:?}");
        assert!(ours.error <= theirs.error);
        assert!(ours.residual_px <= theirs.residual_px);
        assert!(ours.lag <= theirs.lag);
        assert!(ours.error <= 0.022 && ours.lag <= 1.0);
    }
}

#[test]
#[ignore = "needs the test faces in ../shared/faces"]
fn real_clips_match_mediapipe() {
    let folder = faces_folder();
    for name in ["talking_man.mp4", "hand_over_mouth.mp4", "neutral_to_smile.mp4", "standing_far.mkv"] {
        let (json, theirs) = reference(&folder, name);
        let frames = decode_clip(&folder.join("clips").join(name), theirs.len());
        let ours = follow(&frames, &json);
        let (mut errors, mut missing, mut extra) = (Vec::new(), 0, 0);
        for pair in ours.iter().zip(&theirs) {
            match pair {
                (Some(ours), Some(theirs)) => errors.push(mean_distance(ours, theirs) * 100.0),
                (None, Some(_)) => missing += 1,
                (Some(_), None) => extra += 1,
                (None, None) => {}
            }
        }
        errors.sort_by(f64::total_cmp);
        let (median, worst) = (errors[errors.len() / 2], errors[errors.len() - 1]);
        println!(
            "{name}: {} frames, {missing} missing, {extra} extra, {median:.3} %, worst {worst:.3} %",
            errors.len()
        );
        // MediaPipe's smoothing is some 0.3 frames late, ours 0.1: what is left is that difference.
        assert!(missing <= 2 && median < 1.0);
    }
}
