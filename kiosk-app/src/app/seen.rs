//! What the tracking thread hands to the window.

use carmine::face::FittedFace;
use carmine::governor::Tally;
use carmine::light::ColourDoubt;
use carmine::{Observation, StationTimes};

use crate::app::capture::Shot;

/// A picture with its observation.
#[derive(Debug, Default)]
pub struct Seen {
    /// The picture.
    pub shot: Shot,
    /// Its faces where they are in this picture, tracked or predicted, their light and what hides them.
    pub observation: Observation,
    /// How long the stations took, if they ran since the last picture.
    pub times: StationTimes,
    /// The governor's counts.
    pub tally: Tally,
}

impl Seen {
    /// The same in memory of its own.
    pub fn copy(&self) -> Self {
        let shot = Shot { picture: self.shot.picture.clone(), ..self.shot };
        Self { shot, observation: self.observation.clone(), times: self.times, tally: self.tally }
    }

    /// Why the colours of this face cannot be trusted, or of the first if it is not in the picture.
    pub fn doubt(&self, id: Option<u32>) -> Option<ColourDoubt> {
        let faces = &self.observation.light().faces;
        faces.iter().find(|face| Some(face.id.0) == id).or(faces.first())?.doubt
    }

    /// This face, or the first if it is not in the picture.
    pub fn face_or_first(&self, id: Option<u32>) -> Option<&FittedFace> {
        let faces = self.observation.faces();
        faces.iter().find(|face| Some(face.id.0) == id).or(faces.first())
    }
}
