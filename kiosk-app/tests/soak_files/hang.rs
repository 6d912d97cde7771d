//! Drives that never answer, at the start and while the kiosk runs: each is given up after a while, all together after a
//! while that does not grow with their number, and whoever waits for them holds no session up.

use std::time::{Duration, Instant};

use crate::common::Folder;
use crate::common::display::until;
use crate::common::kiosk::Kiosk;
use crate::common::merchant::{Shop, end};
use crate::common::mounts::{Mount, can_mount};

/// Where the shop's files lie; the state folder is a case of its own.
const FOLDERS: [&str; 5] = ["conf", "shop", "words", "photos", "models"];

fn hang(shop: &Shop) -> Vec<Mount> {
    FOLDERS.map(|folder| Mount::hung(&shop.path(folder))).into()
}

/// The drives break off with errors, then they are there again with what is below them.
fn mend(kiosk: &Kiosk, shop: &Shop, mut drives: Vec<Mount>) {
    drives.iter_mut().for_each(Mount::break_off);
    std::thread::sleep(Duration::from_secs(2));
    drop(drives);
    for place in ["conf/kiosk.toml", "shop", "words"] {
        let again = format!("{} is sound again, and used", shop.path(place).display());
        until(&again, || kiosk.has_said(&again, 1));
    }
}

/// Sessions go on in one and the same mirror.
fn serves(kiosk: &Kiosk, shop: &Shop, sessions: usize) {
    let mirror = kiosk.mirror_pid();
    for _ in 0..sessions {
        assert_eq!(shop.speaks(kiosk), "Own words.");
    }
    assert_eq!(kiosk.mirror_pid(), mirror, "{:?}", kiosk.said());
}

#[test]
#[ignore = "soak: root, mounts"]
fn drives_that_hang_at_the_start_keep_no_kiosk_dark() {
    if !can_mount() {
        return;
    }
    let shop = Shop::new();
    let state = shop.path("state");
    let begun = Instant::now();
    let kiosk = shop.start(&state);
    let usual = begun.elapsed();
    until("the copies to be kept", || std::fs::read_dir(state.join("last-good")).is_ok_and(|files| files.count() == 3));
    end(kiosk);

    let drives = hang(&shop);
    let begun = Instant::now();
    let kiosk = shop.start(&state);
    let late = begun.elapsed().saturating_sub(usual);
    println!("five hung drives: {:.1} s later than usual ({:.1} s)", late.as_secs_f32(), usual.as_secs_f32());
    assert!(late < Duration::from_secs(20), "{late:?}: {:?}", kiosk.said());
    for place in FOLDERS {
        let place = shop.path(place).display().to_string();
        let said = kiosk.said();
        let lines: Vec<_> = said.iter().filter(|line| line.contains(&place)).collect();
        assert!(lines.len() == 1 && lines[0].contains("does not answer"), "{place}: {lines:?}");
    }
    serves(&kiosk, &shop, 3);
    mend(&kiosk, &shop, drives);
    serves(&kiosk, &shop, 1);
}

#[test]
#[ignore = "soak: root, mounts"]
fn drives_that_hang_later_hold_no_session_up() {
    if !can_mount() {
        return;
    }
    let shop = Shop::new();
    let kiosk = shop.start(&shop.path("state"));
    serves(&kiosk, &shop, 1);
    let drives = hang(&shop);
    for place in ["conf", "shop", "words"] {
        let place = shop.path(place).display().to_string();
        until("it to be told", || kiosk.said().iter().any(|line| line.contains(&place) && line.contains("not answer")));
    }
    serves(&kiosk, &shop, 3);
    assert_eq!(kiosk.times_said("conf/kiosk.toml"), 1, "{:?}", kiosk.said());
    mend(&kiosk, &shop, drives);
    serves(&kiosk, &shop, 1);
}

#[test]
#[ignore = "soak: root, mounts"]
fn a_state_folder_that_hangs_is_done_without() {
    if !can_mount() {
        return;
    }
    let shop = Shop::new();
    let state = shop.path("state");
    let _drive = Mount::hung(&state);
    let kiosk = shop.start(&state);
    until("it to be told", || kiosk.has_said("nothing is kept there", 1));
    serves(&kiosk, &shop, 2);
    end(kiosk);
}

#[test]
#[ignore = "soak: root, mounts"]
fn a_state_folder_that_stops_taking_anything_holds_nobody_up() {
    if !can_mount() {
        return;
    }
    let (shop, disk) = (Shop::new(), Folder::new());
    let state = shop.path("state");
    let drive = Mount::fresh_image(&disk.path().join("disk"), 64, &state);
    let kiosk = shop.start(&state);
    // Else nobody could take the kiosk away if this fails.
    let frozen = Frozen(&drive);
    serves(&kiosk, &shop, 1);
    let mirror = kiosk.mirror_pid();
    drive.freeze();
    shop.write("conf/kiosk.toml", format!("{}# changed\n", shop.settings()).as_bytes());
    until("the copy to be told", || kiosk.has_said("settings: it does not answer", 1));
    // A graphics driver that waits for its own files costs one session: the mirror is replaced.
    let begun = Instant::now();
    assert_eq!(shop.speaks(&kiosk), "Own words.");
    println!("the same mirror: {}; served after {:.1} s", kiosk.mirror_pid() == mirror, begun.elapsed().as_secs_f32());
    // Until that session has ended, whichever mirror shows it.
    std::thread::sleep(Duration::from_secs(12));
    serves(&kiosk, &shop, 2);
    until("the log to be told", || kiosk.has_said("the log is not kept", 1));
    serves(&kiosk, &shop, 1);
    drop(frozen);
    until("the log to be kept again", || {
        kiosk.has_said("the log's drive answers again; lines that are missing there: 0", 1)
    });
    until("the copy to be kept", || {
        std::fs::read_to_string(state.join("last-good/settings")).is_ok_and(|copy| copy.contains("# changed"))
    });
    end(kiosk);
}

/// A drive that may be frozen until this is dropped.
struct Frozen<'a>(&'a Mount);

impl Drop for Frozen<'_> {
    fn drop(&mut self) {
        self.0.thaw();
    }
}
