//! The app on a virtual display: what it says, touches, and what is in its memory.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use image::{Rgba, RgbaImage};

use crate::common::Folder;
use crate::common::display::{App, Display, PATIENCE};

/// Pixels of the mark in the camera's picture: noise that occurs nowhere else.
pub const MARK: usize = 96;

/// The app and what it says.
pub struct Kiosk {
    pub app: App,
    pub said: Arc<Mutex<Vec<String>>>,
    pub display: Display,
    pub folder: Folder,
}

impl Kiosk {
    /// In a window of 1080 × 1920 on a display of its own, with these settings; `camera` plays the camera.
    pub fn start(settings: &str, camera: &str) -> Self {
        Self::start_with(settings, camera, |_| {})
    }

    /// The same with more arguments or another environment.
    pub fn start_with(settings: &str, camera: &str, more: impl FnOnce(&mut Command)) -> Self {
        let (folder, display) = (Folder::new(), Display::start(1080, 1920));
        let settings = folder.file("kiosk.toml", settings.as_bytes());
        let mut command = super::carmine(&folder);
        command
            .args(["--config", settings.to_str().unwrap(), "--camera", camera, "--size", "1080x1920"])
            .env("DISPLAY", &display.number)
            .env("RUST_LOG", "carmine_kiosk=info")
            .stderr(Stdio::piped());
        more(&mut command);
        let mut child = command.spawn().unwrap();
        let said = Arc::new(Mutex::new(Vec::new()));
        let (lines, sink) = (BufReader::new(child.stderr.take().unwrap()).lines(), Arc::clone(&said));
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| sink.lock().unwrap().push(line)));
        Self { app: App(child), said, display, folder }
    }

    /// Whether it has said this so many times.
    pub fn has_said(&self, what: &str, times: usize) -> bool {
        self.said.lock().unwrap().iter().filter(|line| line.contains(what)).count() >= times
    }

    /// Waits for a screen to be shown for the nth time.
    pub fn on(&self, screen: &str, times: usize) {
        let what = format!("screen: {screen}");
        let started = Instant::now();
        while !self.has_said(&what, times) {
            assert!(started.elapsed() < PATIENCE, "waited in vain for {what}: {:?}", self.said.lock().unwrap());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    pub fn touch(&self, x: u32, y: u32) {
        self.display.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
        std::thread::sleep(Duration::from_millis(150));
        self.display.xdotool(&["mousedown", "1"]);
        std::thread::sleep(Duration::from_millis(150));
        self.display.xdotool(&["mouseup", "1"]);
    }

    /// Touches until the screen is reached: on a busy machine a touch can fall between two frames.
    pub fn touch_to(&self, (x, y): (u32, u32), screen: &str, times: usize) {
        let started = Instant::now();
        while !self.has_said(&format!("screen: {screen}"), times) {
            assert!(started.elapsed() < PATIENCE, "{screen} was never reached: {:?}", self.said.lock().unwrap());
            self.touch(x, y);
            for _ in 0..60 {
                std::thread::sleep(Duration::from_millis(100));
                if self.has_said(&format!("screen: {screen}"), times) {
                    break;
                }
            }
        }
    }

    /// How often the mark, or a third of it, is in the process's memory.
    pub fn marks(&self, mark: &[u8]) -> usize {
        let pid = self.app.0.id();
        let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
        let mut memory = std::fs::File::open(format!("/proc/{pid}/mem")).unwrap();
        let third = &mark[mark.len() / 3..2 * mark.len() / 3];
        let mut found = 0;
        for line in maps.lines() {
            let mut words = line.split_whitespace();
            let (range, rights) = (words.next().unwrap(), words.next().unwrap());
            if !rights.starts_with("rw") || line.contains("[vvar") {
                continue;
            }
            let (start, end) = range.split_once('-').unwrap();
            let [start, end] = [start, end].map(|text| u64::from_str_radix(text, 16).unwrap());
            let mut bytes = vec![0; (end - start) as usize];
            // What is mapped away meanwhile is not there any more.
            if memory.seek(SeekFrom::Start(start)).is_err() || memory.read_exact(&mut bytes).is_err() {
                continue;
            }
            found += bytes
                .windows(third.len())
                .step_by(1)
                .filter(|window| window[0] == third[0] && *window == third)
                .count();
        }
        found
    }
}

/// The astronaut with a row of noise at the lower edge; returns the file and the noise as it lies in memory.
pub fn marked_picture(folder: &Folder) -> (String, Vec<u8>) {
    let photo = image::open(super::asset("stills/astronaut.png")).unwrap().to_rgba8();
    let mut picture = RgbaImage::from_pixel(640, 640, Rgba([90, 92, 96, 255]));
    image::imageops::overlay(&mut picture, &photo, 64, 64);
    let mut state = 0x2545_F491_4F6C_DD1D_u64 ^ u64::from(std::process::id());
    let mut noise = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    let mut mark = Vec::new();
    for x in 0..MARK as u32 {
        let pixel = Rgba([noise(), noise(), noise(), 255]);
        picture.put_pixel(200 + x, 630, pixel);
        mark.extend(pixel.0);
    }
    let path = folder.path().join("camera.png");
    picture.save(&path).unwrap();
    (path.to_str().unwrap().to_owned(), mark)
}
