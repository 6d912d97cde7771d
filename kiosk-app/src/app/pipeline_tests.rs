//! Stages that break off and stages that hang.

use std::sync::mpsc::{self, Receiver};
use std::thread;

use super::*;
use crate::app::player::Player;
use crate::source::feed::{CameraFeed, CameraTimeouts};
use crate::source::scripted::{Act, Scripted};
use crate::source::{FrameSource, Picture, SourceError, SourceInfo};
use crate::threads::holders;

/// A source with a bug, or one whose read never returns until `wait` is closed.
struct Bad {
    wait: Option<Receiver<()>>,
}

impl FrameSource for Bad {
    fn info(&self) -> SourceInfo {
        SourceInfo { width: 2, height: 2, fps: None, frames: Some(1) }
    }
    fn next_frame(&mut self, _: &mut Picture) -> Result<bool, SourceError> {
        match &self.wait {
            Some(wait) => {
                let _ = wait.recv();
                Ok(false)
            }
            None => panic!("a bug"),
        }
    }
    fn rewind(&mut self) -> Result<(), SourceError> {
        Ok(())
    }
}

fn pipeline(source: Bad) -> (Pipeline, Receiver<Wake>) {
    let (sender, receiver) = mpsc::channel();
    let wake = move |wake| {
        let _ = sender.send(wake);
    };
    let mut pipeline = Pipeline::start(TryOnConfig::default(), Models::open(None).unwrap(), wake).unwrap();
    pipeline.show(Input::Model(Player::new(Box::new(source), Instant::now()))).unwrap();
    (pipeline, receiver)
}

#[test]
fn a_panic_is_told_with_its_stage_and_pipeline() {
    let (pipeline, told) = pipeline(Bad { wait: None });
    let Ok(Wake::Broken { pipeline: id, stage, why }) = told.recv_timeout(Duration::from_secs(20)) else {
        panic!("nothing is told")
    };
    assert_eq!((id, stage, &*why), (pipeline.id(), "capture", "a bug"));
}

#[test]
fn a_stage_that_hangs_is_late_and_can_be_given_up_without_waiting_for_it() {
    let (go, wait) = mpsc::channel();
    let (pipeline, _told) = pipeline(Bad { wait: Some(wait) });
    let until = Instant::now() + stage_limits::STAGE * 3;
    let mut suspected = None;
    while pipeline.late_stage().is_none() && Instant::now() < until {
        suspected = suspected.or(pipeline.suspect_stage());
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!((suspected, pipeline.late_stage()), (Some("capture"), Some("capture")));
    assert!(health::report().iter().any(|stage| stage.name == "capture" && stage.age > Duration::from_secs(3)));

    let started = Instant::now();
    pipeline.abandon();
    // The thread hangs until it is let go below.
    assert!(started.elapsed() < Duration::from_secs(20), "it was waited for");
    assert!(health::report().iter().all(|stage| stage.name != "capture"), "it is no stage any more");
    assert_eq!(holders::count("capture"), 1, "but still known to hold what it held");
    drop(go);
    until_nobody_is_left();
}

fn until_nobody_is_left() {
    let until = Instant::now() + Duration::from_secs(20);
    while !holders::names().is_empty() || holders::count("camera") > 0 {
        assert!(Instant::now() < until, "left: {:?}", holders::names());
        thread::sleep(Duration::from_millis(10));
    }
}

/// A pipeline with a camera that does this, ended after a moment; what is stuck then.
fn ended_with_a_camera(acts: impl IntoIterator<Item = Act>) -> Vec<&'static str> {
    let (mut pipeline, _told) = pipeline(Bad { wait: Some(mpsc::channel().1) });
    let camera = CameraFeed::start(
        Scripted::driver(acts),
        Instant::now(),
        CameraTimeouts::default(),
        &crate::session::Consent::for_tests(),
    );
    let demo = Player::new(crate::source::clip::bundled().unwrap(), Instant::now());
    pipeline.show(Input::Camera(camera, demo)).unwrap();
    thread::sleep(Duration::from_millis(300));
    drop(pipeline);
    holders::names()
}

#[test]
fn a_camera_that_is_still_opening_when_the_session_ends_is_left_alone_and_closed_then() {
    let opening = Duration::from_secs(4);
    assert_eq!(ended_with_a_camera([Act::OpenSlowly(opening), Act::Pictures(usize::MAX, 7)]), [""; 0]);
    assert_eq!(holders::count("camera"), 1, "but still known");
    until_nobody_is_left();
}

#[test]
fn a_camera_that_hangs_while_it_is_read_is_stuck() {
    let hang = Duration::from_secs(4);
    assert_eq!(ended_with_a_camera([Act::Open, Act::Pictures(1, 7), Act::Stall(hang)]), ["camera"]);
    until_nobody_is_left();
}
