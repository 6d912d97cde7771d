//! Looks and products as data.

use thiserror::Error;

/// A look: an ordered list of layers, the first next to the skin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Shown to the shopper.
    pub name: String,
    /// Ordered layers.
    pub layers: Vec<Layer>,
}

/// One product laid on the face. (Fields follow.)
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {}

/// A look or product that could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LookError {
    /// The text is not a look.
    #[error("{name}:{line}:{column}: {message}")]
    Parse {
        /// File or name given by the caller.
        name: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong and how to mend it.
        message: String,
    },
}

impl Look {
    /// Reads a look from TOML; `name` is only for messages. `find_product` gives the text of a product file that the
    /// look names (`product = "velvet-rose"`), or `None`.
    pub fn from_toml(
        _name: &str,
        _text: &str,
        _find_product: &mut dyn FnMut(&str) -> Option<String>,
    ) -> Result<Self, LookError> {
        Ok(Self::default())
    }

    /// No make-up.
    pub fn bare() -> Self {
        Self::default()
    }
}
