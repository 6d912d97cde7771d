//! A real display without a screen, and an app on it.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::common::Folder;

/// Long, for a machine that draws in software and builds meanwhile.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// Numbers that no other server tries by itself: those, and compositors, look for the lowest free one, and would take this
/// one's while it is down.
pub fn numbers() -> impl Iterator<Item = String> {
    static DISPLAYS: AtomicU32 = AtomicU32::new(0);
    let first = 100 + std::process::id() % 10_000 * 5;
    (0..50).map(move |_| format!(":{}", first + DISPLAYS.fetch_add(1, Ordering::Relaxed) % 9_000))
}

/// A virtual display, and its picture in memory.
pub struct Display {
    server: Option<Child>,
    pub number: String,
    size: (usize, usize),
    memory: PathBuf,
    folder: Folder,
}

impl Display {
    /// A screen of this size.
    pub fn start(width: usize, height: usize) -> Self {
        let mut display = Self::at("");
        display.size = (width, height);
        display.memory = display.folder.path().join("Xvfb_screen0");
        display.serve();
        display
    }

    /// Starts the server again, after its end, under the number that it had.
    pub fn start_again(&mut self) {
        assert!(self.server.is_none());
        let number = self.number.clone();
        assert!(self.serve_at(&number), "{number} is taken");
    }

    /// Starts a server under a number that nobody has.
    fn serve(&mut self) {
        assert!(numbers().any(|number| self.serve_at(&number)), "no display: apt install xvfb");
    }

    /// Starts a server under this number; false if it is taken.
    fn serve_at(&mut self, number: &str) -> bool {
        let (width, height) = self.size;
        let mut server = Command::new("Xvfb")
            .args([number, "-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24"), "-nolisten", "tcp"])
            .arg("-fbdir")
            .arg(self.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is missing: apt install xvfb");
        let mut answer = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut answer).unwrap();
        if format!(":{}", answer.trim()) != number {
            let _ = server.kill();
            let _ = server.wait();
            return false;
        }
        (self.number, self.server) = (number.to_owned(), Some(server));
        true
    }

    /// One that somebody else started; its picture cannot be looked at.
    pub fn at(number: &str) -> Self {
        let (number, memory, folder) = (number.to_owned(), PathBuf::new(), Folder::new());
        Self { server: None, number, size: (0, 0), memory, folder }
    }

    /// Looks at it from another thread.
    #[cfg(unix)]
    pub fn eye(&self) -> Eye {
        Eye(self.memory.clone())
    }

    /// Ends the server, as if it had crashed.
    pub fn end(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = server.kill();
            let _ = server.wait();
        }
    }

    pub fn xdotool(&self, args: &[&str]) -> String {
        let output = Command::new("xdotool")
            .args(args)
            .env("DISPLAY", &self.number)
            .output()
            .expect("xdotool is missing: apt install xdotool");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The screen's pixels as (red, green, blue), read from the server's XWD dump.
    pub fn look(&self) -> Screenshot {
        let dump = std::fs::read(&self.memory).unwrap();
        let word = |index: usize| u32::from_be_bytes(dump[index * 4..index * 4 + 4].try_into().unwrap()) as usize;
        let (header, width, height, stride, colours) = (word(0), word(4), word(5), word(12), word(19));
        Screenshot { pixels: dump[header + colours * 12..].to_vec(), width, height, stride }
    }
}

/// Looks at a display's picture, from any thread.
#[cfg(unix)]
pub struct Eye(PathBuf);

#[cfg(unix)]
impl Eye {
    /// How many points of a grid of 40 × 30 are black, or the ground on which the mirror lays a live picture.
    pub fn dark_points(&self) -> usize {
        let ground = carmine_kiosk::palette::BACKGROUND_WGPU;
        let ground = [ground.r, ground.g, ground.b].map(|part| (part * 255.0).round() as u8);
        self.points().into_iter().filter(|point| *point == [0; 3] || *point == ground).count()
    }

    /// Red, green and blue of the points of a grid of 40 × 30.
    pub fn points(&self) -> Vec<[u8; 3]> {
        use std::os::unix::fs::FileExt;
        let file = std::fs::File::open(&self.0).unwrap();
        let mut head = [0; 100];
        file.read_exact_at(&mut head, 0).unwrap();
        let word = |index: usize| u32::from_be_bytes(head[index * 4..index * 4 + 4].try_into().unwrap()) as usize;
        let (header, width, height, stride, colours) = (word(0), word(4), word(5), word(12), word(19));
        let (mut row, mut points) = (vec![0; stride], Vec::with_capacity(1200));
        for index in 0..30 {
            let y = (2 * index + 1) * height / 60;
            file.read_exact_at(&mut row, (header + colours * 12 + y * stride) as u64).unwrap();
            points.extend((0..40).map(|x| x * width / 40 * 4).map(|at| [row[at + 2], row[at + 1], row[at]]));
        }
        points
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if self.server.is_some() || self.size != (0, 0) {
            self.end();
            clear_away(&self.number);
        }
    }
}

/// Removes what a server of this number leaves behind that was killed.
pub fn clear_away(number: &str) {
    let number = number.trim_start_matches(':');
    let _ = std::fs::remove_file(format!("/tmp/.X11-unix/X{number}"));
    let _ = std::fs::remove_file(format!("/tmp/.X{number}-lock"));
}

pub struct Screenshot {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
    stride: usize,
}

impl Screenshot {
    /// Of pixels as an X server gives them: blue, green, red and a fourth byte, row by row.
    pub fn of(pixels: Vec<u8>, width: usize, height: usize) -> Self {
        assert_eq!(pixels.len(), width * height * 4);
        Self { pixels, width, height, stride: width * 4 }
    }

    pub fn size(&self) -> [usize; 2] {
        [self.width, self.height]
    }

    pub fn at(&self, x: usize, y: usize) -> [u8; 3] {
        assert!(x < self.width && y < self.height);
        let at = y * self.stride + x * 4;
        [self.pixels[at + 2], self.pixels[at + 1], self.pixels[at]]
    }

    /// How many different colours a grid of points has: a blank screen has one.
    pub fn colours(&self, width: usize, height: usize) -> usize {
        let points = (0..40 * 40).map(|i| self.at(i % 40 * width / 40, i / 40 * height / 40));
        points.collect::<std::collections::HashSet<_>>().len()
    }
}

/// Waits until it is so.
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !so() {
        assert!(started.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Ends the app even if the test fails.
pub struct App(pub Child);

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
