//! Estimates the light on every face of a frame and smooths it over time.
//!
//! In: a frame and its fitted faces. Out: [`Light`].
//! 1. White point and exposure of the room (`room_estimate`), unless they were measured. If skin has a colour that it
//!    has in no usual light, it tells the white point (`colour_doubt`).
//! 2. Per face: sample the bare skin (`skin_samples`) and fit the irradiance to it (`irradiance_fit`).
//! 3. The face's exposure, from room, sclera and skin (`exposure`).
//! 4. Split what is seen into its specular and its diffuse part (`illumination`).
//! 5. Exponential smoothing of exposure and harmonics, from which the key light follows (`key_light`).
//! 6. From each vertex's expected luminance: the maps of skin and lips, and the skin tone. Then irises and brows.

use std::time::Duration;

use super::brow::brows;
use super::colour_doubt::{ColourDoubt, SkinWitness};
use super::exposure::Exposure;
use super::face_light::{FaceLight, Light};
use super::face_skin::{FaceSkin, MapUpdate};
use super::illumination::{Illumination, facing};
use super::iris::irises;
use super::irradiance_fit::IrradianceFit;
use super::key_light::KeyLight;
use super::lip_map::{LipBuffers, LipLight};
use super::room_estimate::RoomEstimate;
use super::room_light::RoomLight;
use super::sclera::ScleraSamples;
use super::skin_map::{SkinMapBuffers, SkinMapInput};
use super::skin_mesh::SkinMesh;
use super::skin_samples::SkinSamples;
use super::spherical_harmonics::{Coefficients, shading};
use super::tone::{ToneReading, ToneRejection};
use super::tone_reader::{ToneLight, ToneReader};
use crate::face::{FittedFace, rings};
use crate::frame::Frame;
use crate::zeroize;

/// Estimates the light and smooths it over time, per face.
#[derive(Debug)]
pub struct LightEstimator {
    /// If it was measured.
    known_room: Option<RoomLight>,
    mesh: SkinMesh,
    /// Of each face of the frame, unless the room is known.
    scleras: Vec<ScleraSamples>,
    samples: SkinSamples,
    fit: IrradianceFit,
    tone_reader: ToneReader,
    lip_buffers: LipBuffers,
    skin_buffers: SkinMapBuffers,
    white_confidence: f32,
    light: Light,
    /// Faces of the frame before, and unused maps whose memory is reused.
    previous: Vec<FaceLight>,
    time: Option<Duration>,
}

impl Default for LightEstimator {
    fn default() -> Self {
        Self {
            known_room: None,
            mesh: SkinMesh::default(),
            scleras: Vec::new(),
            samples: SkinSamples::default(),
            fit: IrradianceFit::default(),
            tone_reader: ToneReader::default(),
            lip_buffers: LipBuffers::default(),
            skin_buffers: SkinMapBuffers::default(),
            white_confidence: 0.0,
            light: Light::default(),
            previous: Vec::new(),
            time: None,
        }
    }
}

/// Time constants of the smoothing: the room changes slowly, the face moves through its light.
const ROOM_SECONDS: f32 = 0.6;
const FACE_SECONDS: f32 = 0.12;

/// Shares of the previous values that are kept, 0–1.
#[derive(Clone, Copy, Debug)]
struct KeptParts {
    room: f32,
    face: f32,
}

impl LightEstimator {
    /// For a room whose light was measured (with a calibration card, in a light booth): white point and exposure are
    /// not estimated.
    pub fn with_room(room: RoomLight) -> Self {
        Self { known_room: Some(room), ..Self::default() }
    }

    /// Starts a new stream: later frames are not smoothed against earlier ones. Memory is not overwritten; a room that
    /// was given stays.
    pub fn reset(&mut self) {
        (self.light.room, self.white_confidence, self.time) = (RoomLight::default(), 0.0, None);
    }

    /// Forgets every face and the room, as if just made, and overwrites with zeros all that was kept of them: colours,
    /// maps, samples. A room that was given stays.
    pub fn zeroize(&mut self) {
        self.reset();
        self.previous.append(&mut self.light.faces);
        self.previous.iter_mut().for_each(FaceLight::zeroize);
        zeroize::empty(&mut self.scleras, ScleraSamples::default());
        self.samples.zeroize();
        self.fit.zeroize();
        self.tone_reader.zeroize();
        self.lip_buffers.zeroize();
        self.skin_buffers.zeroize();
    }

    /// Estimates the light on `faces` in `frame`. Borrowed until the next call.
    pub fn estimate(&mut self, frame: &Frame<'_>, faces: &[FittedFace]) -> &Light {
        let kept = self.step_to(frame.time());
        let RoomEstimate { mut room, white_confidence } = self.estimate_room(frame, faces);
        let sampled = self.sample_first_skin(frame, faces);
        if let (None, Some(skin)) = (self.known_room, SkinWitness::of(&self.samples).filter(|_| sampled.is_some())) {
            room.white_linear = skin.white_linear(room.white_linear);
        }
        self.light.room = self.light.room.lerp(room, 1.0 - kept.room);
        self.white_confidence += (white_confidence - self.white_confidence) * (1.0 - kept.room);
        std::mem::swap(&mut self.light.faces, &mut self.previous);
        // Those of people who left.
        self.light.faces.drain(..).for_each(|mut gone| gone.zeroize());
        for (index, face) in faces.iter().enumerate() {
            let previous = self.previous.iter().position(|lit| lit.id == face.id).map(|i| self.previous.swap_remove(i));
            let sclera = self.scleras.get(index).copied();
            if sampled != Some(index) {
                self.samples.take(frame, face, &self.mesh);
            }
            let lit = self.estimate_face(frame, face, Witnesses { room, sclera }, previous, kept);
            self.light.faces.push(lit);
        }
        &self.light
    }

    /// Advances to `time`, and returns the shares to keep: 0 if time has not advanced, since stills stand alone.
    fn step_to(&mut self, time: Duration) -> KeptParts {
        let elapsed = self.time.and_then(|last| time.checked_sub(last)).map_or(0.0, |step| step.as_secs_f32());
        self.time = Some(time);
        let kept = |seconds: f32| if elapsed > 0.0 { (-elapsed / seconds).exp() } else { 0.0 };
        KeptParts { room: kept(ROOM_SECONDS), face: kept(FACE_SECONDS) }
    }

    fn estimate_room(&mut self, frame: &Frame<'_>, faces: &[FittedFace]) -> RoomEstimate {
        self.scleras.clear();
        if let Some(room) = self.known_room {
            return RoomEstimate { room, white_confidence: 1.0 };
        }
        self.scleras.extend(faces.iter().map(|face| ScleraSamples::take(frame, face)));
        RoomEstimate::of(frame, faces, self.scleras.iter().filter_map(|samples| samples.read(|_| 1.0)))
    }

    /// Samples the first face that shows enough skin; returns its place. With one face that is all there is to sample.
    fn sample_first_skin(&mut self, frame: &Frame<'_>, faces: &[FittedFace]) -> Option<usize> {
        faces.iter().position(|face| {
            self.samples.take(frame, face, &self.mesh);
            self.samples.colour().is_some()
        })
    }

    /// `samples` are of this face.
    fn estimate_face(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        witnesses: Witnesses,
        previous: Option<FaceLight>,
        kept: KeptParts,
    ) -> FaceLight {
        let seen = self.fit.fit(&self.samples);
        let exposure = match self.known_room {
            Some(room) => Exposure::known(room),
            None => witnesses.exposure(&self.samples, &seen),
        };
        let white_linear = self.light.room.white_linear;
        let illumination = Illumination::fit(&mut self.samples, &mut self.fit, seen, exposure.level, white_linear);

        let mut lit = match previous {
            Some(lit) if kept.face > 0.0 => lit,
            // Maps that are not needed are reused.
            spare => {
                let spare = spare.or_else(|| self.previous.pop());
                FaceLight::fresh(face.id, exposure.level, illumination.sh, spare)
            }
        };
        let taken = 1.0 - kept.room;
        lit.exposure += (exposure.level - lit.exposure) * taken;
        lit.sh.iter_mut().zip(illumination.sh).for_each(|(kept, seen)| *kept += (seen - *kept) * taken);
        if let Some(seen) = SkinWitness::of(&self.samples) {
            lit.witness = Some(lit.witness.map_or(seen, |kept| kept.lerp(seen, taken)));
        }
        lit.doubt = lit.witness.and_then(|witness| witness.doubt(self.known_room.is_some()));
        let key = KeyLight::of(&lit.sh);
        (lit.key_direction_camera, lit.key_strength) = (key.direction_camera, key.strength);
        lit.softness = key.softness;
        for (kept, seen) in lit.irises_linear.iter_mut().zip(irises(frame, face)) {
            *kept = seen.map_or(*kept, |seen| kept.lerp(seen, taken));
        }
        for (hair, seen) in lit.brows.iter_mut().zip(brows(frame, face)) {
            *hair = hair.lerp(seen.unwrap_or_default(), 1.0 - kept.face);
        }
        let exposure = Exposure { level: lit.exposure, ..exposure };
        self.read_skin(frame, face, FittedLight { illumination, exposure }, &mut lit, kept);
        lit
    }

    /// The maps of the skin and of the lips, and the skin's tone.
    fn read_skin(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        FittedLight { illumination, exposure }: FittedLight,
        lit: &mut FaceLight,
        kept: KeptParts,
    ) {
        let colour = self.samples.colour();
        let diffuse_median = self.samples.luminance();
        let seen_median = colour.map_or(1.0, |skin| skin.luminance.max(1e-4));
        let shading = illumination.face_shading(&face.normals_camera, seen_median, diffuse_median.unwrap_or(1.0));
        let level = diffuse_median.unwrap_or(0.0);
        self.samples
            .draw_to_likely(|normal| illumination.specular(normal), |normal| level * illumination.diffuse(normal));

        let of_lips = rings::LIPS_OUTER.map(|vertex| shading[usize::from(vertex)].specular);
        let specular = of_lips.iter().sum::<f32>() / of_lips.len() as f32;
        let lip_light = LipLight { skin: &self.samples, specular, is_doubted: lit.doubt.is_some() };
        let update = MapUpdate { exposure: exposure.level / illumination.facing, kept: kept.face };
        lit.lips.update(frame, face, lip_light, &mut self.lip_buffers, update);

        let skin = colour
            .zip(diffuse_median)
            .map(|(colour, median)| FaceSkin { colour, facing_luminance: median * illumination.facing });
        let input = SkinMapInput { mesh: &self.mesh, skin, shading: &shading };
        let update = MapUpdate { exposure: exposure.level, kept: kept.face };
        lit.skin.update(frame, face, input, &mut self.skin_buffers, update);

        let light = ToneLight {
            white_linear: self.light.room.white_linear,
            exposure,
            white_confidence: self.known_room.is_none().then_some(self.white_confidence),
        };
        let read = match lit.doubt {
            Some(ColourDoubt::ColouredLight) => Err(ToneRejection::TooColoured),
            Some(ColourDoubt::Overexposed) => Err(ToneRejection::TooBright),
            None => self.tone_reader.read(frame, face, skin, &shading, light),
        };
        lit.tone = match read {
            Ok(sample) => ToneReading::Tone(sample.steadied(lit.tone, kept.room)),
            Err(rejection) => ToneReading::CannotTell(rejection),
        };
    }
}

/// What determines the exposure of a face besides its skin.
#[derive(Clone, Copy)]
struct Witnesses {
    room: RoomLight,
    sclera: Option<ScleraSamples>,
}

impl Witnesses {
    /// `seen`: the irradiance over the median of the skin.
    fn exposure(&self, skin: &SkinSamples, seen: &Coefficients) -> Exposure {
        let front = facing(seen);
        let sclera = self.sclera.and_then(|samples| samples.read(|normal| shading(seen, normal) / front));
        Exposure::estimate(self.room, skin.colour().map(|skin| skin.linear()), skin.clipped(), sclera)
    }
}

/// The light on a face in this frame, and its smoothed exposure.
#[derive(Clone, Copy)]
struct FittedLight {
    illumination: Illumination,
    exposure: Exposure,
}

#[cfg(test)]
mod tests {
    use glam::{Vec3, Vec4};

    use super::super::synthetic::{HEIGHT, Picture, WIDTH, face};
    use super::*;
    use crate::face::FaceId;
    use crate::frame::PixelFormat;

    #[test]
    fn a_reset_estimator_holds_nothing_and_starts_anew() {
        let skin = Vec3::new(0.5, 0.3, 0.22);
        let bytes = Picture::flat(Vec3::splat(0.4)).shaded(&face(0.0), skin, |n| 0.5 + 0.5 * n.y).bytes();
        let frame = Frame::new(&bytes, PixelFormat::Rgb8, WIDTH as u32, HEIGHT as u32).unwrap();
        let frames = [0, 33, 66].map(|millis| frame.with_time(Duration::from_millis(millis)));
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
