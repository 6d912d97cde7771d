//! The display server is killed in mid-session, X or Wayland: nothing of the shopper is left, nothing else either, and
//! where the display comes back soon, so does the mirror.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where"
)]

mod common;

use std::time::{Duration, Instant};

use common::Folder;
use common::cage::{Session, cages_window};
use common::curtain::is_mirror;
use common::display::{Display, until};
use common::gpu_session::GpuSession;
use common::hold::Traced;
use common::keeper::is_gone;
use common::memory::Owner;
use common::process;

/// Everything in the folder is whole: no half-written file, no core.
fn is_sound(state: &Folder) {
    let names = state.names();
    assert!(names.iter().all(|name| !name.contains(".part") && !name.starts_with("core")), "{names:?}");
    if let Ok(record) = std::fs::read_to_string(state.path().join("restarts.json")) {
        assert!(record.starts_with('{') && record.ends_with('}'), "{record}");
    }
}

/// Children that ended and that nobody has waited for.
fn zombies(pid: u32) -> Vec<u32> {
    let is_zombie =
        |pid: &u32| std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| stat.contains(") Z"));
    process::children(pid).into_iter().filter(is_zombie).collect()
}

#[test]
fn an_x_server_that_is_killed_and_comes_back_has_the_mirror_again() {
    let (pictures, state) = (Folder::new(), Folder::new());
    let mut session =
        GpuSession::start(&pictures, |command| _ = command.arg("--fullscreen").arg("--state").arg(state.path()));
    let first = session.kiosk.mirror_pid();
    let told = session.kiosk.said().len();
    let traced = Traced::process(first);
    session.kiosk.display.end();
    let begun = Instant::now();
    let mut ended = Duration::ZERO;
    let left = traced.at_its_end(|| {
        ended = begun.elapsed();
        session.bars.search_of(first, &[Owner::Heap])
    });
    assert_eq!(left, [], "Xlib ends the process: by its exit handler everything was overwritten");
    std::thread::sleep(Duration::from_secs(3));
    session.kiosk.display.start_again();
    let again = Instant::now();
    session.kiosk.on("Attract", 2);
    println!("the mirror ended after {ended:?} and is back after {:?}", again.elapsed());
    session.says_yes(2);
    session.is_well_for(2, "on the display that came back");
    assert!(is_gone(first));
    assert!(zombies(session.kiosk.pid()).is_empty());
    is_sound(&state);
    assert_eq!(session.kiosk.folder.names(), ["kiosk.toml"]);
    let told = &session.kiosk.said()[told..];
    // One for its end, which the search above may have held up, and one for the display.
    let again: Vec<_> = told.iter().filter(|line| line.contains("starting it again")).collect();
    assert!(again.len() == 2 && again[1].contains("the mirror has no display"), "{told:#?}");
}

#[test]
fn a_compositor_that_is_killed_takes_everything_with_it() {
    let display = Display::start(1920, 1920);
    let mut session = Session::start(&display, &["--input", "mannequin:6"]);
    until("cage to open its screen", || cages_window(&display).is_some());
    display.xdotool(&["windowsize", &cages_window(&display).unwrap(), "1080", "1920"]);
    until("the mirror to fill it", || is_mirror(&display.look()));
    assert!(session.processes().len() > 2, "keeper, curtain and mirror");
    session.cage.kill().unwrap();
    session.cage.wait().unwrap();
    let killed = Instant::now();
    until("all of them to be gone", || session.processes().is_empty());
    let said = session.said();
    println!("all gone {:?} after the compositor:\n{said}", killed.elapsed());
    for line in ["the mirror has no display; starting it again", "the display is gone and does not come back"] {
        assert_eq!(said.matches(line).count(), 1, "{line}:\n{said}");
    }
    assert!(!said.contains("panicked") && !said.contains("start carmine again"), "{said}");
    let left = session.runtime.names();
    assert!(left.iter().all(|name| !name.starts_with("core") && !name.contains(".part")), "{left:?}");
}
