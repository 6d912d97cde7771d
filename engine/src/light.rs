//! Station 4: what the frame says of the light in the room and on each face. Works on the borrowed pixels, keeps none.

mod fill;
mod key_light;
mod likeness;
mod room;
mod skin;
mod skin_map;
mod surface;
mod zone;

pub use room::RoomLight;
pub use skin_map::{SKIN_MAP_SIDE, SkinMap};
pub use zone::{LIPS_MAP_SIDE, ZoneLight};

use std::time::Duration;

use glam::{Vec3, Vec4};

use crate::face::{FaceId, FittedFace, MESH_VERTEX_COUNT};
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
            scratch: Box::new([Vec4::ZERO; LIPS_MAP_SIDE * LIPS_MAP_SIDE]),
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
            let (key_direction_camera, key_strength) = key_light::estimate(&self.skin);
            let mut lit = match previous {
                Some(lit) if keep_face > 0.0 => lit,
                // A map that is no longer needed lends its memory.
                spare => {
                    let (lips, skin) =
                        spare.or_else(|| self.previous.pop()).map(|p| (p.lips, p.skin)).unwrap_or_default();
                    FaceLight {
                        id: face.id,
                        exposure,
                        key_direction_camera,
                        key_strength,
                        lips: lips.cleared(),
                        skin: skin.cleared(),
                    }
                }
            };
            lit.exposure += (exposure - lit.exposure) * (1.0 - keep_room);
            lit.key_direction_camera =
                lit.key_direction_camera.lerp(key_direction_camera, 1.0 - keep_room).normalize_or(Vec3::Z);
            lit.key_strength += (key_strength - lit.key_strength) * (1.0 - keep_room);
            lit.lips.update(frame, face, &self.skin, &mut self.scratch, (lit.exposure, keep_face));
            let expected = [1.0; MESH_VERTEX_COUNT];
            let skin = (&self.surface, self.skin.likeness());
            lit.skin.update(frame, face, skin, &expected, &mut self.skin_scratch, (lit.exposure, keep_face));
            self.light.faces.push(lit);
        }
        &self.light
    }
}
