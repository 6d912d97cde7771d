//! An observation carried on to a later frame, without a model.
//!
//! In: faces as the tracker last found them, and the observation that came of them. Out: the same faces where they stand
//! at the later frame's time, with the light and the occlusion that they had.
//!
//! 1. Whole faces go on as they moved between the last tracked frames ([`Predictor`]).
//! 2. Pose and mesh are fitted to where they are then ([`FaceFitter`]).

use crate::face::{Camera, FaceFitter, Predictor};
use crate::frame::Frame;
use crate::observation::Observation;

/// Puts the faces of `into` where they stand at `frame`'s time. All of them are gone if one cannot be fitted there: light
/// and occlusion go by the faces' order.
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
