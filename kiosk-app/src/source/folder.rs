//! A folder of frames, read as one clip, in natural order: `frame2` before `frame10`. A frame that cannot be decoded is
//! left out and told.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use super::kind::PictureKind;
use super::left_out::LeftOut;
use super::still::{decode_file, head_of};
use super::{FrameSource, Picture, SourceError, SourceInfo, endings};
use crate::limited_read;

/// Frames a second that a folder of frames plays at.
const FPS: f64 = 30.0;
/// Most entries of a folder that are looked at: nine hours at 30 a second.
const MAX_FRAMES: usize = 1 << 20;

/// The frames of a folder in natural order (`frame2` before `frame10`).
pub struct FrameFolder {
    path: PathBuf,
    files: Vec<PathBuf>,
    next: usize,
    width: u32,
    height: u32,
    left_out: LeftOut,
}

impl FrameFolder {
    /// Lists the folder and reads its first frame that can be decoded.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let read = |error| SourceError::Read { path: path.into(), error };
        let mut files = Vec::new();
        for file in limited_read::list(path, MAX_FRAMES).map_err(read)? {
            if endings::is_read(&file) && file.is_file() {
                files.push(file);
            }
        }
        files.sort_by(|a, b| natural(&a.to_string_lossy(), &b.to_string_lossy()));
        let mut picture = Picture::default();
        LeftOut::first(files.len(), |number| decode(&files[number], &mut picture))
            .map_err(|error| error.unwrap_or_else(|| SourceError::NoFrames { path: path.into() }))?;
        let (width, height) = (picture.width, picture.height);
        Ok(Self { path: path.into(), files, next: 0, width, height, left_out: LeftOut::default() })
    }
}

fn decode(path: &Path, into: &mut Picture) -> Result<(), SourceError> {
    let head = head_of(path)?;
    if head.is_empty() {
        return Err(SourceError::Empty { path: path.into() });
    }
    let kind = PictureKind::of(&head).ok_or_else(|| SourceError::Unknown { path: path.into() })?;
    // What is said of a photo's profile would be said of each of many frames.
    decode_file(path, kind, into).map(drop)
}

impl FrameSource for FrameFolder {
    fn info(&self) -> SourceInfo {
        SourceInfo { width: self.width, height: self.height, fps: Some(FPS), frames: Some(self.files.len()) }
    }

    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        let files = &self.files;
        let next = self.left_out.next(&mut self.next, files.len(), |number| decode(&files[number], into));
        let Some(number) = next? else { return Ok(false) };
        if (into.width, into.height) != (self.width, self.height) {
            let (size, first) = ([into.width, into.height], [self.width, self.height]);
            return Err(SourceError::OtherSize { path: self.files[number].clone(), size, first });
        }
        into.time = self.info().time_of(number);
        Ok(true)
    }

    fn skip_frame(&mut self, _scratch: &mut Picture) -> Result<bool, SourceError> {
        let more = self.next < self.files.len();
        self.next += usize::from(more);
        Ok(more)
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.next = 0;
        Ok(())
    }

    fn warning(&self) -> Option<String> {
        self.left_out.warning(&self.path)
    }
}

/// Orders runs of digits by their number and everything else by its characters.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    while let (Some(a_first), Some(b_first)) = (a_rest.chars().next(), b_rest.chars().next()) {
        let order = if a_first.is_ascii_digit() && b_first.is_ascii_digit() {
            let (a_number, a_tail) = split_number(a_rest);
            let (b_number, b_tail) = split_number(b_rest);
            (a_rest, b_rest) = (a_tail, b_tail);
            // Without leading zeros a longer number is a larger one, so no parsing that could overflow.
            a_number.len().cmp(&b_number.len()).then_with(|| a_number.cmp(b_number))
        } else {
            (a_rest, b_rest) = (&a_rest[a_first.len_utf8()..], &b_rest[b_first.len_utf8()..]);
            a_first.cmp(&b_first)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    a_rest.len().cmp(&b_rest.len()).then_with(|| a.cmp(b))
}

fn split_number(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_count() {
        let mut names = vec!["f10.png", "f2.png", "f02.png", "f1.png", "a.png"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["a.png", "f1.png", "f02.png", "f2.png", "f10.png"]);
    }

    proptest! {
        #[test]
        fn is_an_order(a in ".{0,12}", b in ".{0,12}", c in ".{0,12}") {
            prop_assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            if natural(&a, &b) != Ordering::Greater && natural(&b, &c) != Ordering::Greater {
                prop_assert_ne!(natural(&a, &c), Ordering::Greater);
            }
        }
    }
}
