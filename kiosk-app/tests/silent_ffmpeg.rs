//! A kiosk whose ffmpeg falls silent in mid-clip: it is ended after a while and told, and what came before is played again
//! and again, be it the camera or the input.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::Duration;

use common::Folder;
use common::display::until;
use common::kiosk::Kiosk;
use common::process;

/// A program for an ffmpeg in a folder of its own: pictures for a second, then silence. `clip.mkv` is what it is asked to decode.
fn plays_ffmpeg(folder: &Folder) {
    folder.file("clip.mkv", b"\x1A\x45\xDF\xA3 anything");
    let make = "ffmpeg -v error -f lavfi -i testsrc2=s=64x48:r=10:d=1 -pix_fmt yuv420p -f yuv4mpegpipe sends.y4m";
    let made = Command::new("sh").args(["-c", make]).current_dir(folder.path()).status();
    assert!(made.unwrap().success(), "ffmpeg is missing: apt install ffmpeg");
    let here = folder.path().display();
    let script = format!("#!/bin/sh\nPATH=/usr/bin:/bin\ncat {here}/sends.y4m\nexec sleep 600\n");
    let program = folder.file("ffmpeg", script.as_bytes());
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
}

fn with_ffmpeg(folder: &Folder, camera: &str, more: impl FnOnce(&mut Command)) -> Kiosk {
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    Kiosk::start_with("", camera, |command| {
        more(command.env("PATH", path));
    })
}

/// Programs that the keeper runs for the mirror.
fn programs(kiosk: &Kiosk) -> usize {
    process::children(kiosk.pid()).len() - 1
}

/// It is told once, and what came before is played again and again.
fn plays_on(kiosk: &Kiosk) {
    until("it to be told", || kiosk.has_said("it sent nothing for 1.2 s and was ended", 1));
    std::thread::sleep(Duration::from_secs(8));
    assert_eq!(kiosk.times_said("using the 10 whole frames"), 1, "{:?}", kiosk.said());
    assert_eq!(kiosk.times_said("no new picture"), 0, "{:?}", kiosk.said());
    assert_eq!(kiosk.times_said("showing the demo clip"), 0, "{:?}", kiosk.said());
}

#[test]
fn as_the_camera_what_came_before_is_played_again() {
    let folder = Folder::new();
    plays_ffmpeg(&folder);
    let clip = folder.path().join("clip.mkv");
    let kiosk = with_ffmpeg(&folder, clip.to_str().unwrap(), |_| {});
    kiosk.touch_to((540, 1000), "Consent", 1);
    kiosk.touch_to((290, 1772), "Mirror", 1);
    let mirror = kiosk.mirror_pid();
    plays_on(&kiosk);
    assert!(programs(&kiosk) <= 2, "{}", programs(&kiosk));
    assert_eq!(kiosk.mirror_pid(), mirror, "{:?}", kiosk.said());
}

#[test]
fn as_the_input_what_came_before_is_played_again() {
    let folder = Folder::new();
    plays_ffmpeg(&folder);
    let clip = folder.path().join("clip.mkv");
    let kiosk = with_ffmpeg(&folder, "none", |command| _ = command.arg("--input").arg(&clip));
    kiosk.on("Mirror", 1);
    let mirror = kiosk.mirror_pid();
    plays_on(&kiosk);
    assert!(programs(&kiosk) <= 2, "{}", programs(&kiosk));
    assert_eq!(kiosk.mirror_pid(), mirror, "{:?}", kiosk.said());
}
