//! Stages that hang in a real window: the shopper sees friendly words instead of an old picture, the stage is started
//! again by itself, and her session goes on. A clip plays the camera.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where"
)]

mod common;

use std::time::{Duration, Instant};

use common::asset;
use common::display::{PATIENCE, until};
use common::hold::Held;
use common::kiosk::Kiosk;

/// A kiosk in a shopper's session, before her live picture.
fn before_the_mirror() -> Kiosk {
    let kiosk = Kiosk::start("[photo]\nenabled = false\n", &asset("clips/portrait.avi"));
    kiosk.on("Attract", 1);
    kiosk.touch_to((540, 1000), "Consent", 1);
    kiosk.touch_to((290, 1772), "Mirror", 1);
    until("her picture", || has_picture(&kiosk));
    kiosk
}

/// Whether something else than one plain ground is in the picture's place, above its words.
fn has_picture(kiosk: &Kiosk) -> bool {
    let screen = kiosk.display.look();
    let ground = screen.at(100, 200);
    (0..60).any(|i| screen.at(100 + i % 10 * 80, 200 + i / 10 * 40) != ground)
}

/// Until the words are in the picture's place. Nobody else may find that out: the held thread's tracer must not change.
fn words_after(kiosk: &Kiosk) -> Duration {
    let started = Instant::now();
    while has_picture(kiosk) {
        assert!(started.elapsed() < PATIENCE, "the old picture is still shown: {:?}", kiosk.said());
        std::thread::sleep(Duration::from_millis(50));
    }
    started.elapsed()
}

fn hangs_and_comes_back(stage: &str) {
    let kiosk = before_the_mirror();
    let mirror = kiosk.mirror_pid();
    let held = Held::thread(mirror, stage);
    let words = words_after(&kiosk);
    until("the picture to be back, while the thread still hangs", || {
        kiosk.has_said("the picture is back after", 1) && has_picture(&kiosk)
    });
    println!("{stage}: words came after {words:?}");
    assert!(words < Duration::from_secs(20), "words came after {words:?}");
    let said = kiosk.said();
    let begins = said.iter().filter(|line| line.starts_with("carmine: ") && line.contains(stage)).count();
    assert_eq!(begins, 1, "one line when it begins: {said:?}");
    assert_eq!(kiosk.times_said("the picture is back after"), 1, "one when it ends: {said:?}");
    assert_eq!((kiosk.mirror_pid(), kiosk.times_said("screen: Attract")), (mirror, 1), "her session goes on: {said:?}");
    drop(held);
    until("the held thread to end", || {
        let threads = std::fs::read_dir(format!("/proc/{mirror}/task")).unwrap().flatten();
        let name = |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("comm")).unwrap_or_default();
        threads.map(name).filter(|name| name.trim() == stage).count() == 1
    });
    assert!(kiosk.is_alive());
}

#[test]
fn a_tracker_that_hangs_is_started_again() {
    hangs_and_comes_back("track");
}

#[test]
fn a_capture_thread_that_hangs_is_started_again() {
    hangs_and_comes_back("capture");
}
