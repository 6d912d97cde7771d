//! Two weeks of a shop's sessions, one after the other as fast as the machine goes: memory, address space, files, threads
//! and programs must not grow.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use common::display::PATIENCE;
use common::kiosk::{Kiosk, marked_picture};
use common::{Folder, process};

/// Twelve opening days with 70 shoppers each.
const SESSIONS: usize = 12 * 70;
/// Unless `CARMINE_SOAK_MINUTES` says otherwise.
const MINUTES: u64 = 90;
/// The first sessions of a mirror fill caches.
const WARM_UP: usize = 20;
/// Figures are medians over so many sessions.
const WINDOW: usize = 15;
/// What a mirror may keep of each session, in KiB.
const PER_SESSION_KIB: u64 = 20;
/// What the medians scatter by, in KiB: pages that the C library keeps for the graphics driver's threads, or not.
const SCATTER_KIB: u64 = 8 << 10;
/// What the address space scatters by, in KiB: an arena of the C library for another thread is 64 MiB.
const SPACE_SCATTER_KIB: u64 = 192 << 10;

/// What a mirror holds after a session.
#[derive(Clone, Copy, Debug)]
struct Held {
    /// At the least since the session before, which is when its device was given back and its memory wiped.
    wiped_kib: u64,
    space_kib: u64,
    files: usize,
    threads: usize,
    children: usize,
}

impl Held {
    fn by(pid: u32, wiped_kib: u64) -> Self {
        Self {
            wiped_kib,
            space_kib: process::vm_kib(pid),
            files: process::count(pid, "fd"),
            threads: process::count(pid, "task"),
            children: process::children(pid).len(),
        }
    }
}

/// Looks at a process's memory all the time.
struct Watched {
    least_kib: Arc<AtomicU64>,
    most_kib: Arc<AtomicU64>,
}

impl Watched {
    fn process(pid: u32) -> Self {
        let watched = Self { least_kib: Arc::new(AtomicU64::new(u64::MAX)), most_kib: Arc::default() };
        let (least_kib, most_kib) = (Arc::clone(&watched.least_kib), Arc::clone(&watched.most_kib));
        std::thread::spawn(move || {
            // 0 when the process is gone.
            while let rss_kib @ 1.. = process::rss_kib(pid) {
                least_kib.fetch_min(rss_kib, Ordering::Relaxed);
                most_kib.fetch_max(rss_kib, Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(15));
            }
        });
        watched
    }

    /// The least since the last call.
    fn take_least_kib(&self) -> u64 {
        self.least_kib.swap(u64::MAX, Ordering::Relaxed)
    }
}

#[test]
#[ignore = "soak: half an hour or more"]
fn two_weeks_of_sessions_leave_nothing() {
    let minutes = std::env::var("CARMINE_SOAK_MINUTES").ok().and_then(|text| text.parse().ok()).unwrap_or(MINUTES);
    let pictures = Folder::new();
    let (camera, mark) = marked_picture(&pictures);
    // One mirror for all of them, to see what it keeps.
    let kiosk = Kiosk::start_with("[photo]\nenabled = false\n", &camera, |command| {
        command.args(["--restart-after", "0"]);
    });
    kiosk.on("Attract", 1);
    let (begun, mirror) = (Instant::now(), kiosk.mirror_pid());
    let (watched, mut held) = (Watched::process(mirror), Vec::new());
    while held.len() < SESSIONS && begun.elapsed() < Duration::from_secs(60 * minutes) {
        session(&kiosk);
        assert_eq!(kiosk.mirror_pid(), mirror, "after {} sessions: {:?}", held.len(), kiosk.said());
        held.push(Held::by(mirror, watched.take_least_kib()));
        if held.len() % WINDOW == 0 {
            println!("{} in {:.0} s: {:?}", held.len(), begun.elapsed().as_secs_f32(), middle(&held));
        }
    }
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(kiosk.marks(&mark), 0, "nothing of her picture is left");
    let most_mib = watched.most_kib.load(Ordering::Relaxed) >> 10;
    println!("{} of {SESSIONS} sessions in {:.0} s; at most {most_mib} MiB", held.len(), begun.elapsed().as_secs_f32());
    assert!(most_mib < 900);
    let keeper = Held::by(kiosk.pid(), process::rss_kib(kiosk.pid()));
    assert!(keeper.children <= 2 && keeper.files < 40, "{keeper:?}");
    assert!(held.len() >= WARM_UP + 2 * WINDOW, "too few to tell");
    let (first, last) = (middle(&held[..WARM_UP + WINDOW]), middle(&held));
    let between = (held.len() - WARM_UP - WINDOW) as u64;
    let growth_kib = last.wiped_kib.saturating_sub(first.wiped_kib);
    println!("{first:?} → {last:?}: {growth_kib} KiB in {between} sessions");
    assert!(growth_kib < SCATTER_KIB + PER_SESSION_KIB * between, "it grows");
    assert!(last.space_kib < first.space_kib + SPACE_SCATTER_KIB, "its address space grows");
    assert!(last.threads <= first.threads + 2 && last.files <= first.files + 4, "threads or files pile up");
    assert_eq!(last.children, first.children);
}

/// The median of each figure over the last sessions.
fn middle(held: &[Held]) -> Held {
    let last = &held[held.len().saturating_sub(WINDOW)..];
    fn median<T: Copy + Ord>(figures: impl Iterator<Item = T>) -> T {
        let mut figures: Vec<T> = figures.collect();
        figures.sort_unstable();
        figures[figures.len() / 2]
    }
    Held {
        wiped_kib: median(last.iter().map(|held| held.wiped_kib)),
        space_kib: median(last.iter().map(|held| held.space_kib)),
        files: median(last.iter().map(|held| held.files)),
        threads: median(last.iter().map(|held| held.threads)),
        children: median(last.iter().map(|held| held.children)),
    }
}

/// One shopper, who says yes and then, by the corner's button, that she is done.
fn session(kiosk: &Kiosk) {
    for (place, screen) in [((540, 1000), "Consent"), ((290, 1772), "Mirror"), ((970, 60), "Attract")] {
        let screen = format!("screen: {screen}");
        let (before, begun) = (kiosk.times_said(&screen), Instant::now());
        while kiosk.times_said(&screen) == before {
            assert!(begun.elapsed() < PATIENCE, "no {screen}: {:?}", kiosk.said().iter().rev().take(9).rev());
            tap(kiosk, place);
            // A tap on what nobody can have seen yet does not count, so it takes some.
            let tapped = Instant::now();
            while tapped.elapsed() < Duration::from_millis(350) && kiosk.times_said(&screen) == before {
                std::thread::sleep(Duration::from_millis(10));
            }
        }
    }
}

/// A short tap.
fn tap(kiosk: &Kiosk, (x, y): (u32, u32)) {
    let (x, y) = (x.to_string(), y.to_string());
    kiosk.display.xdotool(&["mousemove", &x, &y, "mousedown", "1", "sleep", "0.05", "mouseup", "1"]);
}
