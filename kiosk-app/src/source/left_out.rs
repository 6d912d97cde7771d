//! Frames of a clip or folder that cannot be decoded: they are left out, counted, and told in one line.

use std::path::Path;

use super::SourceError;

/// Frames that are tried for the others' size before a clip or folder is refused.
const MOST_TRIED: usize = 300;

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
                | SourceError::Ffmpeg { .. }
        )
    }

    /// Decodes the first of `count` frames that can be decoded, which tells their size. If none can, the error is that
    /// of the first; `None` if there are no frames.
    pub fn first(
        count: usize,
        mut decode: impl FnMut(usize) -> Result<(), SourceError>,
    ) -> Result<(), Option<SourceError>> {
        let mut trouble = None;
        for number in 0..count.min(MOST_TRIED) {
            match decode(number) {
                Ok(()) => return Ok(()),
                Err(error) if Self::takes(&error) => _ = trouble.get_or_insert(error),
                Err(error) => return Err(Some(error)),
            }
        }
        Err(trouble)
    }

    /// Decodes the first frame from `next` on that can be decoded, and returns its number; `None` after the last of
    /// `count`. Those before it are left out. `next` is then the number of the frame behind it.
    pub fn next(
        &mut self,
        next: &mut usize,
        count: usize,
        mut decode: impl FnMut(usize) -> Result<(), SourceError>,
    ) -> Result<Option<usize>, SourceError> {
        while *next < count {
            let number = *next;
            *next += 1;
            match decode(number) {
                Ok(()) => return Ok(Some(number)),
                Err(error) if Self::takes(&error) => self.add(number, || error.to_string()),
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Leaves out frame `number`; the frames of a round come in their order.
    fn add(&mut self, number: usize, why: impl FnOnce() -> String) {
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

    fn damaged(number: usize) -> SourceError {
        SourceError::damaged("a.avi".as_ref(), format!("frame {}: cut off", number + 1))
    }

    #[test]
    fn the_next_frame_is_the_next_whole_one() {
        let (mut left, mut next) = (LeftOut::default(), 0);
        let odd_is_bad = |number: usize| if number % 2 == 1 { Err(damaged(number)) } else { Ok(()) };
        let all: Vec<_> = std::iter::from_fn(|| left.next(&mut next, 6, odd_is_bad).unwrap()).collect();
        assert_eq!((all, next), (vec![0, 2, 4], 6));
        assert!(left.warning("a.avi".as_ref()).unwrap().starts_with("3 frames of a.avi"));
        let gone = || SourceError::NoFrames { path: "a".into() };
        assert!(left.next(&mut 0, 6, |_| Err(gone())).is_err(), "what concerns all frames ends it");
    }

    #[test]
    fn the_first_frame_is_the_first_whole_one_of_those_that_are_tried() {
        let mut tried = Vec::new();
        let from_two = |number: usize| {
            tried.push(number);
            if number < 2 { Err(damaged(number)) } else { Ok(()) }
        };
        LeftOut::first(9, from_two).unwrap();
        assert_eq!(tried, [0, 1, 2]);
        let why = |count| LeftOut::first(count, |number| Err(damaged(number))).unwrap_err();
        assert!(why(usize::MAX).is_some_and(|error| error.to_string().contains("frame 1")));
        assert!(why(0).is_none());
    }

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
