//! A disk without room, and one that can only be read: the kiosk goes on, one line each way, nothing half-written, and all
//! of it is kept once there is room.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::common::display::until;
use crate::common::kiosk::{Kiosk, marked_picture};
use crate::common::mounts::{Mount, can_mount};
use crate::common::{Folder, carmine, complaints};

const SETTINGS: &str = "[privacy]\ncount_consents = true\n";

fn start(state: &Path, camera: &str) -> Kiosk {
    let kiosk = Kiosk::start_with(SETTINGS, camera, |command| {
        command.arg("--fullscreen").arg("--state").arg(state);
    });
    kiosk.on("Attract", 1);
    kiosk
}

/// One shopper agrees, and says that she is done.
fn session(kiosk: &Kiosk) {
    let (attract, consent) = (kiosk.times_said("screen: Attract"), kiosk.times_said("screen: Consent"));
    let mirror = kiosk.times_said("screen: Mirror");
    kiosk.touch_to((540, 1000), "Consent", consent + 1);
    kiosk.touch_to((290, 1772), "Mirror", mirror + 1);
    kiosk.touch_to((970, 60), "Attract", attract + 1);
}

fn agreed(state: &Path) -> u64 {
    let Ok(bytes) = std::fs::read(state.join("consents.json")) else { return 0 };
    let json: Value = serde_json::from_slice(&bytes).expect("the file is whole");
    let days = json["days"].as_object().unwrap().values();
    days.flat_map(|day| day.as_object().unwrap().values()).map(|count| count.as_u64().unwrap()).sum()
}

fn no_part_is_left(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert!(!path.to_string_lossy().ends_with(".part"), "{}", path.display());
        if path.is_dir() {
            no_part_is_left(&path);
        }
    }
}

/// Each of these once when it began; `end` makes it well again.
fn troubles(kiosk: &Kiosk, state: &Path, says: &str, end: impl FnOnce()) {
    let mirror = kiosk.mirror_pid();
    let before = agreed(state);
    // What is left of the log's last block takes some lines yet.
    let mut sessions = 0;
    while sessions < 2 || !kiosk.has_said("it is kept in memory", 1) || !kiosk.has_said("the log is not kept", 1) {
        assert!(sessions < 100, "{:?}", kiosk.said());
        session(kiosk);
        sessions += 1;
    }
    let said = kiosk.said();
    let told: Vec<_> = said.iter().filter(|line| line.contains("cannot write")).collect();
    assert!(told.len() == 1 && told[0].contains(says), "{said:?}");
    assert_eq!(kiosk.times_said("the log is not kept"), 1, "{said:?}");
    assert_eq!(agreed(state), before, "what was there is whole");
    no_part_is_left(state);

    end();
    until("it to be kept", || kiosk.has_said("everything is written to the state folder again", 1));
    assert_eq!(agreed(state), before + sessions, "nobody is lost");
    // Each session is a line of the log, and so a try.
    while !kiosk.has_said("the log is kept in files again", 1) {
        assert!(sessions < 300, "{:?}", kiosk.said());
        session(kiosk);
        sessions += 1;
    }
    until("the last to be counted", || agreed(state) == before + sessions);
    assert_eq!(kiosk.mirror_pid(), mirror, "{:?}", kiosk.said());
    no_part_is_left(state);
    // The log has whole lines alone.
    let log = std::fs::read_to_string(state.join("log/carmine.log")).unwrap();
    assert!(log.lines().all(|line| line.starts_with('[')), "{log}");
}

#[test]
#[ignore = "soak: root, mounts"]
fn a_full_disk_costs_nothing_but_time() {
    if !can_mount() {
        return;
    }
    let pictures = Folder::new();
    let (camera, _) = marked_picture(&pictures);
    for full_at_the_start in [true, false] {
        let state = Folder::new();
        let _disk = Mount::small(state.path(), "64m");
        let filler = state.path().join("filler");
        // Not a byte is left.
        let fill = || assert!(std::fs::write(&filler, vec![0; 65 << 20]).is_err());
        let kiosk = if full_at_the_start {
            fill();
            start(state.path(), &camera)
        } else {
            let kiosk = start(state.path(), &camera);
            session(&kiosk);
            until("it to be counted", || agreed(state.path()) == 1);
            fill();
            kiosk
        };
        troubles(&kiosk, state.path(), "the disk is full", || std::fs::remove_file(&filler).unwrap());
    }
}

#[test]
#[ignore = "soak: root, mounts"]
fn a_disk_that_can_only_be_read_costs_nothing_but_time() {
    if !can_mount() {
        return;
    }
    let (pictures, state) = (Folder::new(), Folder::new());
    let (camera, _) = marked_picture(&pictures);
    let disk = Mount::small(state.path(), "64m");
    disk.change("ro");
    let kiosk = start(state.path(), &camera);
    troubles(&kiosk, state.path(), "Read-only file system", || disk.change("rw"));
}

#[test]
#[ignore = "soak: root, mounts"]
fn a_save_on_a_full_disk_leaves_no_half() {
    if !can_mount() {
        return;
    }
    let folder = Folder::new();
    let disk = Mount::small(folder.path(), "64k");
    let save = || {
        let mut child = carmine(&folder)
            .args(["service", "save", "--", "carmine-1.png"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(&vec![7; 1 << 20]);
        child.wait_with_output().unwrap()
    };
    for (options, says) in [("size=64k", "the disk is full"), ("ro", "can only be read")] {
        disk.change(options);
        let output = save();
        assert_eq!(output.status.code(), Some(1));
        assert!(complaints(&output)[0].contains(says), "{output:?}");
        assert!(folder.names().is_empty(), "{:?}", folder.names());
    }
    disk.change("rw,size=8m");
    assert!(save().status.success());
    assert_eq!(std::fs::read(folder.path().join("carmine-1.png")).unwrap().len(), 1 << 20);
}
