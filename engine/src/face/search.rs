//! Where in a frame new faces are looked for, and what was found there.
//!
//! In: a frame. Out: the detector's finds in it, in the order in which they should be examined.
//!
//! 1. The whole frame, upright: faces near enough and not turned far, most probable first. This alone is what MediaPipe
//!    does, and what is done while somebody is followed.
//! 2. *A closer look*: the whole frame turned by quarters, tiles for small faces, and turned tiles ([`views`]). A still
//!    is looked at in all of these, and so is a stream's first frame if the whole one shows nobody. Later, while nobody
//!    is there, each frame of a stream is looked at in the next one of them, turned tiles left out: a frame without a
//!    face then costs about half of one with a face, and all have had their turn after 18 frames in 720p, 37 in 4K.
//! 3. A head that lies on its side may be found in the upright frame too, but less exactly than in the turned one where it
//!    stands. In a still such finds are *put off* until that was looked at. Order: standing, certain in a turned frame,
//!    lying, all others.
//!
//! [`views`]: super::views

use std::f32::consts::FRAC_PI_4;

use super::FaceError;
use super::detector::{Detection, Detector};
use super::roi::Roi;
use super::views::{TURNS, Tiles};
use crate::frame::Frame;
use crate::zeroize;

/// How closely a frame is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// All of it, in every way.
    Thorough,
    /// In the next view.
    InPassing,
}

/// The finds of the last search, and where the next look in passing begins.
#[derive(Debug, Default)]
pub(super) struct Search {
    finds: Vec<Detection>,
    /// Finds of the whole frame that wait for a thorough look.
    put_off: Vec<Detection>,
    next: usize,
}

impl Search {
    /// Forgets what was found.
    pub(super) fn zeroize(&mut self) {
        zeroize::empty(&mut self.finds, Detection::default());
        zeroize::empty(&mut self.put_off, Detection::default());
        self.next = 0;
    }

    /// Detections in the order in which they should be examined.
    pub(super) fn finds(&self) -> &[Detection] {
        &self.finds
    }

    /// Searches the whole frame, upright.
    pub(super) fn whole(&mut self, detector: &mut Detector, frame: &Frame<'_>) -> Result<(), FaceError> {
        self.finds.clear();
        self.put_off.clear();
        self.finds.extend_from_slice(detector.detect(frame, &whole(frame))?);
        Ok(())
    }

    /// Leaves heads that lie on their side for the next thorough look.
    pub(super) fn put_off_lying(&mut self) {
        self.put_off.extend(self.finds.extract_if(.., |find| find.tilt_rad.abs() > FRAC_PI_4));
    }

    /// Drops the finds in some regions, and those that are no region.
    pub(super) fn leave_out(&mut self, mut is_out: impl FnMut(&Roi) -> bool) {
        self.finds.retain(|find| find.roi().is_some_and(|roi| !is_out(&roi)));
    }

    /// Looks closer.
    pub(super) fn closer(&mut self, detector: &mut Detector, frame: &Frame<'_>, look: Look) -> Result<(), FaceError> {
        self.finds.clear();
        let tiles = Tiles::of(frame.width(), frame.height());
        let upright_views = TURNS.len() - 1 + tiles.clone().count();
        let turned = TURNS[1..].iter().map(|&turn| whole(frame).turned(turn));
        let tiles = TURNS.iter().flat_map(|&turn| tiles.clone().map(move |tile| tile.turned(turn)));
        match look {
            Look::Thorough => {
                self.look_at(detector, frame, turned)?;
                let uncertain: Vec<_> = self.finds.extract_if(.., |find| !find.is_certain()).collect();
                most_probable_first(&mut self.finds);
                self.finds.append(&mut self.put_off);
                let others = self.finds.len();
                self.finds.extend(uncertain);
                self.look_at(detector, frame, tiles)?;
                most_probable_first(&mut self.finds[others..]);
            }
            Look::InPassing => {
                let next = self.next % upright_views;
                self.next = next + 1;
                self.look_at(detector, frame, turned.chain(tiles).skip(next).take(1))?;
                most_probable_first(&mut self.finds);
            }
        }
        Ok(())
    }

    fn look_at(
        &mut self,
        detector: &mut Detector,
        frame: &Frame<'_>,
        views: impl Iterator<Item = Roi>,
    ) -> Result<(), FaceError> {
        for view in views {
            self.finds.extend_from_slice(detector.detect(frame, &view)?);
        }
        Ok(())
    }
}

fn most_probable_first(finds: &mut [Detection]) {
    finds.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
}

fn whole(frame: &Frame<'_>) -> Roi {
    Roi::letterbox(frame.width(), frame.height())
}
