//! What is known of the faces in a frame, as one value that a host can keep, copy and hand to another thread.

use std::ops::Deref;

use crate::face::{FittedFace, Occlusion};
use crate::light::Light;

/// The faces of a frame, their light and what hides them: results of the stations 2 to 4, in memory of its own.
///
/// `clone_from` reuses the memory that is there, also that of faces which left, so copying allocates nothing after
/// warm-up. Make-up is drawn on it through [`Scene::of`](crate::Scene::of).
#[derive(Debug, Default)]
pub struct Observation {
    faces: Kept<FittedFace>,
    light: Light,
    occlusion: Kept<Occlusion>,
}

impl Observation {
    /// The faces, oldest identity first.
    pub fn faces(&self) -> &[FittedFace] {
        &self.faces
    }

    /// The light; a face light per face, in their order.
    pub fn light(&self) -> &Light {
        &self.light
    }

    /// What hides the faces: one per face, in their order.
    pub fn occlusion(&self) -> &[Occlusion] {
        &self.occlusion
    }

    /// Nobody is there any more. Memory stays as it is; [`zeroize`](Self::zeroize) overwrites it.
    pub fn clear(&mut self) {
        self.faces.count = 0;
        self.light.faces.clear();
        self.occlusion.count = 0;
    }

    /// Overwrites with zeros all that is known of faces, also of those that left.
    pub fn zeroize(&mut self) {
        self.faces.all.iter_mut().for_each(FittedFace::zeroize);
        self.light.zeroize();
        self.occlusion.all.iter_mut().for_each(Occlusion::zeroize);
        self.clear();
    }

    /// Whether light and occlusion are of these very faces.
    pub(crate) fn is_of(&self, faces: &[FittedFace]) -> bool {
        faces.iter().map(|face| face.id).eq(self.light.faces.iter().map(|face| face.id))
    }

    pub(crate) fn set_faces(&mut self, faces: &[FittedFace]) {
        self.faces.copy_from(faces);
    }

    /// One light and one occlusion per face, in their order.
    pub(crate) fn set_light(&mut self, light: &Light, occlusion: &[Occlusion]) {
        self.light.clone_from(light);
        self.occlusion.copy_from(occlusion);
    }
}

impl Clone for Observation {
    fn clone(&self) -> Self {
        Self { faces: self.faces.clone(), light: self.light.clone(), occlusion: self.occlusion.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.faces.clone_from(&source.faces);
        self.light.clone_from(&source.light);
        self.occlusion.clone_from(&source.occlusion);
    }
}

/// A list whose memory stays when it becomes shorter, also what its values hold in boxes.
#[derive(Debug)]
struct Kept<T> {
    all: Vec<T>,
    count: usize,
}

impl<T: Clone> Kept<T> {
    fn copy_from(&mut self, from: &[T]) {
        for (to, from) in self.all.iter_mut().zip(from) {
            to.clone_from(from);
        }
        self.all.extend_from_slice(from.get(self.all.len()..).unwrap_or_default());
        self.count = from.len();
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { all: Vec::new(), count: 0 }
    }
}

impl<T: Clone> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self { all: self.to_vec(), count: self.count }
    }

    fn clone_from(&mut self, source: &Self) {
        self.copy_from(source);
    }
}

impl<T> Deref for Kept<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all[..self.count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::FaceId;

    fn observed(ids: &[u32]) -> Observation {
        let faces: Vec<_> =
            ids.iter().map(|&id| FittedFace { id: FaceId(id), presence: 0.7, ..FittedFace::blank() }).collect();
        let occlusion: Vec<_> = ids.iter().map(|&id| Occlusion { id: FaceId(id), ..Occlusion::default() }).collect();
        let mut observation = Observation::default();
        observation.set_faces(&faces);
        observation.set_light(&Light::default(), &occlusion);
        observation
    }

    fn ids(observation: &Observation) -> Vec<u32> {
        observation.faces().iter().map(|face| face.id.0).collect()
    }

    #[test]
    fn faces_that_leave_keep_their_boxes_for_those_who_come() {
        let mut copy = observed(&[1, 2, 3]);
        let places = |copy: &Observation| -> Vec<_> {
            let meshes = copy.faces.all.iter().map(|face| face.mesh_face_cm.as_ptr().cast::<u8>());
            meshes.chain(copy.occlusion.all.iter().map(|one| one.map.as_ptr())).collect()
        };
        let before = places(&copy);
        for wanted in [&[4][..], &[], &[5, 6], &[7, 8, 9]] {
            copy.clone_from(&observed(wanted));
            assert_eq!(ids(&copy), wanted);
            assert_eq!(copy.occlusion().iter().map(|one| one.id.0).collect::<Vec<_>>(), wanted);
            assert_eq!(places(&copy), before);
        }
    }

    #[test]
    fn nothing_is_left_of_anybody() {
        let mut observation = observed(&[1, 2]);
        observation.clone_from(&observed(&[3]));
        observation.zeroize();
        assert!(observation.faces().is_empty() && observation.occlusion().is_empty());
        assert!(observation.faces.all.iter().all(|face| face.id.0 == 0 && face.presence == 0.0));
        assert!(observation.occlusion.all.iter().all(|one| *one == Occlusion::default()));
    }
}
