//! Faces to try on.
use std::sync::Arc;

use crate::source::{FrameSource, SourceError};

/// One of them.
#[derive(Clone, Debug)]
pub struct Tryable {
    pub id: Arc<str>,
    pub kind: Kind,
    pub tone: Option<u8>,
}

/// Where its pictures come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Mannequin { tone: u8 },
    Clip,
}
impl Tryable {
    pub fn open(&self) -> Result<Box<dyn FrameSource>, SourceError> {
        crate::source::clip::bundled()
    }
}
