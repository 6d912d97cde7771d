use carmine_models::VerifiedModel;

use crate::error::Error;
use crate::face::{Camera, FaceFitter, FaceTracker, FittedFace, Occlusion, OcclusionEstimator, TrackerConfig};
use crate::frame::Frame;
use crate::light::{Light, LightEstimator, RoomLight};
use crate::look::Look;
use crate::scene::Scene;

/// How a [`TryOn`] follows faces.
#[derive(Clone, Copy, Debug, Default)]
pub struct TryOnConfig {
    /// Passed to the tracker.
    pub tracker: TrackerConfig,
    /// The camera that frames come from.
    pub camera: Camera,
}

/// The façade: a frame and a look in, a scene to render out.
#[derive(Debug)]
pub struct TryOn {
    camera: Camera,
    /// Each frame stands alone.
    still: bool,
    tracker: FaceTracker,
    fitter: FaceFitter,
    occlusion: OcclusionEstimator,
    light: LightEstimator,
}

impl TryOn {
    /// Loads and self-tests the embedded models.
    pub fn new(config: TryOnConfig) -> Result<Self, Error> {
        Ok(Self {
            camera: config.camera,
            still: config.tracker.still,
            tracker: FaceTracker::new(config.tracker)?,
            fitter: FaceFitter::new()?,
            occlusion: OcclusionEstimator::new()?,
            light: LightEstimator::default(),
        })
    }

    /// With the host's own models, each proved against its manifest; they are self-tested too.
    pub fn with_models(
        config: TryOnConfig,
        detector: &VerifiedModel<'_>,
        landmarks: &VerifiedModel<'_>,
    ) -> Result<Self, Error> {
        Ok(Self {
            camera: config.camera,
            still: config.tracker.still,
            tracker: FaceTracker::with_models(config.tracker, detector, landmarks)?,
            fitter: FaceFitter::new()?,
            occlusion: OcclusionEstimator::new()?,
            light: LightEstimator::default(),
        })
    }

    /// The same, in a room whose light is known.
    pub fn calibrated(self, room: RoomLight) -> Self {
        Self { light: LightEstimator::with_room(room), ..self }
    }

    /// Forgets every face, as if just made, and overwrites with zeros all that the stations kept of frames and faces.
    pub fn zeroize(&mut self) {
        self.tracker.zeroize();
        self.fitter.zeroize();
        self.occlusion.zeroize();
        self.light.zeroize();
    }

    /// Tracks, fits and lights one frame. The results are borrowed until the next call.
    pub fn observe(&mut self, frame: &Frame<'_>) -> Result<(&[FittedFace], &Light), Error> {
        let (faces, light, _) = self.observe_all(frame)?;
        Ok((faces, light))
    }

    /// The same, with what hides the faces: one per face, in their order.
    pub fn observe_all(&mut self, frame: &Frame<'_>) -> Result<(&[FittedFace], &Light, &[Occlusion]), Error> {
        let faces = self.tracker.track(frame)?;
        let fitted = self.fitter.fit(faces, frame.width(), frame.height(), &self.camera);
        if self.still {
            self.occlusion.reset();
        }
        let occlusion = self.occlusion.estimate(frame, fitted);
        let light = self.light.estimate(frame, fitted);
        Ok((fitted, light, occlusion))
    }

    /// One frame dressed in `look`.
    pub fn scene<'a>(&'a mut self, frame: Frame<'a>, look: &'a Look) -> Result<Scene<'a>, Error> {
        let (faces, light, occlusion) = self.observe_all(&frame)?;
        Ok(Scene::new(frame, faces, light, look).with_occlusion(occlusion))
    }
}
