//! The curtain on a virtual display: whether what is shown is its picture, and whether the display is ever dark.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use carmine_kiosk::curtain::picture::{Picture, paint};
use carmine_kiosk::curtain::poster::Poster;
use carmine_kiosk::settings::Settings;

use crate::common::display::Screenshot;
use crate::common::kiosk::Kiosk;
use crate::common::process;

/// Width and height of the kiosk's window.
pub const SIZE: [u32; 2] = [1080, 1920];

/// What the curtain of a shop without settings of its own shows on a screen of this size.
pub fn picture(size: [u32; 2]) -> Picture {
    paint(&Poster::new(&Settings::default(), None), size)
}

/// Part of the display's pixels that are the curtain's, looked at on a grid.
pub fn part_of_curtain(seen: &Screenshot) -> f64 {
    static PICTURE: OnceLock<Picture> = OnceLock::new();
    part_of(PICTURE.get_or_init(|| picture(SIZE)), seen)
}

/// The same of a curtain with this picture.
pub fn part_of(picture: &Picture, seen: &Screenshot) -> f64 {
    let [width, height] = picture.size.map(|side| side as usize);
    let points: Vec<_> = (0..width * height).step_by(37).collect();
    let same = points.iter().filter(|at| {
        let [_, r, g, b] = picture.pixels[**at].to_be_bytes();
        seen.at(**at % width, **at / width) == [r, g, b]
    });
    same.count() as f64 / points.len() as f64
}

/// Whether all of the display is the curtain: no pixel of anybody's face.
pub fn is_curtain(seen: &Screenshot) -> bool {
    part_of_curtain(seen) == 1.0
}

/// Whether something else is shown, in many colours: the mirror.
pub fn is_mirror(seen: &Screenshot) -> bool {
    let [width, height] = SIZE.map(|side| side as usize);
    seen.colours(width, height) > 200 && part_of_curtain(seen) < 0.5
}

/// The curtain's process, if it runs.
pub fn pid_of(kiosk: &Kiosk) -> Option<u32> {
    let is_curtain = |pid: &u32| process::arguments(*pid).get(2).is_some_and(|word| word == "curtain");
    process::children(kiosk.pid()).into_iter().find(is_curtain)
}

/// How long a display was dark at a stretch, looked at from now on.
pub struct Darkness {
    ends: Arc<AtomicBool>,
    thread: JoinHandle<Duration>,
}

impl Darkness {
    pub fn begin(kiosk: &Kiosk) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let (eye, ending) = (kiosk.display.eye(), Arc::clone(&ends));
        let watch = move || {
            let (mut longest, mut since) = (Duration::ZERO, None);
            while !ending.load(Ordering::Relaxed) {
                if eye.dark_points() > 40 {
                    longest = longest.max(since.get_or_insert_with(Instant::now).elapsed());
                } else {
                    since = None;
                }
                std::thread::sleep(Duration::from_millis(8));
            }
            longest
        };
        Self { ends, thread: std::thread::spawn(watch) }
    }

    /// The longest stretch.
    pub fn longest(self) -> Duration {
        self.ends.store(true, Ordering::Relaxed);
        self.thread.join().unwrap()
    }
}

/// Looks at a display again and again.
pub struct Watched {
    ends: Arc<AtomicBool>,
    /// Looks, and what had been said when it was dark.
    thread: Option<JoinHandle<(usize, Option<Vec<String>>)>>,
}

impl Watched {
    /// Looks at this kiosk's display from now on.
    pub fn begin(kiosk: &Kiosk) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let (eye, said, ending) = (kiosk.display.eye(), Arc::clone(&kiosk.said), Arc::clone(&ends));
        let watch = move || {
            let mut looks = 0;
            while !ending.load(Ordering::Relaxed) {
                let dark = eye.dark_points();
                if dark > 40 {
                    let mut said = said.lock().unwrap().clone();
                    said.push(format!("{dark} of 1200 points were dark"));
                    return (looks, Some(said));
                }
                looks += 1;
                std::thread::sleep(Duration::from_millis(8));
            }
            (looks, None)
        };
        Self { ends, thread: Some(std::thread::spawn(watch)) }
    }

    /// Fails if the display was dark in any look.
    pub fn never_dark(mut self) {
        self.ends.store(true, Ordering::Relaxed);
        let (looks, dark) = self.thread.take().unwrap().join().unwrap();
        assert!(dark.is_none(), "the display was dark after {looks} looks: {dark:?}");
        assert!(looks > 100, "only {looks} looks");
    }
}
