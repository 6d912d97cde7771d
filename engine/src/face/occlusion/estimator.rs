//! Finds what hides each face, frame by frame, and keeps the models of faces that may come back.
//!
//! In: a frame and its fitted faces. Out: an [`Occlusion`] per face.
//! 1. Drop the models of faces that have been away too long, and find the model of each present face.
//! 2. Unwrap the face (`unwrap`). At first sight, and every now and then, find by this picture alone what cannot be this
//!    face (`skin_prior`).
//! 3. Compare it with its model (`comparison`).
//! 4. Soften the covered cells into a map.

use std::time::Duration;

use carmine_models::CanonicalFace;
use glam::Vec2;

use super::background_model::BackgroundModel;
use super::canonical_grid::CanonicalGrid;
use super::comparison::FaceFrame;
use super::filters::soften;
use super::map::Occlusion;
use super::skin_prior::SkinPrior;
use super::unwrap::Unwrapped;
use super::workspace::OcclusionWorkspace;
use crate::face::{FaceError, FaceId, FittedFace};
use crate::frame::Frame;

/// A face that comes back within this time where it was left is the same one.
const KEEP: Duration = Duration::from_secs(2);
/// Most absent faces whose models are kept.
const AWAY_MAX: usize = 4;
/// Range of a returning face's size, over the size it had.
const RETURN_SCALE_MIN: f32 = 0.67;
const RETURN_SCALE_MAX: f32 = 1.5;
/// The landmark that gives a face's place: the tip of the nose.
const NOSE_TIP: usize = 1;
/// The usual and the longest step between frames, in seconds.
const USUAL_STEP_S: f32 = 1.0 / 30.0;
const LONGEST_STEP_S: f32 = 0.25;

/// A face's model, and where it was last.
#[derive(Debug)]
struct RememberedFace {
    id: FaceId,
    seen: Duration,
    centre_px: Vec2,
    interocular_px: f32,
    model: BackgroundModel,
}

/// Finds what hides each face, frame by frame.
#[derive(Debug)]
pub struct OcclusionEstimator {
    canonical: CanonicalGrid,
    now: Unwrapped,
    prior: SkinPrior,
    workspace: OcclusionWorkspace,
    remembered: Vec<RememberedFace>,
    spare: Vec<BackgroundModel>,
    occlusions: Vec<Occlusion>,
    spare_occlusions: Vec<Occlusion>,
    time: Option<Duration>,
}

impl OcclusionEstimator {
    /// With the embedded canonical face.
    pub fn new() -> Result<Self, FaceError> {
        Ok(Self {
            canonical: CanonicalGrid::new(&CanonicalFace::embedded()?),
            now: Unwrapped::default(),
            prior: SkinPrior::default(),
            workspace: OcclusionWorkspace::default(),
            remembered: Vec::new(),
            spare: Vec::new(),
            occlusions: Vec::new(),
            spare_occlusions: Vec::new(),
            time: None,
        })
    }

    /// What hides each of `faces` in `frame`, in their order. Borrowed until the next call.
    ///
    /// Faces are recognised by their [`FaceId`]; a time that repeats or runs back counts as one usual step.
    pub fn estimate(&mut self, frame: &Frame<'_>, faces: &[FittedFace]) -> &[Occlusion] {
        let step = self.time.and_then(|last| frame.time().checked_sub(last)).filter(|step| !step.is_zero());
        let dt_s = step.map_or(USUAL_STEP_S, |step| step.as_secs_f32().min(LONGEST_STEP_S));
        self.time = Some(frame.time());
        self.spare_occlusions.append(&mut self.occlusions);
        self.forget_absent(frame.time(), faces);
        for face in faces {
            self.now.take(&self.canonical, frame, face);
            let index = self.recognise(frame.time(), face);
            let model = &mut self.remembered[index].model;
            if model.asks(dt_s) {
                self.prior.judge(&self.canonical, &self.now, &mut self.workspace, &mut model.hidden);
            }
            let seen = FaceFrame { canonical: &self.canonical, now: &self.now, dt_s };
            seen.compare(model, &mut self.workspace);
            let mut occlusion = self.spare_occlusions.pop().unwrap_or_default();
            occlusion.id = face.id;
            soften(&model.covered, &self.canonical.on_mesh, &mut occlusion.map);
            self.occlusions.push(occlusion);
        }
        &self.occlusions
    }

    /// Forgets every face, as if just made, and overwrites with zeros all that was kept of them: unwrapped faces,
    /// models and maps.
    pub fn zeroize(&mut self) {
        self.reset();
        self.spare.iter_mut().for_each(BackgroundModel::zeroize);
        self.spare_occlusions.append(&mut self.occlusions);
        self.spare_occlusions.iter_mut().for_each(Occlusion::zeroize);
        self.now.zeroize();
        self.prior.zeroize();
        self.workspace.zeroize();
    }

    /// The next frame stands alone.
    pub(crate) fn reset(&mut self) {
        self.spare.extend(self.remembered.drain(..).map(|one| one.model));
        self.time = None;
    }

    /// Drops the models of faces that have been away too long.
    fn forget_absent(&mut self, now: Duration, faces: &[FittedFace]) {
        let mut index = 0;
        while let Some(one) = self.remembered.get(index) {
            let is_here = faces.iter().any(|face| face.id == one.id);
            let is_crowded = self.remembered.len() > faces.len() + AWAY_MAX;
            if is_here || (!is_crowded && now.checked_sub(one.seen).is_some_and(|away| away < KEEP)) {
                index += 1;
            } else {
                let gone = self.remembered.swap_remove(index);
                self.spare.push(gone.model);
            }
        }
    }

    /// The index of a face's model: by its identity, or of a face just lost in the same place, or a new one.
    fn recognise(&mut self, time: Duration, face: &FittedFace) -> usize {
        let centre_px = face.landmarks_px[NOSE_TIP].truncate();
        let interocular_px = face.landmarks_px.interocular();
        let is_back = |one: &RememberedFace| {
            let scale = one.interocular_px / interocular_px.max(1.0);
            one.seen != time
                && one.centre_px.distance(centre_px) < interocular_px
                && (RETURN_SCALE_MIN..RETURN_SCALE_MAX).contains(&scale)
        };
        let found = self.remembered.iter().position(|one| one.id == face.id);
        let index = found.or_else(|| self.remembered.iter().position(is_back)).unwrap_or_else(|| {
            let mut model = self.spare.pop().unwrap_or_default();
            model.reset();
            self.remembered.push(RememberedFace { id: face.id, seen: time, centre_px, interocular_px, model });
            self.remembered.len() - 1
        });
        let one = &mut self.remembered[index];
        (one.id, one.seen, one.centre_px, one.interocular_px) = (face.id, time, centre_px, interocular_px);
        index
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;
    use crate::frame::PixelFormat;
    use crate::light::synthetic::{HEIGHT, Picture, WIDTH, face};

    #[test]
    fn a_zeroized_estimator_holds_nothing() {
        let face = face(0.0);
        let bytes = Picture::flat(Vec3::splat(0.4)).shaded(&face, Vec3::new(0.5, 0.3, 0.2), |n| n.z).bytes();
        let frame = Frame::new(&bytes, PixelFormat::Rgb8, WIDTH as u32, HEIGHT as u32).unwrap();
        let mut estimator = OcclusionEstimator::new().unwrap();
        for millis in 0..30 {
            estimator.estimate(&frame.with_time(Duration::from_millis(33 * millis)), std::slice::from_ref(&face));
        }
        let learnt = format!("{:?}", estimator.remembered[0].model);
        assert_ne!(learnt, format!("{:?}", BackgroundModel::default()));
        estimator.zeroize();
        for model in estimator.spare.drain(..) {
            assert_eq!(format!("{model:?}"), format!("{:?}", BackgroundModel::default()));
        }
        assert!(estimator.spare_occlusions.drain(..).all(|occlusion| occlusion == Occlusion::default()));
        assert_eq!(format!("{estimator:?}"), format!("{:?}", OcclusionEstimator::new().unwrap()));
    }
}
