//! A host's frame loop without a camera or a window: `cargo run --example live_loop [PICTURES]`.
//!
//! A photo that is moved to and fro stands in for the camera. The loop does what an app does:
//!
//! 1. Take the newest picture; those that came while the last one was processed are skipped.
//! 2. Take back the errand if it is done on the other thread.
//! 3. Let the follower track the faces, or predict them, as far as there is time.
//! 4. If it returns an errand, send it with a copy of the picture to the other thread.
//! 5. Dress the faces and draw.
#![allow(clippy::print_stdout, reason = "a program that tells what it did")]

use std::error::Error;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use carmine::frame::PixelFormat;
use carmine::governor::Tally;
use carmine::look::Look;
use carmine::render::{Offscreen, Renderer};
use carmine::{Errand, Followed, Follower, Frame, Observation, Scene, TryOn, TryOnConfig};
use image::{RgbaImage, imageops};

const PICTURES_PER_S: f64 = 30.0;
const LOOK: &str = r##"
name = "Red lips"
[[layers]]
product = { name = "Red", category = "lipstick", shade = "#a8323e", coverage = 0.9, finish = "satin" }
"##;

#[allow(dead_code, reason = "the test that runs this file calls `run` itself")]
fn main() -> Result<(), Box<dyn Error>> {
    let pictures = std::env::args().nth(1).map_or(Ok(90), |count| count.parse())?;
    let Tally { rung, pictures, predicted, missed, .. } = run(pictures)?;
    println!("{pictures} pictures drawn, {predicted} of them predicted, {missed} missed; rung {rung} of the ladder");
    Ok(())
}

/// Draws `pictures` pictures; returns their counts.
pub fn run(pictures: u64) -> Result<Tally, Box<dyn Error>> {
    let camera = MovedPhoto::open()?;
    let look = Look::from_toml("red lips", LOOK, &mut |_part, _name| None)?;
    let (device, queue) = device()?;
    let mut offscreen = Offscreen::new(&device, &queue)?;
    let mut follower = Follower::new(TryOn::new(TryOnConfig::default())?)?;
    let mut beside = Beside::start();
    let (mut picture, mut observation, mut drawn) = (RgbaImage::default(), Observation::default(), Vec::new());

    let started = Instant::now();
    let (mut next, mut shown) = (0, 0);
    while shown < pictures {
        let number = ((started.elapsed().as_secs_f64() * PICTURES_PER_S) as u64).max(next);
        next = number + 1;
        let time = Duration::from_secs_f64(number as f64 / PICTURES_PER_S);
        thread::sleep(time.saturating_sub(started.elapsed()));
        camera.take(time, &mut picture);
        let frame = frame_of(&picture, time)?;

        if let Some(job) = beside.done() {
            follower.take_back(job.errand)?;
            beside.spare = job.picture;
        }
        // Nothing waits for a display here, so every picture counts as taken.
        match follower.follow(&frame, number, true, &mut observation)? {
            Followed::Show => {}
            Followed::PassOver => continue,
            Followed::ShowAndRun(errand) => beside.send(errand, &picture, time)?,
        }
        // An app draws into its own pass here: `Renderer::prepare`, then `Renderer::draw`.
        offscreen.render(&Scene::of(frame, &observation, &look), &mut drawn)?;
        shown += 1;
    }
    Ok(follower.tally())
}

fn frame_of(picture: &RgbaImage, time: Duration) -> Result<Frame<'_>, carmine::frame::FrameError> {
    Ok(Frame::new(picture, PixelFormat::Rgba8, picture.width(), picture.height())?.with_time(time))
}

/// A picture that is tracked on the other thread.
struct Job {
    errand: Errand,
    picture: RgbaImage,
    time: Duration,
}

/// The other thread. It ends when this is dropped.
struct Beside {
    jobs: Sender<Job>,
    done: Receiver<Job>,
    /// For the next copy.
    spare: RgbaImage,
}

impl Beside {
    fn start() -> Self {
        let (jobs, work) = channel::<Job>();
        let (finished, done) = channel();
        thread::spawn(move || {
            for mut job in work {
                if let Ok(frame) = frame_of(&job.picture, job.time) {
                    job.errand.run(&frame);
                }
                if finished.send(job).is_err() {
                    return;
                }
            }
        });
        Self { jobs, done, spare: RgbaImage::default() }
    }

    fn send(&mut self, errand: Errand, picture: &RgbaImage, time: Duration) -> Result<(), Box<dyn Error>> {
        let mut copy = std::mem::take(&mut self.spare);
        copy.clone_from(picture);
        Ok(self.jobs.send(Job { errand, picture: copy, time })?)
    }

    fn done(&self) -> Option<Job> {
        self.done.try_recv().ok()
    }
}

/// A photo that sways before its own background.
struct MovedPhoto(RgbaImage);

impl MovedPhoto {
    fn open() -> Result<Self, Box<dyn Error>> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/stills/astronaut.png");
        Ok(Self(image::open(path)?.to_rgba8()))
    }

    fn take(&self, time: Duration, picture: &mut RgbaImage) {
        picture.clone_from(&self.0);
        let x = (time.as_secs_f64() * 2.0).sin() * 20.0;
        imageops::replace(picture, &self.0, x as i64, 0);
    }
}

/// Any wgpu device will do: an app hands over the one that it already has.
fn device() -> Result<(wgpu::Device, wgpu::Queue), Box<dyn Error>> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = pollster::block_on(instance.request_adapter(&Default::default()))?;
    Ok(pollster::block_on(adapter.request_device(&wgpu::DeviceDescriptor {
        required_limits: Renderer::required_limits().using_resolution(adapter.limits()),
        ..Default::default()
    }))?)
}
