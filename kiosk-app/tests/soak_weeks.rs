//! Two weeks of a shop's sessions, one after the other as fast as the machine goes: memory, files, threads and programs
//! must not grow.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::time::{Duration, Instant};

use common::display::PATIENCE;
use common::kiosk::{Kiosk, marked_picture};
use common::{Folder, process};

/// Twelve opening days with 70 shoppers each.
const SESSIONS: usize = 12 * 70;
/// Unless `CARMINE_SOAK_MINUTES` says otherwise.
const MINUTES: u64 = 30;

/// What the processes hold after a session.
#[derive(Clone, Copy, Debug)]
struct Held {
    rss_kib: u64,
    vm_kib: u64,
    files: usize,
    threads: usize,
    children: usize,
}

impl Held {
    fn by(pid: u32) -> Self {
        Self {
            rss_kib: process::rss_kib(pid),
            vm_kib: process::vm_kib(pid),
            files: process::count(pid, "fd"),
            threads: process::count(pid, "task"),
            children: process::children(pid).len(),
        }
    }
}

#[test]
#[ignore = "soak: half an hour or more"]
fn two_weeks_of_sessions_leave_nothing() {
    let minutes = std::env::var("CARMINE_SOAK_MINUTES").ok().and_then(|text| text.parse().ok()).unwrap_or(MINUTES);
    let pictures = Folder::new();
    let (camera, mark) = marked_picture(&pictures);
    let kiosk = Kiosk::start("[photo]\nenabled = false\n", &camera);
    kiosk.on("Attract", 1);
    let (begun, mut done, mut restarts, mut mirror) = (Instant::now(), 0, 0, kiosk.mirror_pid());
    let (mut first, mut most): (Option<Held>, u64) = (None, 0);
    while done < SESSIONS && begun.elapsed() < Duration::from_secs(60 * minutes) {
        session(&kiosk, done);
        done += 1;
        let now = kiosk.mirror_pid();
        if now != mirror {
            (mirror, first, restarts) = (now, None, restarts + 1);
        }
        let held = Held::by(mirror);
        most = most.max(held.rss_kib);
        // The first sessions fill caches.
        if first.is_none() && done % 10 == 0 {
            first = Some(held);
        }
        if done % 50 == 0 {
            println!("{done} sessions in {:.0} s, {restarts} new mirrors: {held:?}", begun.elapsed().as_secs_f32());
        }
    }
    let last = Held::by(mirror);
    println!("{done} of {SESSIONS} sessions, {restarts} new mirrors, at most {most} KiB; {first:?} → {last:?}");
    assert_eq!(kiosk.marks(&mark), 0, "nothing of her picture is left");
    let keeper = Held::by(kiosk.pid());
    assert!(keeper.children <= 2 && keeper.files < 40, "{keeper:?}");
    if let Some(first) = first {
        println!("address space {} → {} KiB", first.vm_kib, last.vm_kib);
        assert!(last.threads <= first.threads + 2 && last.files <= first.files + 4, "{first:?} → {last:?}");
        assert_eq!(last.children, first.children);
    }
    assert!(most < 900 << 10, "{most} KiB");
    assert!(kiosk.is_alive());
}

/// One shopper, who says yes and then that she is done.
fn session(kiosk: &Kiosk, before: usize) {
    let attract = kiosk.times_said("screen: Attract");
    kiosk.touch_to((540, 1000), "Consent", before + 1);
    kiosk.touch_to((290, 1772), "Mirror", before + 1);
    // By the corner's "done".
    let until = Instant::now() + PATIENCE;
    while kiosk.times_said("screen: Attract") == attract {
        assert!(
            Instant::now() < until,
            "the session does not end: {:?}",
            kiosk.said().split_off(kiosk.said().len() - 9)
        );
        kiosk.touch(970, 60);
        std::thread::sleep(Duration::from_millis(700));
    }
}
