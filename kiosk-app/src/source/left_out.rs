//! Frames of a clip or folder that cannot be decoded: they are left out, counted, and told in one line.

use std::path::Path;

use super::SourceError;

/// What was left out so far. In later rounds of the same clip the same frames count once.
#[derive(Debug, Default)]
pub struct LeftOut {
    count: usize,
    /// Frames before this number, from 0, have been counted.
    counted: usize,
    /// What was wrong with the first of them.
    first: Option<String>,
}

impl LeftOut {
    /// Whether one frame that fails like this says nothing of the others: not a drive that is gone, nor a picture
    /// beyond the limits.
    pub fn takes(error: &SourceError) -> bool {
        matches!(
            error,
            SourceError::Damaged { .. }
                | SourceError::Empty { .. }
                | SourceError::Unknown { .. }
                | SourceError::Unsupported { .. }
        )
    }

    /// Leaves out frame `number`; the frames of a round come in their order.
    pub fn add(&mut self, number: usize, why: impl FnOnce() -> String) {
        if number >= self.counted {
            (self.count, self.counted) = (self.count + 1, number + 1);
        }
        self.first.get_or_insert_with(why);
    }

    /// What is told of it, if anything was left out; `of` is the clip's or folder's name.
    pub fn warning(&self, of: &Path) -> Option<String> {
        let first = self.first.as_ref()?;
        Some(match self.count {
            1 => format!("{first}; this frame is left out"),
            count => format!("{count} frames of {} are left out, the first because {first}", of.display()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_counted_once_and_told_in_one_line() {
        let mut left = LeftOut::default();
        assert_eq!(left.warning("a.avi".as_ref()), None);
        left.add(2, || "a.avi is damaged: frame 3: cut off".into());
        left.add(2, || "again".into());
        assert_eq!(
            left.warning("a.avi".as_ref()).unwrap(),
            "a.avi is damaged: frame 3: cut off; this frame is left out"
        );
        left.add(7, || "another".into());
        let told = left.warning("a.avi".as_ref()).unwrap();
        assert!(told.starts_with("2 frames of a.avi are left out") && told.contains("frame 3"), "{told}");
    }
}
