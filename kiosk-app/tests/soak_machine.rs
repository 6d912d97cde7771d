//! A machine in trouble: clocks that jump, a fifth of a core, too little memory, no network.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::process::Command;
use std::time::{Duration, Instant};

use common::display::{PATIENCE, until};
use common::kiosk::{Kiosk, marked_picture};
use common::process::{self, ControlGroup};
use common::{Folder, asset};

const SETTINGS: &str = "[idle]\nwarn_after_s = 12\nend_after_s = 5\n";

/// From attract through consent to the mirror.
fn to_mirror(kiosk: &Kiosk, times: usize) {
    kiosk.on("Attract", times);
    kiosk.touch_to((540, 1000), "Consent", times);
    kiosk.touch_to((290, 1772), "Mirror", times);
}

#[test]
#[ignore = "soak: needs faketime"]
fn a_clock_that_jumps_changes_nothing() {
    let library =
        ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"]
            .into_iter()
            .find(|path| std::path::Path::new(path).exists());
    let Some(library) = library else {
        eprintln!("SKIPPED: no libfaketime: apt install faketime");
        return;
    };
    let pictures = Folder::new();
    let (camera, _) = marked_picture(&pictures);
    let clock = pictures.file("clock", b"+0");
    let kiosk = Kiosk::start_with(SETTINGS, &camera, |command| {
        command
            .env("LD_PRELOAD", library)
            .env("FAKETIME_TIMESTAMP_FILE", &clock)
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    });
    to_mirror(&kiosk, 1);
    let begun = Instant::now();
    for jump in ["+3650d", "-3650d", "+0", "-20d", "+1d"] {
        std::fs::write(&clock, jump).unwrap();
        std::thread::sleep(Duration::from_millis(1500));
        assert!(kiosk.is_alive(), "{jump}: {:?}", kiosk.said());
    }
    assert_eq!(kiosk.times_said("screen: Attract"), 1, "no jump ended the session: {:?}", kiosk.said());
    kiosk.on("Attract", 2);
    let idle = begun.elapsed();
    assert!((10..60).contains(&idle.as_secs()), "idle counts real seconds, not the clock's: {idle:?}");
    assert!(!kiosk.has_said("starts anew", 1), "{:?}", kiosk.said());
}

#[test]
#[ignore = "soak: needs a control group"]
fn at_a_fifth_of_a_core_every_screen_is_reached_and_nothing_is_taken_for_a_hang() {
    let Some(group) = ControlGroup::new("cpu") else { return };
    let kiosk = Kiosk::start(SETTINGS, &asset("clips/portrait.avi"));
    kiosk.on("Attract", 1);
    group.limit_cpu(20);
    let (keeper, mirror) = (kiosk.pid(), kiosk.mirror_pid());
    for pid in [keeper, mirror] {
        group.hold(pid);
    }
    kiosk.touch_to((540, 1000), "Consent", 1);
    kiosk.touch_to((290, 1772), "Mirror", 1);
    let (begun, before) = (Instant::now(), process::cpu_s(mirror));
    std::thread::sleep(Duration::from_secs(8));
    let used = (process::cpu_s(mirror) - before) / begun.elapsed().as_secs_f64();
    println!("{:.0} % of a core", used * 100.0);
    kiosk.on("Attract", 2);
    assert_eq!(kiosk.mirror_pid(), mirror, "a slow mirror is not a hung one: {:?}", kiosk.said());
    assert!(!kiosk.has_said("no new picture", 1), "nor is a slow stage: {:?}", kiosk.said());
}

#[test]
#[ignore = "soak: needs a control group"]
fn a_mirror_that_the_system_kills_for_its_memory_comes_back() {
    let Some(group) = ControlGroup::new("memory") else { return };
    let pictures = Folder::new();
    let (camera, _) = marked_picture(&pictures);
    let kiosk = Kiosk::start(SETTINGS, &camera);
    to_mirror(&kiosk, 1);
    let mirror = kiosk.mirror_pid();
    assert_ne!(mirror, kiosk.pid(), "without a keeper nobody starts it again");
    // Only this mirror: the next one is started outside of the limits.
    group.hold(mirror);
    group.limit_memory(48);
    until("the system to kill it", || kiosk.mirror_pid() != mirror);
    kiosk.on("Attract", 2);
    assert!(kiosk.is_alive());
    to_mirror(&kiosk, 2);
}

#[test]
#[ignore = "soak: needs a network namespace"]
fn without_any_network_all_but_the_photo_works() {
    let alone = Command::new("unshare").args(["--net", "true"]).status();
    if !alone.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: no network namespace can be made: run as root");
        return;
    }
    let pictures = Folder::new();
    let (camera, _) = marked_picture(&pictures);
    // The display's socket lies in the file system, so that it is reached from any network namespace.
    let kiosk = Kiosk::start_in_no_network(SETTINGS, &camera);
    to_mirror(&kiosk, 1);
    kiosk.touch(248, 1210);
    std::thread::sleep(Duration::from_secs(2));
    kiosk.touch(567, 1515);
    kiosk.touch_to((890, 1852), "TakeHome", 1);
    let until = Instant::now() + PATIENCE;
    while !kiosk.is_alive() || kiosk.times_said("screen: Attract") < 2 {
        assert!(Instant::now() < until, "{:?}", kiosk.said());
        std::thread::sleep(Duration::from_millis(200));
    }
}
