//! A scripted camera that refuses, stalls, fails and comes back.

use std::collections::VecDeque;

use carmine::frame::PixelFormat;

use super::*;

/// What a scripted camera does next.
#[derive(Clone, Debug)]
pub enum Act {
    /// Opening fails.
    Refuse(CameraError),
    /// Opening works.
    Open,
    /// This many pictures, of this shade.
    Pictures(usize, u8),
    /// So many that do not decode.
    Bad(usize),
    /// Nothing for so long.
    Stall(Duration),
    /// Reading fails: unplugged.
    Fail,
}

/// A camera that follows a script; at its end nothing opens any more.
pub struct Scripted(Arc<Mutex<VecDeque<Act>>>);

impl Scripted {
    /// With these acts.
    pub fn driver(acts: impl IntoIterator<Item = Act>) -> Arc<dyn CameraDriver> {
        Arc::new(Self(Arc::new(Mutex::new(acts.into_iter().collect()))))
    }
}

impl CameraDriver for Scripted {
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
        // Taken out first: a match would hold the lock while it stalls.
        let act = self.0.lock().unwrap().pop_front();
        match act {
            Some(Act::Open) => Ok(Box::new(Self(Arc::clone(&self.0)))),
            Some(Act::Refuse(error)) => Err(error),
            Some(Act::Stall(time)) => {
                thread::sleep(time);
                Err(CameraError::Stalled)
            }
            _ => Err(CameraError::NotFound),
        }
    }
}

impl CameraStream for Scripted {
    fn read(&mut self, into: &mut Picture) -> Result<Read, CameraError> {
        thread::sleep(Duration::from_millis(2));
        let mut acts = self.0.lock().unwrap();
        match acts.front_mut() {
            Some(Act::Pictures(left, shade)) => {
                into.shape(PixelFormat::Rgba8, 2, 2).fill(*shade);
                *left -= 1;
                if *left == 0 {
                    acts.pop_front();
                }
                Ok(Read::Picture(Duration::ZERO))
            }
            Some(Act::Bad(left)) => {
                *left -= 1;
                if *left == 0 {
                    acts.pop_front();
                }
                Ok(Read::Bad("half a picture".into()))
            }
            Some(Act::Stall(time)) => {
                let time = *time;
                acts.pop_front();
                drop(acts);
                thread::sleep(time);
                self.read(into)
            }
            _ => {
                acts.pop_front();
                Err(CameraError::Failed("unplugged".into()))
            }
        }
    }
}

fn feed(acts: impl IntoIterator<Item = Act>) -> CameraFeed {
    let timeouts = CameraTimeouts { stall: Duration::from_millis(60), retry: Duration::from_millis(30) };
    CameraFeed::start(Scripted::driver(acts), Instant::now(), timeouts, &crate::session::Consent::for_tests())
}

/// The shade of the next picture.
fn shade(feed: &mut CameraFeed) -> Option<u8> {
    feed.poll(Duration::from_millis(400)).map(|taken| taken.picture.data[0])
}

#[test]
fn a_missing_camera_is_told_at_once_and_found_when_it_comes() {
    let mut feed = feed([Act::Refuse(CameraError::NotFound), Act::Open, Act::Pictures(1000, 5)]);
    assert!(feed.poll(Duration::from_millis(10)).is_none());
    assert_eq!(feed.trouble(), Some(CameraError::NotFound));
    assert_eq!(shade(&mut feed), Some(5));
    assert_eq!(feed.trouble(), None);
}

#[test]
fn a_busy_camera_says_so() {
    let mut feed = feed([Act::Refuse(CameraError::Busy), Act::Refuse(CameraError::Busy)]);
    assert!(feed.poll(Duration::from_millis(10)).is_none());
    assert_eq!(feed.trouble(), Some(CameraError::Busy));
}

#[test]
fn an_unplugged_camera_comes_back() {
    let mut feed = feed([Act::Open, Act::Pictures(1, 1), Act::Fail, Act::Open, Act::Pictures(1000, 2)]);
    assert_eq!(shade(&mut feed), Some(1));
    assert!(feed.poll(Duration::from_millis(15)).is_none());
    assert!(matches!(feed.trouble(), Some(CameraError::Failed(_))));
    assert_eq!(shade(&mut feed), Some(2));
}

#[test]
fn a_few_bad_pictures_are_passed_over_but_not_many() {
    let acts = [Act::Open, Act::Bad(3), Act::Pictures(9, 1), Act::Bad(31), Act::Open, Act::Pictures(999, 2)];
    let mut feed = feed(acts);
    assert_eq!(shade(&mut feed), Some(1));
    // Only a camera that was given up is opened again.
    let until = Instant::now() + Duration::from_secs(5);
    while shade(&mut feed) != Some(2) {
        assert!(Instant::now() < until, "not opened again: {:?}", feed.trouble());
    }
}

#[test]
fn the_first_picture_may_take_longer() {
    let warming = Duration::from_millis(130);
    let mut feed = feed([Act::Open, Act::Stall(warming), Act::Pictures(1000, 4)]);
    assert!(feed.poll(Duration::from_millis(80)).is_none());
    assert_eq!(feed.trouble(), None, "longer than the stall time, yet it is the first");
    assert_eq!(shade(&mut feed), Some(4));
}

#[test]
fn a_stalled_camera_counts_as_lost_until_it_goes_on() {
    let stall = Duration::from_millis(150);
    let mut feed = feed([Act::Open, Act::Pictures(1, 1), Act::Stall(stall), Act::Pictures(1000, 3)]);
    assert_eq!(shade(&mut feed), Some(1));
    assert!(feed.poll(Duration::from_millis(70)).is_none());
    assert_eq!(feed.trouble(), Some(CameraError::Stalled));
    let _ = shade(&mut feed);
}

#[test]
fn a_camera_that_hangs_for_ever_is_tried_anew_but_not_without_end() {
    let hang = Duration::from_secs(30);
    let mut feed = feed([Act::Stall(hang), Act::Stall(hang), Act::Open, Act::Pictures(1000, 9)]);
    let until = Instant::now() + Duration::from_secs(5);
    let mut seen = None;
    while seen.is_none() && Instant::now() < until {
        seen = feed.poll(Duration::from_millis(10));
    }
    assert_eq!(seen.unwrap().picture.data[0], 9);
    // The register is the whole process's: nextest runs each test in one of its own.
    assert_eq!(holders::count(WORKER), 3, "two that hang, and the one that works");
}
