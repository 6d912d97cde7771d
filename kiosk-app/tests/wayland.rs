//! The kiosk as a shop starts it: on Wayland, in cage, as an unprivileged user. Cage itself shows its screen in a
//! window on a virtual X display, where the test reads pixels and sends touches; the app uses Wayland only.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::os::unix::fs::PermissionsExt;

use common::Folder;
use common::cage::{Session, cages_window, unprivileged};
use common::curtain::{is_mirror, part_of_curtain};
use common::display::{Display, Screenshot, until};
use common::keeper::signal;
use common::process;

/// Side of the virtual display in pixels: it holds the kiosk's screen upright and turned.
const DISPLAY: usize = 1920;
/// The house's accent, sRGB.
const ACCENT: [u8; 3] = [0x8F, 0x23, 0x38];

/// How much of a rectangle has the accent: what is chosen is framed in it.
fn accented(seen: &Screenshot, left: usize, top: usize, width: usize, height: usize) -> usize {
    let points = (0..width * height).map(|i| seen.at(left + i % width, top + i / width));
    points.filter(|point| point.iter().zip(ACCENT).all(|(side, accent)| side.abs_diff(accent) <= 4)).count()
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
    display.xdotool(&["mousemove", "470", "1560"]);
    let mut looks = 0;
    until("the touched look to be framed", || {
        // On a busy machine a touch can fall between two frames.
        if looks % 100 == 0 {
            display.xdotool(&["click", "1"]);
        }
        looks += 1;
        framed() > before + 1500
    });

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

/// The newest window lies above the others in cage, too: the curtain comes and goes before a mirror that hangs, and takes
/// the place of one that is gone.
#[test]
fn a_mirror_that_hangs_or_is_gone_is_covered_on_wayland_too() {
    let display = Display::start(DISPLAY, DISPLAY);
    let session = Session::start(&display, &["--input", "mannequin:6"]);
    let mut window = None;
    until("cage to open its screen", || {
        window = cages_window(&display);
        window.is_some()
    });
    display.xdotool(&["windowsize", &window.unwrap(), "1080", "1920"]);
    let covered = || part_of_curtain(&display.look()) > 0.99;
    let uncovered = || is_mirror(&display.look());
    let mirror = || {
        let mut children = process::children(session.app().unwrap_or_default()).into_iter();
        children.find(|pid| process::arguments(*pid).get(1).is_some_and(|word| word == "mirror")).unwrap_or_default()
    };
    until("the mirror", uncovered);
    let first = mirror();
    signal(first, "STOP");
    until("the curtain before it", covered);
    signal(first, "CONT");
    until("the mirror again", uncovered);
    assert_eq!(mirror(), first, "the same one: {}", session.said());
    signal(first, "KILL");
    until("the curtain in its place", covered);
    until("another mirror before it", uncovered);
    assert_ne!(mirror(), first);
}
