//! What the tracking tests share.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test; and each test crate uses its own part"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use glam::Vec3;
use image::RgbImage;
use serde_json::Value;

/// The test faces beside the workspace. Tests that need them are ignored where they may be absent, with that reason.
pub fn faces_folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/faces");
    folder.canonicalize().unwrap_or_else(|_| panic!("no test faces at {}", folder.display()))
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

/// A clip's frames as RGB, through an installed ffmpeg.
pub fn decode_clip(path: &Path, frames: usize) -> Vec<Vec<u8>> {
    let size: Vec<usize> = probe(path);
    let decoded = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args([
            "-frames:v",
            &frames.to_string(),
            "-fps_mode",
            "passthrough",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
            "-",
        ])
        .output()
        .unwrap();
    assert!(decoded.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&decoded.stderr));
    decoded.stdout.chunks_exact(size[0] * size[1] * 3).map(<[u8]>::to_vec).collect()
}

fn probe(path: &Path) -> Vec<usize> {
    let size = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", "v", "-show_entries", "stream=width,height", "-of", "csv=p=0"])
        .arg(path)
        .output()
        .expect("ffmpeg is missing: apt install ffmpeg");
    let size = String::from_utf8(size.stdout).unwrap();
    size.trim().split(',').map(|side| side.parse().unwrap()).collect()
}

/// A still of `assets/stills`, or else of the test faces.
pub fn still(name: &str) -> RgbImage {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/stills").join(name);
    let path = if assets.exists() { assets } else { faces_folder().join("stills").join(name) };
    image::open(path).unwrap().to_rgb8()
}

/// Gaussian noise that is the same in every run.
pub struct Noise {
    pool: Vec<f32>,
    at: usize,
}

impl Noise {
    /// With this standard deviation, in 8-bit steps.
    pub fn new(deviation: f32) -> Self {
        let mut state = 7_u64;
        // SplitMix64 to (0, 1), then Box and Muller.
        let mut uniform = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 40) as f32 / (1_u32 << 24) as f32 + 1e-8
        };
        let gaussian = |_| (-2.0 * uniform().ln()).sqrt() * (std::f32::consts::TAU * uniform()).cos() * deviation;
        Self { pool: (0..1_000_003).map(gaussian).collect(), at: 0 }
    }

    /// Adds fresh noise to a picture.
    pub fn add(&mut self, picture: &mut RgbImage) {
        // A stride of its own for each picture's start keeps neighbours in time apart.
        self.at = (self.at + 414_233) % self.pool.len();
        for (value, noise) in picture.iter_mut().zip(self.pool[self.at..].iter().chain(&self.pool).cycle()) {
            *value = (f32::from(*value) + noise).round().clamp(0.0, 255.0) as u8;
        }
    }
}
