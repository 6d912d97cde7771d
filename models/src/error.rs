//! What can be wrong with a model file: each message says what, where and how to mend it.

/// Why a model, its manifest or its data was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The manifest is not the TOML it should be; `reason` names the line and column.
    #[error("model manifest can't be read: {reason}; correct that line (models/manifest.toml is the pattern)")]
    Manifest {
        /// The parser's words, with line, column and the text there.
        reason: String,
    },
    /// The manifest has no entry of that name.
    #[error("model manifest has no entry [{entry}]: add it (models/manifest.toml is the pattern)")]
    NotInManifest {
        /// The missing table, such as `models.face_detector`.
        entry: String,
    },
    /// The bytes are fewer or more than the manifest says: a download or copy that broke off.
    #[error(
        "{file} has {found} bytes, the manifest says {expected}: restore the file from where its manifest entry says"
    )]
    Size {
        /// The file as the manifest names it.
        file: String,
        /// Bytes that the manifest asks for.
        expected: usize,
        /// Bytes that were given.
        found: usize,
    },
    /// The size is right but the content is another.
    #[error(
        "{file} has SHA-256 {found}, the manifest says {expected}: restore the file, or name the new one in the manifest if the change is meant"
    )]
    Hash {
        /// The file as the manifest names it.
        file: String,
        /// SHA-256 that the manifest asks for, lowercase hex.
        expected: String,
        /// SHA-256 of the bytes that were given, lowercase hex.
        found: String,
    },
    /// The file is the one that the manifest names, yet its content makes no sense.
    #[error("{file} can't be used: {reason}; make it again with models/convert.py or models/golden.py")]
    Content {
        /// The file as the manifest names it.
        file: String,
        /// What is wrong, and at which element or line.
        reason: String,
    },
}
