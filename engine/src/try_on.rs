//! The façade: stations 2 to 4 as one value, and the scene for the renderer.

use carmine_models::VerifiedModel;

use crate::error::Error;
use crate::face::{Camera, FaceTracker, FittedFace, Predictor, TrackerConfig};
use crate::frame::Frame;
use crate::light::RoomLight;
use crate::look::Look;
use crate::observation::Observation;
use crate::observer::{Observer, Scope, StationTimes};
use crate::prediction::predict;
use crate::scene::Scene;

/// How a [`TryOn`] follows faces.
#[derive(Clone, Copy, Debug, Default)]
pub struct TryOnConfig {
    /// Passed to the tracker.
    pub tracker: TrackerConfig,
    /// The camera that frames come from.
    pub camera: Camera,
}

/// A frame and a look in, a scene to render out; or the steps in between, one by one.
///
/// A host without time for every frame uses a [`Follower`](crate::Follower) instead.
#[derive(Debug)]
pub struct TryOn {
    observer: Observer,
    predictor: Predictor,
    predicted: Observation,
}

impl TryOn {
    /// Loads and self-tests the embedded models.
    pub fn new(config: TryOnConfig) -> Result<Self, Error> {
        Self::with_tracker(config, FaceTracker::new(config.tracker)?)
    }

    /// With the host's own models, each proved against its manifest; they are self-tested too.
    pub fn with_models(
        config: TryOnConfig,
        detector: &VerifiedModel<'_>,
        landmarks: &VerifiedModel<'_>,
    ) -> Result<Self, Error> {
        Self::with_tracker(config, FaceTracker::with_models(config.tracker, detector, landmarks)?)
    }

    fn with_tracker(config: TryOnConfig, tracker: FaceTracker) -> Result<Self, Error> {
        let observer = Observer::new(tracker, config.tracker.sequence, config.camera)?;
        Ok(Self { observer, predictor: Predictor::default(), predicted: Observation::default() })
    }

    /// The same, in a room whose light is known.
    pub fn with_room(self, room: RoomLight) -> Self {
        Self { observer: self.observer.with_room(room), ..self }
    }

    /// Starts a new stream: another camera, clip or photo. Memory is not overwritten.
    pub fn reset(&mut self) {
        self.observer.reset();
        self.predictor.reset();
        self.predicted.clear();
    }

    /// Forgets every face, as if just made, and overwrites with zeros all that the stations kept of frames and faces.
    pub fn zeroize(&mut self) {
        self.observer.zeroize();
        self.predictor.zeroize();
        self.predicted.zeroize();
    }

    /// Stations 2 and 3 alone: the faces of one frame, without light or occlusion. Borrowed until the next call.
    pub fn track(&mut self, frame: &Frame<'_>) -> Result<&[FittedFace], Error> {
        self.observer.track(frame)?;
        self.predictor.saw(self.observer.tracked());
        Ok(self.observer.fitter().fitted())
    }

    /// Stations 2 to 4: the faces of one frame, their light and what hides them. Borrowed until the next call.
    pub fn observe(&mut self, frame: &Frame<'_>) -> Result<&Observation, Error> {
        self.observe_within(frame, Scope::All)
    }

    /// The same, limited to `scope`.
    pub fn observe_within(&mut self, frame: &Frame<'_>, scope: Scope) -> Result<&Observation, Error> {
        self.observer.observe(frame, scope)?;
        self.predictor.saw(self.observer.tracked());
        Ok(self.observer.observation())
    }

    /// Predicts the faces of the last observed frame to this later frame's time, without running a model. Light and
    /// occlusion are those estimated last. Empty before the first observed frame. Borrowed until the next call.
    ///
    /// Movements within a face (a blink, a word) are not predicted; see [`Predictor`].
    pub fn predict(&mut self, frame: &Frame<'_>) -> &Observation {
        self.predicted.clone_from(self.observer.observation());
        let camera = self.observer.camera();
        predict(&mut self.predictor, self.observer.fitter(), &camera, frame, &mut self.predicted);
        &self.predicted
    }

    /// How long the stations took on the last frame.
    pub fn times(&self) -> StationTimes {
        self.observer.times()
    }

    /// One frame dressed in `look`.
    pub fn scene<'a>(&'a mut self, frame: Frame<'a>, look: &'a Look) -> Result<Scene<'a>, Error> {
        Ok(Scene::of(frame, self.observe(&frame)?, look))
    }

    pub(crate) fn into_observer(self) -> Observer {
        self.observer
    }
}
