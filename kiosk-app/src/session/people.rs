//! The people before the mirror: each face keeps its look, and the controls change that of the nearest (the leader).
//!
//! In: the faces of each picture with their identities, distances and places. Out: a wardrobe for each, and who leads.
//! 1. A face that the tracker knows by the same identity is the same person.
//! 2. Any other face is the person who was lost from sight nearest to its place; one face alone is the one who was
//!    dressed last; if nobody was lost, it is somebody new.
//! 3. The nearest leads; another takes the lead only if it is clearly nearer (`NEARER`), or by a touch.

use std::ops::Deref;
use std::time::Duration;

use carmine::MAX_FACES;

use super::wardrobe::Wardrobe;

/// A face as the session needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FaceSeen {
    /// The tracker's identity.
    pub id: u32,
    /// From the camera, in centimetres.
    pub distance_cm: f32,
    /// Its middle in parts of the frame's width and height.
    pub centre: [f32; 2],
}

/// The faces of one picture, in a list of fixed size: one is sent for every picture of the camera, and allocates
/// nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacesSeen {
    faces: [FaceSeen; MAX_FACES],
    count: usize,
}

impl FromIterator<FaceSeen> for FacesSeen {
    /// Faces beyond those that the renderer dresses are left out.
    fn from_iter<T: IntoIterator<Item = FaceSeen>>(faces: T) -> Self {
        let mut seen = Self::default();
        for (to, face) in seen.faces.iter_mut().zip(faces) {
            (*to, seen.count) = (face, seen.count + 1);
        }
        seen
    }
}

impl Deref for FacesSeen {
    type Target = [FaceSeen];

    fn deref(&self) -> &[FaceSeen] {
        &self.faces[..self.count]
    }
}

/// One person of the session.
#[derive(Clone, Debug)]
struct Person {
    /// The newest identity of her face.
    face: Option<u32>,
    /// Where it was last, and when.
    centre: [f32; 2],
    seen: Duration,
    wardrobe: Wardrobe,
}

/// The people of a session. There is always one to dress, seen or not.
#[derive(Clone, Debug)]
pub struct People {
    people: Vec<Person>,
    leader: usize,
    /// The face that was chosen by a touch, instead of the nearest.
    chosen: Option<u32>,
    present: Vec<FaceSeen>,
}

/// Another face must be nearer by this factor to become the leader (hysteresis: two people side by side must not swap
/// at every movement).
const NEARER: f32 = 0.85;
/// People that are remembered; the one unseen for longest gives way.
const REMEMBERED: usize = 6;

impl Default for People {
    fn default() -> Self {
        let first = Person { face: None, centre: [0.5; 2], seen: Duration::ZERO, wardrobe: Wardrobe::default() };
        Self { people: vec![first], leader: 0, chosen: None, present: Vec::new() }
    }
}

impl People {
    /// The faces of the newest picture.
    pub(super) fn see(&mut self, faces: &[FaceSeen], now: Duration) {
        self.present.clear();
        self.present.extend_from_slice(faces);
        for person in &mut self.people {
            if person.face.is_some_and(|id| faces.iter().all(|face| face.id != id)) {
                person.face = None;
            }
        }
        // Known faces first, so that a newcomer cannot take their place.
        for face in faces {
            if let Some(person) = self.people.iter_mut().find(|person| person.face == Some(face.id)) {
                (person.centre, person.seen) = (face.centre, now);
            }
        }
        for face in faces {
            if self.people.iter().all(|person| person.face != Some(face.id)) {
                self.join(face, now);
            }
        }
        self.lead();
    }

    /// A face without a person: someone who was lost from sight, the one whose place was nearest; else somebody new.
    fn join(&mut self, face: &FaceSeen, now: Duration) {
        let apart = |centre: [f32; 2]| (centre[0] - face.centre[0]).hypot(centre[1] - face.centre[1]);
        let lost = (0..self.people.len()).filter(|&index| self.people[index].face.is_none());
        let nearest = lost.min_by(|&a, &b| apart(self.people[a].centre).total_cmp(&apart(self.people[b].centre)));
        let alone = self.present.len() == 1;
        // One face alone is taken for the one that was dressed last, wherever it comes back.
        let index = match nearest {
            Some(_) if alone && self.people[self.leader].face.is_none() => self.leader,
            Some(index) => index,
            None => {
                if self.people.len() == REMEMBERED {
                    return;
                }
                let wardrobe = Wardrobe::default();
                self.people.push(Person { face: None, centre: face.centre, seen: now, wardrobe });
                self.people.len() - 1
            }
        };
        let person = &mut self.people[index];
        (person.face, person.centre, person.seen) = (Some(face.id), face.centre, now);
    }

    fn lead(&mut self) {
        let distance = |id: Option<u32>| self.present.iter().find(|face| Some(face.id) == id).map(|f| f.distance_cm);
        let chosen = self.chosen.and_then(|id| self.people.iter().position(|person| person.face == Some(id)));
        if let Some(index) = chosen {
            self.leader = index;
            return;
        }
        self.chosen = None;
        let nearest = self.present.iter().min_by(|a, b| a.distance_cm.total_cmp(&b.distance_cm));
        let Some(nearest) = nearest else { return };
        let leads = distance(self.people[self.leader].face);
        if leads.is_none_or(|leads| nearest.distance_cm < leads * NEARER)
            && let Some(index) = self.people.iter().position(|person| person.face == Some(nearest.id))
        {
            self.leader = index;
        }
    }

    /// Dresses this face from now on, while it is there; `None`: the nearest again.
    pub(super) fn choose(&mut self, face: Option<u32>) {
        self.chosen = face;
        self.lead();
    }

    /// The one who is dressed.
    pub fn leader(&self) -> &Wardrobe {
        &self.people[self.leader].wardrobe
    }

    /// The same to be dressed.
    pub(super) fn leader_mut(&mut self) -> &mut Wardrobe {
        &mut self.people[self.leader].wardrobe
    }

    /// Her face, if it is in sight.
    pub fn leading_face(&self) -> Option<u32> {
        self.people[self.leader].face
    }

    /// What a face wears; one that is not known yet wears nothing.
    pub fn of(&self, face: u32) -> Option<&Wardrobe> {
        self.people.iter().find(|person| person.face == Some(face)).map(|person| &person.wardrobe)
    }

    /// The faces of the newest picture.
    pub fn present(&self) -> &[FaceSeen] {
        &self.present
    }

    /// Every wardrobe.
    pub(super) fn wardrobes_mut(&mut self) -> impl Iterator<Item = &mut Wardrobe> {
        self.people.iter_mut().map(|person| &mut person.wardrobe)
    }
}
