//! All that looks at pixels, with what it remembers.

use std::time::{Duration, Instant};

use carmine::face::{Camera, FaceFitter, FaceId, FaceTracker, Faces, Occlusion, OcclusionEstimator, TrackerConfig};
use carmine::light::{Light, LightEstimator};

use super::copy_occlusion;
use crate::error::AppError;
use crate::models::Models;
use crate::source::Picture;

/// Stations 2 to 4; a test fakes them.
pub trait Stations: Send {
    /// Tracks a picture; looks for occlusion and light where asked to, or where the faces are others than before.
    fn see(&mut self, picture: &Picture, look: bool, found: &mut Found) -> Result<(), AppError>;

    /// The faces of the last picture.
    fn faces(&self) -> &Faces;

    /// The next picture has nothing to do with those before.
    fn reset(&mut self);
}

/// What the stations tell of a picture besides its faces.
#[derive(Debug, Default)]
pub struct Found {
    /// Whether occlusion and light are this picture's; else they say nothing.
    pub looked: bool,
    /// The light, a face light per face.
    pub light: Light,
    /// What hides the faces, one per face.
    pub occlusion: Vec<Occlusion>,
    /// Time that tracking, fitting, occlusion and light took, as far as they were done.
    pub took: [Option<Duration>; 4],
}

/// The stations, and what they are asked and answer: this moves between threads.
pub struct Eyes<S> {
    pub stations: S,
    pub found: Found,
    pub failed: Option<AppError>,
    /// A copy of a picture that is shown already.
    picture: Picture,
    look: bool,
}

impl<S: Stations> Eyes<S> {
    pub fn new(stations: S) -> Self {
        Self { stations, found: Found::default(), failed: None, picture: Picture::default(), look: false }
    }

    pub fn track(&mut self, picture: &Picture, look: bool) {
        self.failed = self.stations.see(picture, look, &mut self.found).err();
    }

    /// Takes down what is to be done beside.
    pub fn order(&mut self, picture: &Picture, look: bool) {
        self.picture.copy_from(picture);
        self.look = look;
    }

    /// Does what was taken down.
    pub fn work(&mut self) {
        self.failed = self.stations.see(&self.picture, self.look, &mut self.found).err();
    }
}

/// The engine's stations.
pub struct Chain {
    still: bool,
    tracker: FaceTracker,
    fitter: FaceFitter,
    occlusion: OcclusionEstimator,
    light: LightEstimator,
    /// Faces that occlusion and light were last looked at for.
    looked: Vec<FaceId>,
}

impl Chain {
    pub fn new(models: &Models, config: TrackerConfig) -> Result<Self, AppError> {
        Ok(Self {
            still: config.still,
            tracker: models.tracker(config)?,
            fitter: FaceFitter::new()?,
            occlusion: OcclusionEstimator::new()?,
            light: LightEstimator::default(),
            looked: Vec::new(),
        })
    }
}

impl Stations for Chain {
    fn see(&mut self, picture: &Picture, look: bool, found: &mut Found) -> Result<(), AppError> {
        let started = Instant::now();
        let frame = picture.frame()?;
        let faces = self.tracker.track(&frame)?;
        let tracked = Instant::now();
        let fitted = self.fitter.fit(faces, frame.width(), frame.height(), &Camera::default());
        let fit = Instant::now();
        found.took = [Some(tracked - started), Some(fit - tracked), None, None];
        found.looked = look || !fitted.iter().map(|face| face.id).eq(self.looked.iter().copied());
        if !found.looked {
            return Ok(());
        }
        if self.still {
            self.occlusion.zeroize();
        }
        copy_occlusion(self.occlusion.estimate(&frame, fitted), &mut found.occlusion);
        let looked = Instant::now();
        found.light.clone_from(self.light.estimate(&frame, fitted));
        found.took[2..].copy_from_slice(&[Some(looked - fit), Some(looked.elapsed())]);
        self.looked.clear();
        self.looked.extend(fitted.iter().map(|face| face.id));
        Ok(())
    }

    fn faces(&self) -> &Faces {
        self.tracker.faces()
    }

    fn reset(&mut self) {
        self.tracker.zeroize();
        self.occlusion.zeroize();
        self.light = LightEstimator::default();
        self.looked.clear();
    }
}
