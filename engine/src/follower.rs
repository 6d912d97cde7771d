//! A host's frame loop without its threads: what each picture gets, carried out.
//!
//! In: every picture that is to be shown, as soon as it comes. Out: its [`Observation`], and now and then an [`Errand`].
//!
//! 1. The [`Governor`] decides what there is time for. In a sequence of stills every picture gets everything.
//! 2. While there is time, the picture is observed, and then shown.
//! 3. On lower rungs it is shown at once: faces are predicted, light and occlusion stay as last estimated. For some of
//!    these pictures the stations, with all that they remember, leave as an [`Errand`]: the host takes a copy of the
//!    picture, has the errand run on another thread, and gives it back. Only so do pictures keep coming at their own rate
//!    when one tracking takes longer than a picture. It is one value that moves, so nothing is locked.
//! 4. What comes back feeds the prediction and tells the governor what the work costs.
//!
//! A model that fails is forgiven a few times in a row: it may be a fluke of a picture.

use std::fmt;

use crate::error::Error;
use crate::face::{Camera, FaceFitter, Faces, Predictor, Sequence};
use crate::frame::Frame;
use crate::governor::{Arrival, Decision, Governor, Tally};
use crate::observation::Observation;
use crate::observer::{Observer, Scope, StationTimes};
use crate::prediction::predict;
use crate::try_on::TryOn;

/// Failures in a row that are forgiven.
const FORGIVEN: u32 = 5;

/// Stations 2 to 4 with all that they remember; a test simulates them.
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

/// What a host does with a picture.
#[derive(Debug)]
#[must_use = "the errand holds the stations: without it no picture is tracked any more"]
pub enum Followed {
    /// Shows it.
    Show,
    /// Shows it, and has this run on a copy of it, on another thread.
    ShowAndRun(Errand),
    /// Passes it over: nothing is known of it.
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

/// Follows faces through a stream of pictures for as much of them as there is time for. After warm-up it allocates
/// nothing. `examples/live_loop.rs` shows a host that uses it.
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

    /// Fills `observation` with the faces as they stand in this very picture.
    ///
    /// `number` is the source's number of the picture: those passed over came too fast. `taken` says whether the display
    /// had taken the picture before the last when the last was ready.
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
            // Only after a reset can a picture that is to be shown tracked come while the stations are away.
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
        // Nothing is known of these pictures: the next one is to be tracked, too.
        self.governor.reset();
        Ok(Followed::PassOver)
    }

    /// The stations are back. An error means that they failed too often in a row.
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

    /// The pictures to come have nothing to do with those so far: another camera or clip. The first of them gets everything
    /// before it is shown, so an errand that is out is best waited for: until it is back, pictures are passed over.
    pub fn reset(&mut self) {
        match &mut self.stations {
            Some(stations) => stations.reset(),
            None => self.stale = true,
        }
        self.predictor.reset();
        self.known.clear();
        self.governor.reset();
    }

    /// The same, and all that was kept of frames and faces is overwritten with zeros: what an errand holds, as soon as it
    /// is taken back.
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

    /// What became of the pictures so far.
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

    /// Takes in what the stations found; false where they failed, which now and then is forgiven.
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
