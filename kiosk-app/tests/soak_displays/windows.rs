//! Windows of any size.

use std::time::{Duration, Instant};

use crate::common::Folder;
use crate::common::display::until;
use crate::common::gpu_session::GpuSession;
use crate::common::process;

fn window(session: &GpuSession) -> String {
    let found = session.kiosk.display.xdotool(&["search", "--name", "^Carmine$"]);
    found.lines().next().expect("a window called Carmine").to_owned()
}

#[test]
#[ignore = "soak: some minutes"]
fn a_window_of_any_size_keeps_the_session_and_gives_the_memory_back() {
    let pictures = Folder::new();
    let mut session = GpuSession::start(&pictures, |_| {});
    let (window, mirror) = (window(&session), session.kiosk.mirror_pid());
    let size = |width: &str, height: &str| session.kiosk.display.xdotool(&["windowsize", &window, width, height]);
    let is_well = |when: &str| {
        let since = Instant::now();
        session.is_well(when);
        println!("{when}: well after {:.1} s, {} KiB", since.elapsed().as_secs_f32(), process::rss_kib(mirror));
    };
    let before = process::rss_kib(mirror);
    for (width, height) in [("1", "1"), ("7680", "4320"), ("16384", "400"), ("32767", "400"), ("300", "20000")] {
        size(width, height);
        std::thread::sleep(Duration::from_secs(4));
        println!("{width} × {height}: {} KiB, {:?}", process::rss_kib(mirror), session.lines("carmine: "));
        assert!(session.kiosk.is_alive(), "{:?}", session.kiosk.said());
        size("1080", "1920");
        is_well(&format!("after {width} × {height}"));
    }
    session.kiosk.display.xdotool(&["windowunmap", &window]);
    std::thread::sleep(Duration::from_secs(3));
    session.kiosk.display.xdotool(&["windowmap", &window]);
    is_well("after it was minimised");
    for turn in 0..200_u32 {
        size(&(1 + turn * 37 % 1500).to_string(), &(1 + turn * 53 % 2000).to_string());
    }
    size("1080", "1920");
    is_well("after 200 sizes");
    let mut after = 0;
    until("its memory to be what it was", || {
        after = process::rss_kib(mirror);
        after < before + (100 << 10)
    });
    println!("{before} → {after} KiB: {:#?}", session.kiosk.said());
    assert_eq!(session.kiosk.mirror_pid(), mirror);
    session.is_alive();
}
