//! The kiosk as a shop starts it: on Wayland, in cage, as an unprivileged user. Cage itself shows its screen in a
//! window on a virtual X display, where the test reads pixels and sends touches; the app uses Wayland only.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use common::Folder;
use common::display::{Display, Screenshot, until};

/// Side of the virtual display in pixels: it holds the kiosk's screen upright and turned.
const DISPLAY: usize = 1920;
/// `nobody` and `nogroup`: cage refuses to run as root.
const NOBODY: u32 = 65534;
/// The house's accent, sRGB.
const ACCENT: [u8; 3] = [0x8F, 0x23, 0x38];

/// Cage's window, which has no name; nor has the root, which is listed first.
fn cages_window(display: &Display) -> Option<String> {
    display.xdotool(&["search", "--name", "^$"]).lines().nth(1).map(str::to_owned)
}

/// How much of a rectangle has the accent: what is chosen is framed in it.
fn accented(seen: &Screenshot, left: usize, top: usize, width: usize, height: usize) -> usize {
    let points = (0..width * height).map(|i| seen.at(left + i % width, top + i / width));
    points.filter(|point| point.iter().zip(ACCENT).all(|(side, accent)| side.abs_diff(accent) <= 4)).count()
}

/// Cage with the app in it; ended even if the test fails.
struct Session {
    cage: Child,
    runtime: Folder,
    /// What cage and the app print, shown if the test fails.
    log: Folder,
}

impl Session {
    fn start(display: &Display, args: &[&str]) -> Self {
        let (runtime, log) = (Folder::new(), Folder::new());
        let said = std::fs::File::create(log.path().join("cage")).unwrap();
        let app = runtime.path().join("carmine");
        // A copy: the build's own folder may be closed to other users.
        std::fs::copy(env!("CARGO_BIN_EXE_carmine"), &app).unwrap();
        std::fs::set_permissions(runtime.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
        let mut command = unprivileged("cage", &[runtime.path(), &app]);
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
            .stderr(said)
            .spawn()
            .expect("cage is missing: apt install cage");
        Self { cage, runtime, log }
    }

    /// What cage and the app printed so far.
    fn said(&self) -> String {
        std::fs::read_to_string(self.log.path().join("cage")).unwrap_or_default()
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

/// The program, as a user without rights, to whom these files and folders then belong.
fn unprivileged(program: &str, own: &[&Path]) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    own.iter().for_each(|path| chown(path, Some(NOBODY), Some(NOBODY)).unwrap());
    let mut command = Command::new("setpriv");
    let id = NOBODY.to_string();
    command.args(["--reuid", &id, "--regid", &id, "--clear-groups", program]);
    command
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

fn is_called(process: &str, name: &str) -> bool {
    std::fs::read_to_string(Path::new("/proc").join(process).join("comm")).is_ok_and(|comm| comm.trim() == name)
}

#[test]
fn the_kiosk_fills_a_wayland_screen_is_touched_and_turned() {
    let display = Display::start(DISPLAY, DISPLAY);
    let mut session = Session::start(&display, &["--input", "mannequin:6"]);
    let mut window = None;
    until("cage to open its screen", || {
        let ended = session.cage.try_wait().unwrap();
        assert!(ended.is_none(), "cage or the app ended ({}) and said:\n{}", ended.unwrap(), session.said());
        window = cages_window(&display);
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
    let framed = || accented(&display.look(), 20, 1280, 1040, 500);
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
    // Its state folder lies below the home folder, which this is as well.
    let mine = |name: &String| name == "carmine" || name == ".local" || name.starts_with("wayland-");
    let left = session.runtime.names();
    assert!(left.iter().all(mine), "written unasked: {left:?}");
}

/// The unit decides by it whether another try has a point, and cage 0.1 keeps it to itself.
#[test]
fn a_shops_session_ends_with_the_apps_status() {
    let runtime = Folder::new();
    let session = runtime.file("carmine-session", include_bytes!("../deploy/carmine-session"));
    for status in [0, 72, 143] {
        let app = runtime.file("app", format!("#!/bin/sh\nexit {status}\n").as_bytes());
        for program in [&app, &session] {
            std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let output = unprivileged(session.to_str().unwrap(), &[runtime.path(), &session, &app])
            .env("XDG_RUNTIME_DIR", runtime.path())
            .env("HOME", runtime.path())
            .env("CARMINE", &app)
            .envs([("WLR_BACKENDS", "headless"), ("WLR_RENDERER", "pixman"), ("WLR_LIBINPUT_NO_DEVICES", "1")])
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(status), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
