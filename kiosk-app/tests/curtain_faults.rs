//! The curtain in trouble itself, alone or together with the mirror: killed, stopped, cut off from its display.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where"
)]

mod common;

use std::time::{Duration, Instant};

use common::Folder;
use common::curtain::{Darkness, is_curtain, part_of_curtain, pid_of};
use common::display::until;
use common::keeper::{is_gone, kiosk_with, next_mirror, shows_a_picture, signal};
use common::kiosk::Kiosk;
use common::process;

/// Waits on a machine that builds meanwhile are no faults.
const SOON: Duration = Duration::from_secs(2);

fn is_covered(kiosk: &Kiosk) -> bool {
    is_curtain(&kiosk.display.look())
}

/// A kiosk whose attract screen is shown, and how long its curtain took from the kiosk's start.
fn shown(state: &Folder) -> (Kiosk, Duration) {
    let begun = Instant::now();
    let kiosk = kiosk_with(state, "", |_| {});
    until("the curtain", || is_covered(&kiosk));
    let took = begun.elapsed();
    kiosk.on("Attract", 1);
    until("a picture", || shows_a_picture(&kiosk));
    (kiosk, took)
}

fn next_curtain(kiosk: &Kiosk, old: u32) -> u32 {
    let mut next = None;
    until("another curtain", || {
        next = pid_of(kiosk).filter(|pid| *pid != old);
        next.is_some()
    });
    next.unwrap()
}

/// Nothing but the mirror is seen for so long.
fn stays_uncovered(kiosk: &Kiosk, time: Duration) {
    let until = Instant::now() + time;
    while Instant::now() < until {
        assert!(part_of_curtain(&kiosk.display.look()) < 0.5, "the curtain lies before a mirror that is well");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn curtain_and_mirror_killed_together_leave_the_display_dark_for_less_than_two_seconds() {
    let state = Folder::new();
    let (kiosk, took) = shown(&state);
    let (mirror, curtain) = (next_mirror(&kiosk, &[]), pid_of(&kiosk).unwrap());
    // A server whose last client goes begins anew, and the old picture stays meanwhile.
    let _client = x11rb::connect(Some(&kiosk.display.number)).unwrap();
    let darkness = Darkness::begin(&kiosk);
    signal(mirror, &format!("KILL {curtain}"));
    let killed = Instant::now();
    until("the curtain", || is_covered(&kiosk));
    let covered = killed.elapsed();
    next_mirror(&kiosk, &[mirror]);
    kiosk.on("Attract", 2);
    until("the mirror before it", || shows_a_picture(&kiosk));
    let dark = darkness.longest();
    println!("dark for {dark:?}, the mirror back after {:?}; the first curtain took {took:?}", killed.elapsed());
    assert!(dark > Duration::ZERO, "nothing was to be seen of it");
    assert!(dark < SOON.max(took * 2), "dark for {dark:?}, the curtain there after {covered:?}");
}

#[test]
fn a_curtain_that_hangs_is_replaced_behind_a_mirror_that_is_well() {
    let state = Folder::new();
    let (kiosk, _) = shown(&state);
    let (mirror, first) = (next_mirror(&kiosk, &[]), pid_of(&kiosk).unwrap());
    signal(first, "STOP");
    let stopped = Instant::now();
    let second = next_curtain(&kiosk, first);
    println!("found out after {:?}", stopped.elapsed());
    assert!(is_gone(first) && kiosk.mirror_pid() == mirror);
    stays_uncovered(&kiosk, Duration::from_secs(2));
    until("the end to be told", || kiosk.has_said("the curtain is there again", 1));
    assert_eq!(kiosk.times_said("the curtain was ended since it did not answer"), 1, "{:?}", kiosk.said());

    signal(mirror, &format!("STOP {second}"));
    let stopped = Instant::now();
    until("the third curtain", || is_covered(&kiosk));
    println!("both stopped: the last picture was gone after {:?}", stopped.elapsed());
    next_curtain(&kiosk, second);
    until("it to be told that the mirror is replaced", || kiosk.mirror_pid() != mirror);
}

#[test]
fn a_curtain_that_is_cut_off_from_its_display_ends_and_another_comes() {
    let state = Folder::new();
    let (kiosk, _) = shown(&state);
    let (mirror, first) = (next_mirror(&kiosk, &[]), pid_of(&kiosk).unwrap());
    let window = kiosk.display.xdotool(&["search", "--name", "One moment"]);
    let window = window.lines().next().expect("the curtain's window lies below").to_owned();
    kiosk.display.xdotool(&["windowkill", &window]);
    let cut = Instant::now();
    let second = next_curtain(&kiosk, first);
    println!("below: another curtain after {:?}", cut.elapsed());
    assert!(is_gone(first));
    stays_uncovered(&kiosk, Duration::from_secs(1));
    signal(mirror, "STOP");
    until("the curtain before it", || is_covered(&kiosk));
    let window = kiosk.display.xdotool(&["search", "--name", "One moment"]);
    kiosk.display.xdotool(&["windowkill", window.lines().next().unwrap()]);
    let cut = Instant::now();
    let third = next_curtain(&kiosk, second);
    println!("in front: another curtain after {:?}", cut.elapsed());
    assert!(is_gone(second));
    until("its window", || is_covered(&kiosk));
    assert!(process::cpu_s(third) < 5.0);
}
