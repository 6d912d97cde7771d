//! Predicts an observation for a later frame, without a model.
//!
//! In: the last tracked faces and their observation. Out: the same faces predicted to the later frame's time, with
//! light and occlusion unchanged.
//!
//! 1. Whole faces are extrapolated from the last tracked frames ([`Predictor`]).
//! 2. Pose and mesh are fitted to the predicted landmarks ([`FaceFitter`]).

use crate::face::{Camera, FaceFitter, Predictor};
use crate::frame::Frame;
use crate::observation::Observation;

/// Moves the faces of `into` to `frame`'s time. If one of them cannot be fitted, all are removed, since light and
/// occlusion are matched to faces by their order.
pub(crate) fn predict(
    predictor: &mut Predictor,
    fitter: &mut FaceFitter,
    camera: &Camera,
    frame: &Frame<'_>,
    into: &mut Observation,
) {
    let faces = predictor.at(frame.time());
    let fitted = fitter.fit(faces, frame.width(), frame.height(), camera);
    if into.is_of(fitted) {
        into.set_faces(fitted);
    } else {
        into.clear();
    }
}
