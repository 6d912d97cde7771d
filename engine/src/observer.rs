//! Stations 2 to 4, run in sequence, with their state from frame to frame.
//!
//! In: frames, oldest first. Out: an [`Observation`] of the newest, and how long each station took.
//!
//! 1. Track: landmarks of every face ([`FaceTracker`]).
//! 2. Fit: metric pose and mesh ([`FaceFitter`]).
//! 3. Occlude: what hides each face ([`OcclusionEstimator`]).
//! 4. Light: the room, and the light on each face ([`LightEstimator`]).
//!
//! Under load steps 3 and 4 may be left out ([`Scope::Faces`]): hands and lamps move less than faces, so the last
//! estimates are kept. They are never used for other faces than those that they were estimated for.

use std::time::{Duration, Instant};

use crate::error::Error;
use crate::face::{Camera, FaceFitter, FaceTracker, Faces, FittedFace, OcclusionEstimator, Sequence};
use crate::frame::Frame;
use crate::light::{LightEstimator, RoomLight};
use crate::observation::Observation;

/// How much is estimated of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Its faces; light and occlusion stay those of a frame before, as long as the faces are the same.
    Faces,
    /// Its faces, what hides them, and their light.
    All,
}

/// How long the stations took on one frame; `None` for a station that did not run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StationTimes {
    /// Detector and landmarks, all faces.
    pub track: Option<Duration>,
    /// Pose and mesh, all faces.
    pub fit: Option<Duration>,
    /// What hides the faces.
    pub occlusion: Option<Duration>,
    /// The light on them.
    pub light: Option<Duration>,
}

/// The stations and their state.
#[derive(Debug)]
pub(crate) struct Observer {
    camera: Camera,
    sequence: Sequence,
    tracker: FaceTracker,
    fitter: FaceFitter,
    occlusion: OcclusionEstimator,
    light: LightEstimator,
    observation: Observation,
    times: StationTimes,
}

impl Observer {
    pub fn new(tracker: FaceTracker, sequence: Sequence, camera: Camera) -> Result<Self, Error> {
        camera.check()?;
        Ok(Self {
            camera,
            sequence,
            tracker,
            fitter: FaceFitter::new()?,
            occlusion: OcclusionEstimator::new()?,
            light: LightEstimator::default(),
            observation: Observation::default(),
            times: StationTimes::default(),
        })
    }

    pub fn with_room(self, room: RoomLight) -> Self {
        Self { light: LightEstimator::with_room(room), ..self }
    }

    pub fn camera(&self) -> Camera {
        self.camera
    }

    pub fn sequence(&self) -> Sequence {
        self.sequence
    }

    pub fn fitter(&mut self) -> &mut FaceFitter {
        &mut self.fitter
    }

    pub fn tracked(&self) -> &Faces {
        self.tracker.faces()
    }

    /// Of the newest frame that was observed; of the one before where that failed.
    pub fn observation(&self) -> &Observation {
        &self.observation
    }

    pub fn times(&self) -> StationTimes {
        self.times
    }

    /// Steps 1 and 2 alone. The observation stays that of a frame before.
    pub fn track(&mut self, frame: &Frame<'_>) -> Result<&[FittedFace], Error> {
        self.times = StationTimes::default();
        let started = Instant::now();
        let faces = self.tracker.track(frame)?;
        let tracked = Instant::now();
        let fitted = self.fitter.fit(faces, frame.width(), frame.height(), &self.camera);
        (self.times.track, self.times.fit) = (Some(tracked - started), Some(tracked.elapsed()));
        Ok(fitted)
    }

    /// All steps, or as many as `scope` asks for.
    pub fn observe(&mut self, frame: &Frame<'_>, scope: Scope) -> Result<(), Error> {
        self.track(frame)?;
        let faces = self.fitter.fitted();
        self.observation.set_faces(faces);
        if scope == Scope::Faces && self.sequence == Sequence::Stream && self.observation.is_of(faces) {
            return Ok(());
        }
        if self.sequence == Sequence::Stills {
            self.occlusion.reset();
            self.light.reset();
        }
        let started = Instant::now();
        let occlusion = self.occlusion.estimate(frame, faces);
        let covered = Instant::now();
        let light = self.light.estimate(frame, faces);
        (self.times.occlusion, self.times.light) = (Some(covered - started), Some(covered.elapsed()));
        self.observation.set_light(light, occlusion);
        Ok(())
    }

    /// Starts a new stream: later frames are not related to earlier ones.
    pub fn reset(&mut self) {
        self.tracker.reset();
        self.occlusion.reset();
        self.light.reset();
        self.observation.clear();
    }

    pub fn zeroize(&mut self) {
        self.tracker.zeroize();
        self.fitter.zeroize();
        self.occlusion.zeroize();
        self.light.zeroize();
        self.observation.zeroize();
    }
}
