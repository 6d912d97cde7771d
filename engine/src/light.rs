//! Station 4: what the frame says of the light in the room and on each face. Works on the borrowed pixels, keeps none.

mod fill;
mod harmonics;
mod likeness;
mod room;
mod skin;
mod skin_map;
mod surface;
mod zone;

pub use room::RoomLight;
pub use skin_map::{SKIN_MAP_SIDE, SkinMap};
pub use zone::ZoneLight;

use std::time::Duration;

use carmine_shaders::ZONE_MAP_SIDE;
use glam::{Vec3, Vec4};

use crate::face::{FaceId, FittedFace};
use crate::frame::Frame;
use skin::SkinSamples;
use surface::Surface;
use zone::Scratch;

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

/// The light on one face.
#[derive(Debug)]
pub struct FaceLight {
    /// Whose.
    pub id: FaceId,
    /// Linear luminance that a white surface has in this face's light, about 0–1.
    pub exposure: f32,
    /// Unit vector towards the key light, camera space, z ≥ 0.2.
    pub key_direction_camera: Vec3,
    /// Key light over all light, 0–1.
    pub key_strength: f32,
    /// How broad the key light is: 0 a point, 1 half the sky; 0.5 where it cannot be told.
    pub softness: f32,
    /// The light over directions as spherical harmonics: a white, matte surface with the unit normal n (camera space) shows
    /// the linear luminance Σ `sh[i]`·Yᵢ(n). Orthonormal real harmonics in the order Y00, Y1−1 (y), Y10 (z), Y11 (x),
    /// Y2−2 (xy), Y2−1 (yz), Y20 (3z² − 1), Y21 (xz), Y22 (x² − y²), as Ramamoorthi & Hanrahan 2001 have them.
    /// Good for normals towards the camera (z > 0); can fall below 0 behind the face.
    pub sh: [f32; 9],
    /// Colour and shading of the bare lips.
    pub lips: ZoneLight,
    /// Colour and shading of the bare skin all over the face.
    pub skin: SkinMap,
}

impl Clone for FaceLight {
    fn clone(&self) -> Self {
        Self { lips: self.lips.clone(), skin: self.skin.clone(), ..*self }
    }

    fn clone_from(&mut self, source: &Self) {
        (self.id, self.exposure) = (source.id, source.exposure);
        (self.key_direction_camera, self.key_strength) = (source.key_direction_camera, source.key_strength);
        (self.softness, self.sh) = (source.softness, source.sh);
        self.lips.clone_from(&source.lips);
        self.skin.clone_from(&source.skin);
    }
}

/// Estimates the light and steadies it over time, per face.
#[derive(Debug)]
pub struct LightEstimator {
    calibrated: Option<RoomLight>,
    surface: Surface,
    skin: SkinSamples,
    scratch: Scratch,
    skin_scratch: skin_map::Scratch,
    fit: harmonics::Fit,
    light: Light,
    previous: Vec<FaceLight>,
    time: Option<Duration>,
}

impl Default for LightEstimator {
    fn default() -> Self {
        Self {
            calibrated: None,
            surface: Surface::default(),
            skin: SkinSamples::default(),
            skin_scratch: skin_map::Scratch::default(),
            fit: harmonics::Fit::default(),
            scratch: Box::new([Vec4::ZERO; ZONE_MAP_SIDE * ZONE_MAP_SIDE]),
            light: Light::default(),
            previous: Vec::new(),
            time: None,
        }
    }
}

/// Time constants of the steadying: the room changes slowly, the face moves through its light.
const ROOM_SECONDS: f32 = 0.6;
const FACE_SECONDS: f32 = 0.12;

impl LightEstimator {
    /// With a known room (a calibration card, a light booth): white point and exposure are not guessed.
    pub fn calibrated(room: RoomLight) -> Self {
        Self { calibrated: Some(room), ..Self::default() }
    }

    /// Estimates the light on `faces` in `frame`. Borrowed until the next call.
    pub fn estimate(&mut self, frame: &Frame<'_>, faces: &[FittedFace]) -> &Light {
        // Without a later time there is nothing to steady against: stills stand alone.
        let elapsed = self.time.and_then(|time| frame.time().checked_sub(time)).map_or(0.0, |d| d.as_secs_f32());
        self.time = Some(frame.time());
        let keep = |seconds: f32| if elapsed > 0.0 { (-elapsed / seconds).exp() } else { 0.0 };
        let (keep_room, keep_face) = (keep(ROOM_SECONDS), keep(FACE_SECONDS));

        let room = self.calibrated.unwrap_or_else(|| RoomLight::estimate(frame, faces));
        self.light.room = self.light.room.mixed(room, 1.0 - keep_room);
        std::mem::swap(&mut self.light.faces, &mut self.previous);
        self.light.faces.clear();
        for face in faces {
            self.skin.take(frame, face, &self.surface);
            let exposure = match self.calibrated {
                Some(room) => room.exposure,
                None => room::face_exposure(room.exposure, self.skin.luminance(), room::sclera(frame, face)),
            };
            let previous = self.previous.iter().position(|p| p.id == face.id).map(|i| self.previous.swap_remove(i));
            let relative = self.fit.fit(&self.skin);
            let sh = relative.map(|coefficient| coefficient * exposure);
            let mut lit = match previous {
                Some(lit) if keep_face > 0.0 => lit,
                // A map that is no longer needed lends its memory.
                spare => {
                    let (lips, skin) =
                        spare.or_else(|| self.previous.pop()).map(|p| (p.lips, p.skin)).unwrap_or_default();
                    FaceLight {
                        id: face.id,
                        exposure,
                        key_direction_camera: Vec3::Z,
                        key_strength: 0.5,
                        softness: 0.5,
                        sh,
                        lips: lips.cleared(),
                        skin: skin.cleared(),
                    }
                }
            };
            lit.exposure += (exposure - lit.exposure) * (1.0 - keep_room);
            lit.sh.iter_mut().zip(sh).for_each(|(kept, seen)| *kept += (seen - *kept) * (1.0 - keep_room));
            let key = harmonics::Key::of(&lit.sh);
            (lit.key_direction_camera, lit.key_strength) = (key.direction_camera, key.strength);
            lit.softness = key.softness;
            lit.lips.update(frame, face, &self.skin, &mut self.scratch, (lit.exposure, keep_face));
            // Only to judge what is skin: never so dark or bright that everything passes.
            let expected = face.normals_camera.map(|normal| harmonics::shaded(&relative, normal).clamp(0.12, 2.5));
            let skin = (&self.surface, self.skin.likeness());
            lit.skin.update(frame, face, skin, &expected, &mut self.skin_scratch, (lit.exposure, keep_face));
            self.light.faces.push(lit);
        }
        &self.light
    }
}
