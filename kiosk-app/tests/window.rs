//! A real window on a virtual display: opened, touched, resized, closed.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::process::Stdio;

use common::Folder;
use common::display::{App, Display, until};

#[test]
fn the_mirror_opens_is_touched_resized_and_closed() {
    let (folder, display) = (Folder::new(), Display::start(1280, 1024));
    let child = common::carmine(&folder)
        .args(["--input", &common::asset("stills/astronaut.png"), "--look", "bare-light", "--size", "1280x800"])
        .env("DISPLAY", &display.number)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut app = App(child);
    until("the window to open with a picture", || display.look().colours(1280, 800) > 200);

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
    let (folder, display) = (Folder::new(), Display::start(1280, 1024));
    let photo = common::asset("stills/astronaut.png");
    for args in
        [&["--input", &photo, "--frames", "3", "--stats"][..], &["--input", "mannequin:5", "--frames", "3", "--stats"]]
    {
        let output = common::carmine(&folder).args(args).env("DISPLAY", &display.number).output().unwrap();
        let table = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(table.starts_with("3 frames shown") && table.contains("latency"), "{args:?}: {table}");
        assert!(table.contains(" of 7, ") && table.contains("% of pictures predicted"), "{args:?}: {table}");
    }
}
