//! The whole way of a shopper in a real window, by touches: attract, consent, mirror, compare, my shade, what was
//! changed, take home, idle; a picture plays the camera. And when it is over, nothing of that picture is left in the
//! process.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use common::Folder;
use common::display::{App, Display, PATIENCE, until};
use image::{Rgba, RgbaImage};

/// Pixels of the mark in the camera's picture: noise that occurs nowhere else.
const MARK: usize = 96;

/// The app and what it says.
struct Kiosk {
    app: App,
    said: Arc<Mutex<Vec<String>>>,
    display: Display,
    folder: Folder,
}

impl Kiosk {
    fn start(settings: &str, camera: &str) -> Self {
        let (folder, display) = (Folder::new(), Display::start(1080, 1920));
        let settings = folder.file("kiosk.toml", settings.as_bytes());
        let mut child = common::carmine(&folder)
            .args(["--config", settings.to_str().unwrap(), "--camera", camera, "--size", "1080x1920"])
            .env("DISPLAY", &display.number)
            .env("RUST_LOG", "carmine_kiosk=info")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(Vec::new()));
        let (lines, sink) = (BufReader::new(child.stderr.take().unwrap()).lines(), Arc::clone(&said));
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| sink.lock().unwrap().push(line)));
        Self { app: App(child), said, display, folder }
    }

    fn has_said(&self, what: &str, times: usize) -> bool {
        self.said.lock().unwrap().iter().filter(|line| line.contains(what)).count() >= times
    }

    /// Waits for a screen to be shown for the nth time.
    fn on(&self, screen: &str, times: usize) {
        let what = format!("screen: {screen}");
        let started = Instant::now();
        while !self.has_said(&what, times) {
            assert!(started.elapsed() < PATIENCE, "waited in vain for {what}: {:?}", self.said.lock().unwrap());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn touch(&self, x: u32, y: u32) {
        self.display.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
        std::thread::sleep(Duration::from_millis(150));
        self.display.xdotool(&["mousedown", "1"]);
        std::thread::sleep(Duration::from_millis(150));
        self.display.xdotool(&["mouseup", "1"]);
    }

    /// Touches until the screen is reached: on a busy machine a touch can fall between two frames.
    fn touch_to(&self, (x, y): (u32, u32), screen: &str, times: usize) {
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
    fn marks(&self, mark: &[u8]) -> usize {
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
fn marked_picture(folder: &Folder) -> (String, Vec<u8>) {
    let photo = image::open(common::asset("stills/astronaut.png")).unwrap().to_rgba8();
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

#[test]
fn from_attract_to_take_home_to_idle_and_nothing_is_left() {
    let pictures = Folder::new();
    let (camera, mark) = marked_picture(&pictures);
    let heard = pictures.path().join("heard");
    let player = pictures.file("player.sh", format!("#!/bin/sh\ncat > '{}'\n", heard.display()).as_bytes());
    let settings = format!(
        "[idle]\nwarn_after_s = 25\nend_after_s = 5\n[photo]\naddress = \"127.0.0.1\"\n[sound]\nplayer = [\"sh\", \"{}\"]\n",
        player.display()
    );
    let kiosk = Kiosk::start(&settings, &camera);
    kiosk.on("Attract", 1);
    until("a picture of the attract screen", || kiosk.display.look().colours(1080, 1920) > 200);
    assert_eq!(kiosk.marks(&mark), 0, "no camera before consent");
    assert!(!kiosk.has_said("the camera is opened", 1));

    kiosk.touch_to((540, 1000), "Consent", 1);
    assert!(!kiosk.has_said("the camera is opened", 1), "asking opens nothing");
    kiosk.touch_to((290, 1772), "Mirror", 1);
    until("the camera", || kiosk.has_said("the camera is opened by consent", 1));
    until("her picture in memory", || kiosk.marks(&mark) > 0);

    // A lipstick, then the screens one after another.
    kiosk.touch(248, 1210);
    std::thread::sleep(Duration::from_secs(2));
    kiosk.touch(567, 1515);
    kiosk.touch_to((147, 1852), "Compare", 1);
    kiosk.touch_to((67, 67), "Mirror", 2);
    kiosk.touch_to((380, 1852), "Shade", 1);
    kiosk.touch_to((67, 67), "Mirror", 3);
    kiosk.touch_to((615, 1852), "Changed", 1);
    kiosk.touch_to((67, 80), "Mirror", 4);
    kiosk.touch_to((890, 1852), "TakeHome", 1);

    // She walks away: a warning in two senses, then the end.
    until("the warning to be heard", || std::fs::read(&heard).is_ok_and(|wav| wav.starts_with(b"RIFF")));
    kiosk.on("Attract", 2);
    std::thread::sleep(Duration::from_secs(3));
    let mut left = kiosk.marks(&mark);
    let started = Instant::now();
    while left > 0 && started.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_secs(1));
        left = kiosk.marks(&mark);
    }
    assert_eq!(left, 0, "nothing of her picture is left in memory");
    assert_eq!(kiosk.folder.names(), ["kiosk.toml"], "nothing was written");
}
