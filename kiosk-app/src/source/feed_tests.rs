//! What a feed makes of a camera that refuses, stalls, fails and comes back.

use std::thread;

use super::*;
use crate::source::scripted::{Act, Scripted};

fn feed(acts: impl IntoIterator<Item = Act>) -> CameraFeed {
    start(Scripted::driver(acts))
}

/// Pauses of this many milliseconds, twice that, four times.
pub fn pauses(first_ms: u64) -> Pauses {
    let first = Duration::from_millis(first_ms);
    Pauses { first, most: first * 4, held: Duration::from_secs(30) }
}

fn start(driver: Arc<dyn CameraDriver>) -> CameraFeed {
    let timeouts = CameraTimeouts { stall: Duration::from_millis(60), retry: pauses(30) };
    CameraFeed::start(driver, Instant::now(), timeouts, &crate::session::Consent::for_tests())
}

/// The shade of the next picture.
fn shade(feed: &mut CameraFeed) -> Option<u8> {
    feed.poll(Duration::from_millis(400)).map(|taken| taken.picture.data[0])
}

#[test]
fn a_missing_camera_is_told_at_once_and_found_when_it_comes() {
    let mut feed = feed([Act::Refuse(CameraError::NotFound), Act::Open, Act::Pictures(1000, 5)]);
    assert!(feed.poll(Duration::from_millis(10)).is_none());
    assert_eq!(feed.trouble(), Some(CameraError::NotFound));
    assert_eq!(shade(&mut feed), Some(5));
    assert_eq!(feed.trouble(), None);
}

#[test]
fn a_busy_camera_says_so() {
    let mut feed = feed([Act::Refuse(CameraError::Busy), Act::Refuse(CameraError::Busy)]);
    assert!(feed.poll(Duration::from_millis(10)).is_none());
    assert_eq!(feed.trouble(), Some(CameraError::Busy));
}

#[test]
fn an_unplugged_camera_comes_back() {
    let mut feed = feed([Act::Open, Act::Pictures(1, 1), Act::Fail, Act::Open, Act::Pictures(1000, 2)]);
    assert_eq!(shade(&mut feed), Some(1));
    assert!(feed.poll(Duration::from_millis(15)).is_none());
    assert!(matches!(feed.trouble(), Some(CameraError::Failed(_))));
    assert_eq!(shade(&mut feed), Some(2));
}

#[test]
fn a_few_bad_pictures_are_passed_over_but_not_many() {
    let acts = [Act::Open, Act::Bad(3), Act::Pictures(9, 1), Act::Bad(31), Act::Open, Act::Pictures(999, 2)];
    let mut feed = feed(acts);
    assert_eq!(shade(&mut feed), Some(1));
    // Only a camera that was given up is opened again.
    let until = Instant::now() + Duration::from_secs(5);
    while shade(&mut feed) != Some(2) {
        assert!(Instant::now() < until, "not opened again: {:?}", feed.trouble());
    }
}

#[test]
fn the_first_picture_may_take_longer() {
    let warming = Duration::from_millis(130);
    let mut feed = feed([Act::Open, Act::Stall(warming), Act::Pictures(1000, 4)]);
    assert!(feed.poll(Duration::from_millis(80)).is_none());
    assert_eq!(feed.trouble(), None, "longer than the stall time, yet it is the first");
    assert_eq!(shade(&mut feed), Some(4));
}

#[test]
fn a_stalled_camera_counts_as_lost_until_it_goes_on() {
    let stall = Duration::from_millis(900);
    let mut feed = feed([Act::Open, Act::Pictures(1, 1), Act::Stall(stall), Act::Pictures(1000, 3)]);
    assert_eq!(shade(&mut feed), Some(1));
    until_trouble(&mut feed, &CameraError::StalledFile);
    let _ = shade(&mut feed);
}

#[test]
fn a_camera_that_hangs_for_ever_is_tried_anew_but_not_without_end() {
    let hang = Duration::from_secs(30);
    let mut feed = feed([Act::Stall(hang), Act::Stall(hang), Act::Open, Act::Pictures(1000, 9)]);
    let until = Instant::now() + Duration::from_secs(5);
    let mut seen = None;
    while seen.is_none() && Instant::now() < until {
        seen = feed.poll(Duration::from_millis(10));
    }
    assert_eq!(seen.unwrap().picture.data[0], 9);
    // The register is the whole process's: nextest runs each test in one of its own.
    assert_eq!(holders::count(worker::NAME), 3, "two that hang, and the one that works");
}

/// Until a picture of this shade comes, at most five seconds; every trouble on the way, without repeats.
fn troubles_until(feed: &mut CameraFeed, wanted: u8) -> Vec<CameraError> {
    let (until, mut troubles) = (Instant::now() + Duration::from_secs(20), Vec::new());
    loop {
        match feed.poll(Duration::from_millis(5)) {
            Some(taken) if taken.picture.data[0].abs_diff(wanted) < 5 => return troubles,
            Some(taken) => feed.recycle(taken),
            None => troubles.extend(feed.trouble().filter(|trouble| troubles.last() != Some(trouble))),
        }
        assert!(Instant::now() < until, "it never came: {troubles:?}");
    }
}

/// Until this is the trouble; returns after how long.
fn until_trouble(feed: &mut CameraFeed, trouble: &CameraError) -> Duration {
    let started = Instant::now();
    loop {
        match feed.poll(Duration::from_millis(5)) {
            Some(taken) => feed.recycle(taken),
            None if feed.trouble().as_ref() == Some(trouble) => return started.elapsed(),
            None => {}
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{trouble:?} was never told: {:?}", feed.trouble());
    }
}

#[test]
fn a_camera_that_repeats_its_picture_is_opened_again_and_shown_when_it_lives() {
    // 90 equal pictures at 30 a second are three seconds; here they come faster.
    let acts = [Act::Open, Act::Noisy(20, 40), Act::Pictures(2000, 99), Act::Fail, Act::Open, Act::Noisy(100_000, 150)];
    let mut feed = start(Scripted::live_driver(acts));
    let frozen_at = until_trouble(&mut feed, &CameraError::Frozen);
    assert!(frozen_at >= Duration::from_millis(1500), "not before it is sure");
    // What was left of the script is read when it is opened again, and none of the equal pictures is shown.
    troubles_until(&mut feed, 150);
    assert_eq!(feed.trouble(), None);
}

#[test]
fn a_black_camera_says_so_until_it_sees() {
    let acts = [Act::Open, Act::Noisy(20, 80), Act::Noisy(1000, 1), Act::Fail, Act::Open, Act::Noisy(100_000, 80)];
    let mut feed = start(Scripted::live_driver(acts));
    let black_at = until_trouble(&mut feed, &CameraError::Black);
    assert!(black_at >= Duration::from_millis(1500), "a hand over the lens is no trouble");
    troubles_until(&mut feed, 80);
    assert_eq!(feed.trouble(), None);
}

#[test]
fn a_clip_or_photo_as_camera_is_never_called_frozen_or_black() {
    let mut feed = feed([Act::Open, Act::Pictures(900, 0), Act::Pictures(100_000, 7)]);
    assert_eq!(troubles_until(&mut feed, 7), []);
}

#[test]
fn a_lost_camera_is_tried_ever_less_often() {
    let tries = Arc::new(Mutex::new(Vec::new()));
    struct Absent(Arc<Mutex<Vec<Instant>>>);
    impl CameraDriver for Absent {
        fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
            self.0.lock().unwrap().push(Instant::now());
            Err(CameraError::Busy)
        }
        fn is_live(&self) -> bool {
            true
        }
    }
    let mut feed = start(Arc::new(Absent(Arc::clone(&tries))));
    let until = Instant::now() + Duration::from_secs(20);
    while tries.lock().unwrap().len() < 6 && Instant::now() < until {
        assert!(feed.poll(Duration::from_millis(5)).is_none());
    }
    let tries = tries.lock().unwrap();
    let waited: Vec<u128> = tries.windows(2).map(|pair| (pair[1] - pair[0]).as_millis()).collect();
    assert!(
        waited.len() >= 5 && waited.iter().zip([30, 60, 120, 120, 120]).all(|(is, least)| *is >= least),
        "{waited:?}"
    );
}

#[test]
fn a_camera_that_hangs_has_a_cable_and_a_clip_in_its_place_has_none() {
    struct Silent {
        live: bool,
    }
    impl CameraDriver for Silent {
        fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
            thread::sleep(Duration::from_secs(30));
            Err(CameraError::NotFound)
        }
        fn is_live(&self) -> bool {
            self.live
        }
    }
    for (live, trouble) in [(true, CameraError::Stalled), (false, CameraError::StalledFile)] {
        let mut feed = start(Arc::new(Silent { live }));
        until_trouble(&mut feed, &trouble);
    }
}

#[test]
fn a_driver_that_panics_is_a_camera_that_fails() {
    struct Panics;
    impl CameraDriver for Panics {
        fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
            panic!("on purpose");
        }
        fn is_live(&self) -> bool {
            true
        }
    }
    let mut feed = start(Arc::new(Panics));
    // Printing the panic may take a while.
    until_trouble(&mut feed, &CameraError::Failed("its driver broke off".into()));
    assert_eq!(holders::count(worker::NAME), 1, "its worker lives on");
}

#[test]
fn cameras_that_never_open_pile_up_up_to_a_limit() {
    let hang = Duration::from_secs(30);
    let feeds: Vec<CameraFeed> = (0..3).map(|_| feed([Act::Stall(hang)])).collect();
    thread::sleep(Duration::from_millis(20));
    drop(feeds);
    assert!(!has_piled_up() && holders::names().is_empty());
    drop(feed([Act::Stall(hang)]));
    assert!(has_piled_up(), "a fourth one");
}

#[test]
fn the_off_switch_closes_the_camera_whoever_holds_the_feed() {
    let feed = feed([Act::Open, Act::Pictures(100_000, 1)]);
    assert_eq!(holders::count(worker::NAME), 1);
    feed.off_switch().turn_off();
    let until = Instant::now() + Duration::from_secs(5);
    while holders::count(worker::NAME) > 0 {
        assert!(Instant::now() < until, "the worker still reads");
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(feed.trouble(), None);
}
