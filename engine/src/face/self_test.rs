//! Checks at start that a model is the expected one and that this processor computes it correctly.
//!
//! In: a loaded model and the golden face. Out: nothing, or why the model must not be used.
//!
//! 1. Its tensors have the shapes that the tracker reads.
//! 2. It is run on the golden face, and its outputs compared with the golden answers.

use carmine_models::{Golden, ModelId, VerifiedModel};

use super::FaceError;
use super::LANDMARK_COUNT;
use super::detector::{ANCHORS, REGRESSORS};
use super::model::Model;

/// Largest difference from the golden numbers, in pixels of the input and in logits. Processors differ by a
/// thousandth, a damaged model by whole pixels.
const TOLERANCE: f32 = 0.1;

/// Refuses a model whose tensors are not those that the tracker reads.
pub(super) fn check_shapes(model: &VerifiedModel<'_>, wanted: ModelId) -> Result<(), FaceError> {
    let (input, outputs): (&[usize], &[usize]) = match wanted {
        ModelId::FaceDetector => (&[1, 128, 128, 3], &[ANCHORS * REGRESSORS, ANCHORS]),
        ModelId::FaceLandmarks => (&[1, 256, 256, 3], &[3 * LANDMARK_COUNT, 1]),
    };
    let spec = model.spec();
    let volume = |shape: &[usize]| shape.iter().try_fold(1_usize, |volume, side| volume.checked_mul(*side));
    // A volume that overflows matches no tensor.
    let volumes: Vec<usize> = spec.outputs.iter().map(|output| volume(&output.shape).unwrap_or(usize::MAX)).collect();
    if model.id() == wanted && spec.input.shape == input && volumes.starts_with(outputs) {
        return Ok(());
    }
    Err(FaceError::Shape {
        wanted,
        found: format!("{} with input {:?} and outputs of {volumes:?} values", model.id(), spec.input.shape),
        needed: format!("input {input:?} and outputs of {outputs:?} values"),
    })
}

/// Runs the detector on the golden face at half size.
pub(super) fn detector(model: &mut dyn Model, golden: &Golden) -> Result<(), FaceError> {
    for (row, values) in model.input()?.rows_of_square(128).enumerate() {
        for (index, value) in values.iter_mut().enumerate() {
            let (x, y, channel) = (2 * (index / 3), 2 * row, index % 3);
            let at = |x: usize, y: usize| f32::from(golden.face_256_rgb[(y * 256 + x) * 3 + channel]);
            *value = (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4.0 / 127.5 - 1.0;
        }
    }
    model.run()?;
    let expected = &golden.detector;
    let row = model.output(0).chunks_exact(REGRESSORS).nth(expected.anchor).unwrap_or(&[]);
    let score = model.output(1).get(expected.anchor..).unwrap_or(&[]);
    let pairs =
        row.iter().zip(&expected.regressors).chain(score.iter().zip(std::slice::from_ref(&expected.score_logit)));
    check_answers(ModelId::FaceDetector, pairs, REGRESSORS + 1)
}

/// Runs the landmark model on the golden face.
pub(super) fn landmarks(model: &mut dyn Model, golden: &Golden) -> Result<(), FaceError> {
    for (values, bytes) in model.input()?.rows_of_square(256).zip(golden.face_256_rgb.chunks_exact(256 * 3)) {
        for (value, &byte) in values.iter_mut().zip(bytes) {
            *value = f32::from(byte) / 255.0;
        }
    }
    model.run()?;
    let points = model.output(0).iter().zip(golden.landmarks_crop_px.as_flattened());
    let pairs = points.chain(model.output(1).iter().zip(std::slice::from_ref(&golden.presence_logit)));
    check_answers(ModelId::FaceLandmarks, pairs, 3 * LANDMARK_COUNT + 1)
}

fn check_answers<'a>(
    model: ModelId,
    pairs: impl Iterator<Item = (&'a f32, &'a f32)>,
    wanted: usize,
) -> Result<(), FaceError> {
    let (mut count, mut worst) = (0, 0.0_f32);
    for (found, expected) in pairs {
        count += 1;
        let difference = (found - expected).abs();
        // `max` would let a NaN pass.
        worst = if difference.is_nan() { f32::INFINITY } else { worst.max(difference) };
    }
    if count == wanted && worst <= TOLERANCE {
        return Ok(());
    }
    Err(FaceError::SelfTest { model, difference: worst, tolerance: TOLERANCE })
}
