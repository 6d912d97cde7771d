//! Faces to try on.
use std::sync::Arc;

use crate::source::{FrameSource, SourceError};

/// One of them.
#[derive(Clone, Debug)]
pub struct Tryable {
    pub id: Arc<str>,
}
impl Tryable {
    pub fn open(&self) -> Result<Box<dyn FrameSource>, SourceError> {
        crate::source::clip::bundled()
    }
}
