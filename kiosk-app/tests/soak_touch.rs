//! 30,000 touches of up to ten fingers at random places, on a touch panel that an X server takes for real.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::time::{Duration, Instant};

use common::kiosk::marked_picture;
use common::touch_panel::{Screen, TouchPanel};
use common::{Folder, process};

const TOUCHES: u32 = 30_000;
const SCREEN: Screen = Screen { width: 1080, height: 1920 };

#[test]
#[ignore = "soak: some minutes, and an X server of its own, which needs root"]
fn thirty_thousand_touches_leave_a_kiosk_that_answers() {
    let pictures = Folder::new();
    let (camera, _) = marked_picture(&pictures);
    let Some(mut panel) = TouchPanel::start(SCREEN) else { return };
    let settings = "[idle]\nwarn_after_s = 12\nend_after_s = 5\n[photo]\nenabled = false\n";
    let kiosk = panel.kiosk(settings, &camera);
    kiosk.on("Attract", 1);

    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((state >> 33) % u64::from(below)) as u32
    };
    let (started, mut sent) = (Instant::now(), 0);
    let mut most_rss_kib = 0;
    while sent < TOUCHES {
        let fingers = 1 + random(10).min(TOUCHES - sent - 1);
        let places: Vec<_> = (0..fingers).map(|_| (random(SCREEN.width), random(SCREEN.height))).collect();
        panel.tap(&places);
        sent += fingers;
        if sent % 1000 < fingers {
            most_rss_kib = most_rss_kib.max(process::rss_kib(kiosk.mirror_pid()));
            assert!(kiosk.is_alive(), "it ended after {sent} touches: {:?}", kiosk.said());
        }
    }
    println!("{sent} touches in {:.0} s, at most {most_rss_kib} KiB", started.elapsed().as_secs_f32());
    // Nobody touches any more: whatever screen it is on, the session ends, and the next shopper is served.
    let before = kiosk.times_said("screen: Attract");
    kiosk.on("Attract", before.max(1));
    std::thread::sleep(Duration::from_secs(25));
    let consents = kiosk.times_said("screen: Consent");
    let until = Instant::now() + Duration::from_secs(60);
    while kiosk.times_said("screen: Consent") == consents {
        assert!(Instant::now() < until, "it does not answer a touch: {:?}", kiosk.said());
        panel.tap(&[(540, 1000)]);
        std::thread::sleep(Duration::from_secs(2));
    }
    assert!(!kiosk.said().iter().any(|line| line.contains("panicked")), "{:?}", kiosk.said());
}
