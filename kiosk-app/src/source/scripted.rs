//! A camera for tests that refuses, stalls, fails and comes back.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use carmine::frame::PixelFormat;

use super::Picture;
use super::feed::{CameraDriver, CameraError, CameraStream, Read};

/// What a scripted camera does next.
#[derive(Clone, Debug)]
pub enum Act {
    /// Opening fails.
    Refuse(CameraError),
    /// Opening works.
    Open,
    /// Opening works, after so long.
    OpenSlowly(Duration),
    /// This many pictures, of this shade.
    Pictures(usize, u8),
    /// This many of this shade with a sensor's noise.
    Noisy(usize, u8),
    /// So many that do not decode.
    Bad(usize),
    /// Nothing for so long.
    Stall(Duration),
    /// Reading fails: unplugged.
    Fail,
}

/// A camera that follows a script; at its end nothing opens any more.
pub struct Scripted {
    acts: Arc<Mutex<VecDeque<Act>>>,
    live: bool,
    count: u64,
}

impl Scripted {
    /// With these acts.
    pub fn driver(acts: impl IntoIterator<Item = Act>) -> Arc<dyn CameraDriver> {
        Arc::new(Self::new(acts, false))
    }

    /// The same, whose pictures are those of a sensor.
    pub fn live_driver(acts: impl IntoIterator<Item = Act>) -> Arc<dyn CameraDriver> {
        Arc::new(Self::new(acts, true))
    }

    fn new(acts: impl IntoIterator<Item = Act>, live: bool) -> Self {
        Self { acts: Arc::new(Mutex::new(acts.into_iter().collect())), live, count: 0 }
    }
}

impl CameraDriver for Scripted {
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
        // Taken out first: a match would hold the lock while it stalls.
        let act = self.acts.lock().unwrap().pop_front();
        match act {
            Some(act @ (Act::Open | Act::OpenSlowly(_))) => {
                if let Act::OpenSlowly(time) = act {
                    thread::sleep(time);
                }
                Ok(Box::new(Self { acts: Arc::clone(&self.acts), ..*self }))
            }
            Some(Act::Refuse(error)) => Err(error),
            Some(Act::Stall(time)) => {
                thread::sleep(time);
                Err(CameraError::Stalled)
            }
            _ => Err(CameraError::NotFound),
        }
    }

    fn is_live(&self) -> bool {
        self.live
    }
}

impl CameraStream for Scripted {
    fn read(&mut self, into: &mut Picture) -> Result<Read, CameraError> {
        thread::sleep(Duration::from_millis(2));
        let mut acts = self.acts.lock().unwrap();
        match acts.front_mut() {
            Some(Act::Noisy(left, shade)) => {
                self.count += 1;
                let count = self.count;
                let noisy = |(at, byte): (usize, &mut u8)| *byte = *shade + (count as usize * 7 + at * 3) as u8 % 5;
                into.shape(PixelFormat::Rgba8, 8, 8).iter_mut().enumerate().for_each(noisy);
                *left -= 1;
                if *left == 0 {
                    acts.pop_front();
                }
                Ok(Read::Picture(Duration::ZERO))
            }
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
