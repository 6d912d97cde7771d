//! The looks that a scene's faces wear, prepared once each.
//!
//! In: a scene. Out: for each face the slot of its prepared look, and which looks are new in this scene.
//!
//! 1. All looks that are in the cache are looked up first, so that none of them is evicted for a new one.
//! 2. A missing look takes the least recently used slot, or a new slot if all are in use (LRU).

use std::ptr;

use carmine_shaders::MAX_FACES;

use super::prepared_look::PreparedLook;
use crate::light::PreviewLight;
use crate::look::Look;
use crate::scene::Scene;

/// Every distinct look that a scene's faces wear, once, however many of them wear it and whoever they are: a face that
/// leaves, comes back or takes another's place in the scene finds its look prepared.
///
/// There are as many slots as different looks were ever worn at once: a single person who tries on many looks needs
/// one.
#[derive(Debug, Default)]
pub struct LookCache {
    slots: Vec<Slot>,
    slot_of_face: [Option<usize>; MAX_FACES],
    /// Scenes so far.
    scene: u64,
}

#[derive(Debug, Default)]
struct Slot {
    look: PreparedLook,
    /// The scene that it was last worn in.
    last_used: u64,
    /// Whether it was prepared for this scene.
    is_new: bool,
}

impl LookCache {
    /// Finds what each face of `scene` wears, and prepares looks that no slot holds. Without a face the look is
    /// prepared all the same, so that it is there when one appears.
    pub fn update(&mut self, scene: &Scene<'_>) {
        self.scene += 1;
        self.slot_of_face = [None; MAX_FACES];
        self.slots.iter_mut().for_each(|slot| slot.is_new = false);
        let faces = 0..scene.faces.len().clamp(1, MAX_FACES);
        let is_bare = |face| !PreparedLook::shows_anything(scene.look_of(face));
        for face in faces.clone().filter(|&face| !is_bare(face)) {
            self.slot_of_face[face] =
                self.of_same_look(scene, face).or_else(|| self.find(scene.look_of(face), scene.preview));
        }
        for face in faces.filter(|&face| !is_bare(face)) {
            if self.slot_of_face[face].is_none() {
                let look = scene.look_of(face);
                let known = self.of_same_look(scene, face).or_else(|| self.find(look, scene.preview));
                self.slot_of_face[face] = known.or_else(|| Some(self.prepare(look, scene.preview)));
            }
        }
    }

    /// The slot of an earlier face that wears the same look: a quick check, since most scenes have one look.
    fn of_same_look(&self, scene: &Scene<'_>, face: usize) -> Option<usize> {
        let look = scene.look_of(face);
        (0..face).find(|&before| ptr::eq(scene.look_of(before), look)).and_then(|before| self.slot_of_face[before])
    }

    fn find(&mut self, look: &Look, preview: PreviewLight) -> Option<usize> {
        let found = self.slots.iter().position(|slot| slot.look.is_of(look, preview))?;
        self.slots[found].last_used = self.scene;
        Some(found)
    }

    /// Prepares a look in the least recently used slot that is free.
    fn prepare(&mut self, look: &Look, preview: PreviewLight) -> usize {
        let idle = self.slots.iter().enumerate().filter(|(_, slot)| slot.last_used < self.scene);
        let index = idle.min_by_key(|(_, slot)| slot.last_used).map(|(index, _)| index).unwrap_or_else(|| {
            self.slots.push(Slot::default());
            self.slots.len() - 1
        });
        let slot = &mut self.slots[index];
        slot.look.prepare(look, preview);
        (slot.last_used, slot.is_new) = (self.scene, true);
        index
    }

    /// The slot whose look a face of the last scene wears; `None` if it is bare.
    pub fn slot_of(&self, face: usize) -> Option<usize> {
        self.slot_of_face.get(face).copied().flatten()
    }

    /// What a face of the last scene wears; `None` if it is bare.
    pub fn of(&self, face: usize) -> Option<&PreparedLook> {
        self.slot_of(face).map(|slot| &self.slots[slot].look)
    }

    /// The looks prepared for the last scene, with their slots.
    pub fn new_looks(&self) -> impl Iterator<Item = (usize, &PreparedLook)> {
        let slots = self.slots.iter().enumerate().filter(|(_, slot)| slot.is_new);
        slots.map(|(index, slot)| (index, &slot.look))
    }

    /// Drops all looks and who wore them.
    pub fn clear(&mut self) {
        self.slots.clear();
        self.slot_of_face = [None; MAX_FACES];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::FittedFace;
    use crate::frame::{Frame, PixelFormat};
    use crate::light::Light;
    use crate::look::Category;

    fn look(category: Category) -> Look {
        let text = format!(
            "name = \"L\"\n[[layers]]\nproduct = {{ name = \"P\", category = \"{}\", shade = \"#804040\", coverage = 0.5, \
             finish = \"matte\" }}\n",
            category.name()
        );
        Look::from_toml("l", &text, &mut |_, _| None).unwrap()
    }

    /// Slots of the looks worn, and of those prepared.
    fn update(cache: &mut LookCache, looks: &[&Look], preview: PreviewLight) -> (Vec<Option<usize>>, Vec<usize>) {
        let faces = vec![FittedFace::blank(); looks.len()];
        let (light, bare) = (Light::default(), Look::bare());
        let frame = Frame::new(&[0; 4], PixelFormat::Rgba8, 1, 1).unwrap();
        cache.update(&Scene::new(frame, &faces, &light, &bare).with_looks(looks).with_preview(preview));
        let worn = (0..looks.len()).map(|face| cache.slot_of(face)).collect();
        (worn, cache.new_looks().map(|(slot, _)| slot).collect())
    }

    #[test]
    fn one_look_on_many_faces_takes_one_slot() {
        let (red, same, mut cache) = (look(Category::Lipstick), look(Category::Lipstick), LookCache::default());
        assert_eq!(update(&mut cache, &[&red, &red, &same], PreviewLight::Off), (vec![Some(0); 3], vec![0]));
        assert_eq!(update(&mut cache, &[&same, &red], PreviewLight::Off), (vec![Some(0); 2], vec![]));
    }

    #[test]
    fn faces_that_swap_leave_or_come_back_find_their_looks() {
        let (one, two, bare, mut cache) =
            (look(Category::Lipstick), look(Category::Blush), Look::bare(), LookCache::default());
        assert_eq!(update(&mut cache, &[&one, &two], PreviewLight::Off), (vec![Some(0), Some(1)], vec![0, 1]));
        assert_eq!(update(&mut cache, &[&two, &one], PreviewLight::Off), (vec![Some(1), Some(0)], vec![]));
        assert_eq!(update(&mut cache, &[&two], PreviewLight::Off), (vec![Some(1)], vec![]));
        assert_eq!(update(&mut cache, &[&bare, &one, &bare], PreviewLight::Off), (vec![None, Some(0), None], vec![]));
        assert_eq!(update(&mut cache, &[&one, &two], PreviewLight::Off), (vec![Some(0), Some(1)], vec![]));
    }

    #[test]
    fn only_a_look_that_changes_is_prepared() {
        let (one, two, mut cache) = (look(Category::Lipstick), look(Category::Blush), LookCache::default());
        update(&mut cache, &[&one, &two], PreviewLight::Off);
        let three = look(Category::Brow);
        assert_eq!(update(&mut cache, &[&three, &two], PreviewLight::Off), (vec![Some(0), Some(1)], vec![0]));
        // In another light it is another look.
        assert_eq!(update(&mut cache, &[&three, &two], PreviewLight::Evening), (vec![Some(0), Some(1)], vec![0, 1]));
    }

    #[test]
    fn one_face_that_tries_on_many_looks_needs_one_slot() {
        let mut cache = LookCache::default();
        for category in Category::ALL {
            assert_eq!(update(&mut cache, &[&look(category)], PreviewLight::Off), (vec![Some(0)], vec![0]));
        }
        assert_eq!(update(&mut cache, &[&Look::bare()], PreviewLight::Off), (vec![None], vec![]));
    }

    #[test]
    fn a_look_is_prepared_before_there_is_a_face_and_crowds_are_bounded() {
        let (red, light, mut cache) = (look(Category::Lipstick), Light::default(), LookCache::default());
        let frame = Frame::new(&[0; 4], PixelFormat::Rgba8, 1, 1).unwrap();
        cache.update(&Scene::new(frame, &[], &light, &red));
        assert_eq!(cache.new_looks().count(), 1);
        let all: Vec<_> = Category::ALL.map(look).into();
        let all: Vec<_> = all.iter().collect();
        for from in 0..all.len() - MAX_FACES {
            let (worn, _) = update(&mut cache, &all[from..], PreviewLight::Off);
            assert!(worn[..MAX_FACES].iter().all(|slot| slot.is_some_and(|slot| slot < MAX_FACES)));
            assert!(worn[MAX_FACES..].iter().all(Option::is_none));
        }
    }
}
