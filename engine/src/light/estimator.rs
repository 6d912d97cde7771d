use std::time::Duration;

use glam::{Vec3, Vec4};

use super::complexion::{Complexion, Known};
use super::exposure::{Exposure, sclera};
use super::harmonics::{Coefficients, Fit, Key, shaded};
use super::iris::{self, DARK_BROWN};
use super::lip_map::LipMap;
use super::sheen::Sheen;
use super::skin::SkinSamples;
use super::surface::Surface;
use super::{BrowHair, FaceLight, Light, RoomLight, ToneReading, ToneRejection, brow, lip_map, skin_map};
use crate::face::{FittedFace, rings};
use crate::frame::Frame;
use crate::zeroize;

/// Estimates the light and steadies it over time, per face.
#[derive(Debug)]
pub struct LightEstimator {
    calibrated: Option<RoomLight>,
    surface: Surface,
    skin: SkinSamples,
    fit: Fit,
    complexion: Complexion,
    lips_scratch: lip_map::Scratch,
    skin_scratch: skin_map::Scratch,
    white_confidence: f32,
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
            fit: Fit::default(),
            complexion: Complexion::default(),
            lips_scratch: Box::new([Vec4::ZERO; LipMap::SIDE * LipMap::SIDE]),
            skin_scratch: skin_map::Scratch::default(),
            white_confidence: 0.0,
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
    pub fn with_room(room: RoomLight) -> Self {
        Self { calibrated: Some(room), ..Self::default() }
    }

    /// The frames to come have nothing to do with those so far: nothing is steadied against them. Memory stays as it is,
    /// and so does a calibrated room.
    pub fn reset(&mut self) {
        (self.light.room, self.white_confidence, self.time) = (RoomLight::default(), 0.0, None);
    }

    /// Forgets every face and the room, as if just made, and overwrites with zeros all that was kept of them: colours, maps,
    /// samples. A calibrated room stays.
    pub fn zeroize(&mut self) {
        self.reset();
        self.previous.append(&mut self.light.faces);
        self.previous.iter_mut().for_each(FaceLight::zeroize);
        self.skin.zeroize();
        self.fit.zeroize();
        self.complexion.zeroize();
        zeroize::overwrite(&mut self.lips_scratch[..], Vec4::ZERO);
        self.skin_scratch.zeroize();
    }

    /// Estimates the light on `faces` in `frame`. Borrowed until the next call.
    pub fn estimate(&mut self, frame: &Frame<'_>, faces: &[FittedFace]) -> &Light {
        // Without a later time there is nothing to steady against: stills stand alone.
        let elapsed = self.time.and_then(|time| frame.time().checked_sub(time)).map_or(0.0, |d| d.as_secs_f32());
        self.time = Some(frame.time());
        let keep = |seconds: f32| if elapsed > 0.0 { (-elapsed / seconds).exp() } else { 0.0 };
        let keep = Keep { room: keep(ROOM_SECONDS), face: keep(FACE_SECONDS) };

        let (room, confidence) = match self.calibrated {
            Some(room) => (room, 1.0),
            None => RoomLight::estimate(frame, faces),
        };
        self.light.room = self.light.room.mixed(room, 1.0 - keep.room);
        self.white_confidence += (confidence - self.white_confidence) * (1.0 - keep.room);
        std::mem::swap(&mut self.light.faces, &mut self.previous);
        // Those of people who left.
        self.light.faces.drain(..).for_each(|mut gone| gone.zeroize());
        for face in faces {
            let previous = self.previous.iter().position(|p| p.id == face.id).map(|i| self.previous.swap_remove(i));
            let lit = self.light_of(frame, face, room, previous, keep);
            self.light.faces.push(lit);
        }
        &self.light
    }

    /// Fits the light to the samples and takes off what they mirror of it, which `seen` still holds.
    fn shine(&mut self, seen: Coefficients, exposure: f32, white_linear: Vec3) -> Shine {
        /// Light and sheen explain each other; dark skin needs the second time.
        const ROUNDS: usize = 2;
        let mut shine = Shine::of(seen, exposure);
        let Some(likeness) = self.skin.likeness() else { return shine };
        for _ in 0..ROUNDS {
            let sheen = Sheen::of(&self.skin, likeness, white_linear, &shine.sh);
            self.skin.take_off(|normal| sheen.at(&shine.sh, normal));
            shine = Shine {
                sheen: Some(sheen),
                ..Shine::of(self.fit.fit_from(Some(shine.relative), &self.skin), exposure)
            };
        }
        shine
    }

    fn light_of(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        room: RoomLight,
        previous: Option<FaceLight>,
        keep: Keep,
    ) -> FaceLight {
        self.skin.take(frame, face, &self.surface);
        let likeness = self.skin.likeness();
        let seen = self.fit.fit(&self.skin);
        let mut exposure = match self.calibrated {
            Some(room) => Exposure::calibrated(room),
            None => {
                let on = |normal: Vec3| shaded(&seen, normal) / shaded(&seen, Vec3::Z).max(0.1);
                Exposure::estimate(room, likeness.map(|skin| skin.colour()), sclera(frame, face, on))
            }
        };
        let Shine { relative, facing, sh, sheen } = self.shine(seen, exposure.level, self.light.room.white_linear);
        let mut lit = match previous {
            Some(lit) if keep.face > 0.0 => lit,
            // Maps that are no longer needed lend their memory.
            spare => {
                let spare = spare.or_else(|| self.previous.pop());
                let (lips, skin) = spare.map(|spare| (spare.lips, spare.skin)).unwrap_or_default();
                FaceLight {
                    id: face.id,
                    exposure: exposure.level,
                    key_direction_camera: Vec3::Z,
                    key_strength: 0.5,
                    softness: 0.5,
                    sh,
                    lips: lips.cleared(),
                    skin: skin.cleared(),
                    irises_linear: [DARK_BROWN * exposure.level; 2],
                    brows: [BrowHair::default(); 2],
                    tone: ToneReading::CannotTell(ToneRejection::TooFewPixels),
                }
            }
        };
        let part = 1.0 - keep.room;
        lit.exposure += (exposure.level - lit.exposure) * part;
        exposure.level = lit.exposure;
        lit.sh.iter_mut().zip(sh).for_each(|(kept, seen)| *kept += (seen - *kept) * part);
        let key = Key::of(&lit.sh);
        (lit.key_direction_camera, lit.key_strength) = (key.direction_camera, key.strength);
        lit.softness = key.softness;
        for (kept, seen) in lit.irises_linear.iter_mut().zip(iris::irises(frame, face)) {
            *kept = seen.map_or(*kept, |seen| kept.lerp(seen, part));
        }
        for (kept, seen) in lit.brows.iter_mut().zip(brow::brows(frame, face)) {
            *kept = kept.lerp(seen.unwrap_or_default(), 1.0 - keep.face);
        }

        // Only to judge what is skin, so never so dark or bright that everything passes.
        let median = likeness.map_or(1.0, |skin| skin.luminance.max(1e-4));
        let matte = self.skin.luminance().unwrap_or(1.0) / median;
        let mirrored = |normal: Vec3| sheen.map_or(0.0, |sheen| sheen.at(&sh, normal));
        let ground = face.normals_camera.map(|normal| {
            let mirrored = mirrored(normal);
            Ground {
                expected: (shaded(&relative, normal) * matte + mirrored / median).clamp(0.12, 2.5),
                mirrored,
                light: (shaded(&relative, normal) / facing).clamp(0.12, 2.5),
            }
        });
        let level = self.skin.luminance().unwrap_or(0.0);
        self.skin.settle(mirrored, |normal| level * shaded(&relative, normal));
        let of_lips = rings::LIPS_OUTER.map(|vertex| ground[usize::from(vertex)].mirrored);
        let lips = (&self.skin, of_lips.iter().sum::<f32>() / of_lips.len() as f32);
        lit.lips.update(frame, face, lips, &mut self.lips_scratch, (lit.exposure / facing, keep.face));
        let facing = self.skin.luminance().map(|median| median * facing);
        let skin = (&self.surface, likeness, facing);
        lit.skin.update(frame, face, skin, &ground, &mut self.skin_scratch, (lit.exposure, keep.face));
        let known = Known {
            white_linear: self.light.room.white_linear,
            exposure,
            white_confidence: self.calibrated.is_none().then_some(self.white_confidence),
        };
        lit.tone = self.complexion.read(frame, face, (likeness, facing, &ground), known, (lit.tone, keep.room));
        lit
    }
}

/// The light on a face.
#[derive(Clone, Copy, Debug)]
struct Shine {
    /// Over the luminance of the skin's median.
    relative: Coefficients,
    /// That of skin that faces the camera, as the card does that an exposure is told by.
    facing: f32,
    /// What a white surface shows.
    sh: Coefficients,
    sheen: Option<Sheen>,
}

impl Shine {
    fn of(relative: Coefficients, exposure: f32) -> Self {
        let facing = shaded(&relative, Vec3::Z).max(0.1);
        let sh = relative.map(|coefficient| coefficient * exposure / facing);
        Self { relative, facing, sh, sheen: None }
    }
}

/// What a vertex is expected to show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    /// Luminance of bare skin over the median of what is seen.
    pub expected: f32,
    /// The part of it that is mirrored, linear luminance.
    pub mirrored: f32,
    /// What a white surface shows there, over one that faces the camera.
    pub light: f32,
}

/// The parts of what was known that stay.
#[derive(Clone, Copy, Debug)]
struct Keep {
    room: f32,
    face: f32,
}

#[cfg(test)]
mod tests {
    use super::super::synthetic::{HEIGHT, Picture, WIDTH, face};
    use super::*;
    use crate::face::FaceId;
    use crate::frame::PixelFormat;

    #[test]
    fn a_reset_estimator_holds_nothing_and_starts_anew() {
        let skin = Vec3::new(0.5, 0.3, 0.22);
        let bytes = Picture::flat(Vec3::splat(0.4)).shaded(&face(0.0), skin, |n| 0.5 + 0.5 * n.y).bytes();
        let frame = Frame::new(&bytes, PixelFormat::Rgb8, WIDTH as u32, HEIGHT as u32).unwrap();
        let frames = [0, 33, 66].map(|millis| frame.at(Duration::from_millis(millis)));
        let mut estimator = LightEstimator::default();
        // Somebody leaves before the end.
        estimator.estimate(&frames[0], &[face(0.0), FittedFace { id: FaceId(9), ..face(10.0) }]);
        estimator.estimate(&frames[1], &[face(0.0)]);
        estimator.zeroize();
        let mut kept = std::mem::take(&mut estimator.previous);
        assert!(!kept.is_empty());
        for face in &kept {
            assert!(face.skin.map.iter().chain(&face.lips.map[..]).all(|texel| *texel == Vec4::ZERO));
            assert_eq!((face.exposure, face.sh, face.irises_linear), (0.0, [0.0; 9], [Vec3::ZERO; 2]));
        }
        assert_eq!(format!("{estimator:?}"), format!("{:?}", LightEstimator::default()));

        estimator.previous.append(&mut kept);
        let anew = format!("{:?}", estimator.estimate(&frames[2], &[face(0.0)]));
        assert_eq!(anew, format!("{:?}", LightEstimator::default().estimate(&frames[2], &[face(0.0)])));
    }
}
