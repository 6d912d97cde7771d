//! Nothing of a shopper is left behind: her camera's picture carries bars, which are searched for in memory in every form
//! that the app gives a picture, after a session's end and in the moment in which the process ends, also while threads
//! are stuck and however the process ends.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where"
)]

#[path = "../common/mod.rs"]
mod common;

use std::process::Command;
use std::time::{Duration, Instant};

use common::display::until;
use common::hold::{Held, Traced};
use common::kiosk::Kiosk;
use common::memory::{Bars, Owner};
use common::{Folder, process};
use image::RgbImage;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// The astronaut above the bars.
fn picture(bars: &Bars) -> RgbImage {
    let mut picture = RgbImage::from_pixel(640, 640, image::Rgb([90, 92, 96]));
    let photo = image::open(common::asset("stills/astronaut.png")).unwrap().to_rgb8();
    image::imageops::overlay(&mut picture, &photo, 64, 64);
    bars.draw(&mut picture);
    picture
}

/// A kiosk whose camera shows the bars, from a file or from a clip that ffmpeg decodes.
struct Shop {
    kiosk: Kiosk,
    bars: Bars,
    mirror: u32,
    _files: Folder,
}

impl Shop {
    fn open(clip: bool) -> Self {
        let (files, bars) = (Folder::new(), Bars::new());
        let still = files.path().join("camera.png");
        picture(&bars).save(&still).unwrap();
        let camera = if clip { films(&still) } else { still.to_str().unwrap().to_owned() };
        let kiosk = Kiosk::start("[photo]\nenabled = false\n", &camera);
        kiosk.on("Attract", 1);
        let mirror = kiosk.mirror_pid();
        assert_eq!(bars.search(mirror), [], "no camera before consent");
        Self { kiosk, bars, mirror, _files: files }
    }

    /// A shopper says yes, and her picture is there.
    fn mirror(&self, time: usize) {
        self.kiosk.touch_to((540, 1000), "Consent", time);
        self.kiosk.touch_to((290, 1772), "Mirror", time);
        until("her picture in the heap", || !self.bars.search_of(self.mirror, &[Owner::Heap]).is_empty());
    }

    /// What is left in the heap of a mirror that is about to be gone. What a graphics driver in software holds as
    /// textures is the driver's, and goes back to the system with the process; it is told.
    fn left(&self) -> Vec<(&'static str, usize)> {
        let heap = self.bars.search_of(self.mirror, &[Owner::Heap]);
        println!("elsewhere: {:?}", self.bars.search_of(self.mirror, &[Owner::Other]));
        heap
    }

    /// She says that she is done.
    fn done(&self) {
        self.kiosk.touch(970, 60);
    }

    /// Waits for her picture to be gone from the mirror.
    fn until_wiped(&self, time: usize) {
        self.kiosk.on("Attract", time + 1);
        let (started, mut left) = (Instant::now(), self.bars.search(self.mirror));
        while !left.is_empty() && started.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(500));
            left = self.bars.search(self.mirror);
        }
        assert_eq!(left, [], "nothing of her picture is left in memory");
    }
}

/// A clip of the picture that only ffmpeg reads; it goes on for minutes.
fn films(still: &std::path::Path) -> String {
    let clip = still.with_extension("mkv");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-loop", "1", "-i"])
        .arg(still)
        .args(["-t", "300", "-r", "15", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-pix_fmt", "yuv420p"])
        .arg(&clip)
        .status()
        .expect("ffmpeg is missing: apt install ffmpeg");
    assert!(made.success());
    clip.to_str().unwrap().to_owned()
}

fn ffmpegs(of: u32) -> Vec<u32> {
    let is_ffmpeg =
        |pid: &u32| std::fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|comm| comm.trim() == "ffmpeg");
    process::children(of).into_iter().filter(is_ffmpeg).collect()
}

fn send(pid: u32, signal: Signal) {
    kill(Pid::from_raw(i32::try_from(pid).unwrap()), signal).unwrap();
}

#[test]
fn a_session_leaves_nothing_in_any_form() {
    let shop = Shop::open(false);
    shop.mirror(1);
    let mut forms = Vec::new();
    until("the tracker's picture of her", || {
        forms = shop.bars.search(shop.mirror);
        println!("while she is there: {forms:?}");
        let has = |name| forms.iter().any(|(form, _)| *form == name);
        has("RGBA") && (has("detector f32 RGB") || has("detector f32 plane"))
    });
    shop.done();
    shop.until_wiped(1);
}

#[test]
fn a_stopped_decoder_is_killed_and_nothing_is_left() {
    let shop = Shop::open(true);
    shop.mirror(1);
    let decoder = || ffmpegs(shop.mirror).into_iter().chain(ffmpegs(shop.kiosk.pid())).next();
    let stopped = decoder().expect("a clip of this kind needs ffmpeg");
    send(stopped, Signal::SIGSTOP);
    std::thread::sleep(Duration::from_secs(1));
    shop.done();
    shop.until_wiped(1);
    assert!(!std::path::Path::new(&format!("/proc/{stopped}")).exists(), "it was killed and reaped");
    assert_eq!(shop.kiosk.mirror_pid(), shop.mirror, "the same process goes on");
}

#[test]
fn a_stuck_thread_ends_the_process_and_nothing_is_left() {
    let shop = Shop::open(false);
    shop.mirror(1);
    let held = Held::thread(shop.mirror, "track");
    let traced = Traced::process(shop.mirror);
    shop.done();
    let left = traced.at_its_end(|| shop.left());
    assert_eq!(left, [], "everything was overwritten, whoever held it");
    held.until_gone();
    assert!(shop.kiosk.has_said("stuck at a session's end: track", 1), "{:?}", shop.kiosk.said());
}

#[test]
fn whatever_ends_the_process_nothing_is_left() {
    for signal in [Signal::SIGABRT, Signal::SIGTERM] {
        let shop = Shop::open(false);
        shop.mirror(1);
        let traced = Traced::process(shop.mirror);
        send(shop.mirror, signal);
        let left = traced.at_its_end(|| shop.left());
        assert_eq!(left, [], "{signal}");
    }
}
