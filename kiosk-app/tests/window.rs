//! A real window on a virtual display: opened, looked at, touched, resized, closed.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::Folder;

/// Long, for a machine that draws in software and builds meanwhile.
const PATIENCE: Duration = Duration::from_secs(90);

/// A virtual display, and its picture in memory.
struct Display {
    server: Child,
    number: String,
    memory: PathBuf,
    _folder: Folder,
}

impl Display {
    fn start() -> Self {
        let folder = Folder::new();
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp", "-fbdir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is missing: apt install xvfb (or set CARMINE_SKIP_WINDOW_TESTS=1)");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let memory = folder.path().join("Xvfb_screen0");
        Self { server, number: format!(":{}", number.trim()), memory, _folder: folder }
    }

    fn xdotool(&self, args: &[&str]) -> String {
        let output = Command::new("xdotool")
            .args(args)
            .env("DISPLAY", &self.number)
            .output()
            .expect("xdotool is missing: apt install xdotool (or set CARMINE_SKIP_WINDOW_TESTS=1)");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The screen's pixels as (red, green, blue), read from the server's XWD dump.
    fn look(&self) -> Screenshot {
        let dump = std::fs::read(&self.memory).unwrap();
        let word = |index: usize| u32::from_be_bytes(dump[index * 4..index * 4 + 4].try_into().unwrap()) as usize;
        let (header, width, height, stride, colours) = (word(0), word(4), word(5), word(12), word(19));
        Screenshot { pixels: dump[header + colours * 12..].to_vec(), width, height, stride }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

struct Screenshot {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
    stride: usize,
}

impl Screenshot {
    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        assert!(x < self.width && y < self.height);
        let at = y * self.stride + x * 4;
        [self.pixels[at + 2], self.pixels[at + 1], self.pixels[at]]
    }

    /// The part of a rectangle that is as bright as a chosen chip.
    fn ivory(&self, left: usize, top: usize, width: usize, height: usize) -> f32 {
        let points = (0..width * height).map(|i| self.at(left + i % width, top + i / width));
        points.filter(|p| p.iter().all(|c| *c > 225)).count() as f32 / (width * height) as f32
    }

    /// How many different colours a grid of points has: a blank screen has one.
    fn colours(&self, width: usize, height: usize) -> usize {
        let points = (0..40 * 40).map(|i| self.at(i % 40 * width / 40, i / 40 * height / 40));
        points.collect::<std::collections::HashSet<_>>().len()
    }
}

/// Waits until it is so.
fn until(what: &str, mut so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !so() {
        assert!(started.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Ends the app even if the test fails.
struct App(Child);

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_mirror_opens_is_touched_resized_and_closed() {
    if std::env::var_os("CARMINE_SKIP_WINDOW_TESTS").is_some() {
        eprintln!("skipped: CARMINE_SKIP_WINDOW_TESTS is set");
        return;
    }
    let (folder, display) = (Folder::new(), Display::start());
    let child = common::carmine(&folder)
        .args(["--camera", "none", "--look", "bare-light", "--size", "1280x800"])
        .env("DISPLAY", &display.number)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut app = App(child);
    until("the window to open with a picture", || display.look().colours(1280, 800) > 200);

    // "City Rose", the third chip: dark glass until it is touched, ivory then. Its dots are left out.
    let chip = (520, 712, 100, 42);
    until("the chips", || display.look().ivory(284, 712, 112, 42) > 0.5);
    assert!(display.look().ivory(chip.0, chip.1, chip.2, chip.3) < 0.3);
    display.xdotool(&["mousemove", "560", "733", "click", "1"]);
    until("the touched look to be worn", || display.look().ivory(chip.0, chip.1, chip.2, chip.3) > 0.5);

    let window = display.xdotool(&["search", "--name", "^Carmine$"]);
    let window = window.lines().next().expect("a window called Carmine");
    assert_eq!(display.look().at(400, 980), [0; 3], "below the window there is nothing");
    display.xdotool(&["windowsize", window, "800", "1000"]);
    until("the picture to fill the resized window", || display.look().at(400, 980) != [0; 3]);
    until("the right part to be left empty", || display.look().at(1200, 400) == [0; 3]);
    assert!(display.look().colours(800, 1000) > 200);

    display.xdotool(&["windowsize", window, "1", "1"]);
    display.xdotool(&["windowsize", window, "640", "480"]);
    until("it to survive one pixel", || display.look().colours(640, 480) > 200);

    display.xdotool(&["windowfocus", window]);
    display.xdotool(&["key", "Escape"]);
    let mut status = None;
    until("the app to end", || {
        status = app.0.try_wait().unwrap();
        status.is_some()
    });
    assert_eq!(status.unwrap().code(), Some(0));
    assert!(folder.names().is_empty(), "nothing is written unless asked");
}

#[test]
fn frames_ends_it_and_stats_tells() {
    if std::env::var_os("CARMINE_SKIP_WINDOW_TESTS").is_some() {
        return;
    }
    let (folder, display) = (Folder::new(), Display::start());
    let photo = common::asset("stills/astronaut.png");
    for args in [&["--input", &photo, "--frames", "3", "--stats"][..], &["--camera", "99", "--frames", "3", "--stats"]]
    {
        let output = common::carmine(&folder).args(args).env("DISPLAY", &display.number).output().unwrap();
        let table = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(table.starts_with("3 frames shown") && table.contains("latency"), "{args:?}: {table}");
    }
}
