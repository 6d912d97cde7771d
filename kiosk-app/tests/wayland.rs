//! The kiosk as a shop starts it: on Wayland, in cage, as a user without rights. Cage itself shows its screen in a window on
//! a virtual X display, where it can be looked at and touched; the app sees Wayland only.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::Folder;

/// Long, for a machine that draws in software and builds meanwhile.
const PATIENCE: Duration = Duration::from_secs(120);
/// The virtual display holds the kiosk's screen upright and turned.
const DISPLAY: &str = "1920x1920x24";
/// `nobody` and `nogroup`: cage refuses to run as root.
const NOBODY: u32 = 65534;
/// The house's accent, sRGB.
const ACCENT: [u8; 3] = [0x8F, 0x23, 0x38];

/// A virtual X display, and its picture in memory.
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
            .args(["-displayfd", "1", "-screen", "0", DISPLAY, "-nolisten", "tcp", "-fbdir"])
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

    /// Cage's window, which has no name; nor has the root, which is listed first.
    fn cages_window(&self) -> Option<String> {
        self.xdotool(&["search", "--name", "^$"]).lines().nth(1).map(str::to_owned)
    }

    fn look(&self) -> Screenshot {
        let dump = std::fs::read(&self.memory).unwrap();
        let word = |index: usize| u32::from_be_bytes(dump[index * 4..index * 4 + 4].try_into().unwrap()) as usize;
        let (header, stride, colours) = (word(0), word(12), word(19));
        Screenshot { pixels: dump[header + colours * 12..].to_vec(), stride }
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
    stride: usize,
}

impl Screenshot {
    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let at = y * self.stride + x * 4;
        [self.pixels[at + 2], self.pixels[at + 1], self.pixels[at]]
    }

    /// How many different colours a grid of points has: a blank screen has one.
    fn colours(&self, width: usize, height: usize) -> usize {
        let points = (0..40 * 40).map(|i| self.at(i % 40 * width / 40, i / 40 * height / 40));
        points.collect::<HashSet<_>>().len()
    }

    /// How much of a rectangle has the accent: what is chosen is framed in it.
    fn accented(&self, left: usize, top: usize, width: usize, height: usize) -> usize {
        let points = (0..width * height).map(|i| self.at(left + i % width, top + i / width));
        points.filter(|point| point.iter().zip(ACCENT).all(|(side, accent)| side.abs_diff(accent) <= 4)).count()
    }
}

/// Cage with the app in it; ended even if the test fails.
struct Session {
    cage: Child,
    runtime: Folder,
}

impl Session {
    fn start(display: &Display, args: &[&str]) -> Self {
        let runtime = Folder::new();
        let app = runtime.path().join("carmine");
        // A copy: the build's own folder may be closed to other users.
        std::fs::copy(env!("CARGO_BIN_EXE_carmine"), &app).unwrap();
        std::fs::set_permissions(runtime.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
        let mut command = if is_root() {
            for path in [runtime.path(), app.as_path()] {
                chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
            }
            let mut command = Command::new("setpriv");
            let id = NOBODY.to_string();
            command.args(["--reuid", &id, "--regid", &id, "--clear-groups", "cage"]);
            command
        } else {
            Command::new("cage")
        };
        // The app is not told of any X display, so that it must take Wayland.
        command.args(["-d", "-s", "--", "env", "-u", "DISPLAY"]).arg(app).args(["kiosk", "--fullscreen"]).args(args);
        let cage = command
            .current_dir(runtime.path())
            .env("XDG_RUNTIME_DIR", runtime.path())
            .env("HOME", runtime.path())
            .env("DISPLAY", &display.number)
            .envs([("WLR_BACKENDS", "x11"), ("WLR_RENDERER", "pixman"), ("MESA_SHADER_CACHE_DISABLE", "true")])
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("RUST_LOG")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("cage is missing: apt install cage (or set CARMINE_SKIP_WINDOW_TESTS=1)");
        Self { cage, runtime }
    }

    /// The app's process: the one child of cage.
    fn app(&self) -> Option<String> {
        let id = self.cage.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).ok()?;
        children.split_whitespace().find(|child| is_called(child, "carmine")).map(str::to_owned)
    }

    fn end_app(&self) {
        if let Some(app) = self.app() {
            Command::new("sh").args(["-c", "kill \"$0\"", &app]).status().unwrap();
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Cage would leave it behind.
        self.end_app();
        let _ = self.cage.kill();
        let _ = self.cage.wait();
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

fn is_called(process: &str, name: &str) -> bool {
    std::fs::read_to_string(Path::new("/proc").join(process).join("comm")).is_ok_and(|comm| comm.trim() == name)
}

/// Waits until it is so.
fn until(what: &str, mut so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !so() {
        assert!(started.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn the_kiosk_fills_a_wayland_screen_is_touched_and_turned() {
    if std::env::var_os("CARMINE_SKIP_WINDOW_TESTS").is_some() {
        eprintln!("skipped: CARMINE_SKIP_WINDOW_TESTS is set");
        return;
    }
    let display = Display::start();
    let mut session = Session::start(&display, &["--input", "mannequin:6"]);
    let mut window = None;
    until("cage to open its screen", || {
        assert!(session.cage.try_wait().unwrap().is_none(), "cage or the app ended");
        window = display.cages_window();
        window.is_some()
    });
    let window = window.unwrap();
    display.xdotool(&["windowsize", &window, "1080", "1920"]);
    // Cage alone is black; the controls' ground reaches into the lower corners, with no title bar or frame beside it.
    let light = |point: [u8; 3]| point.iter().all(|side| *side > 200);
    until("the app to fill the upright screen", || {
        let seen = display.look();
        seen.colours(1080, 1920) > 200 && light(seen.at(2, 1917)) && light(seen.at(1077, 1917))
    });
    assert_eq!(display.look().at(1500, 1000), [0; 3], "beside the screen there is nothing");

    // A card of the second row of looks; its frame is some 3,000 pixels.
    let framed = || display.look().accented(20, 1280, 1040, 500);
    let before = framed();
    display.xdotool(&["mousemove", "470", "1560", "click", "1"]);
    until("the touched look to be framed", || framed() > before + 1500);

    display.xdotool(&["windowsize", &window, "1920", "1080"]);
    until("the app to fill the turned screen", || {
        let seen = display.look();
        light(seen.at(1917, 1077)) && seen.at(400, 1500) == [0; 3] && seen.colours(1920, 1080) > 200
    });

    session.end_app();
    until("cage to end with the app", || session.cage.try_wait().unwrap().is_some());
    let left = session.runtime.names();
    assert!(left.iter().all(|name| name == "carmine" || name.starts_with("wayland-")), "written unasked: {left:?}");
}
