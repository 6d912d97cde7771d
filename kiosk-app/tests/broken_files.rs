//! A kiosk whose files are broken, at its start and while it runs: it comes up with what was good last, else with what is
//! built in; each fault is one line with file, place and mend, and so is its end.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use common::display::until;
use common::keeper::shows_a_picture;
use common::kiosk::Kiosk;
use common::merchant::{BOW, ROSE, SOFT, Shop, end};
use common::{Folder, asset};

/// What is said where the shop's own catalogue is in use, and where the built-in one is.
const OWN: &str = "on offer: products: 1, looks: 1";
const ON_OFFER: &str = "on offer: ";

/// One line says this and no other names the file.
fn told_once(kiosk: &Kiosk, file: &str, says: &str) {
    until(&format!("{file} to be told"), || kiosk.has_said(file, 1));
    let said = kiosk.said();
    let lines: Vec<_> = said.iter().filter(|line| line.contains(file)).collect();
    assert!(lines.len() == 1 && lines[0].contains(says), "{file}: {lines:?}");
}

#[test]
fn broken_files_give_way_to_the_last_good_ones_until_they_are_mended() {
    let shop = Shop::new();
    let kiosk = shop.start(&shop.path("state"));
    let copies = ["settings", "catalogue", "messages"].map(|name| shop.path("state").join("last-good").join(name));
    until("the copies to be kept", || copies.iter().all(|copy| copy.exists()));
    assert!(kiosk.has_said(OWN, 1) && !kiosk.has_said("is used", 1), "{:?}", kiosk.said());
    end(kiosk);

    shop.break_all();
    let kiosk = shop.start(&shop.path("state"));
    told_once(&kiosk, "kiosk.toml", "it is empty, as a power cut leaves a file: write it anew");
    told_once(&kiosk, "rose.toml", "rose.toml:2:");
    told_once(&kiosk, "own.ftl", "own.ftl:1: this is no Fluent message");
    told_once(&kiosk, "one.png", "is left out");
    told_once(&kiosk, "face_landmarks", "what is built in is used");
    assert_eq!(kiosk.times_said("the last good version is used"), 3, "{:?}", kiosk.said());
    assert!(kiosk.has_said(OWN, 1), "{:?}", kiosk.said());
    until("a picture", || shows_a_picture(&kiosk));
    assert_eq!(shop.speaks(&kiosk), "Own words.", "the last good program, in the last good words");

    // Mended and broken again while it runs: what was good stays in use.
    for (name, sound, broken, says) in [
        (
            "conf/kiosk.toml",
            shop.settings(),
            "[idle]\nwarn_after_s = 1\n".to_owned(),
            "kiosk.toml:2: idle.warn_after_s:",
        ),
        ("shop/looks/soft.toml", SOFT.to_owned(), SOFT.replace("bow", "bows"), "soft.toml:4:"),
        (
            "words/en/own.ftl",
            "idle-spoken = New words.\n".to_owned(),
            "idle-spoken = { -none }\n".to_owned(),
            "uses '-none', which nobody defines",
        ),
    ] {
        let place = if name == "conf/kiosk.toml" { name } else { name.split('/').next().unwrap() };
        let again = format!("{} is sound again, and used", shop.path(place).display());
        let times = |times: usize| until(&again, || kiosk.times_said(&again) == times);
        if place == "shop" {
            shop.write("shop/products/rose.toml", ROSE.as_bytes());
        } else {
            shop.write(name, sound.as_bytes());
        }
        times(1);
        shop.write(name, broken.as_bytes());
        until(says, || kiosk.has_said(says, 1));
        shop.write(name, sound.as_bytes());
        times(2);
        assert_eq!(kiosk.times_said(says), 1, "{:?}", kiosk.said());
    }
    assert_eq!(shop.speaks(&kiosk), "New words.");
    assert!(kiosk.is_alive(), "{:?}", kiosk.said());
}

#[test]
fn broken_files_without_a_last_good_version_give_way_to_what_is_built_in() {
    let (shop, state) = (Shop::new(), Folder::new());
    shop.break_all();
    shop.write("conf/kiosk.toml", b"\xFF\0[idle");
    shop.write("shop/products/rose.toml", ROSE.as_bytes());
    shop.write("shop/masks/bow.toml", b"");
    std::fs::remove_file(shop.path("models/face_detector.onnx")).unwrap();
    std::fs::copy(asset("stills/astronaut.png"), shop.path("photos/two.png")).unwrap();
    let kiosk = shop.start(state.path());
    told_once(&kiosk, "kiosk.toml", "it is not text in UTF-8; save it so; what is built in is used");
    told_once(&kiosk, "face_detector.onnx", "what is built in is used");
    told_once(&kiosk, "one.png", "is left out");
    assert!(kiosk.has_said(ON_OFFER, 1) && !kiosk.has_said(OWN, 1), "{:?}", kiosk.said());
    until("a picture", || shows_a_picture(&kiosk));

    // The mended settings name a catalogue and messages that are broken, which are mended in turn.
    shop.write("conf/kiosk.toml", shop.settings().as_bytes());
    until("the settings to be used", || kiosk.has_said("kiosk.toml is sound again, and used", 1));
    until("the mask to be told", || kiosk.has_said("bow.toml: it is empty", 1));
    until("the messages to be told", || kiosk.has_said("own.ftl:1:", 1));
    shop.write("shop/masks/bow.toml", BOW.as_bytes());
    until("the catalogue to be used", || kiosk.has_said("shop is sound again, and used", 1));
    shop.write("words/en/own.ftl", b"idle-spoken = Own words.\n");
    until("the messages to be used", || kiosk.has_said("words is sound again, and used", 1));
    assert!(kiosk.has_said(OWN, 1), "{:?}", kiosk.said());
    assert_eq!(shop.speaks(&kiosk), "Own words.");
    // A photo that goes while it is shown.
    std::fs::remove_file(shop.path("photos/two.png")).unwrap();
    kiosk.touch_to((540, 1000), "Consent", 2);
    kiosk.on("Attract", 3);
    assert!(kiosk.is_alive(), "{:?}", kiosk.said());
}
