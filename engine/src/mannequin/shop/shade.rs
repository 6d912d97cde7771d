use glam::{Mat3, Vec2, Vec3};

use super::complexion::Complexion;
use super::figure::Figure;
use super::lamps::Lamps;
use super::sculpt;
use super::skin_map::SkinMap;
use super::transfer::{TERMS, Transfer};
use crate::mannequin::bust::smoothstep;
use crate::mannequin::mesh::Part;
use crate::mannequin::noise;

const IRIS_CM: f32 = 0.66;
/// From the middle of the opening to the iris': eyes that look at someone near, under relaxed lids.
const IRIS_FROM_CM: Vec2 = Vec2::new(-0.09, 0.07);
const STRANDS: usize = 4096;
/// Light that comes back from the skin around a hollow, over what the hollow lacks.
const BOUNCED: f32 = 0.55;

/// The light that reaches a vertex.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lit {
    /// Linear RGB of a white matte surface there.
    pub irradiance: Vec3,
    /// What is mirrored.
    pub mirrored: Vec3,
    /// Share of the surroundings that the point sees, 0–1.
    pub open: f32,
}

/// A vertex as it stands before the camera.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    pub position_camera: Vec3,
    pub normal_camera: Vec3,
    /// In the head's own space.
    pub position_cm: Vec3,
    pub turned: f32,
    pub part: Part,
}

/// The light of one frame: for what turns with the head, and for what stays.
pub(super) struct Shine<'a> {
    pub lamps: &'a Lamps,
    pub rotation: Mat3,
    pub head: [[f32; TERMS]; 3],
    pub still: [[f32; TERMS]; 3],
    pub sheen: Vec3,
    pub hair: Vec3,
}

impl Shine<'_> {
    pub fn on(&self, stand: &Stand, transfer: &Transfer) -> Lit {
        let received = |light: &[[f32; TERMS]; 3]| {
            let dot = |channel: usize| {
                let (a, b) = (&light[channel], &transfer[channel]);
                a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>()
            };
            Vec3::new(dot(0), dot(1), dot(2))
        };
        let mut irradiance = received(&self.head);
        if stand.turned < 1.0 {
            irradiance = received(&self.still).lerp(irradiance, stand.turned);
        }
        // The constant term of a point that sees half of everything is π · 0.2821.
        let open = (transfer[1][0] / 0.886).clamp(0.0, 1.0);
        let view = (-stand.position_camera).normalize_or(Vec3::Z);
        let mirrored = if stand.part == Part::Hair { self.on_hair(stand, view) } else { self.on_skin(stand, view) };
        Lit { irradiance: irradiance.max(Vec3::splat(0.004)), mirrored: mirrored * (open * open), open }
    }

    fn on_skin(&self, stand: &Stand, view: Vec3) -> Vec3 {
        let normal = stand.normal_camera;
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

    fn on_hair(&self, stand: &Stand, view: Vec3) -> Vec3 {
        let along = self.rotation * sculpt::combed(stand.position_cm);
        let strand = along.reject_from_normalized(stand.normal_camera).normalize_or(Vec3::Y);
        // Scales lean towards the tips: the tinted reflection lies a little further down than the clear one.
        let clear = (strand - stand.normal_camera * 0.10).normalize_or(Vec3::Y);
        let tinted = (strand + stand.normal_camera * 0.12).normalize_or(Vec3::Y);
        let mut sum = Vec3::ZERO;
        for lamp in self.lamps.lamps.iter().filter(|lamp| lamp.mirrored > 0.0) {
            let facing = smoothstep(-0.15, 0.5, stand.normal_camera.dot(lamp.direction));
            let half = (lamp.direction + view).normalize_or(Vec3::Z);
            // Kajiya & Kay 1989, with the square of the sine to half the power.
            let lobe = |strand: Vec3, half_power: i32| (1.0 - strand.dot(half).powi(2)).max(0.0).powi(half_power);
            let colour = Vec3::splat(0.065) * lobe(clear, 34) + self.hair * (0.75 * lobe(tinted, 9));
            sum += lamp.colour * colour * (facing * lamp.mirrored);
        }
        sum
    }
}

/// What every visible point looks like.
#[derive(Debug)]
pub(super) struct Shader {
    pub complexion: Complexion,
    pub map: SkinMap,
    eye_cm: Vec2,
    strands: Vec<f32>,
    /// Where the lights are seen mirrored in the eyes, cm from the iris' middle, and how bright.
    catch: [(Vec2, Vec3); 2],
}

impl Shader {
    pub fn new(figure: &Figure, complexion: Complexion, lamps: &Lamps) -> Self {
        let fine = |at: usize| {
            let turn = at as f32 / STRANDS as f32;
            0.11 * noise::line(turn * 330.0, 41) + 0.08 * noise::line(turn * 1100.0, 42)
        };
        let caught = |number: usize| {
            let lamp = lamps.lamps[number];
            (Vec2::new(lamp.direction.x * 0.40, 0.08 + lamp.direction.y * 0.24), lamp.colour)
        };
        Self {
            complexion,
            map: SkinMap::paint(figure, &complexion),
            eye_cm: figure.painter.eye_cm().truncate(),
            strands: (0..STRANDS).map(fine).collect(),
            catch: [caught(0), caught(1)],
        }
    }

    /// Linear RGB. `map_cm` is the point's place in the skin's map, `gaze_cm` how far the irises are turned.
    pub fn colour(&self, part: Part, map_cm: Vec2, lit: &Lit, gaze_cm: Vec2) -> Vec3 {
        let (albedo, gloss) = match part {
            Part::Skin | Part::Lip => {
                let [r, g, b, gloss] = self.map.at(map_cm);
                (Vec3::new(r, g, b), gloss)
            }
            Part::Ear => (self.complexion.skin, 0.8),
            Part::Torso => self.torso(map_cm),
            Part::LidRim => (self.complexion.skin * Vec3::new(0.72, 0.52, 0.50), 1.0),
            Part::Hair => {
                let place = (map_cm.x + 1.0) * STRANDS as f32;
                let strand = self.strands[place as usize % STRANDS];
                (self.complexion.hair * (1.0 + strand), 1.0 + strand)
            }
            Part::Pearl => (Vec3::new(0.80, 0.77, 0.73), 5.0),
            Part::Eyeball => return self.eye(map_cm, lit, gaze_cm),
        };
        let bounced = Vec3::ONE + albedo * (BOUNCED * (1.0 - lit.open));
        let albedo = if matches!(part, Part::Hair | Part::Pearl) {
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
        let skin = self.complexion.skin * (1.0 - 0.28 * smoothstep(-0.45, 0.0, below));
        let seam = 1.0 - 0.12 * smoothstep(0.10, 0.04, (below - 0.55).abs());
        (skin.lerp(self.complexion.cloth * seam, worn), 0.8 - 0.65 * worn)
    }

    fn eye(&self, at: Vec2, lit: &Lit, gaze_cm: Vec2) -> Vec3 {
        let middle = (self.eye_cm + IRIS_FROM_CM) * Vec2::new(at.x.signum(), 1.0) + gaze_cm;
        let from = at - middle;
        let out = from.length();
        // Towards the corners it is darker and warmer.
        let edge = smoothstep(0.7, 1.5, (at.x - self.eye_cm.x * at.x.signum()).abs());
        let lid = smoothstep(0.10, 0.62, at.y - self.eye_cm.y);
        let white = self.complexion.sclera * (Vec3::ONE - Vec3::new(0.16, 0.30, 0.34) * edge) * (1.0 - 0.30 * lid);
        let mut colour = white;
        let share = 1.0 - smoothstep(IRIS_CM - 0.05, IRIS_CM + 0.03, out);
        if share > 0.0 {
            // Fibres; lighter where light that came in above leaves it below; a dark ring at its rim.
            let fibres = 0.14 * noise::line(from.y.atan2(from.x) * 9.0, 21);
            let leaving = 1.0 + 0.9 * smoothstep(0.25, -0.45, from.y) * smoothstep(0.20, 0.42, out);
            let ring = 1.0 - 0.70 * smoothstep(0.46, IRIS_CM, out);
            let iris = self.complexion.iris * ((1.0 + fibres) * leaving * ring);
            let pupil = 1.0 - smoothstep(0.22, 0.27, out);
            colour = colour.lerp(iris.lerp(Vec3::splat(0.004), pupil), share);
        }
        let mut seen = colour * lit.irradiance * 1.12;
        for (number, (place, light)) in self.catch.iter().enumerate() {
            let size = if number == 0 { Vec2::new(0.095, 0.125) } else { Vec2::new(0.05, 0.075) };
            // A rounded window.
            let across = ((from - *place) / size).abs();
            let across = (across.x.powi(4) + across.y.powi(4)).sqrt();
            let bright = if number == 0 { 1.15 } else { 0.5 };
            seen += *light * (bright * (1.0 - smoothstep(0.6, 1.3, across)) * (0.35 + 0.65 * lit.open));
        }
        seen
    }
}
