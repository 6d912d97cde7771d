//! Screens that change while somebody looks into them, on an X server with several outputs and without a window manager.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::common::Folder;
use crate::common::curtain::{part_of, picture};
use crate::common::display::until;
use crate::common::gpu_session::{blinking_clip, is_live_and_worn};
use crate::common::keeper::{next_mirror, signal};
use crate::common::kiosk::Kiosk;
use crate::common::memory::Bars;
use crate::common::outputs::{Outputs, Place};
use crate::common::touch_panel::{Screen, TouchPanel};

/// The titles of the mirror's and the curtain's windows.
const WINDOWS: [&str; 2] = ["Carmine", "One moment"];
const UPRIGHT: Place = (0, 0, 1080, 1920);
/// Beside it.
const SECOND: Place = (1080, 0, 1080, 1920);
const SECOND_WIDE: Place = (1080, 0, 1920, 1080);
const SMALL: Place = (0, 0, 720, 1280);
/// A few seconds, on a machine that draws in software.
const SOON: Duration = Duration::from_secs(8);

/// A kiosk over a whole screen, in a shop of two.
struct Shop {
    kiosk: Kiosk,
    outputs: Outputs,
    panel: TouchPanel,
    /// The camera's clip, and what the kiosk keeps.
    _folders: [Folder; 2],
}

impl Shop {
    /// On the attract screen; `None` where no such X server can be started.
    fn open(settings: &str, outputs: &[(&str, Place)]) -> Option<Self> {
        let (pictures, state) = (Folder::new(), Folder::new());
        let panel = TouchPanel::start(Screen { width: 1080, height: 1920 })?;
        let others = panel.outputs();
        others.arrange(outputs);
        let clip = blinking_clip(&pictures, &Bars::new());
        let settings = format!("{settings}\n[idle]\nwarn_after_s = 900\n[photo]\nenabled = false\n");
        let kiosk = panel.kiosk_with(&settings, &clip, |command: &mut Command| {
            command.args(["--look", "classic-red", "--state"]).arg(state.path());
        });
        kiosk.on("Attract", 1);
        Some(Self { kiosk, outputs: others, panel, _folders: [pictures, state] })
    }

    /// From the attract screen to the mirror, by touch.
    fn begin_session(&mut self) {
        for (place, screen) in [((540, 1000), "Consent"), ((290, 1772), "Mirror")] {
            until(screen, || {
                self.panel.tap(&[place]);
                std::thread::sleep(Duration::from_secs(4));
                self.kiosk.has_said(&format!("screen: {screen}"), 1)
            });
        }
    }

    /// Waits until both windows fill this place, which must be soon.
    fn fills(&self, place: Place, when: &str) {
        let since = Instant::now();
        let windows = || WINDOWS.map(|title| self.outputs.windows(title));
        until(&format!("both windows to fill {place:?} {when}: {:?}", self.kiosk.said()), || {
            windows().iter().all(|places| !places.is_empty() && places.iter().all(|at| *at == place))
        });
        println!("{when}: filled after {:.1} s", since.elapsed().as_secs_f32());
        assert!(since.elapsed() < SOON, "{when}: {:?}", since.elapsed());
    }

    /// She sees herself there in her look, in the session that she began.
    fn goes_on(&self, place: Place, when: &str) {
        let since = Instant::now();
        is_live_and_worn(|| self.outputs.look(place), when);
        println!("{when}: live after {:.1} s", since.elapsed().as_secs_f32());
        let said = self.kiosk.said();
        assert_eq!((self.times("screen: "), self.times("screen: Mirror")), (3, 1), "{when}: {said:?}");
    }

    fn times(&self, what: &str) -> usize {
        self.kiosk.times_said(what)
    }

    /// This was said once since it had been said so often.
    fn is_told(&self, what: &str, before: usize) {
        until(what, || self.times(what) > before);
        assert_eq!(self.times(what), before + 1, "{what}: {:?}", self.kiosk.said());
    }
}

#[test]
#[ignore = "soak: some minutes, and an X server of its own, which needs root"]
fn screens_that_change_are_followed_and_the_session_is_kept() {
    let Some(mut shop) = Shop::open("", &[("DUMMY0", UPRIGHT)]) else { return };
    shop.fills(UPRIGHT, "at the start");
    shop.is_told("the screen 'DUMMY0' is filled: 1080 × 1920 pixels at 0, 0", 0);
    shop.begin_session();
    shop.goes_on(UPRIGHT, "at the start");
    let mirror = next_mirror(&shop.kiosk, &[]);

    shop.outputs.arrange(&[("DUMMY0", SMALL)]);
    shop.fills(SMALL, "of another resolution");
    shop.is_told("the screen 'DUMMY0' is filled: 720 × 1280 pixels at 0, 0", 0);
    shop.goes_on(SMALL, "of another resolution");
    shop.outputs.arrange(&[("DUMMY0", UPRIGHT)]);
    shop.fills(UPRIGHT, "of its resolution again");
    shop.is_told("the screen 'DUMMY0' is filled: 1080 × 1920 pixels at 0, 0", 1);

    let filled = shop.times("is filled: ");
    shop.outputs.arrange(&[("DUMMY0", UPRIGHT), ("DUMMY1", SECOND_WIDE)]);
    std::thread::sleep(Duration::from_secs(5));
    shop.fills(UPRIGHT, "beside a second screen");
    assert_eq!(shop.times("is filled: "), filled, "{:?}", shop.kiosk.said());
    shop.goes_on(UPRIGHT, "beside a second screen");

    shop.outputs.make_primary("DUMMY1");
    shop.fills(SECOND_WIDE, "another screen is the primary one");
    shop.is_told("the screen 'DUMMY1' is filled: 1920 × 1080 pixels at 1080, 0", 0);
    shop.outputs.arrange(&[("DUMMY0", UPRIGHT), ("DUMMY1", SECOND)]);
    shop.fills(SECOND, "the second screen turned upright");
    shop.goes_on(SECOND, "the second screen turned upright");

    shop.outputs.arrange(&[("DUMMY0", UPRIGHT)]);
    shop.fills(UPRIGHT, "its screen unplugged");
    shop.is_told("the screen 'DUMMY0' is filled: 1080 × 1920 pixels at 0, 0", 2);
    shop.goes_on(UPRIGHT, "its screen unplugged");

    shop.outputs.arrange(&[]);
    shop.is_told("no screen is on and plugged in", 0);
    std::thread::sleep(Duration::from_secs(10));
    shop.outputs.arrange(&[("DUMMY0", UPRIGHT)]);
    shop.is_told("the screen 'DUMMY0' is filled: 1080 × 1920 pixels at 0, 0", 3);
    shop.fills(UPRIGHT, "every screen off and on again");
    shop.goes_on(UPRIGHT, "every screen off and on again");

    assert_eq!(next_mirror(&shop.kiosk, &[]), mirror, "{:?}", shop.kiosk.said());
    assert_eq!(shop.times("no screen is on and plugged in"), 1, "{:?}", shop.kiosk.said());

    // The curtain follows by itself: its keeper is stopped, and the mirror is gone.
    signal(shop.kiosk.pid(), "STOP");
    signal(mirror, "KILL");
    for place in [UPRIGHT, SMALL] {
        shop.outputs.arrange(&[("DUMMY0", place)]);
        let (since, picture) = (Instant::now(), picture([place.2, place.3].map(u32::from)));
        until(&format!("the curtain over {place:?}"), || part_of(&picture, &shop.outputs.look(place)) == 1.0);
        println!("the curtain over {place:?} after {:.1} s", since.elapsed().as_secs_f32());
        assert!(since.elapsed() < SOON);
    }
    signal(shop.kiosk.pid(), "CONT");
    shop.kiosk.on("Attract", 2);
    shop.fills(SMALL, "a new mirror");
}

#[test]
#[ignore = "soak: a minute, and an X server of its own, which needs root"]
fn of_several_screens_the_named_one_is_filled_and_a_wrong_name_is_told_once() {
    let both = [("DUMMY0", UPRIGHT), ("DUMMY1", SECOND)];
    {
        let Some(mut shop) = Shop::open("[screen]\noutput = \"DUMMY1\"", &both) else { return };
        shop.outputs.make_primary("DUMMY0");
        shop.fills(SECOND, "the named screen");
        shop.outputs.arrange(&both[..1]);
        shop.fills(UPRIGHT, "the named screen unplugged");
        shop.is_told("screen.output: there is no screen 'DUMMY1', so the primary one is filled", 0);
        shop.begin_session();
        shop.outputs.arrange(&both);
        shop.fills(SECOND, "the named screen plugged in");
        shop.goes_on(SECOND, "the named screen plugged in");
        assert_eq!(shop.times("screen.output: "), 1, "{:?}", shop.kiosk.said());
    }
    let Some(shop) = Shop::open("[screen]\noutput = \"HDMI-9\"", &both) else { return };
    shop.outputs.make_primary("DUMMY1");
    shop.fills(SECOND, "the primary screen in place of an unknown one");
    shop.is_told("screen.output: there is no screen 'HDMI-9'", 0);
    assert!(shop.kiosk.said().iter().any(|line| line.contains("there are DUMMY")), "{:?}", shop.kiosk.said());
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(shop.times("screen.output: "), 1, "{:?}", shop.kiosk.said());
}
