//! Whatever people bring: files of every kind, as they come, and the names that they have. Each test is a situation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say where")]

#[path = "../common/mod.rs"]
mod common;

mod cases;
mod clips;
mod kinds;
mod names;

use std::path::Path;
use std::process::Command;

use carmine_kiosk::source::{self, Picture};
use common::Folder;

/// Runs ffmpeg in a folder.
fn ffmpeg(folder: &Folder, arguments: &str) {
    let made = Command::new("sh")
        .args(["-c", &format!("ffmpeg -nostdin -v error -y {arguments}")])
        .current_dir(folder.path())
        .status();
    assert!(made.unwrap().success(), "ffmpeg is missing, or cannot: {arguments}");
}

/// A frame of a source as the engine sees it.
struct Seen {
    rgba: Vec<u8>,
    width: u32,
    height: u32,
    time_s: f64,
}

impl Seen {
    /// Red, green and blue at a place.
    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let at = ((y * self.width + x) * 4) as usize;
        [self.rgba[at], self.rgba[at + 1], self.rgba[at + 2]]
    }
}

/// Every frame of a file or folder, and what was said of it at its end.
fn frames(path: &Path) -> (Vec<Seen>, Option<String>) {
    let mut source = source::open(path).unwrap_or_else(|error| panic!("{error}"));
    let (mut picture, mut seen) = (Picture::default(), Vec::new());
    while source.next_frame(&mut picture).unwrap() {
        let mut rgba = Vec::new();
        let frame = picture.frame().unwrap();
        frame.write_rgba(&mut rgba);
        let (width, height) = (frame.width(), frame.height());
        seen.push(Seen { rgba, width, height, time_s: picture.time.as_secs_f64() });
    }
    (seen, source.warning())
}

/// Why a file cannot be opened.
fn refusal(path: &Path) -> String {
    source::open(path).err().expect("it should not open").to_string()
}
