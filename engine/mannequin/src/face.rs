//! The canonical face made ready to be a bust's.
//!
//! In: the canonical face (468 vertices, its mouth a little open, no eyes). Out: a control mesh with the same vertex
//! numbers, for subdivision.
//!
//! 1. The upper lids are raised, most in the middle of the eye.
//! 2. The lips' rings swell until the edges of the opening meet.
//! 3. Triangles that would cover the mouth or the eyes are left out; those of the lips are marked.

use carmine_models::{CanonicalFace, rings};
use glam::Vec3;

use crate::mesh::{BodyPart, Mesh, Vertex};

/// Rings of the lips, from the outer edge to the opening.
const LIPS: [&[u16; 20]; 4] =
    [&rings::LIPS_OUTER, &rings::LIPS_OUTER_MIDDLE, &rings::LIPS_INNER_MIDDLE, &rings::LIPS_INNER];
/// The edge of the right and the left upper lid between the corners, from the outer corner inwards.
const UPPER_LIDS: [[u16; 7]; 2] = [[246, 161, 160, 159, 158, 157, 173], [466, 388, 387, 386, 385, 384, 398]];
/// The fold above either, in step with it.
pub(crate) const LID_FOLDS: [[u16; 7]; 2] = [[247, 30, 29, 27, 28, 56, 190], [467, 260, 259, 257, 258, 286, 414]];
/// How far the canonical face's lids are raised, cm.
const RAISED_CM: f32 = 0.20;

/// The canonical face with its mouth closed, its eyes opened a little, and openings where the eyeballs are.
pub(crate) fn control_mesh(canonical: &CanonicalFace) -> Mesh {
    let vertices = canonical.vertices_cm.iter();
    let mut mesh = Mesh {
        vertices: vertices.map(|&v| Vertex { position_cm: Vec3::from(v), ..Default::default() }).collect(),
        triangles: Vec::new(),
    };
    open_eyes(&mut mesh);
    close_mouth(&mut mesh);
    for corners in &canonical.triangles {
        let all_in = |ring: &[u16]| corners.iter().all(|corner| ring.contains(corner));
        if all_in(&rings::LIPS_INNER) || all_in(&rings::RIGHT_EYE) || all_in(&rings::LEFT_EYE) {
            continue;
        }
        let lip = corners.iter().all(|corner| LIPS.iter().any(|ring| ring.contains(corner)));
        mesh.push(corners.map(u32::from), if lip { BodyPart::Lip } else { BodyPart::Skin });
    }
    mesh
}

fn open_eyes(mesh: &mut Mesh) {
    for (edge, fold) in UPPER_LIDS.into_iter().zip(LID_FOLDS) {
        for (at, (edge, fold)) in edge.into_iter().zip(fold).enumerate() {
            let arch = ((at as f32 + 1.0) / 8.0 * std::f32::consts::PI).sin();
            mesh.vertices[usize::from(edge)].position_cm.y += RAISED_CM * arch;
            mesh.vertices[usize::from(fold)].position_cm.y += 0.8 * RAISED_CM * arch;
        }
    }
}

/// The lips swell until their edges meet; the seam lies a little inside.
fn close_mouth(mesh: &mut Mesh) {
    for (number, ring) in LIPS.into_iter().enumerate() {
        for &vertex in ring {
            let vertex = &mut mesh.vertices[usize::from(vertex)];
            vertex.lip = if number == 0 { 0.5 } else { 1.0 };
            vertex.slit = if number == 3 { 1.0 } else { 0.0 };
        }
    }
    // Smoothing draws the upper lip's edge in; a cupid's bow stays.
    for (vertex, raised_cm) in [(0, 0.05), (37, 0.18), (267, 0.18), (39, 0.12), (269, 0.12), (40, 0.06), (270, 0.06)] {
        mesh.vertices[vertex].position_cm.y += raised_cm;
    }
    for point in 1..10 {
        let [lower, upper] = [point, 20 - point].map(|at| mesh.vertices[usize::from(LIPS[3][at])].position_cm);
        let meeting = lower.lerp(upper, 0.5) - Vec3::Z * 0.12;
        for (number, ring) in LIPS.into_iter().enumerate() {
            let share = number as f32 / 3.0;
            mesh.vertices[usize::from(ring[point])].position_cm += (meeting - lower) * share;
            mesh.vertices[usize::from(ring[20 - point])].position_cm += (meeting - upper) * share;
        }
    }
}
