//! Station 5, the input: a frame, its faces and what they wear, all borrowed.

/// Faces that are dressed in one scene; further ones stay bare.
pub use carmine_shaders::MAX_FACES;

use crate::face::{FittedFace, Occlusion};
use crate::frame::Frame;
use crate::light::{Light, PreviewLight};
use crate::look::Look;
use crate::observation::Observation;

/// One frame and all that is drawn on it. The faces were tracked in this frame, or predicted to its time.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The picture.
    pub frame: Frame<'a>,
    /// Its faces, where they are in this frame.
    pub faces: &'a [FittedFace],
    /// Their light, a face light per face.
    pub light: &'a Light,
    /// What hides the faces, one per face in their order; empty: nothing does.
    pub occlusion: &'a [Occlusion],
    /// What is worn by every face that `looks` has none for.
    pub look: &'a Look,
    /// What each face wears, in their order; may be shorter or empty.
    pub looks: &'a [&'a Look],
    /// The light that the products' colours are shown in; off: the room's.
    pub preview: PreviewLight,
}

impl<'a> Scene<'a> {
    /// Of its parts; nothing hides the faces.
    pub fn new(frame: Frame<'a>, faces: &'a [FittedFace], light: &'a Light, look: &'a Look) -> Self {
        Self { frame, faces, light, occlusion: &[], look, looks: &[], preview: PreviewLight::Off }
    }

    /// All that was observed in `frame`, and the look that every face wears.
    pub fn of(frame: Frame<'a>, observation: &'a Observation, look: &'a Look) -> Self {
        let scene = Self::new(frame, observation.faces(), observation.light(), look);
        scene.with_occlusion(observation.occlusion())
    }

    /// The same, with the products' colours in another light. Say so beside the picture: it is not the room's.
    pub fn with_preview(self, preview: PreviewLight) -> Self {
        Self { preview, ..self }
    }

    /// The same, with a look for each face in their order; those beyond the slice wear [`look`](Self::look). Faces may
    /// share a look, and [`Look::bare`] leaves one as it is.
    pub fn with_looks(self, looks: &'a [&'a Look]) -> Self {
        Self { looks, ..self }
    }

    /// What a face wears.
    pub fn look_of(&self, face: usize) -> &'a Look {
        self.looks.get(face).copied().unwrap_or(self.look)
    }

    /// The same, with what hides the faces: one per face, in their order.
    pub fn with_occlusion(self, occlusion: &'a [Occlusion]) -> Self {
        Self { occlusion, ..self }
    }
}
