//! The app on a virtual display: what it says, touches, and what is in its memory.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use image::{Rgba, RgbaImage};

use crate::common::display::{App, Display, PATIENCE};
use crate::common::{self, Folder, memory, process};

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
        Self::start_in(Display::start(1080, 1920), settings, camera, |command| {
            command.args(["--size", "1080x1920"]);
            more(command);
        })
    }

    /// On the display of this number, which somebody else started.
    pub fn start_on(number: &str, settings: &str, camera: &str, more: impl FnOnce(&mut Command)) -> Self {
        Self::start_in(Display::at(number), settings, camera, more)
    }

    /// In a network namespace of its own, with nothing but a loopback that is down.
    pub fn start_in_no_network(settings: &str, camera: &str) -> Self {
        Self::start_with(settings, camera, |command| {
            let mut alone = Command::new("unshare");
            alone.args(["--net", "--"]).arg(command.get_program()).args(command.get_args());
            *command = common::in_the_place_of(command, alone);
            command.stderr(Stdio::piped());
        })
    }

    /// With this settings file, sound or not, and in a folder of its own.
    pub fn start_from(settings: &Path, camera: &str, more: impl FnOnce(&mut Command)) -> Self {
        Self::launch(Display::start(1080, 1920), Folder::new(), settings, camera, |command| {
            command.args(["--size", "1080x1920"]);
            more(command);
        })
    }

    fn start_in(display: Display, settings: &str, camera: &str, more: impl FnOnce(&mut Command)) -> Self {
        let folder = Folder::new();
        // A file of no bytes is a broken one.
        let settings = folder.file("kiosk.toml", format!("{settings}\n").as_bytes());
        Self::launch(display, folder, &settings, camera, more)
    }

    fn launch(
        display: Display,
        folder: Folder,
        settings: &Path,
        camera: &str,
        more: impl FnOnce(&mut Command),
    ) -> Self {
        let mut command = super::carmine(&folder);
        command
            .args(["--config", settings.to_str().unwrap(), "--camera", camera])
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

    /// The process that was started.
    pub fn pid(&self) -> u32 {
        self.app.0.id()
    }

    /// The process with the window and the pictures: a child of the one that was started, if it has one of that name.
    pub fn mirror_pid(&self) -> u32 {
        let is_mirror = |pid: &u32| {
            let arguments = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            arguments.split(|byte| *byte == 0).nth(1) == Some(b"mirror")
        };
        process::children(self.pid()).into_iter().find(is_mirror).unwrap_or_else(|| self.pid())
    }

    /// Whether the process that was started still runs.
    pub fn is_alive(&self) -> bool {
        std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).is_ok_and(|stat| !stat.contains(") Z"))
    }

    /// What it has written to standard error so far.
    pub fn said(&self) -> Vec<String> {
        self.said.lock().unwrap().clone()
    }

    /// How many of its lines contain this.
    pub fn times_said(&self, what: &str) -> usize {
        self.said.lock().unwrap().iter().filter(|line| line.contains(what)).count()
    }

    /// Whether it has said this so many times.
    pub fn has_said(&self, what: &str, times: usize) -> bool {
        self.times_said(what) >= times
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
        // Also where the pointer is there already: a window forgets that with everything else when a session ends.
        self.display.xdotool(&["mousemove", &(x + 2).to_string(), &y.to_string()]);
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
        memory::count(self.mirror_pid(), &mark[mark.len() / 3..2 * mark.len() / 3])
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
