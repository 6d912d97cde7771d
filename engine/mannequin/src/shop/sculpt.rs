//! What makes the plain bust a shop's mannequin: its proportions, hair combed back into a knot, and a plain top.
//!
//! In: points of the canonical face, or the finished head. Out: the moved points, and meshes of hair, knot, torso and
//! pearls. Lengths in cm, in face space. Features are moved by smooth bumps (Gaussians and smoothsteps) about where the
//! canonical face has them.

use std::f32::consts::TAU;

use carmine_shaders::cpu::smoothstep;
use glam::{Vec2, Vec3};

use crate::bust::SKULL_CM;
use crate::hairline::Hairline;
use crate::mesh::{BodyPart, Mesh};

/// Proportions of one face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FaceShape {
    /// Share of the width that the chin loses.
    pub jaw: f32,
    /// Size of the eyes over the canonical face's.
    pub eyes: f32,
    /// Width of the nose over the canonical face's.
    pub nose: f32,
    /// Height of the lips over the canonical face's.
    pub lips: f32,
    /// Width of the face over the canonical face's.
    pub width: f32,
}

/// Middle of the hair's knot.
const KNOT_CM: Vec3 = Vec3::new(0.0, 13.5, -6.8);
const KNOT_RADII_CM: Vec3 = Vec3::new(3.5, 3.1, 3.5);

impl FaceShape {
    /// Moves a point of the canonical face to where this face has it.
    pub fn moved(&self, at: Vec3) -> Vec3 {
        let mut to = at;
        let (side, x) = (at.x.signum(), at.x.abs());
        let near = |middle: Vec2, reach: f32| (-(Vec2::new(x, at.y) - middle).length_squared() / (reach * reach)).exp();
        // Eyes grow about their middles; their outer corners rise a little.
        let eye = Vec2::new(3.15, 2.65);
        let grown = (self.eyes - 1.0) * near(eye, 2.1);
        let out = x - eye.x;
        to.x += side * out * grown;
        to.y += (at.y - eye.y) * grown * 1.2 + 0.12 * near(Vec2::new(4.4, 2.7), 1.0);
        let nose = smoothstep(2.6, 1.2, x) * smoothstep(-3.0, -1.8, at.y) * smoothstep(3.0, 0.0, at.y);
        to.x *= 1.0 - (1.0 - self.nose) * nose;
        // The lips' height grows about the seam, and their middle comes forwards.
        let mouth = near(Vec2::new(0.0, -4.3), 2.2);
        to.y += (at.y + 4.3) * (self.lips - 1.0) * mouth;
        to.z += 0.22 * near(Vec2::new(0.0, -4.3), 1.5);
        // The corners of the mouth are at ease.
        to.y += 0.16 * near(Vec2::new(2.5, -4.35), 0.8);
        // The jaw narrows to a soft point, the chin comes up.
        let down = smoothstep(-0.5, -9.5, at.y);
        to.x *= self.width * (1.0 - self.jaw * down);
        to.y += 0.55 * smoothstep(-6.0, -9.5, at.y);
        // Cheekbones.
        let bone = (-((at.y - 0.6) / 2.2).powi(2)).exp() * smoothstep(3.5, 6.5, x);
        to.x += side * 0.18 * bone;
        to
    }
}

/// Where the figure's hair begins.
const HAIRLINE: Hairline<11> = Hairline {
    knots_cm: [
        [-12.5, -6.0],
        [-9.0, -5.4],
        [-7.0, -2.4],
        [-5.4, 2.6],
        [-3.6, 3.9],
        [-2.2, 3.5],
        [-1.0, 4.3],
        [0.4, 5.9],
        [1.8, 7.3],
        [3.2, 8.2],
        [6.0, 8.6],
    ],
    arch_cm: 0.5,
    arch_width_cm: 4.0,
};

/// How far a point of the head lies above the hairline, cm; negative on bare skin.
pub(super) fn above_hairline_cm(at: Vec3) -> f32 {
    HAIRLINE.above_cm(at, |[z0, y0], [z1, y1], z| {
        let t = (z - z0) / (z1 - z0);
        y0 + (y1 - y0) * t
    })
}

/// Where a point's strand lies around the knot, in turns; the seam is at the nape.
pub(super) fn strand(at: Vec3) -> f32 {
    let pole = (KNOT_CM - SKULL_CM).normalize_or(Vec3::Y);
    let right = Vec3::X;
    let front = right.cross(pole);
    let from = at - SKULL_CM;
    from.dot(right).atan2(from.dot(front)) / TAU
}

/// Which way hair is combed at a point.
pub(super) fn combed(at: Vec3) -> Vec3 {
    let from = at - KNOT_CM;
    if from.length() < 4.6 { Vec3::Y.cross(from) } else { -from }
}

/// The head's own surface, raised where hair grows and sunk where none does: they cut in the hairline.
pub(super) fn hair(head: &Mesh) -> Mesh {
    let mut hair = head.clone();
    for (vertex, normal) in hair.vertices.iter_mut().zip(head.normals()) {
        let at = vertex.position_cm;
        let above = above_hairline_cm(at);
        let full = 0.75 * smoothstep(-0.1, 1.6, above) + 0.5 * smoothstep(1.0, 6.0, above);
        // Soft carved strands.
        let carved = 0.016 * smoothstep(0.2, 2.0, above) * (strand(at) * 46.0 * TAU).sin();
        vertex.position_cm += normal * (-0.35 + 0.40 * smoothstep(-0.5, 0.15, above) + full + carved);
    }
    hair.triangles.retain(|triangle| above_hairline_cm(head.centroid(triangle.corners)) > -0.9);
    hair.triangles.iter_mut().for_each(|triangle| triangle.part = BodyPart::Hair);
    hair.without_loose()
}

/// A knot of wound hair.
pub(super) fn knot() -> Mesh {
    let rows: Vec<Vec<Vec3>> = (1..28)
        .map(|row| {
            let down = row as f32 / 28.0 * TAU / 2.0;
            let point = |column: usize| {
                let turn = column as f32 / 48.0 * TAU;
                // Windings run slantwise.
                let carved = 1.0 + 0.022 * (down * 9.0 + turn * 2.0).sin() * down.sin();
                KNOT_CM
                    + Vec3::new(down.sin() * turn.cos(), down.cos(), down.sin() * turn.sin()) * KNOT_RADII_CM * carved
            };
            (0..48).map(point).collect()
        })
        .collect();
    Mesh::grid(&rows, true, BodyPart::Hair).face_away_from(|_| KNOT_CM)
}

/// Neck and shoulders, rows from the top.
pub(super) fn torso() -> Mesh {
    /// Height, half width, half depth, and the middle's z.
    const RINGS: [[f32; 4]; 15] = [
        [-1.0, 4.4, 4.6, -4.6],
        [-3.5, 4.5, 4.7, -4.6],
        [-6.0, 4.5, 4.6, -4.7],
        [-8.5, 4.4, 4.5, -4.9],
        [-11.0, 4.5, 4.6, -5.2],
        [-13.0, 5.0, 5.0, -5.5],
        [-14.6, 6.2, 5.7, -5.8],
        [-15.9, 8.6, 6.4, -6.0],
        [-16.9, 11.6, 7.0, -6.0],
        [-17.9, 14.6, 7.6, -5.9],
        [-19.2, 16.8, 8.4, -5.7],
        [-21.2, 18.0, 9.4, -5.4],
        [-25.0, 18.4, 10.4, -5.0],
        [-30.0, 18.2, 11.0, -4.6],
        [-40.0, 17.6, 11.0, -4.6],
    ];
    let rows = RINGS.map(|[y, width, depth, z]| {
        let around = (0..48).map(|column| (column as f32 / 48.0 * TAU).sin_cos());
        // The shoulders lie lower towards the front, with a hollow over the breastbone.
        let point = |(sin, cos): (f32, f32)| {
            let front = cos.max(0.0);
            let low = smoothstep(-12.0, -16.0, y);
            let hollow = 0.7 * front.powi(6) * (-((y + 15.6) / 1.6).powi(2)).exp();
            // Collarbones.
            let bone = 0.35
                * (-((y + 16.8 + 0.9 * (1.0 - sin.abs())) / 0.7).powi(2)).exp()
                * smoothstep(0.15, 0.5, sin.abs())
                * smoothstep(0.0, 0.5, cos);
            Vec3::new(width * sin, y - 1.4 * front * low, z + (depth + bone) * cos - hollow)
        };
        around.map(point).collect()
    });
    Mesh::grid(&rows, true, BodyPart::Torso).face_away_from(|at| Vec3::new(0.0, at.y, -5.2))
}

/// How far below the neckline of the plain top a point of the shoulders' front lies, cm.
pub(super) fn below_neckline(at: Vec2) -> f32 {
    -19.0 + 2.7 * (at.x / 11.5).powi(2).min(1.6) - at.y
}

/// A pearl at the lobe of the ear; `side` as for the ears.
pub(super) fn pearl(side: f32) -> Mesh {
    const RADIUS_CM: f32 = 0.42;
    let middle = Vec3::new(side * 7.75, -2.75, -2.65);
    let rows: Vec<Vec<Vec3>> = (0..=10)
        .map(|row| {
            let (sin, cos) = (row as f32 / 10.0 * TAU / 2.0).sin_cos();
            let turns = (0..16).map(|column| (column as f32 / 16.0 * TAU).sin_cos());
            turns.map(|(s, c)| middle + Vec3::new(sin * c, cos, sin * s) * RADIUS_CM).collect()
        })
        .collect();
    Mesh::grid(&rows, true, BodyPart::Pearl).face_away_from(|_| middle)
}
