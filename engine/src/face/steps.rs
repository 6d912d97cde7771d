//! Single steps of the tracker, for the benches. No promise: any of them may change or go with any version.

use std::time::Duration;

use carmine_models::{ModelId, VerifiedModel};

use super::crop::{Border, crop};
use super::model::Model;
use super::one_euro::OneEuro;
use super::region::Region;
use super::tract_model::TractModel;
use super::{FaceError, Landmarks};
use crate::frame::Frame;

/// One network, without what the tracker does around it.
#[derive(Debug)]
pub struct Network(TractModel);

impl Network {
    /// An embedded model.
    pub fn embedded(model: ModelId) -> Result<Self, FaceError> {
        Ok(Self(TractModel::load(&VerifiedModel::embedded(model)?)?))
    }

    /// Its input, to be filled before each run.
    pub fn input(&mut self) -> Result<&mut [f32], FaceError> {
        self.0.input()
    }

    /// Computes its outputs.
    pub fn run(&mut self) -> Result<(), FaceError> {
        self.0.run()
    }
}

/// Fills the detector's input with the whole frame.
pub fn letterbox(frame: &Frame<'_>, out: &mut [f32]) {
    let region = Region::letterbox(frame.width(), frame.height());
    crop(frame, &region, side(out), Border::Black, [-1.0, 1.0], out);
}

/// Fills the landmark model's input with the turned square around a face. Nothing, if there is no such square.
pub fn crop_face(frame: &Frame<'_>, landmarks_px: &Landmarks, out: &mut [f32]) {
    if let Some(region) = Region::around_landmarks(landmarks_px) {
        crop(frame, &region, side(out), Border::Nearest, [0.0, 1.0], out);
    }
}

fn side(rgb: &[f32]) -> usize {
    (rgb.len() / 3).isqrt()
}

/// The One-Euro filter of one face.
#[derive(Debug, Default)]
pub struct Smoother(OneEuro);

impl Smoother {
    /// Smooths the points found at `time`.
    pub fn smooth(&mut self, time: Duration, raw_px: &Landmarks) -> &Landmarks {
        self.0.smooth(time, raw_px)
    }
}
