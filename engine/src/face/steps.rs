//! Single steps of the tracker, for the benches. No promise: any of them may change or go with any version.

use std::time::Duration;

use carmine_models::{ModelId, VerifiedModel};

use super::crop::{Border, crop};
use super::model::{Model, Rows};
use super::one_euro::OneEuro;
use super::region::Region;
use super::tract_model::TractModel;
use super::{FaceError, Landmarks};
use crate::frame::Frame;

/// One network, without what the tracker does around it.
#[derive(Debug)]
pub struct Network {
    model: TractModel,
    /// Of its square input, in pixels.
    side: usize,
}

impl Network {
    /// An embedded model.
    pub fn embedded(model: ModelId) -> Result<Self, FaceError> {
        let model = VerifiedModel::embedded(model)?;
        Ok(Self { model: TractModel::load(&model)?, side: model.spec().input.shape[1] })
    }

    /// Fills its input with the whole frame.
    pub fn look_at(&mut self, frame: &Frame<'_>) -> Result<(), FaceError> {
        fill(frame, self.side, self.model.input()?);
        Ok(())
    }

    /// Computes its outputs.
    pub fn run(&mut self) -> Result<(), FaceError> {
        self.model.run()
    }
}

/// Fills the detector's input with the whole frame.
pub fn letterbox(frame: &Frame<'_>, out: &mut [f32]) {
    let side = side(out);
    fill(frame, side, Rows { values: out, row_step: side * 3 });
}

fn fill(frame: &Frame<'_>, side: usize, out: Rows<'_>) {
    let region = Region::letterbox(frame.width(), frame.height());
    crop(frame, &region, side, Border::Black, [-1.0, 1.0], out);
}

/// Fills the landmark model's input with the turned square around a face. Nothing, if there is no such square.
pub fn crop_face(frame: &Frame<'_>, landmarks_px: &Landmarks, out: &mut [f32]) {
    if let Some(region) = Region::around_landmarks(landmarks_px) {
        let side = side(out);
        crop(frame, &region, side, Border::Nearest, [0.0, 1.0], Rows { values: out, row_step: side * 3 });
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
