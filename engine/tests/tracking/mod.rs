//! What the tracking tests share.
#![allow(dead_code, reason = "each test crate uses its own part")]

use std::path::{Path, PathBuf};

use glam::Vec3;
use serde_json::Value;

/// The test faces beside the workspace; says so where they are absent.
pub fn faces_folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/faces");
    let found = folder.canonicalize().ok();
    if found.is_none() {
        eprintln!("SKIPPED: no test faces at {}", folder.display());
    }
    found
}

/// A file's JSON.
pub fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// A reference face's `landmarks_px`.
pub fn landmarks_of(face: &Value) -> Vec<Vec3> {
    points(&face["landmarks_px"])
}

/// Rows of x, y and perhaps z.
pub fn points(rows: &Value) -> Vec<Vec3> {
    let rows: Vec<Vec<f32>> = serde_json::from_value(rows.clone()).unwrap();
    rows.iter().map(|row| Vec3::new(row[0], row[1], row.get(2).copied().unwrap_or(0.0))).collect()
}

/// Distance between the outer corners of the eyes in x and y.
pub fn interocular(points: &[Vec3]) -> f64 {
    f64::from(points[33].truncate().distance(points[263].truncate()))
}

/// Mean distance in x and y, as a share of the reference's interocular distance; over the points that both have.
pub fn mean_distance(ours: &[Vec3], reference: &[Vec3]) -> f64 {
    let pairs = ours.iter().zip(reference);
    let count = pairs.len() as f64;
    let sum: f64 = pairs.map(|(a, b)| f64::from(a.truncate().distance(b.truncate()))).sum();
    sum / count / interocular(reference)
}
