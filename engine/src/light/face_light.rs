//! The light station's result for a frame.

use glam::Vec3;

use super::brow::BrowHair;
use super::colour_doubt::{ColourDoubt, SkinWitness};
use super::iris::DARK_BROWN;
use super::lip_map::LipMap;
use super::room_light::RoomLight;
use super::skin_map::SkinMap;
use super::spherical_harmonics::Coefficients;
use super::tone::{ToneReading, ToneRejection};
use crate::face::FaceId;

/// The light on one frame. `clone_from` reuses the memory that is there.
#[derive(Debug, Default)]
pub struct Light {
    /// What all faces share.
    pub room: RoomLight,
    /// One per fitted face, in the same order.
    pub faces: Vec<FaceLight>,
}

impl Clone for Light {
    fn clone(&self) -> Self {
        Self { room: self.room, faces: self.faces.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.room = source.room;
        self.faces.clone_from(&source.faces);
    }
}

/// The light on one face, and the bare skin's colours in it. All but the maps is smoothed over about half a second.
#[derive(Debug)]
pub struct FaceLight {
    /// Whose.
    pub id: FaceId,
    /// Linear luminance that a white surface has in this face's light if it faces the camera, about 0–1; up to 5.6
    /// where the face is blown out.
    pub exposure: f32,
    /// Unit vector towards the key light, camera space, z ≥ 0.2.
    pub key_direction_camera: Vec3,
    /// Key light over all light, 0.3–0.9.
    pub key_strength: f32,
    /// How broad the key light is: 0 a point, 1 half the sky; 0.5 if it cannot be determined.
    pub softness: f32,
    /// The light over directions as spherical harmonics: a white, matte surface with the unit normal n (camera space)
    /// shows the linear luminance Σ `sh[i]`·Yᵢ(n). Orthonormal real harmonics in the order Y00, Y1−1 (y), Y10 (z), Y11
    /// (x), Y2−2 (xy), Y2−1 (yz), Y20 (3z² − 1), Y21 (xz), Y22 (x² − y²), as Ramamoorthi & Hanrahan 2001 have them.
    /// Good for normals towards the camera (z > 0); can fall below 0 behind the face.
    pub sh: [f32; 9],
    /// Colour and shading of the bare lips.
    pub lips: LipMap,
    /// Colour and shading of the bare skin all over the face.
    pub skin: SkinMap,
    /// Mean bare colour of the person's right and left iris, without pupil and catch-light: linear RGB in the camera's
    /// own light. A closed eye keeps its colour; one never seen is dark brown.
    pub irises_linear: [Vec3; 2],
    /// Where the hair of the right and the left brow lies.
    pub(crate) brows: [BrowHair; 2],
    /// The skin's tone, or why it cannot be determined.
    pub tone: ToneReading,
    /// Why the colours of this face, and of make-up on it, cannot be trusted; `None` if they can.
    pub doubt: Option<ColourDoubt>,
    /// What `doubt` follows from; `None` of a face whose skin was never seen.
    pub(super) witness: Option<SkinWitness>,
}

impl Light {
    /// Overwrites it all; the room becomes the default.
    pub(crate) fn zeroize(&mut self) {
        self.room = RoomLight::default();
        self.faces.iter_mut().for_each(FaceLight::zeroize);
    }
}

impl FaceLight {
    /// Of a face that was not seen before. The maps of `spare` are reused.
    pub(super) fn fresh(id: FaceId, exposure: f32, sh: Coefficients, spare: Option<Self>) -> Self {
        let (lips, skin) = spare.map(|spare| (spare.lips, spare.skin)).unwrap_or_default();
        Self {
            id,
            exposure,
            key_direction_camera: Vec3::Z,
            key_strength: 0.5,
            softness: 0.5,
            sh,
            lips: lips.reset(),
            skin: skin.reset(),
            irises_linear: [DARK_BROWN * exposure; 2],
            brows: [BrowHair::default(); 2],
            tone: ToneReading::CannotTell(ToneRejection::TooFewPixels),
            doubt: None,
            witness: None,
        }
    }

    /// Overwrites all of it; it then belongs to no face.
    pub(super) fn zeroize(&mut self) {
        let Self { id, exposure, key_direction_camera, key_strength, softness, sh, lips, skin, .. } = self;
        lips.zeroize();
        skin.zeroize();
        (*id, *exposure, *key_direction_camera) = (FaceId(u32::MAX), 0.0, Vec3::ZERO);
        (*key_strength, *softness, *sh) = (0.0, 0.0, [0.0; 9]);
        let Self { irises_linear, brows, tone, doubt, witness, .. } = self;
        (*doubt, *witness) = (None, None);
        *irises_linear = [Vec3::ZERO; 2];
        *brows = [BrowHair::default(); 2];
        *tone = ToneReading::CannotTell(ToneRejection::TooFewPixels);
    }
}

impl Clone for FaceLight {
    fn clone(&self) -> Self {
        Self { lips: self.lips.clone(), skin: self.skin.clone(), ..*self }
    }

    fn clone_from(&mut self, source: &Self) {
        let Self { id, exposure, key_direction_camera, key_strength, softness, sh, .. } = self;
        (*id, *exposure, *softness, *sh) = (source.id, source.exposure, source.softness, source.sh);
        (*key_direction_camera, *key_strength) = (source.key_direction_camera, source.key_strength);
        let Self { lips, skin, irises_linear, brows, tone, doubt, witness, .. } = self;
        (*irises_linear, *brows, *tone) = (source.irises_linear, source.brows, source.tone);
        (*doubt, *witness) = (source.doubt, source.witness);
        lips.clone_from(&source.lips);
        skin.clone_from(&source.skin);
    }
}
