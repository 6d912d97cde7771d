//! The skin round both eyes as a mesh whose chart follows the lids.
//!
//! In: a fitted face. Out: vertices in [`Chart::Eyes`], whose x is the share of the lid's length and whose y the
//! distance from the lash line in eye widths, above it positive; the eyes' openings are left out.
//!
//! 1. For each lid, columns leave the lash line at right angles and turn upright farther out, following the skin's
//!    relief.
//! 2. Beyond the corners the chart is a plane that follows the skin to nose and temple.
//! 3. Every vertex carries its distance from the mesh's soft edges.

use carmine_shaders::cpu::smoothstep;
use carmine_shaders::{Chart, ChartVertex};
use glam::{Vec2, Vec3};

use super::chart_grid::{BEYOND_ANY_RIM, grid_indices};
use super::eye::Eye;
use super::eye_frame::EyeFrame;
use super::eye_landmarks::{EYES, LID_COLUMNS};
use super::relief::{Relief, SkinPatch};
use crate::face::FittedFace;

/// Distances of a lid's rows from its lash line, in eye widths.
const ROWS: [f32; 7] = [0.0, 0.02, 0.06, 0.12, 0.2, 0.33, 0.5];
/// The chart's x beyond the inner and the outer corner.
const INNER: [f32; 3] = [-0.25, -0.1, 0.0];
const OUTER: [f32; 5] = [1.0, 1.1, 1.25, 1.5, 1.75];
/// Rows of the part beyond a corner: both lids', the lash line once.
const FLAT_ROWS: usize = 2 * ROWS.len() - 1;

const LID_VERTICES: usize = LID_COLUMNS * ROWS.len();
const INNER_START: usize = 2 * LID_VERTICES;
const OUTER_START: usize = INNER_START + INNER.len() * FLAT_ROWS;
const EYE_VERTICES: usize = OUTER_START + OUTER.len() * FLAT_ROWS;

/// Widths of the soft rim where the chart ends, in eye widths: towards the brow and the cheek,
const BROW_RIM: f32 = 0.06;
/// the nose,
const NOSE_RIM: f32 = 0.05;
/// and the temple.
const TEMPLE_RIM: f32 = 0.1;
/// Distance within which columns are at right angles to the lid, in eye widths; farther out they are upright, as the
/// chart is.
const SQUARE: f32 = 0.08;
/// Texels at the lash line are shared by both lids, so each lid samples this far on its own side: in pixels, since
/// films shrink with the eye, and the bounds in eye widths.
const OWN_SIDE_PX: f32 = 0.36;
const OWN_SIDE_MIN: f32 = 0.003;
const OWN_SIDE_MAX: f32 = 0.016;
/// Depth offset in front of the face's mesh, in eye widths.
const LIFT: f32 = 0.06;

/// The skin round both eyes as a mesh in [`Chart::Eyes`], their openings left out.
#[derive(Clone, Debug, Default)]
pub struct LidMesh {
    pub(super) vertices: Vec<ChartVertex>,
}

/// Triangles of every [`LidMesh`], three indices each.
pub fn lid_indices() -> Vec<u16> {
    let mut indices = Vec::new();
    for eye in 0..2 {
        let base = eye * EYE_VERTICES;
        grid_indices(&mut indices, base, LID_COLUMNS, ROWS.len());
        grid_indices(&mut indices, base + LID_VERTICES, LID_COLUMNS, ROWS.len());
        grid_indices(&mut indices, base + INNER_START, INNER.len(), FLAT_ROWS);
        grid_indices(&mut indices, base + OUTER_START, OUTER.len(), FLAT_ROWS);
    }
    indices
}

impl LidMesh {
    /// Vertices in every mesh.
    pub const VERTICES: usize = 2 * EYE_VERTICES;

    /// Right eye, then left; of each the upper lid, the lower one, the parts beyond the inner and the outer corner.
    /// An eye that cannot be drawn on has visibility 0 everywhere.
    pub fn vertices(&self) -> &[ChartVertex] {
        &self.vertices
    }

    /// Lays the mesh on a face.
    pub fn build(&mut self, face: &FittedFace) {
        self.vertices.clear();
        for side in 0..2 {
            match Eye::new(face, side) {
                Some(eye) => self.lay(face, side, &eye),
                None => self.vertices.resize((side + 1) * EYE_VERTICES, ChartVertex::default()),
            }
        }
    }

    fn lay(&mut self, face: &FittedFace, side: usize, eye: &Eye) {
        for lid in 0..2 {
            for column in 0..LID_COLUMNS {
                self.vertices.extend(column_of(eye, lid, column));
            }
        }
        let points = &EYES[side];
        let temple = Outwards::new(face, eye, &points.temple);
        let nose = Outwards::new(face, eye, &points.nose);
        for (columns, surface, corner) in [(&INNER[..], nose, 0), (&OUTER[..], temple, LID_COLUMNS - 1)] {
            for &x in columns {
                self.vertices.extend((0..FLAT_ROWS).map(|row| flat_vertex(eye, &surface, corner, x, row)));
            }
        }
    }
}

fn column_of(eye: &Eye, lid: usize, column: usize) -> [ChartVertex; ROWS.len()] {
    let sign = if lid == 0 { 1.0 } else { -1.0 };
    let line = &eye.lids[lid];
    let (root, away, gap) = (line.line[column], line.away[column], line.gap_px[column]);
    let touching = eye.touching(gap);
    // Half of the rim overlaps the lash line's own softness; where the lids meet there is no room for that.
    let overlap = (0.5 * eye.rim_px).min(0.5).min(0.25 * gap) / eye.frame.width_px;
    let own_side = (OWN_SIDE_PX / eye.frame.width_px).clamp(OWN_SIDE_MIN, OWN_SIDE_MAX);
    let mut edge_px = Vec2::ZERO;
    std::array::from_fn(|row| {
        let distance = ROWS[row];
        let square = SQUARE * (1.0 - (-distance / SQUARE).exp());
        let mut offset = away * square + Vec2::new(0.0, sign * (distance - square));
        if row == 0 {
            offset = away * -overlap;
        }
        let relief = &line.relief[column];
        let point = eye.frame.point(root, offset.extend(relief.height(distance)));
        if row == 0 {
            edge_px = point.truncate();
        }
        let SkinPatch { normal, seen } = relief.surface(distance);
        let from_lashes = point.truncate().distance(edge_px) / eye.rim_px + touching * BEYOND_ANY_RIM;
        ChartVertex {
            position_px: point.truncate(),
            depth_px: point.z - LIFT * eye.frame.width_px,
            visibility: seen,
            chart_position: Vec2::new(line.x[column], sign * distance.max(own_side)),
            edge_distance: Vec2::new(from_lashes, (ROWS[ROWS.len() - 1] - distance) / BROW_RIM),
            normal_camera: normal,
            chart: Chart::Eyes.shader_id(),
        }
    })
}

/// The face's surface from a corner of the eye outwards.
struct Outwards {
    knots: [Knot; 4],
    count: usize,
}

/// The surface at one landmark beyond a corner.
#[derive(Clone, Copy)]
struct Knot {
    /// Distance along the corners' line, in eye widths, ≥ 0.
    distance: f32,
    /// How far the skin stands out there, in eye widths.
    height: f32,
    skin: SkinPatch,
}

impl Outwards {
    fn new(face: &FittedFace, eye: &Eye, points: &[u16]) -> Self {
        let nothing = Knot { distance: 0.0, height: 0.0, skin: SkinPatch { normal: Vec3::Z, seen: 0.0 } };
        let mut knots = [nothing; 4];
        let corner = face.landmarks_px[usize::from(points[0])];
        let EyeFrame { across, front, width_px, .. } = eye.frame;
        let (width2, mut last) = (width_px * width_px, 0.0_f32);
        for (knot, &index) in knots.iter_mut().zip(points) {
            let vertex = usize::from(index);
            let away = (face.landmarks_px[vertex] - corner) / width2;
            let along = away.dot(across);
            last = along.abs().max(last + 0.02);
            // The corners' line itself recedes: only the height above it counts.
            let height = (away - across * along / width2.sqrt() / width_px).dot(front);
            let skin = SkinPatch { normal: face.normals_camera[vertex], seen: face.visibility[vertex] };
            *knot = Knot { distance: last, height: height.clamp(-1.5, 1.5), skin };
        }
        (knots[0].distance, knots[0].height) = (0.0, 0.0);
        Self { knots, count: points.len() }
    }

    fn at(&self, distance: f32) -> Knot {
        let knots = &self.knots[..self.count];
        let next = knots.iter().position(|knot| knot.distance > distance).unwrap_or(self.count - 1).max(1);
        let (a, b) = (knots[next - 1], knots[next]);
        let t = ((distance - a.distance) / (b.distance - a.distance)).clamp(0.0, 1.2);
        let normal = a.skin.normal.lerp(b.skin.normal, t.min(1.0));
        let seen = a.skin.seen + (b.skin.seen - a.skin.seen) * t.min(1.0);
        Knot { distance, height: a.height + (b.height - a.height) * t, skin: SkinPatch { normal, seen } }
    }
}

/// Beyond a corner the chart is a plane, so that a straight line in a mask stays straight.
fn flat_vertex(eye: &Eye, surface: &Outwards, corner: usize, x: f32, row: usize) -> ChartVertex {
    let middle = ROWS.len() - 1;
    let (lid, distance) = if row > middle { (1, ROWS[row - middle]) } else { (0, ROWS[middle - row]) };
    let y = if lid == 0 { distance } else { -distance };
    let past = if corner == 0 { x } else { x - 1.0 };
    let lid: &Relief = &eye.lids[lid].relief[corner];
    let beyond = surface.at(past.abs());
    let near = lid.surface(distance);
    let gone = smoothstep(0.0, 0.3, past.abs());
    let point = eye.frame.point(eye.lids[0].line[corner], Vec3::new(past, y, beyond.height + lid.height(distance)));
    let from_end = (ROWS[middle] - distance) / BROW_RIM;
    let from_side = ((x - INNER[0]) / NOSE_RIM).min((OUTER[OUTER.len() - 1] - x) / TEMPLE_RIM);
    ChartVertex {
        position_px: point.truncate(),
        depth_px: point.z - LIFT * eye.frame.width_px,
        visibility: (near.seen + (beyond.skin.seen - near.seen) * gone).clamp(0.0, 1.0),
        chart_position: Vec2::new(x, y),
        edge_distance: Vec2::new(from_side, from_end),
        normal_camera: near.normal.lerp(beyond.skin.normal, gone),
        chart: Chart::Eyes.shader_id(),
    }
}
