//! Keeper and mirror as two processes: finds the mirror, sends signals.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::process::Command;

use crate::common::Folder;
use crate::common::curtain::is_curtain;
use crate::common::display::until;
use crate::common::kiosk::Kiosk;

pub fn signal(pid: u32, name: &str) {
    let status = Command::new("sh").args(["-c", &format!("kill -{name} {pid}")]).status().unwrap();
    assert!(status.success(), "no process {pid}");
}

pub fn is_gone(pid: u32) -> bool {
    !std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z"))
}

/// The mirror, once there is one that is not among these.
pub fn next_mirror(kiosk: &Kiosk, old: &[u32]) -> u32 {
    let mut mirror = 0;
    until("a mirror to run", || {
        mirror = kiosk.mirror_pid();
        mirror != kiosk.pid() && !old.contains(&mirror)
    });
    mirror
}

pub fn arguments(pid: u32) -> String {
    String::from_utf8_lossy(&std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default()).replace('\0', " ")
}

pub fn shows_a_picture(kiosk: &Kiosk) -> bool {
    let seen = kiosk.display.look();
    seen.colours(1080, 1920) > 200 && !is_curtain(&seen)
}

/// A kiosk whose state lies in a folder of its own.
pub fn kiosk_with(state: &Folder, settings: &str, more: impl FnOnce(&mut Command)) -> Kiosk {
    Kiosk::start_with(settings, "none", |command| {
        command.arg("--fullscreen").arg("--state").arg(state.path());
        more(command);
    })
}
