//! The material of every point of the bust.
//!
//! In: the finished head, then points of it. Out: two materials with their mixture and shade, and the zone that the
//! point belongs to. The face is symmetric: features are kept for its left side (x > 0) alone.
//!
//! 1. Once: where lids, fold, brow, eye and nostril lie is read from named landmarks of the head.
//! 2. Per point, by the part of the body that it lies on: lips by what was smoothed along with the mesh, brows and
//!    lashes by their distance from the lines of the features, redness and mottling by place and noise.
//!
//! The widths, shares and places were set by eye, for a face that the trackers take for a person.

use carmine_models::rings;
use carmine_shaders::cpu::smoothstep;
use glam::{Vec2, Vec3};

use crate::hairline::Hairline;
use crate::mesh::{BodyPart, Mesh};
use crate::noise;
use crate::palette::Material;

/// Radii of the eyeballs, wider than real ones so that they close the lids' opening to its corners.
pub(crate) const EYE_RADII_CM: Vec3 = Vec3::new(1.75, 1.35, 1.25);
const IRIS_CM: f32 = 0.60;
/// Where the bust's hair begins.
const HAIRLINE: Hairline<12> = Hairline {
    knots_cm: [
        [-12.0, -5.5],
        [-9.0, -5.0],
        [-7.0, -3.0],
        [-5.0, 0.4],
        [-3.2, 2.2],
        [-1.8, 2.3],
        [-0.8, 3.4],
        [0.3, 5.2],
        [1.2, 6.8],
        [2.4, 8.1],
        [3.6, 8.8],
        [6.0, 9.1],
    ],
    arch_cm: 0.8,
    arch_width_cm: 3.4,
};

/// How far a point of the head lies above the hairline, cm; negative on bare skin.
pub(crate) fn above_hairline_cm(at: Vec3) -> f32 {
    HAIRLINE.above_cm(at, |[z0, y0], [z1, y1], z| y0 + (y1 - y0) * (z - z0) / (z1 - z0))
}

/// What a pixel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// Hair, clothes, the wall.
    #[default]
    Other,
    /// Bare skin of face, ears and neck.
    Skin,
    /// The red of the lips.
    Lips,
    /// Between the lids.
    Eye,
    /// Hair of the brows.
    Brow,
}

/// Where a point lies by the edge of the upper lid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LidPlace {
    /// Above the edge, cm; negative below it.
    pub above_cm: f32,
    /// Between the eye's corners: 0 inner, 1 outer; beyond them less or more.
    pub along: f32,
}

/// Two materials and how they are mixed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    pub base: Material,
    pub over: Material,
    /// Share of `over`, 0–1.
    pub share: f32,
    /// Factor on the albedo.
    pub shade: f32,
    /// How much green and blue are taken away, 0–1.
    pub redness: f32,
}

/// Where the features lie on the finished mesh, cm.
#[derive(Debug)]
pub(crate) struct Painter {
    pub(crate) eye_cm: Vec3,
    pub(crate) upper_lid: Vec<Vec2>,
    pub(crate) lower_lid: Vec<Vec2>,
    pub(crate) fold: Vec<Vec2>,
    pub(crate) brow: Vec<Vec2>,
    pub(crate) nostril_cm: Vec3,
}

impl Painter {
    pub fn new(head: &Mesh) -> Self {
        let at = |vertex: u16| head.vertices[usize::from(vertex)].position_cm;
        let line = |vertices: &[u16]| vertices.iter().map(|&vertex| at(vertex).truncate()).collect::<Vec<_>>();
        let ring = rings::LEFT_EYE;
        let lids = ring.iter().map(|&vertex| at(vertex)).sum::<Vec3>() / 16.0;
        let lower: Vec<u16> = ring[..=8].to_vec();
        let upper: Vec<u16> = ring[8..].iter().chain(&ring[..1]).copied().collect();
        let brow = [(285, 336), (295, 296), (282, 334), (283, 293), (276, 300)];
        Self {
            eye_cm: Vec3::new(lids.x, lids.y + 0.04, lids.z - EYE_RADII_CM.z + 0.02),
            upper_lid: line(&upper),
            lower_lid: line(&lower),
            fold: line(&[414, 286, 258, 257, 259, 260, 467]),
            brow: brow.map(|(low, high)| at(low).lerp(at(high), 0.42).truncate()).to_vec(),
            nostril_cm: [305, 290, 250, 458, 309, 392].map(at).iter().sum::<Vec3>() / 6.0,
        }
    }

    /// Middle of the left eyeball.
    pub fn eye_cm(&self) -> Vec3 {
        self.eye_cm
    }

    /// Where a point of the face lies by the edge of the upper lid.
    pub fn lid_place(&self, at: Vec3) -> LidPlace {
        let side = Vec2::new(at.x.abs(), at.y);
        let [inner, outer] = [self.upper_lid[0], self.upper_lid[self.upper_lid.len() - 1]];
        let along = (side.x - inner.x) / (outer.x - inner.x);
        let piece = self.upper_lid.windows(2).find(|ends| side.x <= ends[1].x);
        let lid = piece.map_or(outer.y, |ends| {
            let t = ((side.x - ends[0].x) / (ends[1].x - ends[0].x).max(1e-3)).max(0.0);
            ends[0].y + (ends[1].y - ends[0].y) * t
        });
        LidPlace { above_cm: side.y - lid, along }
    }

    /// The point `at` (face space) of `part`, with the values that were smoothed along with the mesh.
    pub fn paint(&self, part: BodyPart, at: Vec3, lip: f32, slit: f32) -> (Paint, Zone) {
        match part {
            BodyPart::Hair => (hair(at), Zone::Other),
            BodyPart::Eyeball => (self.eye(at), Zone::Eye),
            BodyPart::LidRim => (plain(Material::LidRim, 0.85), Zone::Eye),
            BodyPart::Torso if at.y < -13.3 - 0.38 * (at.z + 5.0).max(0.0) => {
                (plain(Material::Cloth, 1.0), Zone::Other)
            }
            BodyPart::Pearl => (plain(Material::Sclera, 1.0), Zone::Other),
            BodyPart::Torso | BodyPart::Ear => (Paint { share: 0.0, ..skin(at) }, Zone::Skin),
            BodyPart::Skin | BodyPart::Lip => self.face(at, part == BodyPart::Lip, lip, slit),
        }
    }

    fn face(&self, at: Vec3, on_lip: bool, lip: f32, slit: f32) -> (Paint, Zone) {
        let mut paint = skin(at);
        if on_lip || lip > 0.1 {
            paint.over = Material::Lip;
            paint.share = smoothstep(0.30, 0.72, lip);
            // Fine upright lines, and a dark seam.
            let lines = noise::line(at.x * 7.0 + noise::line(at.y * 3.0, 5), 3) * 0.05;
            let seam = 1.0 - 0.75 * smoothstep(0.72, 1.0, slit);
            paint.shade *= (1.0 + lines * paint.share) * seam;
            return (paint, if on_lip { Zone::Lips } else { Zone::Skin });
        }
        let side = Vec2::new(at.x.abs(), at.y);
        let brow = self.brow_share(side);
        if brow > 0.0 {
            (paint.over, paint.share) = (Material::Hair, brow);
            return (paint, if brow > 0.4 { Zone::Brow } else { Zone::Skin });
        }
        let lash = nearest(&self.upper_lid, side).distance;
        let lower = nearest(&self.lower_lid, side);
        // Thinner towards the nose.
        let reach = 0.05 + 0.11 * smoothstep(2.0, 3.8, side.x);
        let lashes = 0.92 * (1.0 - smoothstep(0.5 * reach, 1.4 * reach, lash));
        let below = 0.35 * (1.0 - smoothstep(0.02, 0.10, lower.distance)) * smoothstep(0.0, 0.5, lower.along);
        let fold = nearest(&self.fold, side).distance;
        paint.shade *= 1.0 - 0.30 * (-(fold / 0.13).powi(2)).exp();
        let hollow = (side - Vec2::new(3.0, 1.55)) / Vec2::new(1.3, 0.45);
        paint.shade *= 1.0 - 0.07 * (-hollow.length_squared()).exp();
        let nostril = (Vec3::new(at.x.abs(), at.y, at.z) - self.nostril_cm) / Vec3::new(0.36, 0.24, 0.5);
        let nostril = 0.9 * (1.0 - smoothstep(0.5, 1.25, nostril.length()));
        let edge = hairline_share(at);
        (paint.over, paint.share) =
            if nostril > 0.0 { (Material::Hollow, nostril) } else { (Material::Hair, lashes.max(below).max(edge)) };
        (paint, Zone::Skin)
    }

    fn brow_share(&self, side: Vec2) -> f32 {
        let Nearest { distance: away, along } = nearest(&self.brow, side);
        let half = 0.33 - 0.19 * smoothstep(0.45, 1.0, along);
        let ends = smoothstep(-0.01, 0.16, along) * (1.0 - smoothstep(0.96, 1.0, along));
        let strands = 0.5 + 0.5 * noise::line(side.x * 13.0 - side.y * (16.0 - 26.0 * along), 11);
        0.86 * (1.0 - smoothstep(0.35 * half, 1.15 * half, away)) * ends * (0.82 + 0.18 * strands)
    }

    fn eye(&self, at: Vec3) -> Paint {
        let offset = Vec2::new(at.x.abs() - self.eye_cm.x, at.y - self.eye_cm.y);
        let out = offset.length();
        let lid = nearest(&self.upper_lid, Vec2::new(at.x.abs(), at.y)).distance;
        let shade = (1.0 - 0.55 * (-(lid / 0.22).powi(2)).exp()) * (1.0 - 0.28 * smoothstep(0.6, 1.3, out));
        if out > IRIS_CM - 0.04 {
            let share = 1.0 - smoothstep(IRIS_CM - 0.04, IRIS_CM + 0.03, out);
            return Paint { base: Material::Sclera, over: Material::Pupil, share, shade, redness: 0.04 };
        }
        let turn = offset.y.atan2(offset.x);
        let fibres = 1.0 + 0.22 * noise::line(turn * 9.0, 21) - 0.55 * smoothstep(0.40, IRIS_CM, out);
        let share = 1.0 - smoothstep(0.20, 0.25, out);
        Paint { base: Material::Iris, over: Material::Pupil, share, shade: shade * fibres, redness: 0.0 }
    }
}

fn plain(base: Material, shade: f32) -> Paint {
    Paint { base, over: base, share: 0.0, shade, redness: 0.0 }
}

fn skin(at: Vec3) -> Paint {
    let side = at.with_x(at.x.abs());
    let spot = |middle: Vec3, reach: f32| (-side.distance_squared(middle) / (reach * reach)).exp();
    let redness = 0.12 * spot(Vec3::new(4.4, -1.2, 4.0), 2.4)
        + 0.10 * spot(Vec3::new(0.0, -0.9, 7.4), 1.3)
        + 0.05 * spot(Vec3::new(0.0, -8.0, 5.0), 1.6)
        + 0.10 * spot(Vec3::new(8.4, 0.5, -3.5), 2.2);
    let mottled =
        0.018 * noise::space(at * 0.9, 1) + 0.012 * noise::space(at * 3.1, 2) + 0.010 * noise::space(at * 9.0, 3);
    let share = hairline_share(at);
    Paint { base: Material::Skin, over: Material::Hair, share, shade: 1.0 + mottled, redness }
}

/// Hair that thins out before its line.
fn hairline_share(at: Vec3) -> f32 {
    if at.y < -6.0 {
        return 0.0;
    }
    let ragged = above_hairline_cm(at) + 0.14 * noise::line(strand(at) * 90.0, 31);
    0.85 * smoothstep(-0.75, 0.10, ragged)
}

/// Combed straight back: one strand has one angle about the head's long axis.
fn strand(at: Vec3) -> f32 {
    (at.y - 0.5).atan2(at.x)
}

fn hair(at: Vec3) -> Paint {
    let strand = strand(at);
    let strands = 0.22 * noise::line(strand * 45.0, 41) + 0.16 * noise::line(strand * 130.0 + at.z * 0.4, 42);
    plain(Material::Hair, 1.0 + strands)
}

/// The nearest point of a line of points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nearest {
    pub distance: f32,
    /// Where along the line it lies: 0 at its beginning, 1 at its end, in steps of its pieces.
    pub along: f32,
}

/// The point of `line` that lies nearest to `at`.
pub(crate) fn nearest(line: &[Vec2], at: Vec2) -> Nearest {
    let pieces = (line.len() - 1) as f32;
    let (mut squared, mut along) = (f32::INFINITY, 0.0);
    for (number, ends) in line.windows(2).enumerate() {
        let [a, b] = [ends[0], ends[1]];
        let t = ((at - a).dot(b - a) / a.distance_squared(b).max(1e-9)).clamp(0.0, 1.0);
        let away = at.distance_squared(a.lerp(b, t));
        if away < squared {
            (squared, along) = (away, (number as f32 + t) / pieces);
        }
    }
    Nearest { distance: squared.sqrt(), along }
}
