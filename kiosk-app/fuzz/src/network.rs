//! Models and their manifest.

use std::borrow::Cow;

use carmine::face::{FaceTracker, TrackerConfig};
use carmine::models::{Manifest, ModelId, ModelSpec, VerifiedModel};
use sha2::{Digest, Sha256};

use crate::{MOST_MESSAGE_CHARS, text};

/// A models folder's manifest: what it takes has hashes that could match.
pub fn manifest(data: &[u8]) {
    match Manifest::parse(&text(data)) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(manifest) => {
            for id in ModelId::ALL {
                match manifest.spec(id) {
                    Err(error) => assert!(error.to_string().len() <= MOST_MESSAGE_CHARS),
                    Ok(spec) => {
                        assert_eq!(spec.sha256.len(), 64);
                        assert!(VerifiedModel::verify(id, spec, Cow::Borrowed(data)).is_err());
                    }
                }
            }
        }
    }
}

/// An ONNX file that its manifest vouches for: it is read, prepared and tested within bounds, or refused in words.
pub fn onnx(data: &[u8]) {
    expect_panics_to_be_caught();
    let Ok(manifest) = Manifest::embedded() else { return };
    let (Ok(spec), Ok(landmarks)) =
        (manifest.spec(ModelId::FaceDetector), VerifiedModel::embedded(ModelId::FaceLandmarks))
    else {
        return;
    };
    let sha256 = Sha256::digest(data).iter().map(|byte| format!("{byte:02x}")).collect();
    let spec = ModelSpec { sha256, bytes: data.len(), ..spec.clone() };
    let detector = VerifiedModel::verify(ModelId::FaceDetector, &spec, Cow::Borrowed(data));
    assert!(detector.is_ok(), "its own hash");
    if let Ok(detector) = detector {
        // The self-test of the detector comes first: only the bundled one gets to the landmark model.
        if let Err(error) = FaceTracker::with_models(TrackerConfig::default(), &detector, &landmarks) {
            let message = error.to_string();
            assert!(!message.is_empty() && message.len() <= MOST_MESSAGE_CHARS, "{message}");
        }
    }
}

/// libFuzzer's crate ends the process in the panic hook, before anything can catch the panic. The engine catches those of
/// the parser; what it does not catch ends the process all the same.
fn expect_panics_to_be_caught() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}
