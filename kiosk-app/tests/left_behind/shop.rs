//! A kiosk whose camera shows bars, and a shopper before it.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use image::RgbImage;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::common::display::until;
use crate::common::kiosk::Kiosk;
use crate::common::memory::{Bars, Owner};
use crate::common::{Folder, asset, process};

/// The astronaut above the bars.
fn picture(bars: &Bars) -> RgbImage {
    let mut picture = RgbImage::from_pixel(640, 640, image::Rgb([90, 92, 96]));
    let photo = image::open(asset("stills/astronaut.png")).unwrap().to_rgb8();
    image::imageops::overlay(&mut picture, &photo, 64, 64);
    bars.draw(&mut picture);
    picture
}

/// A kiosk whose camera shows the bars, from a file or from a clip that ffmpeg decodes.
pub struct Shop {
    pub kiosk: Kiosk,
    pub bars: Bars,
    /// What the camera shows.
    pub picture: RgbImage,
    /// The mirror's process.
    pub mirror: u32,
    _files: Folder,
}

impl Shop {
    pub fn open(clip: bool) -> Self {
        Self::open_with(clip, "[photo]\nenabled = false\n", |_| {})
    }

    /// With settings, and more arguments or another environment.
    pub fn open_with(clip: bool, settings: &str, more: impl FnOnce(&mut Command)) -> Self {
        let (files, bars) = (Folder::new(), Bars::new());
        let still = files.path().join("camera.png");
        let picture = picture(&bars);
        picture.save(&still).unwrap();
        let camera = if clip { films(&still) } else { still.to_str().unwrap().to_owned() };
        // Searching takes a while, in which nobody touches the screen.
        let settings = format!("[idle]\nwarn_after_s = 600\n{settings}");
        let kiosk = Kiosk::start_with(&settings, &camera, more);
        kiosk.on("Attract", 1);
        let mirror = kiosk.mirror_pid();
        assert_eq!(bars.search(mirror), [], "no camera before consent");
        Self { kiosk, bars, picture, mirror, _files: files }
    }

    /// A shopper says yes, and her picture is there.
    pub fn mirror(&self, time: usize) {
        self.kiosk.touch_to((540, 1000), "Consent", time);
        self.kiosk.touch_to((290, 1772), "Mirror", time);
        until("her picture in the heap", || !self.bars.search_of(self.mirror, &[Owner::Heap]).is_empty());
    }

    /// What is left in the heap of a mirror that is about to be gone. What a graphics driver in software holds as
    /// textures is the driver's, and goes back to the system with the process; it is told.
    pub fn left(&self) -> Vec<(&'static str, usize)> {
        let heap = self.bars.search_of(self.mirror, &[Owner::Heap]);
        println!("elsewhere: {:?}", self.bars.search_of(self.mirror, &[Owner::Other]));
        heap
    }

    /// She says that she is done.
    pub fn done(&self) {
        self.kiosk.touch(970, 60);
    }

    /// Waits for her picture to be gone from the mirror.
    pub fn until_wiped(&self, time: usize) {
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
fn films(still: &Path) -> String {
    let clip = still.with_extension("mkv");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-loop", "1", "-i"])
        .arg(still)
        .args(["-t", "300", "-r", "4", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-pix_fmt", "yuv420p"])
        .arg(&clip)
        .status()
        .expect("ffmpeg is missing: apt install ffmpeg");
    assert!(made.success());
    clip.to_str().unwrap().to_owned()
}

pub fn ffmpegs(of: u32) -> Vec<u32> {
    let is_ffmpeg =
        |pid: &u32| std::fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|comm| comm.trim() == "ffmpeg");
    process::children(of).into_iter().filter(is_ffmpeg).collect()
}

pub fn send(pid: u32, signal: Signal) {
    kill(Pid::from_raw(i32::try_from(pid).unwrap()), signal).unwrap();
}
