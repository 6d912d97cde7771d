//! A shopper before the mirror, wearing a red lipstick, whose graphics driver is about to fail. Behind her the light
//! changes twice a second, so that a picture that stands still can be told from a live one.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::process::Command;
use std::time::{Duration, Instant};

use image::{Rgb, RgbImage};

use crate::common::Folder;
use crate::common::display::{Screenshot, until};
use crate::common::faulty_gpu::{Fault, FaultyGpu};
use crate::common::kiosk::Kiosk;
use crate::common::memory::Bars;

/// The mirror screen's place where the camera's background is, and its lips, in pixels: left, top, width, height.
const BACKGROUND: (usize, usize) = (200, 60);
const LIPS: [usize; 4] = [480, 555, 120, 60];
/// So many of the lips' pixels are the lipstick's at least; none are without it.
const REDS: usize = 700;

/// The app on its mirror screen, on a driver that fails on command.
pub struct GpuSession {
    pub kiosk: Kiosk,
    pub gpu: FaultyGpu,
    /// In every picture of the camera, to be searched for in memory.
    pub bars: Bars,
}

impl GpuSession {
    /// With more arguments or another environment; the camera's clip is kept in `folder`.
    pub fn start(folder: &Folder, more: impl FnOnce(&mut Command)) -> Self {
        Self::start_with(folder, "[idle]\nwarn_after_s = 900\n", more)
    }

    /// The same with these settings.
    pub fn start_with(folder: &Folder, settings: &str, more: impl FnOnce(&mut Command)) -> Self {
        let (gpu, bars) = (FaultyGpu::new(), Bars::new());
        let kiosk = Kiosk::start_with(settings, &blinking_clip(folder, &bars), |command| {
            gpu.drives(command);
            command.args(["--look", "classic-red"]).env_remove("RUST_BACKTRACE");
            more(command);
        });
        let session = Self { kiosk, gpu, bars };
        session.kiosk.on("Attract", 1);
        session.says_yes(1);
        session.is_well("at the beginning");
        session
    }

    /// From the attract screen to the mirror, for the nth time.
    pub fn says_yes(&self, time: usize) {
        self.kiosk.touch_to((540, 1000), "Consent", time);
        self.kiosk.touch_to((290, 1772), "Mirror", time);
    }

    /// The faults begin, one after another.
    pub fn begin(&self, faults: &[Fault]) {
        faults.iter().for_each(|fault| self.gpu.begin(*fault));
    }

    /// They end.
    pub fn end(&self, faults: &[Fault]) {
        faults.iter().for_each(|fault| self.gpu.end(*fault));
    }

    /// The faults last for so long; afterwards all is as it was. Returns how long that took.
    pub fn outlives(&mut self, faults: &[Fault], lasting: Duration) -> Duration {
        self.begin(faults);
        std::thread::sleep(lasting);
        self.end(faults);
        let ended = Instant::now();
        self.is_well(&format!("{faults:?}"));
        ended.elapsed()
    }

    /// The picture is live, she wears what she wore, and the session is where it was.
    pub fn is_well(&self, when: &str) {
        self.is_well_for(1, when);
    }

    /// The same in the nth session.
    pub fn is_well_for(&self, time: usize, when: &str) {
        is_live_and_worn(|| self.kiosk.display.look(), when);
        let screens = self.lines("screen: ");
        assert!(screens.last().is_some_and(|last| last.contains("Mirror")), "{when}: {screens:?}");
        assert_eq!(screens.iter().filter(|line| line.contains("Mirror")).count(), time, "{when}: {screens:?}");
    }

    /// Lines of the log with this in it.
    pub fn lines(&self, what: &str) -> Vec<String> {
        self.kiosk.said.lock().unwrap().iter().filter(|line| line.contains(what)).cloned().collect()
    }

    /// Everything but screens and start, so a fault's lines; it has so many at most, in the time that two faults that
    /// follow each other count as one.
    pub fn has_logged_at_most(&self, lines: usize) {
        let told = ["WARN", "ERROR", "panicked"].map(|what| self.lines(what)).concat();
        assert!(told.len() <= lines, "{} lines: {told:#?}", told.len());
    }

    /// Processor time that the app takes in `time`, over all cores.
    pub fn processor_seconds(&self, time: Duration) -> f32 {
        let taken = || {
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.kiosk.mirror_pid())).unwrap();
            let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
            fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
        };
        let before = taken();
        std::thread::sleep(time);
        // In hundredths of a second.
        (taken() - before) as f32 / 100.0
    }

    pub fn is_alive(&mut self) {
        assert!(self.kiosk.app.0.try_wait().unwrap().is_none(), "{:?}", self.kiosk.said.lock().unwrap());
    }
}

/// Waits for a live picture on the mirror's screen, which is 1080 × 1920 or smaller in the same shape, and sees what she
/// wears.
pub fn is_live_and_worn(look: impl Fn() -> Screenshot, when: &str) {
    let scaled = |places: usize, seen: &Screenshot| places * seen.size()[0] / 1080;
    let mut lights = Vec::new();
    until(&format!("a live picture {when}"), || {
        let seen = look();
        let bright = seen.at(scaled(BACKGROUND.0, &seen), scaled(BACKGROUND.1, &seen))[1] > 100;
        if lights.last() != Some(&bright) {
            lights.push(bright);
        }
        lights.len() > 3
    });
    let seen = look();
    let [left, top, width, height] = LIPS.map(|place| scaled(place, &seen));
    let points = (0..width * height).map(|i| seen.at(left + i % width, top + i / width));
    let reds = points.filter(|[red, green, blue]| *red > 140 && *green < 75 && *blue < 100).count();
    let least = scaled(scaled(REDS, &seen), &seen);
    assert!(reds > least, "she wears another look {when}: {reds} red pixels");
}

/// Two dark pictures and two bright ones around the astronaut, four a second.
pub fn blinking_clip(folder: &Folder, bars: &Bars) -> String {
    const SIDE: u32 = 640;
    let photo = image::open(super::asset("stills/astronaut.png")).unwrap().to_rgb8();
    let mut clip = format!("YUV4MPEG2 W{SIDE} H{SIDE} F4:1 Ip A1:1 C420jpeg XCOLORRANGE=FULL\n").into_bytes();
    for level in [60, 60, 150, 150] {
        let mut picture = RgbImage::from_pixel(SIDE, SIDE, Rgb([level, level, level]));
        image::imageops::overlay(&mut picture, &photo, 64, 64);
        bars.draw(&mut picture);
        clip.extend(b"FRAME\n");
        let ycc = |x: u32, y: u32| {
            let [r, g, b] = picture.get_pixel(x, y).0.map(f32::from);
            let luma = 0.299 * r + 0.587 * g + 0.114 * b;
            [luma, 128.0 + 0.564 * (b - luma), 128.0 + 0.713 * (r - luma)].map(|v| v.round().clamp(0.0, 255.0) as u8)
        };
        clip.extend((0..SIDE * SIDE).map(|i| ycc(i % SIDE, i / SIDE)[0]));
        let half = SIDE / 2;
        for plane in [1, 2] {
            clip.extend((0..half * half).map(|i| ycc(i % half * 2, i / half * 2)[plane]));
        }
    }
    folder.file("blinking.y4m", &clip).to_str().unwrap().to_owned()
}
