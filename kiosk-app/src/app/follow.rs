//! Stations 2 to 4 for every newest picture, as far as there is time: the governor says what each picture gets.
//!
//! While there is time, a picture is tracked and then shown. On the lower rungs it is shown at once, with predicted
//! landmarks, and a copy of some is tracked on a thread beside: only so do pictures keep coming at their own rate when one
//! tracking takes longer than a picture. What tracks, with all that it remembers, is one value that moves to that thread
//! and back, so nothing is locked while it works.

mod beside;
mod stations;

use std::time::Duration;

use carmine::face::{Camera, FaceFitter, Occlusion, Predictor, TrackerConfig};
use carmine::governor::{Arrival, Governor, Plan, Work};

use self::beside::{Bench, Beside};
use self::stations::{Chain, Eyes, Found, Stations};
use crate::app::capture::Shot;
use crate::app::pipeline::{Seen, Wake};
use crate::error::AppError;
use crate::models::Models;
use crate::source::latest::Latest;
use crate::source::showing::Showing;

/// Model failures in a row that end the app: one may be a fluke of a picture.
const MAX_FAILURES: u32 = 5;

/// Until `shots` is closed.
pub fn follow(
    models: &Models,
    config: TrackerConfig,
    shots: &Latest<Shot>,
    out: &Latest<Seen>,
    wake: &dyn Fn(Wake),
) -> Result<(), AppError> {
    let mut follower = Follower::new(Chain::new(models, config)?, config.still)?;
    let mut beside = Beside::start()?;
    let (mut taken, mut met) = (true, false);
    while !shots.is_closed() {
        let Some(shot) = shots.wait(Duration::from_millis(500)) else {
            continue;
        };
        let mut seen = out.spare().unwrap_or_default();
        shots.recycle(std::mem::replace(&mut seen.shot, shot));
        if follower.see(&mut seen, taken, &mut beside)? {
            if !met && !seen.faces.is_empty() {
                met = true;
                log::info!("first tracked face {} ms after the start", crate::started().elapsed().as_millis());
            }
            // Asked when the next one is ready: until then the window has had its time.
            taken = out.is_taken();
            out.publish(seen);
            wake(Wake::Frame);
        } else {
            out.recycle(seen);
        }
    }
    Ok(())
}

/// What is known from picture to picture.
struct Follower<S> {
    still: bool,
    governor: Governor,
    /// `None` while at work beside.
    eyes: Option<Box<Eyes<S>>>,
    /// Light and occlusion as last looked at.
    known: Found,
    predictor: Predictor,
    fitter: FaceFitter,
    from: (Showing, u32),
    failures: u32,
}

impl<S: Stations> Follower<S> {
    fn new(stations: S, still: bool) -> Result<Self, AppError> {
        Ok(Self {
            still,
            governor: Governor::default(),
            eyes: Some(Box::new(Eyes::new(stations))),
            known: Found::default(),
            predictor: Predictor::default(),
            fitter: FaceFitter::new()?,
            from: Default::default(),
            failures: 0,
        })
    }

    /// Fills in what is to be seen in the shot; false if it cannot be shown. `taken`: the window had taken the one before the last
    /// when that one was ready.
    fn see(&mut self, seen: &mut Seen, taken: bool, bench: &mut impl Bench<S>) -> Result<bool, AppError> {
        seen.times = Default::default();
        let from = (seen.shot.showing, seen.shot.turn);
        let other = std::mem::replace(&mut self.from, from) != from;
        if self.eyes.is_none()
            && let Some(mut eyes) = bench.back(other)?
        {
            if !other {
                self.take_in(&mut eyes, &mut seen.times)?;
            }
            self.eyes = Some(eyes);
        }
        if other {
            self.reset();
        }
        let picture = &seen.shot.picture;
        let plan = match self.still {
            true => Plan::Track { look: true },
            false => {
                let (number, time, free) = (seen.shot.number, picture.time, self.eyes.is_some());
                self.governor.plan(Arrival { number, time, free, taken })
            }
        };
        match (plan, self.eyes.take()) {
            (Plan::Track { look }, Some(mut eyes)) => {
                eyes.track(picture, look);
                let found = self.take_in(&mut eyes, &mut seen.times);
                self.eyes = Some(eyes);
                if !found? {
                    // Nothing is known of these pictures: the next one is to be tracked, too.
                    self.governor.reset();
                    return Ok(false);
                }
            }
            (Plan::Beside { look }, Some(mut eyes)) => {
                eyes.order(picture, look);
                bench.send(eyes);
            }
            (_, eyes) => self.eyes = eyes,
        }
        self.fill(seen)?;
        Ok(true)
    }

    fn reset(&mut self) {
        if let Some(eyes) = &mut self.eyes {
            eyes.stations.reset();
        }
        self.predictor.zeroize();
        self.known.light.faces.clear();
        self.known.occlusion.clear();
        self.governor.reset();
    }

    /// Takes in what the stations found; false where they failed, which now and then is forgiven.
    fn take_in(&mut self, eyes: &mut Eyes<S>, times: &mut [Option<Duration>; 4]) -> Result<bool, AppError> {
        if let Some(error) = eyes.failed.take() {
            if self.failures >= MAX_FAILURES {
                return Err(error);
            }
            self.failures += 1;
            log::warn!("{error}");
            return Ok(false);
        }
        self.failures = 0;
        *times = eyes.found.took;
        let [track, _, occlusion, light] = *times;
        for (work, took) in [(Work::Track, track), (Work::Occlusion, occlusion), (Work::Light, light)] {
            if let Some(took) = took {
                self.governor.took(work, took);
            }
        }
        self.predictor.saw(eyes.stations.faces());
        if eyes.found.looked {
            std::mem::swap(&mut self.known, &mut eyes.found);
        }
        Ok(true)
    }

    /// The faces as they stand in this very picture, and what was last known of their light and of what hides them.
    fn fill(&mut self, seen: &mut Seen) -> Result<(), AppError> {
        let frame = seen.shot.picture.frame()?;
        let faces = self.predictor.at(frame.time());
        let fitted = self.fitter.fit(faces, frame.width(), frame.height(), &Camera::default());
        let Found { light, occlusion, .. } = &self.known;
        seen.light.clone_from(light);
        copy_occlusion(occlusion, &mut seen.occlusion);
        seen.faces.copy_from(fitted);
        if !fitted.iter().map(|face| face.id).eq(light.faces.iter().map(|face| face.id)) {
            // Only where points that could be fitted cannot be any more once they are carried on: bare for a picture.
            seen.faces.copy_from(&[]);
            seen.light.faces.clear();
            seen.occlusion.clear();
        }
        seen.tally = self.governor.tally();
        Ok(())
    }
}

/// Copies into the maps that are there already.
fn copy_occlusion(from: &[Occlusion], to: &mut Vec<Occlusion>) {
    to.truncate(from.len());
    for (to, from) in to.iter_mut().zip(from) {
        to.id = from.id;
        to.map.copy_from_slice(from.map.as_slice());
    }
    to.extend_from_slice(from.get(to.len()..).unwrap_or_default());
}

#[cfg(test)]
mod tests;
