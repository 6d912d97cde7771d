//! Our stills against MediaPipe's Face Landmarker on the same pictures, where the test faces lie beside the workspace.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod tracking;

use carmine::face::{Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine::{Frame, TryOn, TryOnConfig};
use glam::{DMat3, DMat4, DVec3};
use serde_json::Value;
use tracking::{faces_folder, landmarks_of, mean_distance, read_json};

/// Of the interocular distance.
const MEDIAN_ERROR: f64 = 0.001;
const WORST_ERROR: f64 = 0.005;
const WORST_TURN_DEGREES: f64 = 1.0;
const WORST_DISTANCE: f64 = 0.02;

#[test]
#[ignore = "needs the test faces in ../shared/faces"]
fn stills_match_mediapipe() {
    let folder = faces_folder();
    let tracker = TrackerConfig { max_faces: 6, sequence: Sequence::Stills, ..TrackerConfig::default() };
    let mut try_on = TryOn::new(TryOnConfig { tracker, ..TryOnConfig::default() }).unwrap();
    let mut pictures: Vec<_> = ["stills", "cg"]
        .iter()
        .flat_map(|kind| folder.join(kind).read_dir().unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end != "json"))
        .collect();
    pictures.sort();

    let (mut errors, mut missing, mut failures) = (Vec::new(), 0, Vec::new());
    for path in pictures {
        let name = path.file_name().unwrap().to_str().unwrap();
        let reference = read_json(&folder.join(format!("reference/{name}.json")));
        let picture = image::open(&path).unwrap().to_rgba8();
        let (width, height) = picture.dimensions();
        let frame = Frame::new(&picture, PixelFormat::Rgba8, width, height).unwrap();
        let fitted = try_on.track(&frame).unwrap();
        let expected = reference["faces"].as_array().unwrap();
        println!("{name}: {} of {} faces", fitted.len(), expected.len());
        for face in expected {
            let points = landmarks_of(face);
            let nearest = fitted
                .iter()
                .map(|ours| (mean_distance(&ours.landmarks_px[..], &points), ours))
                .min_by(|a, b| a.0.total_cmp(&b.0))
                .filter(|(error, _)| *error < 0.5);
            let Some((error, ours)) = nearest else {
                println!("    missing");
                missing += 1;
                continue;
            };
            let (turn, distance) = pose_difference(&face["camera_from_face"], ours.camera_from_face.as_dmat4());
            println!("    {:.3} % of interocular, {turn:.2}°, {:.2} % of distance", error * 100.0, distance * 100.0);
            errors.push(error);
            if error > WORST_ERROR || turn > WORST_TURN_DEGREES || distance > WORST_DISTANCE {
                failures.push(format!("{name}: {:.3} %, {turn:.2}°, {:.2} %", error * 100.0, distance * 100.0));
            }
        }
    }
    errors.sort_by(f64::total_cmp);
    let median = errors[errors.len() / 2];
    println!("{} faces, median {:.3} %, worst {:.3} %", errors.len(), median * 100.0, errors[errors.len() - 1] * 100.0);
    assert_eq!(missing, 0);
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(median <= MEDIAN_ERROR);
}

/// Angle in degrees, and difference of distance as a share.
fn pose_difference(reference: &Value, ours: DMat4) -> (f64, f64) {
    let rows: Vec<Vec<f64>> = serde_json::from_value(reference.clone()).unwrap();
    let theirs = DMat4::from_cols_array_2d(&std::array::from_fn(|column| std::array::from_fn(|row| rows[row][column])));
    let turn = |m: DMat4| {
        let column = |i: usize| m.col(i).truncate() / m.col(i).truncate().length();
        DMat3::from_cols(column(0), column(1), column(2))
    };
    let between = turn(theirs).transpose() * turn(ours);
    let trace: f64 = between.to_cols_array_2d().iter().enumerate().map(|(i, column)| column[i]).sum();
    let place = |m: DMat4| -> DVec3 { m.w_axis.truncate() };
    let distance = (place(theirs).z - place(ours).z).abs() / place(theirs).z.abs();
    (((trace - 1.0) / 2.0).clamp(-1.0, 1.0).acos().to_degrees(), distance)
}
