//! The keeper with a real mirror on a virtual display: what it does when the mirror is killed, hangs or has served long
//! enough, when it is told to end or is killed itself, and what it tells the service manager.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use common::Folder;
use common::curtain::{is_curtain, pid_of};
use common::display::until;
use common::keeper::{arguments, is_gone, kiosk_with, next_mirror, shows_a_picture, signal};
use common::kiosk::{Kiosk, marked_picture};

/// The service manager's side: what it was told, with the time.
struct Manager {
    socket: UnixDatagram,
    told: Vec<(Instant, String)>,
}

impl Manager {
    fn at(path: &Path) -> Self {
        let socket = UnixDatagram::bind(path).unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        Self { socket, told: Vec::new() }
    }

    /// Everything that was told so far.
    fn hear(&mut self) -> &[(Instant, String)] {
        let mut bytes = [0; 512];
        while let Ok(count) = self.socket.recv(&mut bytes) {
            let lines = String::from_utf8_lossy(&bytes[..count]).into_owned();
            self.told.extend(lines.lines().map(|line| (Instant::now(), line.to_owned())));
        }
        &self.told
    }

    fn times(&mut self, what: &str) -> usize {
        self.hear().iter().filter(|(_, line)| line.starts_with(what)).count()
    }
}

fn record(failures: u32, seconds_ago: u64) -> String {
    let now_s = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    format!("{{\"failures\":{failures},\"last_unix_s\":{}}}", now_s - seconds_ago)
}

#[test]
fn a_mirror_that_is_killed_is_started_again_at_last_in_safe_mode() {
    let state = Folder::new();
    // Three failures lie behind it, of which one is forgotten by now.
    state.file("restarts.json", record(3, 310).as_bytes());
    let kiosk = kiosk_with(&state, "", |_| {});
    let first = next_mirror(&kiosk, &[]);
    assert!(!arguments(first).contains("--safe-mode"));
    until("the first picture", || shows_a_picture(&kiosk));
    signal(first, "KILL");
    let second = next_mirror(&kiosk, &[first]);
    assert!(!arguments(second).contains("--safe-mode"), "{}", arguments(second));
    assert!(std::fs::read_to_string(state.path().join("restarts.json")).unwrap().contains("\"failures\":3"));
    kiosk.on("Attract", 2);
    signal(second, "KILL");
    let third = next_mirror(&kiosk, &[first, second]);
    assert!(arguments(third).contains("--safe-mode"), "{}", arguments(third));
    kiosk.on("Attract", 3);
    until("a picture in safe mode", || shows_a_picture(&kiosk));
    assert_eq!(kiosk.times_said("the mirror was ended by signal 9"), 2, "one line each: {:?}", kiosk.said());
    assert!(kiosk.has_said("starting it again in safe mode", 1));
}

#[test]
fn a_broken_record_of_restarts_is_told_and_counts_as_none() {
    let state = Folder::new();
    state.file("restarts.json", b"\xFF{");
    let kiosk = kiosk_with(&state, "", |_| {});
    let mirror = next_mirror(&kiosk, &[]);
    assert!(!arguments(mirror).contains("--safe-mode"));
    until("it to be told", || kiosk.has_said("restarts.json", 1));
    kiosk.on("Attract", 1);
}

#[test]
fn a_mirror_that_hangs_is_replaced_and_the_watchdog_is_fed_only_while_all_is_in_time() {
    let (state, folder) = (Folder::new(), Folder::new());
    let socket = folder.path().join("notify");
    let mut manager = Manager::at(&socket);
    let kiosk = kiosk_with(&state, "", |command| {
        // As below a compositor, which is the unit's main process.
        command.env("NOTIFY_SOCKET", &socket).env("WATCHDOG_USEC", "1500000").env("WATCHDOG_PID", "1");
    });
    let first = next_mirror(&kiosk, &[]);
    until("it to be ready", || manager.times("READY=1") == 1);
    let fed = manager.times("WATCHDOG=1");
    until("the watchdog to be fed", || manager.times("WATCHDOG=1") >= fed + 4);

    signal(first, "STOP");
    let stopped = Instant::now();
    until("it to be told", || kiosk.has_said("the window does not answer", 1));
    until("the manager to be told", || manager.times("STATUS=the window does not answer") == 1);
    // Nothing is fed from then until the mirror was replaced.
    let silent = manager.times("WATCHDOG=1");
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(manager.times("WATCHDOG=1"), silent, "fed though the window hangs");
    let second = next_mirror(&kiosk, &[first]);
    assert!(stopped.elapsed() < Duration::from_secs(60) && is_gone(first), "{:?}", stopped.elapsed());
    assert!(kiosk.has_said("was ended since the window did not answer", 1), "{:?}", kiosk.said());
    kiosk.on("Attract", 2);
    until("the watchdog to be fed again", || manager.times("WATCHDOG=1") > silent + 2);

    signal(kiosk.pid(), "TERM");
    until("everything to end", || is_gone(kiosk.pid()) && is_gone(second));
    assert_eq!((manager.times("STOPPING=1"), manager.times("READY=1")), (1, 1));
}

#[test]
fn with_its_keeper_the_mirror_is_gone_and_so_are_its_programs() {
    let (state, tools) = (Folder::new(), Folder::new());
    let clip = tools.path().join("clip.mkv");
    let make = format!("ffmpeg -v error -f lavfi -i testsrc2=s=64x48:d=60 -c:v mjpeg -f matroska '{}'", clip.display());
    assert!(
        Command::new("sh").args(["-c", &make]).status().unwrap().success(),
        "ffmpeg is missing: apt install ffmpeg"
    );
    let kiosk = kiosk_with(&state, "", |command| _ = command.arg("--input").arg(&clip));
    let mirror = next_mirror(&kiosk, &[]);
    until("ffmpeg to run beside mirror and curtain", || common::process::children(kiosk.pid()).len() > 2);
    assert!(common::process::children(mirror).is_empty(), "the mirror starts nothing itself");
    let all = common::process::children(kiosk.pid());
    signal(kiosk.pid(), "KILL");
    until("all of them to be gone", || all.iter().all(|pid| is_gone(*pid)));
}

#[test]
fn a_session_goes_on_while_its_keeper_is_stopped_and_nobody_is_accused_after_it() {
    let (state, pictures) = (Folder::new(), Folder::new());
    let (camera, _) = marked_picture(&pictures);
    let kiosk = Kiosk::start_with("[photo]\nenabled = false\n", &camera, |command| {
        _ = command.arg("--fullscreen").arg("--state").arg(state.path());
    });
    let mirror = next_mirror(&kiosk, &[]);
    kiosk.on("Attract", 1);
    kiosk.touch_to((540, 1000), "Consent", 1);
    kiosk.touch_to((290, 1772), "Mirror", 1);
    until("the camera", || kiosk.has_said("the camera is opened by consent", 1));
    std::thread::sleep(Duration::from_secs(2));
    // A category, then a shade of it.
    kiosk.touch(248, 1210);
    std::thread::sleep(Duration::from_secs(2));
    kiosk.touch(567, 1515);
    std::thread::sleep(Duration::from_secs(3));
    let curtain = pid_of(&kiosk);
    let (eye, told) = (kiosk.display.eye(), kiosk.said().len());

    signal(kiosk.pid(), "STOP");
    let (stopped, before) = (Instant::now(), eye.points());
    kiosk.touch(890, 1852);
    let other = || eye.points().iter().zip(&before).filter(|(now, before)| now != before).count();
    until("the next screen, while nobody watches", || other() > 600);
    std::thread::sleep(Duration::from_secs(5).saturating_sub(stopped.elapsed()));
    signal(kiosk.pid(), "CONT");
    kiosk.on("TakeHome", 1);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!((kiosk.mirror_pid(), pid_of(&kiosk)), (mirror, curtain), "{:?}", kiosk.said());
    let said = &kiosk.said()[told..];
    assert!(said.iter().all(|line| !line.starts_with("carmine: ")), "nothing is wrong: {said:#?}");
    assert!(!is_curtain(&kiosk.display.look()));
}

#[test]
fn a_signal_ends_keeper_and_mirror_with_its_code() {
    for (name, code) in [("TERM", 143), ("HUP", 129)] {
        let mut kiosk = Kiosk::start("", "none");
        let mirror = next_mirror(&kiosk, &[]);
        kiosk.on("Attract", 1);
        signal(kiosk.pid(), name);
        let mut status = None;
        until("it to end", || {
            status = kiosk.app.0.try_wait().unwrap();
            status.is_some()
        });
        assert_eq!(status.unwrap().code(), Some(code), "{name}");
        assert!(is_gone(mirror), "{name}");
        assert_eq!(kiosk.folder.names(), ["kiosk.toml"], "nothing is written");
    }
}

#[test]
fn a_window_that_breaks_again_and_again_gives_up() {
    let mut kiosk = Kiosk::start("", "none");
    let mut killed = Vec::new();
    for _ in 0..3 {
        let mirror = next_mirror(&kiosk, &killed);
        signal(mirror, "KILL");
        killed.push(mirror);
    }
    let mut status = None;
    until("it to give up", || {
        status = kiosk.app.0.try_wait().unwrap();
        status.is_some()
    });
    assert_eq!(status.unwrap().code(), Some(137));
    assert!(kiosk.has_said("3 times in a row", 1), "{:?}", kiosk.said());
}

#[test]
fn without_a_display_a_kiosk_ends_with_one_error_and_writes_nothing() {
    let folder = Folder::new();
    for display in [None, Some(":4242")] {
        let mut command = common::carmine(&folder);
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let output = command.args(["kiosk", "--fullscreen"]).output().unwrap();
        let told = common::complaints(&output);
        assert_eq!((output.status.code(), told.len()), (Some(1), 1), "{told:?}");
        assert!(told[0].contains("no display") && told[0].contains("--fullscreen"), "{told:?}");
        assert!(folder.names().is_empty(), "{:?}", folder.names());
    }
}
