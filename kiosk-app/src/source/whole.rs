//! A clip that is damaged somewhere is used as far as it is whole, whatever its format.
//!
//! In: a source. Out: its pictures before the damage, then the end, with a warning that names the damage; in later rounds
//! nothing beyond that is tried. A source without a single whole picture fails as it would by itself.

use super::{FrameSource, Picture, SourceError, SourceInfo};

/// The whole pictures of a source.
pub struct WholePictures {
    source: Box<dyn FrameSource>,
    /// Pictures since the beginning.
    whole: usize,
    /// After how many pictures, and what.
    damage: Option<(usize, String)>,
}

impl WholePictures {
    /// Of this source.
    pub fn of(source: Box<dyn FrameSource>) -> Self {
        Self { source, whole: 0, damage: None }
    }

    fn take(&mut self, next: Result<bool, SourceError>) -> Result<bool, SourceError> {
        match next {
            Ok(more) => {
                self.whole += usize::from(more);
                Ok(more)
            }
            Err(error) if self.whole > 0 && error.is_damage() => {
                let what = format!("{error}; using the {} whole frames before that", self.whole);
                self.damage = Some((self.whole, what));
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    fn is_over(&self) -> bool {
        self.damage.as_ref().is_some_and(|(at, _)| self.whole >= *at)
    }
}

impl FrameSource for WholePictures {
    fn info(&self) -> SourceInfo {
        self.source.info()
    }

    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        if self.is_over() {
            return Ok(false);
        }
        let next = self.source.next_frame(into);
        self.take(next)
    }

    fn skip_frame(&mut self, scratch: &mut Picture) -> Result<bool, SourceError> {
        if self.is_over() {
            return Ok(false);
        }
        let next = self.source.skip_frame(scratch);
        self.take(next)
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.source.rewind()?;
        self.whole = 0;
        Ok(())
    }

    fn play_live(&mut self) {
        self.source.play_live();
    }

    fn is_endless(&self) -> bool {
        self.source.is_endless()
    }

    fn warning(&self) -> Option<String> {
        self.damage.as_ref().map(|(_, what)| what.clone()).or_else(|| self.source.warning())
    }
}
