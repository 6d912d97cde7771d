//! The results for a frame's faces, as one value that a host can keep, copy and pass to another thread.

use std::ops::Deref;

use crate::face::{FittedFace, Occlusion};
use crate::light::{FaceLight, Light};

/// The faces of a frame, their light and what hides them: results of the stations 2 to 4, in memory of its own.
///
/// `clone_from` reuses the memory that is there, also that of faces which left, so copying allocates nothing after
/// warm-up. Make-up is drawn on it through [`Scene::of`](crate::Scene::of).
#[derive(Debug, Default)]
pub struct Observation {
    faces: ReusedList<FittedFace>,
    light: Light,
    /// Of faces that left: their memory is reused.
    spare_lights: Vec<FaceLight>,
    occlusion: ReusedList<Occlusion>,
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

    /// Removes all faces. Memory is not overwritten; [`zeroize`](Self::zeroize) does that.
    pub fn clear(&mut self) {
        self.faces.count = 0;
        self.spare_lights.append(&mut self.light.faces);
        self.occlusion.count = 0;
    }

    /// Overwrites with zeros all that is known of faces, also of those that left.
    pub fn zeroize(&mut self) {
        self.faces.all.iter_mut().for_each(FittedFace::zeroize);
        self.light.faces.append(&mut self.spare_lights);
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
        self.copy_light(light);
        self.occlusion.copy_from(occlusion);
    }

    fn copy_light(&mut self, from: &Light) {
        let (count, faces) = (from.faces.len(), &mut self.light.faces);
        self.spare_lights.extend(faces.drain(count.min(faces.len())..));
        let missing = (count - faces.len()).min(self.spare_lights.len());
        faces.extend(self.spare_lights.drain(..missing));
        self.light.clone_from(from);
    }
}

impl Clone for Observation {
    fn clone(&self) -> Self {
        let (faces, light, occlusion) = (self.faces.clone(), self.light.clone(), self.occlusion.clone());
        Self { faces, light, spare_lights: Vec::new(), occlusion }
    }

    fn clone_from(&mut self, source: &Self) {
        self.faces.clone_from(&source.faces);
        self.copy_light(&source.light);
        self.occlusion.clone_from(&source.occlusion);
    }
}

/// A list that keeps its values' memory when it becomes shorter, also what they hold in boxes.
#[derive(Debug)]
struct ReusedList<T> {
    all: Vec<T>,
    count: usize,
}

impl<T: Clone> ReusedList<T> {
    fn copy_from(&mut self, from: &[T]) {
        for (to, from) in self.all.iter_mut().zip(from) {
            to.clone_from(from);
        }
        self.all.extend_from_slice(from.get(self.all.len()..).unwrap_or_default());
        self.count = from.len();
    }
}

impl<T> Default for ReusedList<T> {
    fn default() -> Self {
        Self { all: Vec::new(), count: 0 }
    }
}

impl<T: Clone> Clone for ReusedList<T> {
    fn clone(&self) -> Self {
        Self { all: self.to_vec(), count: self.count }
    }

    fn clone_from(&mut self, source: &Self) {
        self.copy_from(source);
    }
}

impl<T> Deref for ReusedList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all[..self.count]
    }
}

#[cfg(test)]
mod tests {
    use glam::{Vec3, Vec4};

    use super::*;
    use crate::face::FaceId;
    use crate::frame::{Frame, PixelFormat};
    use crate::light::LightEstimator;
    use crate::light::synthetic::{HEIGHT, Picture, WIDTH, face};

    fn observed(ids: &[u32]) -> Observation {
        let bytes = Picture::flat(Vec3::splat(0.3)).bytes();
        let frame = Frame::new(&bytes, PixelFormat::Rgb8, WIDTH as u32, HEIGHT as u32).unwrap();
        let faces: Vec<_> = ids.iter().map(|&id| FittedFace { id: FaceId(id), ..face(0.0) }).collect();
        let occlusion: Vec<_> = ids.iter().map(|&id| Occlusion { id: FaceId(id), ..Occlusion::default() }).collect();
        let mut observation = Observation::default();
        observation.set_faces(&faces);
        observation.set_light(LightEstimator::default().estimate(&frame, &faces), &occlusion);
        observation
    }

    #[test]
    fn faces_that_leave_keep_their_memory_for_those_who_come() {
        let mut copy = observed(&[1, 2, 3]);
        let places = |copy: &Observation| {
            let lights = copy.light.faces.iter().chain(&copy.spare_lights);
            let mut places: Vec<_> = lights.map(|light| light.skin.map.as_ptr().cast::<u8>()).collect();
            places.extend(copy.faces.all.iter().map(|face| face.mesh_face_cm.as_ptr().cast::<u8>()));
            places.extend(copy.occlusion.all.iter().map(|one| one.map.as_ptr()));
            places.sort_unstable();
            places
        };
        let before = places(&copy);
        for wanted in [&[4][..], &[], &[5, 6], &[7, 8, 9], &[7]] {
            copy.clone_from(&observed(wanted));
            assert!(copy.faces().iter().map(|face| face.id.0).eq(wanted.iter().copied()));
            assert!(copy.light().faces.iter().map(|face| face.id.0).eq(wanted.iter().copied()));
            assert!(copy.occlusion().iter().map(|one| one.id.0).eq(wanted.iter().copied()));
            assert_eq!(places(&copy), before);
        }
        copy.clear();
        assert!(copy.faces().is_empty() && copy.light().faces.is_empty() && copy.occlusion().is_empty());
        assert_eq!(places(&copy), before);
    }

    #[test]
    fn nothing_is_left_of_anybody() {
        let mut observation = observed(&[1, 2]);
        observation.clone_from(&observed(&[3]));
        observation.zeroize();
        assert!(observation.faces().is_empty() && observation.light().faces.is_empty());
        assert!(observation.occlusion().is_empty());
        assert!(observation.faces.all.iter().all(|face| face.id.0 == 0 && face.presence == 0.0));
        assert_eq!(observation.spare_lights.len(), 2);
        assert!(
            observation.spare_lights.iter().flat_map(|light| &light.skin.map[..]).all(|texel| *texel == Vec4::ZERO)
        );
        assert!(observation.occlusion.all.iter().all(|one| *one == Occlusion::default()));
    }
}
