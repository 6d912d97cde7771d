//! The whole way of a shopper in a real window, by touches: attract, consent, mirror, compare, my shade, what was
//! changed, take home, idle; a picture plays the camera. And when it is over, nothing of that picture is left in the
//! process.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::process::Command;
use std::time::{Duration, Instant};

use carmine_kiosk::catalogue::Catalogue;
use common::Folder;
use common::display::until;
use common::kiosk::{Kiosk, marked_picture};

#[test]
fn from_attract_to_take_home_to_idle_and_nothing_is_left() {
    let pictures = Folder::new();
    let (camera, mark) = marked_picture(&pictures);
    let heard = pictures.path().join("heard");
    let player = pictures.file("player.sh", format!("#!/bin/sh\ncat > '{}'\n", heard.display()).as_bytes());
    let settings = format!(
        "[idle]\nwarn_after_s = 25\nend_after_s = 5\n[photo]\naddress = \"127.0.0.1\"\n[sound]\nplayer = [\"sh\", \"{}\"]\n",
        player.display()
    );
    let finest = |command: &mut Command| _ = command.env("RUST_LOG", "trace");
    let kiosk = Kiosk::start_with(&settings, &camera, finest);
    kiosk.on("Attract", 1);
    until("a picture of the attract screen", || kiosk.display.look().colours(1080, 1920) > 200);
    assert_eq!(kiosk.marks(&mark), 0, "no camera before consent");
    assert!(!kiosk.has_said("the camera is opened", 1));

    kiosk.touch_to((540, 1000), "Consent", 1);
    assert!(!kiosk.has_said("the camera is opened", 1), "asking opens nothing");
    kiosk.touch_to((290, 1772), "Mirror", 1);
    until("the camera", || kiosk.has_said("the camera is opened by consent", 1));
    until("her picture in memory", || kiosk.marks(&mark) > 0);

    // A lipstick, then the screens one after another.
    kiosk.touch(248, 1210);
    std::thread::sleep(Duration::from_secs(2));
    kiosk.touch(567, 1515);
    kiosk.touch_to((147, 1852), "Compare", 1);
    kiosk.touch_to((67, 67), "Mirror", 2);
    kiosk.touch_to((380, 1852), "Shade", 1);
    kiosk.touch_to((67, 67), "Mirror", 3);
    kiosk.touch_to((615, 1852), "Changed", 1);
    kiosk.touch_to((67, 80), "Mirror", 4);
    kiosk.touch_to((890, 1852), "TakeHome", 1);

    // She walks away: a warning in two senses, then the end.
    until("the warning to be heard", || std::fs::read(&heard).is_ok_and(|wav| wav.starts_with(b"RIFF")));
    kiosk.on("Attract", 2);
    std::thread::sleep(Duration::from_secs(3));
    let mut left = kiosk.marks(&mark);
    let started = Instant::now();
    while left > 0 && started.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_secs(1));
        left = kiosk.marks(&mark);
    }
    assert_eq!(left, 0, "nothing of her picture is left in memory");
    assert_eq!(kiosk.folder.names(), ["kiosk.toml"], "nothing was written");
    the_finest_log_says_nothing_about_her(&kiosk.said());
}

/// No product or look that she wore, no numbers of her face or tone, no address, link or secret.
fn the_finest_log_says_nothing_about_her(said: &[String]) {
    assert!(said.iter().any(|line| line.contains("screen: Shade")), "the log is the finest");
    let catalogue = Catalogue::bundled().unwrap();
    let items = catalogue.items().iter().flat_map(|item| [item.id.to_string(), item.product.name.clone()]);
    let looks = catalogue.looks().iter().flat_map(|shelf| [shelf.id.to_string(), shelf.look.name.clone()]);
    let worn: Vec<String> = items.chain(looks).map(|name| name.to_lowercase()).collect();
    for line in said {
        // What stands before it is the time and the module.
        let message = line.split_once("] ").map_or(&**line, |(_, message)| message).to_lowercase();
        let told = worn.iter().find(|name| message.contains(&**name));
        assert!(told.is_none(), "{line}: names {told:?}");
        for word in ["http", "127.0.0.1", "#1", "monk", "ita ", "tone", "lab(", "landmark", "id:", ".png", ".jpg"] {
            assert!(!message.contains(word), "{line}: holds {word}");
        }
        let fractions = message.split(|c: char| c != '.' && !c.is_ascii_digit());
        let fractions = fractions.filter(|number| number.contains('.') && number.len() > 1).count();
        assert!(fractions < 3, "{line}: numbers like a face's");
    }
}

/// What keeper and mirror say is in files that only the kiosk's user reads, each line with its time.
#[test]
fn a_kiosk_keeps_its_log_in_its_state_folder() {
    let pictures = Folder::new();
    let (camera, _) = marked_picture(&pictures);
    let state = Folder::new();
    let kiosk = Kiosk::start_with("", &camera, |command| {
        command.args(["--fullscreen", "--state"]).arg(state.path()).env("RUST_LOG", "carmine_kiosk=info");
    });
    kiosk.on("Attract", 1);
    let file = state.path().join("log/carmine.log");
    until("the mirror's line in the keeper's file", || {
        std::fs::read_to_string(&file).is_ok_and(|log| log.contains("screen: Attract"))
    });
    for line in std::fs::read_to_string(&file).unwrap().lines() {
        assert!(line.starts_with('[') && line.contains("Z "), "{line}");
    }
}
