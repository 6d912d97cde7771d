//! What every visible point of a shop mannequin looks like.
//!
//! In: a vertex with its precomputed transfer and the lamps; then, per pixel, the interpolated light and the place in
//! the skin's texture. Out: linear RGB.
//!
//! 1. Per vertex: irradiance is the product of the light's and the transfer's coefficients.
//! 2. Per vertex: what is mirrored. On skin two Blinn–Phong lobes with Schlick's Fresnel term (1994); on hair Kajiya &
//!    Kay's strands (1989), a clear lobe and a tinted one that lies a little further down.
//! 3. Per pixel: albedo times irradiance, with light that bounces back out of hollows and redder shadows on skin, plus
//!    what is mirrored. Eyes are drawn by distance from the iris' middle, with the lamps' images on them.

use carmine_shaders::cpu::smoothstep;
use glam::{Mat3, Vec2, Vec3};

use super::albedo::FigureAlbedo;
use super::figure::Figure;
use super::lamps::Lamps;
use super::sculpt;
use super::skin_texture::SkinTexture;
use super::transfer::{TERMS, Transfer};
use crate::mesh::BodyPart;
use crate::noise;

const IRIS_CM: f32 = 0.66;
/// From the middle of the opening to the iris': eyes that look at someone near, under relaxed lids.
const IRIS_FROM_CM: Vec2 = Vec2::new(-0.09, 0.07);
const STRANDS: usize = 4096;
/// Light that comes back from the skin around a hollow, over what the hollow lacks.
const BOUNCED: f32 = 0.55;

/// The light that reaches a vertex.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ReceivedLight {
    /// Linear RGB of a white matte surface there.
    pub irradiance: Vec3,
    /// What is mirrored.
    pub mirrored: Vec3,
    /// Share of the surroundings that the point sees, 0–1.
    pub open: f32,
}

/// A vertex as it stands before the camera.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShadingPoint {
    pub position_camera: Vec3,
    pub normal_camera: Vec3,
    /// In the head's own space.
    pub position_cm: Vec3,
    pub turned: f32,
    pub part: BodyPart,
}

/// The light of one frame: for what turns with the head, and for what stays.
pub(super) struct FrameLight<'a> {
    pub lamps: &'a Lamps,
    pub rotation: Mat3,
    pub head: [[f32; TERMS]; 3],
    pub still: [[f32; TERMS]; 3],
    pub sheen: Vec3,
    pub hair: Vec3,
}

impl FrameLight<'_> {
    pub fn on(&self, point: &ShadingPoint, transfer: &Transfer) -> ReceivedLight {
        let received = |light: &[[f32; TERMS]; 3]| {
            let dot = |channel: usize| {
                let (a, b) = (&light[channel], &transfer[channel]);
                a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>()
            };
            Vec3::new(dot(0), dot(1), dot(2))
        };
        let mut irradiance = received(&self.head);
        if point.turned < 1.0 {
            irradiance = received(&self.still).lerp(irradiance, point.turned);
        }
        // The constant term of a point that sees half of everything is π · 0.2821.
        let open = (transfer[1][0] / 0.886).clamp(0.0, 1.0);
        let view = (-point.position_camera).normalize_or(Vec3::Z);
        let mirrored = if point.part == BodyPart::Hair { self.on_hair(point, view) } else { self.on_skin(point, view) };
        ReceivedLight { irradiance: irradiance.max(Vec3::splat(0.004)), mirrored: mirrored * (open * open), open }
    }

    fn on_skin(&self, point: &ShadingPoint, view: Vec3) -> Vec3 {
        let normal = point.normal_camera;
        let mut sum = Vec3::ZERO;
        for lamp in self.lamps.lamps.iter().filter(|lamp| lamp.mirrored > 0.0) {
            let facing = normal.dot(lamp.direction) + 0.1;
            if facing <= 0.0 {
                continue;
            }
            let half = (lamp.direction + view).normalize_or(Vec3::Z);
            let near = normal.dot(half).max(0.0);
            // Schlick's Fresnel term at skin's index of refraction; a broad lobe and a finer one.
            let fresnel = 0.028 + 0.6 * (1.0 - view.dot(half)).max(0.0).powi(5);
            let lobes = 2.3 * near.powi(9) + 1.5 * near.powi(36);
            sum += lamp.colour * (lamp.mirrored * fresnel * lobes * facing);
        }
        sum * self.sheen
    }

    fn on_hair(&self, point: &ShadingPoint, view: Vec3) -> Vec3 {
        let along = self.rotation * sculpt::combed(point.position_cm);
        let strand = along.reject_from_normalized(point.normal_camera).normalize_or(Vec3::Y);
        // Scales lean towards the tips: the tinted reflection lies a little further down than the clear one.
        let clear = (strand - point.normal_camera * 0.10).normalize_or(Vec3::Y);
        let tinted = (strand + point.normal_camera * 0.12).normalize_or(Vec3::Y);
        let mut sum = Vec3::ZERO;
        for lamp in self.lamps.lamps.iter().filter(|lamp| lamp.mirrored > 0.0) {
            let facing = smoothstep(-0.15, 0.5, point.normal_camera.dot(lamp.direction));
            let half = (lamp.direction + view).normalize_or(Vec3::Z);
            // Kajiya & Kay 1989, with the square of the sine to half the power.
            let lobe = |strand: Vec3, half_power: i32| (1.0 - strand.dot(half).powi(2)).max(0.0).powi(half_power);
            let colour = Vec3::splat(0.065) * lobe(clear, 34) + self.hair * (0.75 * lobe(tinted, 9));
            sum += lamp.colour * colour * (facing * lamp.mirrored);
        }
        sum
    }
}

/// A lamp mirrored in an eye.
#[derive(Clone, Copy, Debug)]
struct CatchLight {
    /// From the iris' middle.
    from_iris_cm: Vec2,
    /// Half its width and height.
    half_size_cm: Vec2,
    /// Linear RGB.
    colour: Vec3,
}

/// What every visible point looks like.
#[derive(Debug)]
pub(super) struct Shader {
    pub albedo: FigureAlbedo,
    skin: SkinTexture,
    eye_cm: Vec2,
    strands: Vec<f32>,
    /// Images of the two strongest lamps in the eyes.
    catch_lights: [CatchLight; 2],
}

impl Shader {
    pub fn new(figure: &Figure, albedo: FigureAlbedo, lamps: &Lamps) -> Self {
        let fine = |at: usize| {
            let turn = at as f32 / STRANDS as f32;
            0.11 * noise::line(turn * 330.0, 41) + 0.08 * noise::line(turn * 1100.0, 42)
        };
        let catch_light = |number: usize, half_size_cm: Vec2| {
            let lamp = lamps.lamps[number];
            let from_iris_cm = Vec2::new(lamp.direction.x * 0.40, 0.08 + lamp.direction.y * 0.24);
            CatchLight { from_iris_cm, half_size_cm, colour: lamp.colour }
        };
        Self {
            albedo,
            skin: SkinTexture::paint(figure, &albedo),
            eye_cm: figure.painter.eye_cm().truncate(),
            strands: (0..STRANDS).map(fine).collect(),
            catch_lights: [catch_light(0, Vec2::new(0.095, 0.125)), catch_light(1, Vec2::new(0.05, 0.075))],
        }
    }

    /// Linear RGB. `map_cm` is the point's place in the skin's texture, `gaze_cm` how far the irises are turned.
    pub fn colour(&self, part: BodyPart, map_cm: Vec2, lit: &ReceivedLight, gaze_cm: Vec2) -> Vec3 {
        let (albedo, gloss) = match part {
            BodyPart::Skin | BodyPart::Lip => {
                let [r, g, b, gloss] = self.skin.at(map_cm);
                (Vec3::new(r, g, b), gloss)
            }
            BodyPart::Ear => (self.albedo.skin, 0.8),
            BodyPart::Torso => self.torso(map_cm),
            BodyPart::LidRim => (self.albedo.skin * Vec3::new(0.72, 0.52, 0.50), 1.0),
            BodyPart::Hair => {
                let place = (map_cm.x + 1.0) * STRANDS as f32;
                let strand = self.strands[place as usize % STRANDS];
                (self.albedo.hair * (1.0 + strand), 1.0 + strand)
            }
            BodyPart::Pearl => (Vec3::new(0.80, 0.77, 0.73), 5.0),
            BodyPart::Eyeball => return self.eye(map_cm, lit, gaze_cm),
        };
        let bounced = Vec3::ONE + albedo * (BOUNCED * (1.0 - lit.open));
        let albedo = if matches!(part, BodyPart::Hair | BodyPart::Pearl) {
            albedo
        } else {
            // Light that has wandered through skin into a shadow is red.
            albedo * Vec3::ONE.lerp(Vec3::new(1.10, 0.93, 0.86), smoothstep(0.95, 0.25, lit.irradiance.y))
        };
        albedo * lit.irradiance * bounced + lit.mirrored * gloss
    }

    /// Neck and shoulders, and the top that they wear.
    fn torso(&self, at: Vec2) -> (Vec3, f32) {
        let below = sculpt::below_neckline(at);
        let worn = smoothstep(-0.03, 0.03, below);
        // A narrow shadow over the edge, a seam under it.
        let skin = self.albedo.skin * (1.0 - 0.28 * smoothstep(-0.45, 0.0, below));
        let seam = 1.0 - 0.12 * smoothstep(0.10, 0.04, (below - 0.55).abs());
        (skin.lerp(self.albedo.cloth * seam, worn), 0.8 - 0.65 * worn)
    }

    fn eye(&self, at: Vec2, lit: &ReceivedLight, gaze_cm: Vec2) -> Vec3 {
        let middle = (self.eye_cm + IRIS_FROM_CM) * Vec2::new(at.x.signum(), 1.0) + gaze_cm;
        let from = at - middle;
        let out = from.length();
        // Towards the corners it is darker and warmer.
        let edge = smoothstep(0.7, 1.5, (at.x - self.eye_cm.x * at.x.signum()).abs());
        let lid = smoothstep(0.10, 0.62, at.y - self.eye_cm.y);
        let white = self.albedo.sclera * (Vec3::ONE - Vec3::new(0.16, 0.30, 0.34) * edge) * (1.0 - 0.30 * lid);
        let mut colour = white;
        let share = 1.0 - smoothstep(IRIS_CM - 0.05, IRIS_CM + 0.03, out);
        if share > 0.0 {
            // Fibres; lighter where light that came in above leaves it below; a dark ring at its rim.
            let fibres = 0.14 * noise::line(from.y.atan2(from.x) * 9.0, 21);
            let leaving = 1.0 + 0.9 * smoothstep(0.25, -0.45, from.y) * smoothstep(0.20, 0.42, out);
            let ring = 1.0 - 0.70 * smoothstep(0.46, IRIS_CM, out);
            let iris = self.albedo.iris * ((1.0 + fibres) * leaving * ring);
            let pupil = 1.0 - smoothstep(0.22, 0.27, out);
            colour = colour.lerp(iris.lerp(Vec3::splat(0.004), pupil), share);
        }
        let mut seen = colour * lit.irradiance * 1.12;
        for (image, strength) in self.catch_lights.iter().zip([1.15, 0.5]) {
            // A rounded window.
            let across = ((from - image.from_iris_cm) / image.half_size_cm).abs();
            let across = (across.x.powi(4) + across.y.powi(4)).sqrt();
            seen += image.colour * (strength * (1.0 - smoothstep(0.6, 1.3, across)) * (0.35 + 0.65 * lit.open));
        }
        seen
    }
}
