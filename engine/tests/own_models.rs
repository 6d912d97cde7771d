//! A host's own models are accepted if they are valid, and otherwise refused with a clear message.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::borrow::Cow;

use carmine::face::{FaceError, FaceTracker, TrackerConfig};
use carmine::models::{ModelError, ModelId, VerifiedModel};

/// Bytes that pass the hash because the host's own manifest names them.
fn signed(id: ModelId, bytes: Vec<u8>) -> VerifiedModel<'static> {
    let mut spec = VerifiedModel::embedded(id).unwrap().spec().clone();
    spec.bytes = bytes.len();
    spec.sha256 = match VerifiedModel::verify(id, &spec, Cow::Borrowed(&bytes)) {
        Err(ModelError::Hash { found, .. }) => found,
        _ => spec.sha256,
    };
    VerifiedModel::verify(id, &spec, Cow::Owned(bytes)).unwrap()
}

fn start(detector: &VerifiedModel<'_>, landmarks: &VerifiedModel<'_>) -> Result<FaceTracker, FaceError> {
    FaceTracker::with_models(TrackerConfig::default(), detector, landmarks)
}

fn embedded() -> [VerifiedModel<'static>; 2] {
    [ModelId::FaceDetector, ModelId::FaceLandmarks].map(|id| VerifiedModel::embedded(id).unwrap())
}

#[test]
fn the_same_models_from_the_host_are_taken() {
    let [detector, landmarks] = embedded();
    let detector = signed(ModelId::FaceDetector, detector.bytes().to_vec());
    assert!(start(&detector, &landmarks).is_ok());
}

#[test]
fn swapped_models_are_refused() {
    let [detector, landmarks] = embedded();
    let error = start(&landmarks, &detector).unwrap_err();
    assert!(matches!(error, FaceError::Shape { wanted: ModelId::FaceDetector, .. }));
    assert!(error.to_string().starts_with("as face_detector the tracker was given face_landmarks"), "{error}");
}

#[test]
fn bytes_that_are_no_network_are_refused() {
    let [detector, _] = embedded();
    for bytes in
        [vec![], vec![0; 1000], vec![0xff; 1000], detector.bytes()[..100_000].to_vec(), detector.bytes().to_vec()]
    {
        let nonsense = signed(ModelId::FaceLandmarks, bytes);
        let error = start(&detector, &nonsense).unwrap_err();
        assert!(matches!(error, FaceError::Load { model: ModelId::FaceLandmarks, .. }), "{error}");
    }
}

#[test]
fn a_network_with_broken_weights_fails_its_self_test() {
    let [detector, landmarks] = embedded();
    for model in [&detector, &landmarks] {
        let mut failed_self_test = 0;
        for eighth in 1..8 {
            let mut bytes = model.bytes().to_vec();
            let from = bytes.len() / 8 * eighth;
            // As f32 these are nearly zero; where they hit the file's structure it can't be parsed at all.
            bytes[from..from + 4000].fill(0x11);
            let broken = signed(model.id(), bytes);
            let started = match model.id() {
                ModelId::FaceDetector => start(&broken, &landmarks),
                ModelId::FaceLandmarks => start(&detector, &broken),
            };
            match started.unwrap_err() {
                FaceError::SelfTest { model: id, .. } if id == model.id() => failed_self_test += 1,
                FaceError::Load { model: id, .. } if id == model.id() => {}
                error => panic!("{error}"),
            }
        }
        assert!(failed_self_test > 0);
    }
}

#[test]
fn the_tracker_may_move_to_another_thread() {
    fn check<T: Send>() {}
    check::<FaceTracker>();
    check::<carmine::face::FaceFitter>();
}
