use std::ptr;

use carmine_shaders::MAX_FACES;

use super::Worn;
use crate::light::PreviewLight;
use crate::look::Look;
use crate::scene::Scene;

/// Every distinct look that a scene's faces wear, once, however many of them wear it and whoever they are: a face that
/// leaves, comes back or takes another's place in the scene finds its look made already.
///
/// There are never more outfits than the most different looks that were worn at once, so one person who tries on many
/// looks needs one.
#[derive(Debug, Default)]
pub struct Wardrobe {
    outfits: Vec<Outfit>,
    of_face: [Option<usize>; MAX_FACES],
    /// Scenes so far.
    scene: u64,
}

#[derive(Debug, Default)]
struct Outfit {
    worn: Worn,
    /// The scene that it was last worn in.
    last_worn: u64,
    /// Whether it was made for this scene.
    is_new: bool,
}

impl Wardrobe {
    /// Finds what each face of `scene` wears, and makes what no outfit is yet. Without a face the look is made all the same,
    /// so that it is there when one appears.
    pub fn wear(&mut self, scene: &Scene<'_>) {
        self.scene += 1;
        self.of_face = [None; MAX_FACES];
        self.outfits.iter_mut().for_each(|outfit| outfit.is_new = false);
        let faces = 0..scene.faces.len().clamp(1, MAX_FACES);
        let is_bare = |face| !Worn::is_anything(scene.look_of(face));
        // First all that is there, so that none of it is taken for a look that is not.
        for face in faces.clone().filter(|&face| !is_bare(face)) {
            self.of_face[face] =
                self.like_one_before(scene, face).or_else(|| self.find(scene.look_of(face), scene.preview));
        }
        for face in faces.filter(|&face| !is_bare(face)) {
            if self.of_face[face].is_none() {
                let look = scene.look_of(face);
                let known = self.like_one_before(scene, face).or_else(|| self.find(look, scene.preview));
                self.of_face[face] = known.or_else(|| Some(self.make(look, scene.preview)));
            }
        }
    }

    /// The outfit of a face before this one that wears the very same look: most scenes have but one.
    fn like_one_before(&self, scene: &Scene<'_>, face: usize) -> Option<usize> {
        let look = scene.look_of(face);
        (0..face).find(|&before| ptr::eq(scene.look_of(before), look)).and_then(|before| self.of_face[before])
    }

    fn find(&mut self, look: &Look, preview: PreviewLight) -> Option<usize> {
        let found = self.outfits.iter().position(|outfit| outfit.worn.is(look, preview))?;
        self.outfits[found].last_worn = self.scene;
        Some(found)
    }

    /// In place of the outfit that nobody wears for the longest.
    fn make(&mut self, look: &Look, preview: PreviewLight) -> usize {
        let idle = self.outfits.iter().enumerate().filter(|(_, outfit)| outfit.last_worn < self.scene);
        let index = idle.min_by_key(|(_, outfit)| outfit.last_worn).map(|(index, _)| index).unwrap_or_else(|| {
            self.outfits.push(Outfit::default());
            self.outfits.len() - 1
        });
        let outfit = &mut self.outfits[index];
        outfit.worn.wear(look, preview);
        (outfit.last_worn, outfit.is_new) = (self.scene, true);
        index
    }

    /// Number of the outfit that a face of the last scene wears; `None` if it is bare.
    pub fn outfit_of(&self, face: usize) -> Option<usize> {
        self.of_face.get(face).copied().flatten()
    }

    /// What a face of the last scene wears; `None` if it is bare.
    pub fn of(&self, face: usize) -> Option<&Worn> {
        self.outfit_of(face).map(|outfit| &self.outfits[outfit].worn)
    }

    /// The outfits made for the last scene, with their numbers.
    pub fn made(&self) -> impl Iterator<Item = (usize, &Worn)> {
        let outfits = self.outfits.iter().enumerate().filter(|(_, outfit)| outfit.is_new);
        outfits.map(|(index, outfit)| (index, &outfit.worn))
    }

    /// Gives up who wore what, and all outfits.
    pub fn clear(&mut self) {
        self.outfits.clear();
        self.of_face = [None; MAX_FACES];
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

    /// Numbers of the outfits worn, and of those made.
    fn wear(wardrobe: &mut Wardrobe, looks: &[&Look], preview: PreviewLight) -> (Vec<Option<usize>>, Vec<usize>) {
        let faces = vec![FittedFace::blank(); looks.len()];
        let (light, bare) = (Light::default(), Look::bare());
        let frame = Frame::new(&[0; 4], PixelFormat::Rgba8, 1, 1).unwrap();
        wardrobe.wear(&Scene::new(frame, &faces, &light, &bare).with_looks(looks).previewed(preview));
        let worn = (0..looks.len()).map(|face| wardrobe.outfit_of(face)).collect();
        (worn, wardrobe.made().map(|(outfit, _)| outfit).collect())
    }

    #[test]
    fn one_look_on_many_faces_is_one_outfit() {
        let (red, same, mut wardrobe) = (look(Category::Lipstick), look(Category::Lipstick), Wardrobe::default());
        assert_eq!(wear(&mut wardrobe, &[&red, &red, &same], PreviewLight::Off), (vec![Some(0); 3], vec![0]));
        assert_eq!(wear(&mut wardrobe, &[&same, &red], PreviewLight::Off), (vec![Some(0); 2], vec![]));
    }

    #[test]
    fn faces_that_swap_leave_or_come_back_keep_their_outfits() {
        let (one, two, bare, mut wardrobe) =
            (look(Category::Lipstick), look(Category::Blush), Look::bare(), Wardrobe::default());
        assert_eq!(wear(&mut wardrobe, &[&one, &two], PreviewLight::Off), (vec![Some(0), Some(1)], vec![0, 1]));
        assert_eq!(wear(&mut wardrobe, &[&two, &one], PreviewLight::Off), (vec![Some(1), Some(0)], vec![]));
        assert_eq!(wear(&mut wardrobe, &[&two], PreviewLight::Off), (vec![Some(1)], vec![]));
        assert_eq!(wear(&mut wardrobe, &[&bare, &one, &bare], PreviewLight::Off), (vec![None, Some(0), None], vec![]));
        assert_eq!(wear(&mut wardrobe, &[&one, &two], PreviewLight::Off), (vec![Some(0), Some(1)], vec![]));
    }

    #[test]
    fn only_a_face_whose_look_changes_gets_a_new_outfit() {
        let (one, two, mut wardrobe) = (look(Category::Lipstick), look(Category::Blush), Wardrobe::default());
        wear(&mut wardrobe, &[&one, &two], PreviewLight::Off);
        let three = look(Category::Brow);
        assert_eq!(wear(&mut wardrobe, &[&three, &two], PreviewLight::Off), (vec![Some(0), Some(1)], vec![0]));
        // Another light is another outfit.
        assert_eq!(wear(&mut wardrobe, &[&three, &two], PreviewLight::Evening), (vec![Some(0), Some(1)], vec![0, 1]));
    }

    #[test]
    fn one_face_that_tries_on_many_looks_needs_one_outfit() {
        let mut wardrobe = Wardrobe::default();
        for category in Category::ALL {
            assert_eq!(wear(&mut wardrobe, &[&look(category)], PreviewLight::Off), (vec![Some(0)], vec![0]));
        }
        assert_eq!(wear(&mut wardrobe, &[&Look::bare()], PreviewLight::Off), (vec![None], vec![]));
    }

    #[test]
    fn a_look_is_made_before_there_is_a_face_and_crowds_are_bounded() {
        let (red, light, mut wardrobe) = (look(Category::Lipstick), Light::default(), Wardrobe::default());
        let frame = Frame::new(&[0; 4], PixelFormat::Rgba8, 1, 1).unwrap();
        wardrobe.wear(&Scene::new(frame, &[], &light, &red));
        assert_eq!(wardrobe.made().count(), 1);
        let all: Vec<_> = Category::ALL.map(look).into();
        let all: Vec<_> = all.iter().collect();
        for from in 0..all.len() - MAX_FACES {
            let (worn, _) = wear(&mut wardrobe, &all[from..], PreviewLight::Off);
            assert!(worn[..MAX_FACES].iter().all(|outfit| outfit.is_some_and(|outfit| outfit < MAX_FACES)));
            assert!(worn[MAX_FACES..].iter().all(Option::is_none));
        }
    }
}
