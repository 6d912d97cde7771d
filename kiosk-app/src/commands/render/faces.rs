//! Whether there was anybody to put make-up on.
//!
//! In: how many faces each picture shows. Out: an error for a photo, or a clip, without any, unless that was allowed;
//! and one line about what stayed bare.

use std::path::{Path, PathBuf};

use crate::commands::track::MOST_FACES;
use crate::error::AppError;
use crate::output::tell;

/// Counts faces through one input.
#[derive(Debug)]
pub struct FaceCount {
    input: PathBuf,
    is_still: bool,
    may_be_none: bool,
    pictures: usize,
    bare: usize,
    most: usize,
}

impl FaceCount {
    /// For this photo (`is_still`) or clip; `may_be_none`: it may show nobody.
    pub fn new(input: &Path, is_still: bool, may_be_none: bool) -> Self {
        Self { input: input.into(), is_still, may_be_none, pictures: 0, bare: 0, most: 0 }
    }

    /// Another picture was searched, and shows so many. A photo without a face ends the command before anything is
    /// written.
    pub fn saw(&mut self, faces: usize) -> Result<(), AppError> {
        self.pictures += 1;
        self.bare += usize::from(faces == 0);
        self.most = self.most.max(faces);
        if self.is_still && faces == 0 && !self.may_be_none {
            return Err(AppError::NoFace { input: self.input.clone(), written: 0 });
        }
        Ok(())
    }

    /// After the last picture: tells what stayed bare. A clip that nowhere shows a face is an error; its frames have
    /// been written by then, whole and as they were.
    pub fn conclude(&self) -> Result<(), AppError> {
        let name = self.input.display();
        if !self.is_still && self.pictures > 0 && self.bare == self.pictures && !self.may_be_none {
            return Err(AppError::NoFace { input: self.input.clone(), written: self.pictures });
        }
        if self.bare == self.pictures {
            tell(&format!("carmine: no face was found in {name}: it is as it was"));
        } else if self.bare > 0 {
            let (bare, all) = (self.bare, self.pictures);
            tell(&format!("carmine: no face was found in {bare} of the {all} frames of {name}: they are as they were"));
        }
        if self.most == MOST_FACES {
            tell(&format!(
                "carmine: {MOST_FACES} faces are dressed in {name}, the most that are looked for; others may be bare"
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_without_a_face_is_refused_at_once_and_a_clip_at_its_end() {
        let count = |is_still, may_be_none| FaceCount::new(Path::new("me.png"), is_still, may_be_none);
        assert!(count(true, false).saw(0).is_err_and(|error| error.to_string().contains("me.png")));
        count(true, false).saw(1).unwrap();
        count(true, true).saw(0).unwrap();
        for (seen, fails) in [(&[0, 0][..], true), (&[0, 1], false), (&[2, 0], false), (&[], false)] {
            let mut clip = count(false, false);
            seen.iter().for_each(|&faces| clip.saw(faces).unwrap());
            assert_eq!(clip.conclude().is_err(), fails, "{seen:?}");
        }
        let mut allowed = count(false, true);
        allowed.saw(0).unwrap();
        allowed.conclude().unwrap();
    }
}
