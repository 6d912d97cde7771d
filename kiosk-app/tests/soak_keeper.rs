//! The keeper where it takes long: a fresh mirror after enough sessions, and a display that is gone for good.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use common::Folder;
use common::display::until;
use common::keeper::{arguments, is_gone, kiosk_with, next_mirror, shows_a_picture};

#[test]
#[ignore = "soak: a minute"]
fn a_fresh_mirror_takes_the_place_of_one_that_served_enough_sessions() {
    let state = Folder::new();
    let idle = "[idle]\nwarn_after_s = 5\nend_after_s = 5\n";
    let kiosk = kiosk_with(&state, idle, |command| _ = command.args(["--restart-after", "1"]));
    let first = next_mirror(&kiosk, &[]);
    kiosk.on("Attract", 1);
    kiosk.touch_to((540, 1000), "Consent", 1);
    kiosk.on("Attract", 2);
    let second = next_mirror(&kiosk, &[first]);
    kiosk.on("Attract", 3);
    assert!(is_gone(first) && !arguments(second).contains("--safe-mode"));
    assert!(!state.path().join("restarts.json").exists(), "that was no failure: {:?}", kiosk.said());
}

#[test]
#[ignore = "soak: a minute"]
fn a_display_that_is_gone_for_good_ends_the_kiosk_for_its_session_to_begin_anew() {
    let state = Folder::new();
    let mut kiosk = kiosk_with(&state, "", |_| {});
    kiosk.on("Attract", 1);
    until("a picture", || shows_a_picture(&kiosk));
    kiosk.display.end();
    let mut status = None;
    until("it to end", || {
        status = kiosk.app.0.try_wait().unwrap();
        status.is_some()
    });
    assert_eq!(status.unwrap().code(), Some(1), "{:?}", kiosk.said());
    assert_eq!(kiosk.times_said("the display is gone"), 1, "{:?}", kiosk.said());
}
