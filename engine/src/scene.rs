/// Faces that are dressed in one scene; further ones stay bare.
pub use carmine_shaders::MAX_FACES;

use crate::face::{FittedFace, Occlusion};
use crate::frame::Frame;
use crate::light::{Light, PreviewLight};
use crate::look::Look;

/// Station 5: one frame and all that is drawn on it, as borrows. The frame is the one its landmarks came from.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The picture.
    pub frame: Frame<'a>,
    /// Faces found in this very picture.
    pub faces: &'a [FittedFace],
    /// Light estimated from this very picture, a face light per face.
    pub light: &'a Light,
    /// What hides the faces, one per face in their order; empty where nothing was looked for: nothing is covered.
    pub occlusion: &'a [Occlusion],
    /// What is worn by every face that `looks` has none for.
    pub look: &'a Look,
    /// What each face wears, in their order; may be shorter or empty.
    pub looks: &'a [&'a Look],
    /// The light that the products' colours are shown in; off: the room's.
    pub preview: PreviewLight,
}

impl<'a> Scene<'a> {
    /// Bundles the borrows; nothing is covered.
    pub fn new(frame: Frame<'a>, faces: &'a [FittedFace], light: &'a Light, look: &'a Look) -> Self {
        Self { frame, faces, light, occlusion: &[], look, looks: &[], preview: PreviewLight::Off }
    }

    /// The same, with the products' colours in another light. Say so beside the picture: it is not the room's.
    pub fn previewed(self, preview: PreviewLight) -> Self {
        Self { preview, ..self }
    }

    /// The same, with a look for each face in their order; those beyond the slice wear [`look`](Self::look). Faces may share
    /// a look, and [`Look::bare`] leaves one as it is.
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
