//! The geometry of a shop mannequin, with all that does not change from frame to frame.
//!
//! In: the canonical face and a face's proportions. Out: the whole figure's mesh with open lids; the vertices that move
//! when the lids close; per vertex its transfer of light, its place in the skin's texture and how much it turns with
//! the head.
//!
//! 1. The control face is given the figure's proportions, once with open and once with shut lids.
//! 2. Both get a head and are subdivided, so that vertex by vertex they belong together; lids are lifted off the
//!    eyeballs.
//! 3. Where the two differ is a lid.
//! 4. Ears, hair, neck, top and pearls are added.
//! 5. Transfer is computed against a coarser figure that throws the shadows.

use std::sync::{Arc, Mutex, PoisonError};

use carmine_models::{CanonicalFace, ModelError, rings};
use carmine_shaders::cpu::smoothstep;
use glam::{Vec2, Vec3};

use super::sculpt::{self, FaceShape};
use super::transfer::{self, Transfer};
use crate::bust;
use crate::face::{self, LID_FOLDS};
use crate::mesh::{BodyPart, Mesh, Vertex};
use crate::paint::{EYE_RADII_CM, Painter, nearest};

/// The two faces that the figures take turns in.
const SHAPES: [FaceShape; 2] = [
    FaceShape { jaw: 0.13, eyes: 1.22, nose: 0.86, lips: 1.12, width: 0.965 },
    FaceShape { jaw: 0.04, eyes: 1.17, nose: 1.04, lips: 1.26, width: 0.99 },
];
/// How far lids stand off the eyeball.
const LID_CM: f32 = 0.09;
/// How much of the lid's skin in the texture lies below the fold.
const LID_SKIN_CM: f32 = 0.24;

/// A vertex of a lid, as it is when the eyes are shut.
#[derive(Clone, Copy, Debug)]
pub(super) struct LidVertex {
    pub vertex: usize,
    pub position_cm: Vec3,
    pub normal: Vec3,
    /// How far up its place in the skin's texture moves: skin comes out of the fold, lashes stay as fine as they are.
    pub map_up_cm: f32,
}

/// The geometry of one figure, with all that does not change from frame to frame.
#[derive(Debug)]
pub(super) struct Figure {
    /// Its first vertices are the landmarks. The lids are open.
    pub mesh: Mesh,
    pub normals: Vec<Vec3>,
    /// Vertices that move when the lids close.
    pub lids: Vec<LidVertex>,
    pub transfer: Vec<Transfer>,
    /// Per vertex: where in the skin's texture, cm; of hair the strand in `x`.
    pub map_cm: Vec<Vec2>,
    /// Per vertex how much it turns with the head, 0–1.
    pub turns: Vec<f32>,
    /// Head without anything on it: what the skin's texture is painted from.
    pub head: Mesh,
    pub painter: Painter,
}

impl Figure {
    /// The figure of shape 0 or 1. They are built once and kept, as ten tones share them.
    pub fn shared(number: usize) -> Result<Arc<Self>, ModelError> {
        static BUILT: Mutex<[Option<Arc<Figure>>; SHAPES.len()]> = Mutex::new([const { None }; SHAPES.len()]);
        let number = number % SHAPES.len();
        let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(figure) = &built[number] {
            return Ok(figure.clone());
        }
        let figure = Arc::new(Self::build(&CanonicalFace::embedded()?, &SHAPES[number]));
        built[number] = Some(figure.clone());
        Ok(figure)
    }

    fn build(canonical: &CanonicalFace, shape: &FaceShape) -> Self {
        let mut open = face::control_mesh(canonical);
        for vertex in &mut open.vertices {
            vertex.position_cm = shape.moved(vertex.position_cm);
        }
        wide_eyes(&mut open);
        let shut = shut_eyes(&open);
        let (mut mesh, mut shut_mesh, mut casts) = (Mesh::default(), Mesh::default(), Mesh::default());
        let rims = |control: &Mesh| [rings::RIGHT_EYE, rings::LEFT_EYE].map(|ring| bust::lid_rim(control, &ring));
        let (open_rims, shut_rims) = (rims(&open), rims(&shut));
        for (control, whole) in [(open, &mut mesh), (shut, &mut shut_mesh)] {
            let mut control = control;
            bust::close_head(&mut control);
            if casts.vertices.is_empty() {
                casts = control.smoother();
            }
            *whole = bust::smooth(control);
        }
        let head = mesh.clone();
        let painter = Painter::new(&head);
        let eyes = [-1.0, 1.0].map(|side| painter.eye_cm() * Vec3::new(side, 1.0, 1.0));
        settle(&mut mesh, &eyes);
        settle(&mut shut_mesh, &eyes);
        for (open, shut) in open_rims.into_iter().zip(shut_rims) {
            mesh.append(bust::smooth(open));
            shut_mesh.append(bust::smooth(shut));
        }
        let normals = shut_mesh.normals();
        let moved = mesh.vertices.iter().zip(&shut_mesh.vertices).zip(normals).enumerate();
        let edges = lid_edges(&shut_mesh);
        let lids = moved
            .filter(|(_, ((open, shut), _))| open.position_cm.distance(shut.position_cm) > 1e-4)
            .map(|(vertex, ((open, shut), normal))| {
                let [at, shut_at] =
                    [open, shut].map(|vertex| vertex.position_cm * Vec3::new(vertex.position_cm.x.signum(), 1.0, 1.0));
                let above = painter.lid_place(at).above_cm;
                let away = nearest(&edges, shut_at.truncate()).distance;
                let map_up_cm = if above < 0.0 { 0.0 } else { (away.min(LID_SKIN_CM) - above).max(0.0) };
                LidVertex { vertex, position_cm: shut.position_cm, normal, map_up_cm }
            })
            .collect();
        // Nothing of the head is seen below its hair.
        mesh.triangles
            .retain(|t| t.part != BodyPart::Skin || sculpt::above_hairline_cm(head.centroid(t.corners)) < 0.9);
        for (side, eye) in [-1.0, 1.0].into_iter().zip(eyes) {
            mesh.append(bust::eyeball(eye));
            mesh.append(bust::ear(side).smoother());
            mesh.append(sculpt::pearl(side));
            casts.append(bust::ear(side));
        }
        mesh.append(sculpt::hair(&head));
        mesh.append(sculpt::knot());
        casts.append(sculpt::knot());
        let torso = sculpt::torso();
        casts.append(torso.clone());
        mesh.append(torso.smoother());
        let normals = mesh.normals();
        let transfer = transfer::of(&mesh, &normals, &casts);
        let map_cm = places(&mesh);
        let turns = mesh.vertices.iter().map(|vertex| smoothstep(-14.5, -6.0, vertex.position_cm.y)).collect();
        Self { mesh, normals, lids, transfer, map_cm, turns, head, painter }
    }
}

/// Where the left lids meet.
fn lid_edges(shut: &Mesh) -> Vec<Vec2> {
    rings::LEFT_EYE[..=8].iter().map(|&vertex| shut.vertices[usize::from(vertex)].position_cm.truncate()).collect()
}

fn places(mesh: &Mesh) -> Vec<Vec2> {
    let mut places: Vec<Vec2> = mesh.vertices.iter().map(|vertex| vertex.position_cm.truncate()).collect();
    for triangle in mesh.triangles.iter().filter(|triangle| triangle.part == BodyPart::Hair) {
        for corner in triangle.corners {
            let at = mesh.vertices[corner as usize].position_cm;
            places[corner as usize] = Vec2::new(sculpt::strand(at), at.y);
        }
    }
    places
}

/// Lids a little further apart than the canonical face's.
fn wide_eyes(mesh: &mut Mesh) {
    for ring in [rings::RIGHT_EYE, rings::LEFT_EYE] {
        for (at, &vertex) in ring.iter().enumerate() {
            let arch = ((at % 8) as f32 / 8.0 * std::f32::consts::PI).sin();
            mesh.vertices[usize::from(vertex)].position_cm.y += if at > 8 { 0.05 * arch } else { -0.05 * arch };
        }
    }
}

/// The same face with the lids' edges together.
fn shut_eyes(open: &Mesh) -> Mesh {
    let mut shut = open.clone();
    for (ring, fold) in [rings::RIGHT_EYE, rings::LEFT_EYE].into_iter().zip(LID_FOLDS) {
        for at in 1..8 {
            let (low, high) = (usize::from(ring[at]), usize::from(ring[16 - at]));
            let (lower, upper) = (open.vertices[low].position_cm, open.vertices[high].position_cm);
            let meeting = lower.lerp(upper, 0.14);
            shut.vertices[low].position_cm = meeting;
            shut.vertices[high].position_cm = meeting;
            shut.vertices[usize::from(fold[at - 1])].position_cm += (meeting - upper) * 0.22;
        }
    }
    shut
}

/// Lifts lids off the eyeballs.
fn settle(mesh: &mut Mesh, eyes: &[Vec3; 2]) {
    for Vertex { position_cm, .. } in &mut mesh.vertices {
        *position_cm = off_eye(*position_cm, eyes[usize::from(position_cm.x > 0.0)]);
    }
}

/// Where skin at a point comes to lie: on the eyeball, if it would be inside.
pub(super) fn off_eye(at: Vec3, eye: Vec3) -> Vec3 {
    let from = at - eye;
    // As the eyeball itself, which turns away towards the temple.
    let across = (from / (EYE_RADII_CM + LID_CM)).truncate().length_squared();
    if across >= 1.0 || from.z < -0.3 {
        return at;
    }
    let front = (EYE_RADII_CM.z + LID_CM) * (1.0 - across).sqrt() - 0.22 * from.x * eye.x.signum();
    at.with_z(eye.z + from.z.max(front))
}
