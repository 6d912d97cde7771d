use carmine_shaders::{Chart, ChartVertex};
use glam::{Vec2, Vec3};

use super::eye::{COLUMNS, EYES, Eye, smoothstep};
use super::relief::Relief;
use crate::face::FittedFace;

/// An edge distance, in widths of the soft rim, that counts as inside however coarse the mesh is.
const BEYOND_ANY_RIM: f32 = 16.0;

/// Distances of a lid's rows from its lash line, in eye widths.
const ROWS: [f32; 7] = [0.0, 0.02, 0.06, 0.12, 0.2, 0.33, 0.5];
/// The chart's x beyond the inner and the outer corner.
const INNER: [f32; 3] = [-0.25, -0.1, 0.0];
const OUTER: [f32; 5] = [1.0, 1.1, 1.25, 1.5, 1.75];
/// Rows of the part beyond a corner: both lids', the lash line once.
const FLAT_ROWS: usize = 2 * ROWS.len() - 1;

const LID_VERTICES: usize = COLUMNS * ROWS.len();
const INNER_START: usize = 2 * LID_VERTICES;
const OUTER_START: usize = INNER_START + INNER.len() * FLAT_ROWS;
const EYE_VERTICES: usize = OUTER_START + OUTER.len() * FLAT_ROWS;

/// Width of the soft rim where the chart ends: towards the brow and the cheek, the nose, the temple. In eye widths.
const OUTER_RIM: Vec3 = Vec3::new(0.06, 0.05, 0.1);
/// Distance within which lines leave the lid at right angles; farther out they are upright, as the chart is. In eye
/// widths.
const SQUARE: f32 = 0.08;
/// The lash line's texels are half the upper lid's and half the lower one's: each keeps this far to its own side. Least,
/// most, in eye widths, and in pixels: films shrink with the eye.
const OWN_SIDE: (f32, f32, f32) = (0.003, 0.016, 0.36);
/// How far the mesh lies before the face's own, in eye widths.
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
        grid(&mut indices, base, COLUMNS, ROWS.len());
        grid(&mut indices, base + LID_VERTICES, COLUMNS, ROWS.len());
        grid(&mut indices, base + INNER_START, INNER.len(), FLAT_ROWS);
        grid(&mut indices, base + OUTER_START, OUTER.len(), FLAT_ROWS);
    }
    indices
}

/// Two triangles for each cell of a grid whose vertices lie column after column.
pub(super) fn grid(indices: &mut Vec<u16>, base: usize, columns: usize, rows: usize) {
    for column in 0..columns - 1 {
        for row in 0..rows - 1 {
            let corner = |c: usize, r: usize| (base + (column + c) * rows + row + r) as u16;
            let (a, b, c, d) = (corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1));
            indices.extend([a, b, c, c, b, d]);
        }
    }
}

/// Smallest and largest corner of what vertices at these places cover, in `frame_px`; empty without any.
pub(super) fn bounds(positions: impl Iterator<Item = Vec2>) -> (Vec2, Vec2) {
    let (low, high) = positions.fold((Vec2::MAX, Vec2::MIN), |(low, high), at| (low.min(at), high.max(at)));
    (low - 1.0, high + 1.0)
}

impl LidMesh {
    /// Vertices in every mesh.
    pub const VERTICES: usize = 2 * EYE_VERTICES;

    /// Right eye, then left; of each the upper lid, the lower one, the parts beyond the inner and the outer corner.
    /// Of an eye that can't be drawn on nothing is visible.
    pub fn vertices(&self) -> &[ChartVertex] {
        &self.vertices
    }

    /// Smallest and largest corner of what the mesh covers, in `frame_px`; empty where no eye can be drawn on.
    pub fn bounds_px(&self) -> (Vec2, Vec2) {
        bounds(self.vertices.iter().filter(|vertex| vertex.visibility > 0.0).map(|vertex| vertex.position_px))
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
            for column in 0..COLUMNS {
                self.vertices.extend(column_of(eye, lid, column));
            }
        }
        let points = &EYES[side];
        let temple = Outwards::new(face, eye, &points.temple);
        let nose = Outwards::new(face, eye, &points.nose);
        for (columns, surface, corner) in [(&INNER[..], nose, 0), (&OUTER[..], temple, COLUMNS - 1)] {
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
    // Half of the rim lies over the lash line's own softness; where the lids meet there is no room for it.
    let overlap = (0.5 * eye.rim_px).min(0.5).min(0.25 * gap) / eye.width_px;
    let own_side = (OWN_SIDE.2 / eye.width_px).clamp(OWN_SIDE.0, OWN_SIDE.1);
    let mut edge_px = Vec2::ZERO;
    std::array::from_fn(|row| {
        let distance = ROWS[row];
        let square = SQUARE * (1.0 - (-distance / SQUARE).exp());
        let mut offset = away * square + Vec2::new(0.0, sign * (distance - square));
        if row == 0 {
            offset = away * -overlap;
        }
        let relief = &line.relief[column];
        let point = eye.point(root, offset.extend(relief.height(distance)));
        if row == 0 {
            edge_px = point.truncate();
        }
        let (normal, seen) = relief.surface(distance);
        let from_lashes = point.truncate().distance(edge_px) / eye.rim_px + touching * BEYOND_ANY_RIM;
        ChartVertex {
            position_px: point.truncate(),
            depth_px: point.z - LIFT * eye.width_px,
            visibility: seen,
            chart_position: Vec2::new(line.x[column], sign * distance.max(own_side)),
            edge_distance: Vec2::new(from_lashes, (ROWS[ROWS.len() - 1] - distance) / OUTER_RIM.x),
            normal_camera: normal,
            chart: Chart::Eyes.shader_id(),
        }
    })
}

/// The face's surface from a corner of the eye outwards.
struct Outwards {
    /// Distance along the corners' line, in eye widths, ≥ 0; how far the skin stands out there; normal; visibility.
    knots: [(f32, f32, Vec3, f32); 4],
    count: usize,
}

impl Outwards {
    fn new(face: &FittedFace, eye: &Eye, points: &[u16]) -> Self {
        let mut knots = [(0.0, 0.0, Vec3::Z, 0.0); 4];
        let corner = face.landmarks_px[usize::from(points[0])];
        let (width2, mut last) = (eye.width_px * eye.width_px, 0.0_f32);
        for (knot, &index) in knots.iter_mut().zip(points) {
            let vertex = usize::from(index);
            let away = (face.landmarks_px[vertex] - corner) / width2;
            let along = away.dot(eye.across);
            last = along.abs().max(last + 0.02);
            // The line itself goes back, so that only what differs from it counts.
            let height = (away - eye.across * along / width2.sqrt() / eye.width_px).dot(eye.front);
            *knot = (last, height.clamp(-1.5, 1.5), face.normals_camera[vertex], face.visibility[vertex]);
        }
        knots[0].0 = 0.0;
        knots[0].1 = 0.0;
        Self { knots, count: points.len() }
    }

    fn at(&self, distance: f32) -> (f32, Vec3, f32) {
        let knots = &self.knots[..self.count];
        let next = knots.iter().position(|knot| knot.0 > distance).unwrap_or(self.count - 1).max(1);
        let (a, b) = (knots[next - 1], knots[next]);
        let t = ((distance - a.0) / (b.0 - a.0)).clamp(0.0, 1.2);
        (a.1 + (b.1 - a.1) * t, a.2.lerp(b.2, t.min(1.0)), a.3 + (b.3 - a.3) * t.min(1.0))
    }
}

/// Beyond a corner the chart is a plane: a straight line drawn there stays straight.
fn flat_vertex(eye: &Eye, surface: &Outwards, corner: usize, x: f32, row: usize) -> ChartVertex {
    let middle = ROWS.len() - 1;
    let (lid, distance) = if row > middle { (1, ROWS[row - middle]) } else { (0, ROWS[middle - row]) };
    let y = if lid == 0 { distance } else { -distance };
    let past = if corner == 0 { x } else { x - 1.0 };
    let lid: &Relief = &eye.lids[lid].relief[corner];
    let (height, normal, seen) = surface.at(past.abs());
    let (lid_normal, lid_seen) = lid.surface(distance);
    let gone = smoothstep(0.0, 0.3, past.abs());
    let point = eye.point(eye.lids[0].line[corner], Vec3::new(past, y, height + lid.height(distance)));
    let from_end = (ROWS[middle] - distance) / OUTER_RIM.x;
    let from_side = ((x - INNER[0]) / OUTER_RIM.y).min((OUTER[OUTER.len() - 1] - x) / OUTER_RIM.z);
    ChartVertex {
        position_px: point.truncate(),
        depth_px: point.z - LIFT * eye.width_px,
        visibility: (lid_seen + (seen - lid_seen) * gone).clamp(0.0, 1.0),
        chart_position: Vec2::new(x, y),
        edge_distance: Vec2::new(from_side, from_end),
        normal_camera: lid_normal.lerp(normal, gone),
        chart: Chart::Eyes.shader_id(),
    }
}
