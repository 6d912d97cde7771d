//! Stages that break off and stages that hang.

use std::sync::mpsc::{self, Receiver};
use std::thread;

use super::*;
use crate::app::player::Player;
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
    assert!(started.elapsed() < Duration::from_millis(500), "it was waited for");
    assert!(health::report().iter().all(|stage| stage.name != "capture"), "it is no stage any more");
    assert_eq!(holders::count("capture"), 1, "but still known to hold what it held");
    drop(go);
    let until = Instant::now() + Duration::from_secs(20);
    while !holders::names().is_empty() {
        assert!(Instant::now() < until, "left: {:?}", holders::names());
        thread::sleep(Duration::from_millis(10));
    }
}
