//! One model's bytes, verified against a manifest.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;

use crate::{Manifest, ModelError, ModelSpec, embedded, integrity};

/// The models that Carmine runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelId {
    /// Finds faces: 1×128×128×3 RGB in [-1, 1] → 896 anchors' regressors and scores.
    FaceDetector,
    /// 478 points of one face: 1×256×256×3 RGB in [0, 1] → landmarks and presence.
    FaceLandmarks,
}

impl ModelId {
    /// Every model.
    pub const ALL: [Self; 2] = [Self::FaceDetector, Self::FaceLandmarks];

    fn embedded_bytes(self) -> &'static [u8] {
        match self {
            Self::FaceDetector => embedded::FACE_DETECTOR,
            Self::FaceLandmarks => embedded::FACE_LANDMARKS,
        }
    }
}

/// The model's key in the manifest, such as `face_detector`.
impl fmt::Display for ModelId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::FaceDetector => "face_detector",
            Self::FaceLandmarks => "face_landmarks",
        })
    }
}

/// One model whose bytes have the size and the hash that a manifest tells. There is no other way to make one,
/// so code that takes it need not ask where the bytes came from.
#[derive(Clone)]
pub struct VerifiedModel<'a> {
    id: ModelId,
    spec: ModelSpec,
    bytes: Cow<'a, [u8]>,
}

impl VerifiedModel<'static> {
    /// The model that ships in this crate, checked against the embedded manifest.
    pub fn embedded(id: ModelId) -> Result<Self, ModelError> {
        Self::verify(id, Manifest::embedded()?.spec(id)?, Cow::Borrowed(id.embedded_bytes()))
    }
}

impl<'a> VerifiedModel<'a> {
    /// Takes a host's own bytes (an ONNX file's content) if they are the ones that `spec` names.
    pub fn verify(id: ModelId, spec: &ModelSpec, bytes: Cow<'a, [u8]>) -> Result<Self, ModelError> {
        integrity::check(&spec.file, spec.bytes, &spec.sha256, &bytes)?;
        Ok(Self { id, spec: spec.clone(), bytes })
    }

    /// Which model it is.
    pub fn id(&self) -> ModelId {
        self.id
    }

    /// Its manifest entry: tensor names, shapes, licences.
    pub fn spec(&self) -> &ModelSpec {
        &self.spec
    }

    /// The ONNX file's content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Without the megabytes.
impl fmt::Debug for VerifiedModel<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VerifiedModel").field("id", &self.id).field("spec", &self.spec).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verify(id: ModelId, bytes: Vec<u8>) -> Result<VerifiedModel<'static>, ModelError> {
        VerifiedModel::verify(id, Manifest::embedded()?.spec(id)?, Cow::Owned(bytes))
    }

    #[test]
    fn embedded_models_match_the_manifest() {
        for id in ModelId::ALL {
            let model = VerifiedModel::embedded(id).unwrap();
            assert_eq!((model.id(), model.bytes().len()), (id, model.spec().bytes));
        }
    }

    #[test]
    fn a_hosts_own_copy_is_taken() {
        let copy = ModelId::FaceDetector.embedded_bytes().to_vec();
        assert_eq!(verify(ModelId::FaceDetector, copy.clone()).unwrap().bytes(), copy);
    }

    #[test]
    fn one_flipped_bit_is_refused_by_name() {
        for id in ModelId::ALL {
            let mut bytes = id.embedded_bytes().to_vec();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            let error = verify(id, bytes).unwrap_err();
            assert!(matches!(error, ModelError::Hash { .. }));
            assert!(error.to_string().starts_with(&format!("{id}.onnx has SHA-256")), "{error}");
        }
    }

    #[test]
    fn a_truncated_empty_or_longer_file_is_refused_by_name_and_size() {
        let whole = ModelId::FaceDetector.embedded_bytes();
        let longer = [whole, &[0]].concat();
        for bytes in [&whole[..whole.len() - 1], &[], &longer] {
            let error = verify(ModelId::FaceDetector, bytes.to_vec()).unwrap_err();
            let start = format!("face_detector.onnx has {} bytes, the manifest says {}", bytes.len(), whole.len());
            assert!(error.to_string().starts_with(&start), "{error}");
        }
    }

    #[test]
    fn another_models_bytes_are_refused() {
        assert!(verify(ModelId::FaceLandmarks, ModelId::FaceDetector.embedded_bytes().to_vec()).is_err());
    }

    #[test]
    fn debug_leaves_the_weights_out() {
        assert!(format!("{:?}", VerifiedModel::embedded(ModelId::FaceLandmarks).unwrap()).len() < 3000);
    }
}
