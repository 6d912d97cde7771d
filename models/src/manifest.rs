//! `manifest.toml`: what files there are, their hashes, tensors, sources and licences.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

use crate::{ModelError, ModelId, embedded};

/// One tensor at a model's edge.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TensorSpec {
    /// Its name in the ONNX graph.
    pub name: String,
    /// Its fixed shape, batch first; pictures are NHWC.
    pub shape: Vec<usize>,
    /// Element type, such as `f32`.
    pub element: String,
    /// What the values are: range, unit, space.
    pub meaning: String,
}

/// One ONNX model: its file, its tensors, its source and its licences.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSpec {
    /// Name for people.
    pub name: String,
    /// File name, relative to the manifest.
    pub file: String,
    /// SHA-256 of the file, 64 lowercase hex digits.
    #[serde(deserialize_with = "sha256_hex")]
    pub sha256: String,
    /// Size of the file.
    pub bytes: usize,
    /// The only input.
    pub input: TensorSpec,
    /// Outputs in the graph's order.
    pub outputs: Vec<TensorSpec>,
    /// Package and member that the weights came from.
    pub source: String,
    /// Tools that made the ONNX file, with versions.
    pub converted_with: String,
    /// SPDX id of the weights' licence.
    pub license_weights: String,
    /// What is known of the licence of the data that the model was trained on.
    pub license_training_data: String,
}

/// One file beside the models.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataSpec {
    /// File name, relative to the manifest.
    pub file: String,
    /// SHA-256 of the file, 64 lowercase hex digits.
    #[serde(deserialize_with = "sha256_hex")]
    pub sha256: String,
    /// Size of the file.
    pub bytes: usize,
    /// Where it came from or what made it.
    pub source: String,
    /// Its licence.
    pub license: String,
}

/// The files beside the models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataId {
    /// The canonical face mesh ([`crate::CanonicalFace`]).
    CanonicalFace,
    /// The picture of the golden self-test ([`crate::Golden`]).
    GoldenFace,
    /// What the models answer to that picture ([`crate::Golden`]).
    GoldenAnswers,
}

impl DataId {
    /// Every kind of data file.
    pub const ALL: [Self; 3] = [Self::CanonicalFace, Self::GoldenFace, Self::GoldenAnswers];

    fn key(self) -> &'static str {
        match self {
            Self::CanonicalFace => "canonical_face",
            Self::GoldenFace => "golden_face",
            Self::GoldenAnswers => "golden_answers",
        }
    }
}

/// A parsed `manifest.toml`. A host with its own models may leave entries out; asking for one is then an error.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    #[serde(default)]
    models: BTreeMap<ModelId, ModelSpec>,
    #[serde(default)]
    data: BTreeMap<DataId, DataSpec>,
}

impl Manifest {
    /// The manifest of the embedded files.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::parse(embedded::MANIFEST)
    }

    /// Reads a manifest; an error names line and column.
    pub fn parse(toml: &str) -> Result<Self, ModelError> {
        toml::from_str(toml).map_err(|error| ModelError::Manifest { reason: error.to_string().trim_end().to_owned() })
    }

    /// The entry of a model.
    pub fn spec(&self, id: ModelId) -> Result<&ModelSpec, ModelError> {
        self.models.get(&id).ok_or_else(|| ModelError::NotInManifest { entry: format!("models.{id}") })
    }

    /// The entry of a data file.
    pub fn data(&self, id: DataId) -> Result<&DataSpec, ModelError> {
        self.data.get(&id).ok_or_else(|| ModelError::NotInManifest { entry: format!("data.{}", id.key()) })
    }
}

/// A hash in another spelling would never match, so it is refused while its line is still known.
fn sha256_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() == 64 && text.bytes().all(is_hex) {
        Ok(text)
    } else {
        Err(de::Error::custom("a SHA-256 is 64 lowercase hex digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(toml: &str) -> String {
        Manifest::parse(toml).unwrap_err().to_string()
    }

    #[test]
    fn embedded_manifest_has_every_entry() {
        let manifest = Manifest::embedded().unwrap();
        for id in ModelId::ALL {
            assert!(manifest.spec(id).is_ok(), "{id}");
        }
        for id in DataId::ALL {
            assert!(manifest.data(id).is_ok(), "{id:?}");
        }
    }

    #[test]
    fn every_entry_names_its_licences() {
        let manifest = Manifest::embedded().unwrap();
        for id in ModelId::ALL {
            let spec = manifest.spec(id).unwrap();
            assert_eq!(spec.license_weights, "Apache-2.0");
            assert!(!spec.license_training_data.is_empty());
        }
    }

    #[test]
    fn an_error_names_the_line() {
        assert!(refusal("# a comment\n[models.face_detector\n").contains("line 2"));
        let misspelt = embedded::MANIFEST.replacen("sha256 =", "sha265 =", 1);
        let line = misspelt.lines().position(|line| line.starts_with("sha265")).unwrap() + 1;
        assert!(refusal(&misspelt).contains(&format!("line {line}")), "{}", refusal(&misspelt));
        assert!(refusal("[models.face_detektor]\n").contains("line 1"));
    }

    #[test]
    fn a_hash_that_could_never_match_is_refused_with_its_line() {
        let toml = "[data.golden_face]\nfile = \"f\"\nsha256 = \"ABCD\"\nbytes = 1\nsource = \"\"\nlicense = \"\"\n";
        let message = refusal(toml);
        assert!(message.contains("line 3") && message.contains("64 lowercase hex"), "{message}");
    }

    #[test]
    fn a_missing_entry_is_named() {
        let empty = Manifest::parse("").unwrap();
        assert!(empty.spec(ModelId::FaceDetector).unwrap_err().to_string().contains("[models.face_detector]"));
        assert!(empty.data(DataId::GoldenFace).unwrap_err().to_string().contains("[data.golden_face]"));
    }
}
