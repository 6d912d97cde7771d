//! Carmine's face models as verified bytes: ONNX files, the canonical face, and a golden self-test.
//!
//! `manifest.toml` tells for each file its SHA-256, size, source and licences. Nothing leaves this crate before
//! its hash matched, so a damaged or swapped file ends in one [`ModelError`] instead of wrong make-up.
//! The crate opens no file: everything is embedded, and a host's own model comes in as bytes
//! ([`VerifiedModel::verify`]).
//!
//! ```
//! use carmine_models::{ModelId, VerifiedModel};
//!
//! let landmarks = VerifiedModel::embedded(ModelId::FaceLandmarks)?;
//! assert_eq!(landmarks.spec().input.shape, [1, 256, 256, 3]);
//! # Ok::<(), carmine_models::ModelError>(())
//! ```

mod canonical_face;
mod embedded;
mod error;
mod golden;
mod integrity;
mod manifest;
mod model;
pub mod rings;

pub use canonical_face::{CanonicalFace, ProcrustesWeight};
pub use error::ModelError;
pub use golden::{Golden, GoldenDetection};
pub use manifest::{DataId, DataSpec, Manifest, ModelSpec, TensorSpec};
pub use model::{ModelId, VerifiedModel};
