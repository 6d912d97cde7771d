//! The face models: embedded ones, or files that a folder's manifest vouches for.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use carmine::models::{Manifest, ModelError, ModelId, VerifiedModel};
use carmine::{TryOn, TryOnConfig};
use thiserror::Error;

use crate::limited_read::{self, Patience};

/// The file in a models folder that declares hashes, sizes and shapes.
const MANIFEST: &str = "manifest.toml";
/// A manifest is a few kilobytes of text.
const MANIFEST_MAX_BYTES: u64 = 1 << 20;
/// Largest model file that is read.
const MODEL_MAX_BYTES: u64 = 256 << 20;

/// Models are large, and memory cards slow.
const PATIENCE: Patience = Patience { silence: Duration::from_secs(3), whole: Duration::from_secs(60) };

/// A models folder that cannot be used.
#[derive(Debug, Error)]
pub enum ModelsError {
    /// A file is missing or cannot be read.
    #[error("cannot read the model file {path}: {why}; --models needs a folder with {MANIFEST} and the files it names")]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// A file is not what its manifest declares.
    #[error("models in {folder}: {error}")]
    Refused {
        /// Which folder.
        folder: PathBuf,
        /// What does not fit.
        error: ModelError,
    },
}

/// Where trackers get their models from. Cheap to clone.
#[derive(Clone, Default)]
pub struct Models(Option<Arc<[VerifiedModel<'static>; 2]>>);

impl Models {
    /// The embedded models, or those in `folder`, proved against its manifest before anything parses them.
    pub fn open(folder: Option<&Path>) -> Result<Self, ModelsError> {
        let Some(folder) = folder else { return Ok(Self::default()) };
        let refused = |error| ModelsError::Refused { folder: folder.into(), error: one_line(error) };
        let text = read(&folder.join(MANIFEST), MANIFEST_MAX_BYTES)?;
        let manifest = Manifest::parse(&String::from_utf8_lossy(&text)).map_err(refused)?;
        let model = |id| {
            let spec = manifest.spec(id).map_err(refused)?;
            let path = folder.join(&spec.file);
            let unfit = |why: &str| ModelsError::Read { path: path.clone(), why: why.into() };
            // A manifest from elsewhere must not make this read any other file.
            if Path::new(&spec.file).file_name() != Some(spec.file.as_ref()) || spec.file.contains(['/', '\\']) {
                return Err(unfit("a manifest names plain files of its own folder"));
            }
            if spec.bytes as u64 > MODEL_MAX_BYTES {
                return Err(unfit("its manifest declares more than 256 MiB"));
            }
            // Reads one byte more than declared, to detect a longer file.
            let bytes = read(&path, spec.bytes as u64 + 1)?;
            VerifiedModel::verify(id, spec, Cow::Owned(bytes)).map_err(refused)
        };
        Ok(Self(Some(Arc::new([model(ModelId::FaceDetector)?, model(ModelId::FaceLandmarks)?]))))
    }

    /// The whole chain up to the scene; its models passed their self-test.
    pub fn try_on(&self, config: TryOnConfig) -> Result<TryOn, carmine::Error> {
        match self.0.as_deref() {
            None => TryOn::new(config),
            Some([detector, landmarks]) => TryOn::with_models(config, detector, landmarks),
        }
    }
}

/// The parser draws its message over several lines: where, the line itself, and what is wrong.
fn one_line(error: ModelError) -> ModelError {
    match error {
        ModelError::Manifest { reason } if reason.contains('\n') => {
            let (first, last) = (reason.lines().next(), reason.lines().next_back());
            ModelError::Manifest { reason: format!("{}: {}", first.unwrap_or_default(), last.unwrap_or_default()) }
        }
        other => other,
    }
}

fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, ModelsError> {
    limited_read::bytes(path, max_bytes, PATIENCE)
        .map_err(|error| ModelsError::Read { path: path.into(), why: error.to_string() })
}
