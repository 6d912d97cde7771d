//! The curtain in front of and behind a real mirror on a virtual display: never dark, never a frozen face.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::time::{Duration, Instant};

use common::curtain::{Watched, is_curtain, part_of_curtain, pid_of};
use common::display::until;
use common::keeper::{is_gone, kiosk_with, next_mirror, shows_a_picture, signal};
use common::kiosk::Kiosk;
use common::process;
use common::{Folder, asset};

fn is_covered(kiosk: &Kiosk) -> bool {
    is_curtain(&kiosk.display.look())
}

#[test]
fn a_mirror_that_hangs_in_a_session_is_covered_and_she_goes_on_when_it_is_back() {
    let (state, clip) = (Folder::new(), asset("clips/portrait.avi"));
    let kiosk = Kiosk::start_with("[photo]\nenabled = false\n", &clip, |command| {
        _ = command.arg("--fullscreen").arg("--state").arg(state.path());
    });
    until("the curtain, before there is a mirror", || is_covered(&kiosk));
    kiosk.on("Attract", 1);
    until("the attract screen before it", || shows_a_picture(&kiosk));
    kiosk.touch_to((540, 1000), "Consent", 1);
    kiosk.touch_to((290, 1772), "Mirror", 1);
    until("the camera", || kiosk.has_said("the camera is opened by consent", 1));
    std::thread::sleep(Duration::from_secs(2));
    let mirror = next_mirror(&kiosk, &[]);
    assert!(part_of_curtain(&kiosk.display.look()) < 0.5);

    let told = kiosk.said().len();
    signal(mirror, "STOP");
    let stopped = Instant::now();
    until("the curtain to cover her picture", || is_covered(&kiosk));
    let covered = stopped.elapsed();
    // Who is impatient taps: nothing of that may reach the mirror later.
    kiosk.touch(540, 1000);
    kiosk.touch(890, 1852);
    assert!(is_covered(&kiosk));
    signal(mirror, "CONT");
    until("her picture", || part_of_curtain(&kiosk.display.look()) < 0.5);
    until("it to be told", || kiosk.has_said("behind the curtain", 1));
    std::thread::sleep(Duration::from_secs(2));
    let said = kiosk.said();
    assert_eq!((kiosk.mirror_pid(), kiosk.times_said("screen: ")), (mirror, 3), "her session goes on: {said:?}");
    assert!(kiosk.has_said("screen: Mirror", 1) && !kiosk.has_said("screen: TakeHome", 1), "{said:?}");
    // Two seconds; longer where a picture takes so long that this would say nothing.
    assert!(covered < Duration::from_secs(10), "covered after {covered:?}");
    println!("covered after {covered:?}");

    for _ in 0..3 {
        signal(mirror, "STOP");
        until("the curtain once more", || is_covered(&kiosk));
        signal(mirror, "CONT");
        until("her picture once more", || part_of_curtain(&kiosk.display.look()) < 0.5);
        std::thread::sleep(Duration::from_secs(1));
    }
    let said = kiosk.said()[told..].to_vec();
    assert_eq!(said.len(), 2, "one line when it begins and one when it ends, whatever comes again: {said:#?}");
    assert!(said[0].contains("the window does not answer") && said[1].contains("behind the curtain"), "{said:#?}");
}

#[test]
fn a_mirror_that_is_killed_again_and_again_leaves_no_dark_screen() {
    let state = Folder::new();
    let kiosk = kiosk_with(&state, "", |_| {});
    until("the curtain", || is_covered(&kiosk));
    let watched = Watched::begin(&kiosk);
    let mut mirrors = Vec::new();
    for times in 1..=4 {
        mirrors.push(next_mirror(&kiosk, &mirrors));
        kiosk.on("Attract", times);
        until("a picture", || shows_a_picture(&kiosk));
        // From the fourth on in safe mode, whose mirror stays.
        if times < 4 {
            signal(*mirrors.last().unwrap(), "KILL");
            until("the curtain in its place", || is_covered(&kiosk));
        }
    }
    watched.never_dark();
}

#[test]
fn a_fresh_mirror_takes_the_place_of_a_worn_one_without_a_dark_screen() {
    let state = Folder::new();
    let settings = "[idle]\nwarn_after_s = 5\nend_after_s = 5\n";
    let kiosk = kiosk_with(&state, settings, |command| _ = command.args(["--restart-after", "1"]));
    until("the curtain", || is_covered(&kiosk));
    let watched = Watched::begin(&kiosk);
    let worn = next_mirror(&kiosk, &[]);
    kiosk.on("Attract", 1);
    kiosk.touch_to((540, 1000), "Consent", 1);
    kiosk.on("Attract", 2);
    let fresh = next_mirror(&kiosk, &[worn]);
    kiosk.on("Attract", 3);
    until("its picture", || shows_a_picture(&kiosk));
    watched.never_dark();
    assert_eq!(kiosk.mirror_pid(), fresh);
}

#[test]
fn the_curtain_is_locked_in_waits_at_rest_comes_back_and_goes_with_its_keeper() {
    let state = Folder::new();
    let kiosk = kiosk_with(&state, "", |_| {});
    kiosk.on("Attract", 1);
    until("a picture", || shows_a_picture(&kiosk));
    let first = pid_of(&kiosk).expect("a curtain");
    let status = std::fs::read_to_string(format!("/proc/{first}/status")).unwrap();
    for lock in ["NoNewPrivs:\t1", "Seccomp:\t2"] {
        assert!(status.contains(lock), "{lock} is missing in {status}");
    }
    let before = process::cpu_ns(first);
    std::thread::sleep(Duration::from_secs(4));
    let used_ms = (process::cpu_ns(first) - before) as f64 / 1e6;
    assert!(before > 0 && used_ms < 10.0, "it waits without using the processor: {used_ms} ms in 4 s");
    println!("at rest it used {used_ms:.2} ms of the processor in 4 s");
    println!("its memory: {} KiB", process::rss_kib(first));

    signal(first, "KILL");
    let mut second = None;
    until("another curtain", || {
        second = pid_of(&kiosk).filter(|pid| *pid != first);
        second.is_some()
    });
    until("it to be told", || kiosk.has_said("the curtain was ended by signal 9", 1));
    std::thread::sleep(Duration::from_secs(2));
    until("the mirror, on which a new curtain does not lie", || !is_covered(&kiosk));
    signal(next_mirror(&kiosk, &[]), "KILL");
    until("the new curtain", || is_covered(&kiosk));
    signal(kiosk.pid(), "KILL");
    until("it to go with its keeper", || is_gone(second.unwrap()));
}
