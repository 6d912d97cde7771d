//! The tracking thread: the newest picture in, the same picture with its faces out.
//!
//! 1. Wait for the newest picture of the capture thread, and until the window has taken the one before: on a machine
//!    that is too slow for its display, tracking what is never shown would make it slower still.
//! 2. If it is from another input than before, zeroize everything known of faces.
//! 3. Take back a finished errand, if there is one.
//! 4. The engine's [`Follower`] tracks or predicts the faces, as far as there is time. For an errand, a copy of the
//!    picture is sent to the second thread.
//! 5. Hand the picture to the window.

mod beside;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use carmine::{Errand, Followed, Follower, TryOnConfig};

use self::beside::{Beside, Job};
use crate::app::capture::Shot;
use crate::app::seen::Seen;
use crate::app::stage_limits;
use crate::app::wake::Wake;
use crate::error::AppError;
use crate::health::Pulse;
use crate::models::Models;
use crate::source::Picture;
use crate::source::latest::Latest;
use crate::source::showing::Showing;

/// A display that takes a picture within this time keeps up, as every one does that is drawn on 40 times a second.
const KEEPS_UP: Duration = Duration::from_millis(25);
/// How long a picture waits to be shown before a newer one is tracked in its place.
const UNSHOWN: Duration = Duration::from_millis(500);

/// Whether a face was ever tracked, a model's too: how long that took is told once.
static MET: AtomicBool = AtomicBool::new(false);

/// The heartbeats of both threads.
pub struct Pulses {
    /// The tracking thread's.
    pub track: Arc<Pulse>,
    /// The second thread's.
    pub beside: Arc<Pulse>,
}

/// Loads the networks.
pub fn load(models: &Models, config: TryOnConfig, pulses: &Pulses) -> Result<Follower, AppError> {
    pulses.track.beat_for(stage_limits::LOADING);
    Ok(Follower::new(models.try_on(config)?)?)
}

/// Until `shots` is closed.
pub fn follow(
    follower: Follower,
    shots: &Latest<Shot>,
    out: &Latest<Seen>,
    pulses: &Pulses,
    wake: &dyn Fn(Wake),
) -> Result<(), AppError> {
    let mut watch = Watch::new(follower, Arc::clone(&pulses.beside))?;
    while !shots.is_closed() {
        pulses.track.beat();
        let Some(mut shot) = shots.wait(Duration::from_millis(500)) else {
            continue;
        };
        out.wait_until_taken(KEEPS_UP);
        let taken = out.is_taken();
        if !taken {
            out.wait_until_taken(UNSHOWN);
            if let Some(newer) = shots.take() {
                shots.recycle(std::mem::replace(&mut shot, newer));
            }
        }
        pulses.track.beat();
        let mut seen = out.spare().unwrap_or_default();
        shots.recycle(std::mem::replace(&mut seen.shot, shot));
        if watch.see(&mut seen, taken)? {
            if !seen.observation.faces().is_empty() && !MET.swap(true, Ordering::Relaxed) {
                log::info!("first tracked face {} ms after the start", crate::started().elapsed().as_millis());
            }
            out.publish(seen);
            wake(Wake::Frame);
        } else {
            out.recycle(seen);
        }
    }
    Ok(())
}

/// The follower and its second thread.
struct Watch {
    follower: Follower,
    beside: Beside<Tracking>,
    /// What is shown, and the number of the pipeline's input.
    origin: (Showing, u32),
    /// For the next copy.
    spare: Picture,
}

/// A copy of a picture, to be tracked beside.
struct Tracking {
    errand: Errand,
    picture: Picture,
}

impl Job for Tracking {
    fn run(&mut self) {
        match self.picture.frame() {
            Ok(frame) => self.errand.run(&frame),
            Err(error) => log::warn!("{error}"),
        }
    }
}

impl Watch {
    fn new(follower: Follower, pulse: Arc<Pulse>) -> Result<Self, AppError> {
        Ok(Self { follower, beside: Beside::start(pulse)?, origin: Default::default(), spare: Picture::default() })
    }

    /// Fills in the shot's observation; false if it cannot be shown. `taken`: the window had taken the picture before
    /// the last when the last was ready.
    fn see(&mut self, seen: &mut Seen, taken: bool) -> Result<bool, AppError> {
        let origin = (seen.shot.showing, seen.shot.turn);
        let other = std::mem::replace(&mut self.origin, origin) != origin;
        if other {
            self.follower.zeroize();
        }
        if self.follower.is_out()
            && let Some(tracking) = self.beside.back(other)?
        {
            self.spare = tracking.picture;
            self.follower.take_back(tracking.errand)?;
        }
        let frame = match seen.shot.picture.frame() {
            Ok(frame) => frame,
            Err(error) => {
                log::warn!("{error}");
                return Ok(false);
            }
        };
        let followed = self.follower.follow(&frame, seen.shot.number, taken, &mut seen.observation)?;
        (seen.times, seen.tally) = (self.follower.take_times(), self.follower.tally());
        if let Followed::ShowAndRun(errand) = followed {
            let mut picture = std::mem::take(&mut self.spare);
            picture.copy_from(&seen.shot.picture);
            self.beside.send(Tracking { errand, picture });
            return Ok(true);
        }
        Ok(matches!(followed, Followed::Show))
    }
}
