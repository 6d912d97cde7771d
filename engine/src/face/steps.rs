//! Single steps of the tracker, for the benches. Not a stable API: any of them may change in any version.

use std::time::Duration;

use carmine_models::{ModelId, VerifiedModel};

use super::crop::{Border, ValueRange, crop};
use super::executor::{Executor, InstructionSet};
use super::model::{InputTensor, Model};
use super::one_euro::OneEuro;
use super::roi::Roi;
use super::tract_model::{self, TractModel};
use super::{FaceError, Landmarks};
use crate::frame::Frame;

pub use super::executor::OpCost;

/// One model, without what the tracker does around it.
#[derive(Debug)]
pub struct ModelRunner {
    model: Box<dyn Model>,
    /// Of its square input, in pixels.
    side: usize,
}

impl ModelRunner {
    /// An embedded model, as the tracker runs it on one thread.
    pub fn embedded(model: ModelId) -> Result<Self, FaceError> {
        Self::threaded(model, 1)
    }

    /// An embedded model, as the tracker runs it on so many threads.
    pub fn threaded(model: ModelId, threads: usize) -> Result<Self, FaceError> {
        let model = VerifiedModel::embedded(model)?;
        Ok(Self { model: tract_model::load(&model, threads)?, side: model.spec().input.shape[1] })
    }

    /// The same, run by tract operator by operator.
    pub fn reference(model: ModelId) -> Result<Self, FaceError> {
        let model = VerifiedModel::embedded(model)?;
        Ok(Self { model: Box::new(TractModel::load(&model)?), side: model.spec().input.shape[1] })
    }

    /// Fills its input with the whole frame.
    pub fn fill_from_frame(&mut self, frame: &Frame<'_>) -> Result<(), FaceError> {
        fill(frame, self.side, self.model.input()?);
        Ok(())
    }

    /// Fills its input with RGB values, rows top down.
    pub fn fill(&mut self, values: &[f32]) -> Result<(), FaceError> {
        for (to, from) in self.model.input()?.rows_of_square(self.side).zip(values.chunks_exact(self.side * 3)) {
            to.copy_from_slice(from);
        }
        Ok(())
    }

    /// Computes its outputs.
    pub fn run(&mut self) -> Result<(), FaceError> {
        self.model.run()
    }

    /// Output `index` of the last run.
    pub fn output(&self, index: usize) -> &[f32] {
        self.model.output(index)
    }
}

/// An embedded model on the executor with one instruction set, profiled operator by operator.
#[derive(Debug)]
pub struct ProfiledExecutor(Executor);

impl ProfiledExecutor {
    /// One for each set of instructions that this processor has, slowest first, with its name.
    pub fn all(model: ModelId) -> Result<Vec<(String, Self)>, FaceError> {
        let graph = tract_model::lowered_graph(&VerifiedModel::embedded(model)?)?;
        let prepare = |instructions| {
            Executor::new(&graph, instructions, 1)
                .map(|executor| (format!("{instructions:?}"), Self(executor)))
                .map_err(|reason| FaceError::Load { model, reason })
        };
        InstructionSet::all().into_iter().map(prepare).collect()
    }

    /// Computes the outputs, calling `done` with its cost after each fused operator.
    pub fn run(&mut self, done: impl FnMut(&OpCost)) {
        // Only the caller's thread: there is no worker that could panic.
        let _ = self.0.run_profiled(done);
    }
}

/// Fills the detector's input with the whole frame.
pub fn letterbox(frame: &Frame<'_>, out: &mut [f32]) {
    let side = side(out);
    fill(frame, side, InputTensor { values: out, row_stride: side * 3 });
}

fn fill(frame: &Frame<'_>, side: usize, out: InputTensor<'_>) {
    let roi = Roi::letterbox(frame.width(), frame.height());
    crop(frame, &roi, side, Border::Zero, ValueRange::SIGNED, out);
}

/// Fills the landmark model's input with the rotated square around a face. Nothing, if there is no such square.
pub fn crop_face(frame: &Frame<'_>, landmarks_px: &Landmarks, out: &mut [f32]) {
    if let Some(roi) = Roi::around_landmarks(landmarks_px) {
        let side = side(out);
        crop(frame, &roi, side, Border::Replicate, ValueRange::UNIT, InputTensor { values: out, row_stride: side * 3 });
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
