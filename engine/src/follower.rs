//! A host's frame loop without its threads: observes or predicts each picture as the governor decides.
//!
//! In: every picture that is to be shown, as soon as it comes. Out: its [`Observation`], and now and then an
//! [`Errand`].
//!
//! 1. The [`Governor`] decides what there is time for. In a sequence of stills every picture is fully observed.
//! 2. While there is time, the picture is observed, then shown.
//! 3. On lower rungs it is shown at once: faces are predicted, light and occlusion stay as last estimated. For some of
//!    these pictures the stations with their state are moved into an [`Errand`]: the host copies the picture, runs the
//!    errand on another thread, and gives it back. So pictures keep their rate even if tracking one takes longer than
//!    the interval between two. The stations are one value that is moved, so no lock is needed.
//! 4. A returned errand updates the prediction, and the governor's measured costs.
//!
//! A few failures of a model in a row are tolerated, since a single picture may cause them.

use std::fmt;

use crate::error::Error;
use crate::face::{Camera, FaceFitter, Faces, Predictor, Sequence};
use crate::frame::Frame;
use crate::governor::{Arrival, Decision, Governor, Tally};
use crate::observation::Observation;
use crate::observer::{Observer, Scope, StationTimes};
use crate::prediction::predict;
use crate::try_on::TryOn;

/// Failures in a row that are tolerated.
const FORGIVEN: u32 = 5;

/// Stations 2 to 4 with their state; tests replace them.
trait Stations: fmt::Debug + Send {
    fn observe(&mut self, frame: &Frame<'_>, scope: Scope) -> Result<(), Error>;
    fn tracked(&self) -> &Faces;
    fn observation(&self) -> &Observation;
    fn times(&self) -> StationTimes;
    fn reset(&mut self);
    fn zeroize(&mut self);
}

impl Stations for Observer {
    fn observe(&mut self, frame: &Frame<'_>, scope: Scope) -> Result<(), Error> {
        self.observe(frame, scope)
    }

    fn tracked(&self) -> &Faces {
        self.tracked()
    }

    fn observation(&self) -> &Observation {
        self.observation()
    }

    fn times(&self) -> StationTimes {
        self.times()
    }

    fn reset(&mut self) {
        self.reset();
    }

    fn zeroize(&mut self) {
        self.zeroize();
    }
}

/// What the host is to do with a picture.
#[derive(Debug)]
#[must_use = "the errand holds the stations: without it no picture is tracked any more"]
pub enum Followed {
    /// Shows it.
    Show,
    /// Shows it, and has this run on a copy of it, on another thread.
    ShowAndRun(Errand),
    /// Skips it: nothing is known of it.
    PassOver,
}

/// The stations on their way to another thread and back: [`run`](Self::run), then [`Follower::take_back`].
#[derive(Debug)]
pub struct Errand {
    stations: Box<dyn Stations>,
    scope: Scope,
    failed: Option<Error>,
}

impl Errand {
    /// Tracks the picture for which the errand was given.
    pub fn run(&mut self, frame: &Frame<'_>) {
        self.failed = self.stations.observe(frame, self.scope).err();
    }
}

/// Follows faces through a stream of pictures, observing as many of them as there is time for and predicting the
/// others. After warm-up it allocates nothing. `examples/live_loop.rs` shows a host that uses it.
#[derive(Debug)]
pub struct Follower {
    sequence: Sequence,
    camera: Camera,
    governor: Governor,
    /// `None` while they are on an errand.
    stations: Option<Box<dyn Stations>>,
    /// The errand's pictures have nothing to do with those to come.
    stale: bool,
    /// Light and occlusion of before the errand.
    known: Observation,
    predictor: Predictor,
    fitter: FaceFitter,
    times: StationTimes,
    failures: u32,
}

impl Follower {
    /// Follows with these stations.
    pub fn new(try_on: TryOn) -> Result<Self, Error> {
        let observer = try_on.into_observer();
        let (sequence, camera) = (observer.sequence(), observer.camera());
        Self::with_stations(Box::new(observer), sequence, camera)
    }

    fn with_stations(stations: Box<dyn Stations>, sequence: Sequence, camera: Camera) -> Result<Self, Error> {
        Ok(Self {
            sequence,
            camera,
            governor: Governor::default(),
            stations: Some(stations),
            stale: false,
            known: Observation::default(),
            predictor: Predictor::default(),
            fitter: FaceFitter::new()?,
            times: StationTimes::default(),
            failures: 0,
        })
    }

    /// Fills `observation` with the faces where they are in this picture.
    ///
    /// `number` is the source's number of the picture: gaps mean that pictures came too fast. `taken` is true if, when
    /// the last picture was ready, the display had already taken the one before it.
    pub fn follow(
        &mut self,
        frame: &Frame<'_>,
        number: u64,
        taken: bool,
        observation: &mut Observation,
    ) -> Result<Followed, Error> {
        match (self.decide(frame, number, taken), self.stations.take()) {
            (Decision::Track(scope), Some(mut stations)) => {
                let failed = stations.observe(frame, scope).err();
                let learnt = self.learn(&*stations, failed);
                observation.clone_from(stations.observation());
                self.stations = Some(stations);
                if learnt? {
                    return Ok(Followed::Show);
                }
            }
            // A picture that must be tracked before it is shown, while the stations are away: happens only after a
            // reset.
            (Decision::Track(_), None) => {}
            (Decision::TrackBeside(scope), Some(stations)) => {
                self.known.clone_from(stations.observation());
                observation.clone_from(&self.known);
                self.carry_on(frame, observation);
                return Ok(Followed::ShowAndRun(Errand { stations, scope, failed: None }));
            }
            (Decision::TrackBeside(_) | Decision::Predict, stations) => {
                let known = stations.as_ref().map_or(&self.known, |stations| stations.observation());
                observation.clone_from(known);
                self.stations = stations;
                self.carry_on(frame, observation);
                return Ok(Followed::Show);
            }
        }
        // Nothing is known of this input yet: the next picture must be tracked first, too.
        self.governor.reset();
        Ok(Followed::PassOver)
    }

    /// Takes an errand back after its run. An error means that the stations failed too often in a row.
    pub fn take_back(&mut self, errand: Errand) -> Result<(), Error> {
        let Errand { mut stations, failed, .. } = errand;
        let learnt = if std::mem::take(&mut self.stale) {
            stations.zeroize();
            Ok(true)
        } else {
            self.learn(&*stations, failed)
        };
        self.stations = Some(stations);
        learnt.map(|_| ())
    }

    /// Whether an errand is out.
    pub fn is_out(&self) -> bool {
        self.stations.is_none()
    }

    /// Starts a new stream: another camera or clip. Its first picture is fully observed before it is shown, so it is
    /// best to wait for an errand that is out: until it is back, pictures are skipped.
    pub fn reset(&mut self) {
        match &mut self.stations {
            Some(stations) => stations.reset(),
            None => self.stale = true,
        }
        self.predictor.reset();
        self.known.clear();
        self.governor.reset();
    }

    /// Like [`reset`](Self::reset), and overwrites all that was kept of frames and faces with zeros; what an errand
    /// holds is overwritten when it is taken back.
    pub fn zeroize(&mut self) {
        self.reset();
        if let Some(stations) = &mut self.stations {
            stations.zeroize();
        }
        self.predictor.zeroize();
        self.fitter.zeroize();
        self.known.zeroize();
    }

    /// How long the stations took on the newest picture that was tracked since this was last asked.
    pub fn take_times(&mut self) -> StationTimes {
        std::mem::take(&mut self.times)
    }

    /// Counts of the pictures so far.
    pub fn tally(&self) -> Tally {
        self.governor.tally()
    }

    fn decide(&mut self, frame: &Frame<'_>, number: u64, taken: bool) -> Decision {
        match self.sequence {
            Sequence::Stills => Decision::Track(Scope::All),
            Sequence::Stream => {
                let free = self.stations.is_some();
                self.governor.decide(Arrival { number, time: frame.time(), free, taken })
            }
        }
    }

    fn carry_on(&mut self, frame: &Frame<'_>, into: &mut Observation) {
        predict(&mut self.predictor, &mut self.fitter, &self.camera, frame, into);
    }

    /// Updates prediction and governor with the stations' result; false for a failure that is tolerated.
    fn learn(&mut self, stations: &dyn Stations, failed: Option<Error>) -> Result<bool, Error> {
        if let Some(error) = failed {
            if self.failures >= FORGIVEN {
                return Err(error);
            }
            self.failures += 1;
            log::warn!("{error}");
            return Ok(false);
        }
        self.failures = 0;
        self.times = stations.times();
        self.governor.took(self.times);
        self.predictor.saw(stations.tracked());
        Ok(true)
    }
}

#[cfg(test)]
mod tests;
