//! The head behind the face, with ears, hair, neck and shoulders.
//!
//! In: the canonical face. Out: one closed mesh in face space, cm, whose first 468 vertices are the landmarks, and the
//! painter that knows what it is made of.
//!
//! 1. The face's outline is continued over the skull, an ellipsoid, to the back of the head.
//! 2. Face and head are subdivided together, so that there is no seam.
//! 3. Lids get a thickness and eyeballs behind them, the head gets ears, neck and shoulders.
//! 4. Hair is the head's own surface, raised above the hairline and sunk below it: where both cut lies the hairline.

use std::f32::consts::TAU;

use carmine_models::{CanonicalFace, rings};
use carmine_shaders::cpu::smoothstep;
use glam::Vec3;

use crate::face;
use crate::mesh::{BodyPart, Mesh, Vertex};
use crate::paint::{EYE_RADII_CM, Painter, above_hairline_cm};

/// The middle of the skull, an ellipsoid.
pub(crate) const SKULL_CM: Vec3 = Vec3::new(0.0, 1.5, -3.0);
const SKULL_RADII_CM: Vec3 = Vec3::new(7.9, 10.9, 9.6);
/// Steps from the face's outline to the back of the head.
const LOFT_STEPS: usize = 12;
/// Times that every control mesh is subdivided.
const SMOOTHING: usize = 2;

/// The whole bust; the first vertices are the landmarks.
pub(crate) fn build(canonical: &CanonicalFace) -> (Mesh, Painter) {
    let mut control = face::control_mesh(canonical);
    let lids = [rings::RIGHT_EYE, rings::LEFT_EYE].map(|ring| lid_rim(&control, &ring));
    close_head(&mut control);
    let mut bust = smooth(control);
    let painter = Painter::new(&bust);
    let hair = hair(&bust);
    lids.into_iter().for_each(|rim| bust.append(smooth(rim)));
    for side in [-1.0, 1.0] {
        bust.append(eyeball(painter.eye_cm() * Vec3::new(side, 1.0, 1.0)));
        bust.append(smooth(ear(side)));
    }
    bust.append(hair);
    bust.append(smooth(torso()));
    (bust, painter)
}

pub(crate) fn smooth(mesh: Mesh) -> Mesh {
    (0..SMOOTHING).fold(mesh, |mesh, _| mesh.smoother())
}

/// Goes on from the face's outline over crown, sides and jaw to the back of the head.
pub(crate) fn close_head(mesh: &mut Mesh) {
    let (middle, radii) = (SKULL_CM, SKULL_RADII_CM);
    let pole = Vec3::new(0.0, -0.15, -1.0).normalize_or(Vec3::NEG_Z);
    let mut ring = rings::FACE_OVAL.map(u32::from);
    let start = rings::FACE_OVAL.map(|vertex| (mesh.vertices[usize::from(vertex)].position_cm - middle) / radii);
    let first = mesh.triangles.len();
    for step in 1..=LOFT_STEPS {
        let t = step as f32 / (LOFT_STEPS + 1) as f32;
        let next = start.map(|from| {
            let direction = from.normalize_or(Vec3::Y);
            let angle = direction.dot(pole).clamp(-1.0, 1.0).acos();
            let along = (direction * (angle * (1.0 - t)).sin() + pole * (angle * t).sin()) / angle.sin().max(1e-3);
            // Under the jaw the head is drawn in towards the neck.
            let depth = 1.0 - 0.25 * smoothstep(0.05, 0.9, -along.y);
            let length = from.length() + (depth - from.length()) * smoothstep(0.0, 0.55, t);
            let vertex = Vertex { position_cm: middle + along * length * radii, ..Default::default() };
            mesh.vertices.push(vertex);
            mesh.vertices.len() as u32 - 1
        });
        for at in 0..ring.len() {
            let after = (at + 1) % ring.len();
            mesh.push([ring[at], next[at], ring[after]], BodyPart::Skin);
            mesh.push([ring[after], next[at], next[after]], BodyPart::Skin);
        }
        ring = next;
    }
    let back = mesh.vertices.len() as u32;
    let position_cm = middle + pole * radii;
    mesh.vertices.push(Vertex { position_cm, ..Default::default() });
    for at in 0..ring.len() {
        mesh.push([ring[at], back, ring[(at + 1) % ring.len()]], BodyPart::Skin);
    }
    let loft = Mesh { triangles: mesh.triangles.split_off(first), vertices: std::mem::take(&mut mesh.vertices) };
    let loft = loft.face_away_from(|_| middle);
    mesh.vertices = loft.vertices;
    mesh.triangles.extend(loft.triangles);
}

/// The lids' thickness and the pocket behind them.
pub(crate) fn lid_rim(mesh: &Mesh, ring: &[u16; 16]) -> Mesh {
    let edge: Vec<Vec3> = ring.iter().map(|&vertex| mesh.vertices[usize::from(vertex)].position_cm).collect();
    let middle = edge.iter().sum::<Vec3>() / edge.len() as f32;
    let inwards = |narrower: f32, deeper: f32| {
        edge.iter().map(|&point| point.lerp(middle.with_z(point.z), narrower) - Vec3::Z * deeper).collect()
    };
    let rows = [edge.clone(), inwards(0.05, 0.10), inwards(0.0, 0.9)];
    // It is seen from the opening's side.
    Mesh::grid(&rows, true, BodyPart::LidRim).face_away_from(|at| at + (at - middle.with_z(at.z)))
}

pub(crate) fn eyeball(middle: Vec3) -> Mesh {
    let rows: Vec<Vec<Vec3>> = (1..24)
        .map(|row| {
            let (sin, cos) = (row as f32 / 24.0 * TAU / 2.0).sin_cos();
            let around = (0..32).map(|column| (column as f32 / 32.0 * TAU).sin_cos());
            let point = |(s, c): (f32, f32)| {
                let from = Vec3::new(sin * c, cos, sin * s) * EYE_RADII_CM;
                // The lids' opening turns away towards the temple.
                middle + from - Vec3::Z * (0.22 * from.x * middle.x.signum())
            };
            around.map(point).collect()
        })
        .collect();
    Mesh::grid(&rows, true, BodyPart::Eyeball).face_away_from(|_| middle)
}

/// `side`: −1 the right ear, 1 the left.
pub(crate) fn ear(side: f32) -> Mesh {
    let middle = Vec3::new(side * 7.75, 0.5, -3.5);
    let up = Vec3::new(side * 0.10, 0.97, -0.22);
    let back = Vec3::new(side * 0.42, 0.2, -0.88);
    let out = Vec3::new(side * 0.88, 0.0, 0.45);
    // Radius and height over the ear's plane, from the middle of the shell over the rim to the back.
    const PROFILE: [(f32, f32); 8] = [
        (0.05, -0.35),
        (0.40, -0.30),
        (0.62, 0.05),
        (0.80, 0.02),
        (0.93, 0.28),
        (1.0, 0.10),
        (0.93, -0.25),
        (0.5, -0.6),
    ];
    let rows = PROFILE.map(|(radius, height)| {
        let point = |column: usize| {
            let (sin, cos) = (column as f32 / 20.0 * TAU).sin_cos();
            // Narrow at the lobe.
            let width = 1.55 + 0.35 * sin;
            middle + up * (3.1 * radius * sin) + back * (width * radius * cos) + out * height
        };
        (0..20).map(point).collect()
    });
    let centre = middle - out * 0.3;
    let mut ear = Mesh::grid(&rows, true, BodyPart::Ear);
    // The shell is hollow: its front faces outwards as a whole, its back the other way.
    let back_rows = 5 * 20 * 2;
    for (number, triangle) in ear.triangles.clone().into_iter().enumerate() {
        let normal = ear.area_normal(triangle.corners);
        let away = if number < back_rows { out } else { ear.centroid(triangle.corners) - centre - out * 0.4 };
        if normal.dot(away) < 0.0 {
            ear.triangles[number].corners.swap(1, 2);
        }
    }
    ear
}

/// The head's own surface, raised where hair grows and sunk where none does: they cut in the hairline.
fn hair(head: &Mesh) -> Mesh {
    let mut hair = head.clone();
    for (vertex, normal) in hair.vertices.iter_mut().zip(head.normals()) {
        let above = above_hairline_cm(vertex.position_cm);
        let raised = -0.4 + 0.5 * smoothstep(-0.6, 0.2, above) + 0.9 * smoothstep(0.0, 3.5, above);
        vertex.position_cm += normal * raised;
    }
    hair.triangles.retain(|triangle| above_hairline_cm(head.centroid(triangle.corners)) > -1.0);
    hair.triangles.iter_mut().for_each(|triangle| triangle.part = BodyPart::Hair);
    hair
}

/// Neck and shoulders.
fn torso() -> Mesh {
    /// Height, half width, half depth, and the middle's z.
    const RINGS: [[f32; 4]; 13] = [
        [-3.0, 4.5, 4.7, -4.2],
        [-6.0, 4.7, 4.9, -4.2],
        [-9.0, 4.7, 4.9, -4.4],
        [-11.5, 4.9, 5.1, -4.7],
        [-13.5, 5.6, 5.8, -5.0],
        [-15.0, 7.4, 6.4, -5.2],
        [-16.2, 10.6, 7.2, -5.3],
        [-17.4, 14.4, 8.0, -5.3],
        [-18.8, 17.6, 8.8, -5.2],
        [-21.0, 19.6, 9.6, -5.0],
        [-25.0, 20.4, 10.4, -4.8],
        [-30.0, 20.4, 11.0, -4.6],
        [-40.0, 20.0, 11.0, -4.6],
    ];
    let rows = RINGS.map(|[y, width, depth, z]| {
        let around = (0..40).map(|column| (column as f32 / 40.0 * TAU).sin_cos());
        // The shoulders lie lower towards the front.
        let point = |(sin, cos): (f32, f32)| {
            let drop = if y < -14.0 { 1.2 * cos.max(0.0) } else { 0.0 };
            Vec3::new(width * sin, y - drop, z + depth * cos)
        };
        around.map(point).collect()
    });
    Mesh::grid(&rows, true, BodyPart::Torso).face_away_from(|at| Vec3::new(0.0, at.y, -4.8))
}
