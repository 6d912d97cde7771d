//! Both lips as a mesh whose corners carry their distance from the lips' edges.
//!
//! In: a fitted face and the lips' edges as measured in the picture. Out: vertices in [`Chart::Lips`]: x from the
//! person's right corner (0) to the left one (1), y 1 at the outer edge of the upper lip, 0 where the lips meet, −1 at
//! the outer edge of the lower one.
//!
//! 1. Four rings of landmarks become smooth curves: positions, depths, normals, visibility.
//! 2. The edges are moved to the measured ones, and what lies between them along.
//! 3. Where the lips touch, their inner edges are joined.
//! 4. The distance from either edge is computed, in widths of its soft rim.

use carmine_shaders::cpu::smoothstep;
use carmine_shaders::{Chart, ChartVertex};
use glam::{Vec2, Vec3};

use super::chart_grid::{BEYOND_ANY_RIM, grid_indices};
use super::contour::{STEPS, smooth};
use crate::face::{FittedFace, Landmarks, rings};
use crate::light::LipEdges;

/// Landmarks from corner to corner along one lip.
const LIP_POINTS: usize = 11;
/// Columns of the mesh along one lip.
const COLUMNS: usize = (LIP_POINTS - 1) * STEPS + 1;
/// Rows across a lip, from the outer edge to the opening.
const ROWS: usize = 4;
const RINGS: [&[u16; 20]; ROWS] =
    [&rings::LIPS_OUTER, &rings::LIPS_OUTER_MIDDLE, &rings::LIPS_INNER_MIDDLE, &rings::LIPS_INNER];

/// Width of the outer edge, in interocular distances.
const FEATHER: f32 = 0.036;
/// The same at the mouth's opening.
const INNER_FEATHER: f32 = 0.012;
/// Share of an edge's width over which coverage rises from 0 to 1.
const RIM_FEATHERS: f32 = 0.35;
/// Distance that each lip keeps from the chart's y = 0, where texels are shared by both.
const OWN_SIDE: f32 = 0.004;

/// Both lips as a mesh in [`Chart::Lips`] whose corners carry their distance from the edges.
#[derive(Clone, Debug, Default)]
pub struct LipMesh {
    pub(super) vertices: Vec<ChartVertex>,
}

/// Triangles of every [`LipMesh`], three indices each.
pub fn lip_indices() -> Vec<u16> {
    let mut indices = Vec::new();
    for lip in 0..2 {
        grid_indices(&mut indices, lip * COLUMNS * ROWS, COLUMNS, ROWS);
    }
    indices
}

impl LipMesh {
    /// Vertices in every mesh.
    pub const VERTICES: usize = 2 * COLUMNS * ROWS;

    /// Lower lip, then upper; columns from the right corner to the left; rows inwards.
    pub fn vertices(&self) -> &[ChartVertex] {
        &self.vertices
    }

    /// Lays the mesh on a face whose lips end at `edges`.
    pub fn build(&mut self, face: &FittedFace, edges: &LipEdges) {
        self.vertices.clear();
        self.vertices.resize(Self::VERTICES, ChartVertex::default());
        for lip in 0..2 {
            for (row, ring) in RINGS.into_iter().enumerate() {
                self.fill_row(face, lip, row, ring);
            }
        }
        let interocular = face.landmarks_px.interocular();
        let outer = (interocular * FEATHER).max(2.0);
        let inner = (interocular * INNER_FEATHER).max(1.0);
        for column in 0..COLUMNS {
            let (lower, upper) = self.vertices.split_at_mut(COLUMNS * ROWS);
            let of = |column: usize| column * ROWS..(column + 1) * ROWS;
            let (lower, upper) = (&mut lower[of(column)], &mut upper[of(column)]);
            let x = column as f32 / (COLUMNS - 1) as f32;
            let landmark = column as f32 / STEPS as f32;
            move_edges(lower, edges.at(landmark).map(|offset| offset * interocular));
            move_edges(upper, edges.at(20.0 - landmark).map(|offset| offset * interocular));
            close(lower, upper, inner);
            for (lip, side) in [(lower, -1.0), (upper, 1.0)] {
                measure(lip, outer, inner, Vec2::new(x, side));
            }
        }
    }

    fn fill_row(&mut self, face: &FittedFace, lip: usize, row: usize, ring: &[u16; 20]) {
        // A ring runs along the lower lip from right to left and back along the upper one.
        let turn = |point: usize| if lip == 0 { point } else { (20 - point) % 20 };
        let vertex = |point: usize| usize::from(ring[turn(point)]);
        let base = lip * COLUMNS * ROWS + row;
        let mut column = 0;
        let mut place = |set: &mut dyn FnMut(&mut ChartVertex)| {
            set(&mut self.vertices[base + column % COLUMNS * ROWS]);
            column += 1;
        };
        let position = |landmarks: &Landmarks, point: usize| landmarks[vertex(point)].truncate();
        let depth = |point: usize| face.landmarks_px[vertex(point)].z;
        smooth(|p| position(&face.landmarks_px, p), LIP_POINTS, |p: Vec2| place(&mut |v| v.position_px = p));
        smooth(depth, LIP_POINTS, |d: f32| place(&mut |v| v.depth_px = d));
        smooth(|p| face.normals_camera[vertex(p)], LIP_POINTS, |n: Vec3| place(&mut |v| v.normal_camera = n));
        // Near the opening the surface curls inwards though nothing hides it: use the visibility at the middle of the
        // lip.
        let outside = RINGS[row.min(1)];
        let seen = |point: usize| face.visibility[usize::from(outside[turn(point)])];
        smooth(seen, LIP_POINTS, |s: f32| place(&mut |v| v.visibility = s.clamp(0.0, 1.0)));
    }
}

/// Moves a column's ends by pixels, and what lies between them along.
fn move_edges(lip: &mut [ChartVertex], [outer, inner]: [Vec2; 2]) {
    for (row, vertex) in lip.iter_mut().enumerate() {
        vertex.position_px += outer.lerp(inner, row as f32 / (ROWS - 1) as f32);
    }
}

/// Joins the lips where they touch; there the inner edge needs no soft rim, which `edge_distance.y` records.
fn close(lower: &mut [ChartVertex], upper: &mut [ChartVertex], inner_feather: f32) {
    let (below, above) = (lower[ROWS - 1].position_px, upper[ROWS - 1].position_px);
    let gap = below.distance(above);
    let open = smoothstep(1.5 * inner_feather, 4.0 * inner_feather, gap);
    let middle = below.midpoint(above);
    for lip in [lower, upper] {
        let edge = &mut lip[ROWS - 1];
        edge.position_px = middle.lerp(edge.position_px, open);
        edge.edge_distance.y = (1.0 - open) * BEYOND_ANY_RIM;
    }
}

/// Chart positions and edge distances along one column; `end` is the chart's y of its outer edge.
fn measure(lip: &mut [ChartVertex], outer_feather: f32, inner_feather: f32, end: Vec2) {
    let inwards = (lip[ROWS - 1].position_px - lip[0].position_px).normalize_or_zero();
    let closed = lip[ROWS - 1].edge_distance.y;
    let rim = Vec2::new(outer_feather * RIM_FEATHERS, inner_feather * RIM_FEATHERS).max(Vec2::new(1.5, 1.0));
    // Half of a soft rim lies on either side of its edge.
    lip[0].position_px -= inwards * rim.x * 0.5;
    lip[ROWS - 1].position_px += inwards * rim.y * 0.5 * (1.0 - closed / BEYOND_ANY_RIM);
    let mut travelled = [0.0; ROWS];
    for row in 1..ROWS {
        travelled[row] = travelled[row - 1] + lip[row].position_px.distance(lip[row - 1].position_px);
    }
    let width = travelled[ROWS - 1].max(1e-3);
    for (vertex, from_edge) in lip.iter_mut().zip(travelled) {
        vertex.chart_position = Vec2::new(end.x, end.y * (1.0 - from_edge / width).max(OWN_SIDE));
        vertex.edge_distance = Vec2::new(from_edge / rim.x, closed + (width - from_edge) / rim.y);
        vertex.chart = Chart::Lips.shader_id();
    }
}

#[cfg(test)]
mod tests {
    use carmine_models::CanonicalFace;
    use glam::Mat3;

    use super::*;
    use crate::face::{Camera, FaceFitter, FaceId, Faces, TrackedFace};

    /// The canonical face, 45 cm away, turned by `yaw_deg` to its left, as the fitter sees it.
    fn turned_face(yaw_deg: f32) -> FittedFace {
        let canonical = CanonicalFace::embedded().unwrap();
        let rotation = Mat3::from_rotation_y(yaw_deg.to_radians());
        let focal = 240.0 / (Camera::default().vertical_fov_rad / 2.0).tan();
        let mut landmarks_px = Landmarks::default();
        for (to, &point) in landmarks_px.iter_mut().zip(&canonical.vertices_cm) {
            let camera = rotation * Vec3::from(point) + Vec3::new(0.0, 0.0, -45.0);
            let scale = focal / -camera.z;
            let depth = (-camera.z - 45.0) * focal / 45.0;
            *to = Vec3::new(camera.x * scale + 320.0, 240.0 - camera.y * scale, depth);
        }
        let faces = vec![TrackedFace { id: FaceId(1), presence: 1.0, landmarks_px }];
        let faces = Faces { faces, ..Default::default() };
        FaceFitter::new().unwrap().fit(&faces, 640, 480, &Camera::default())[0].clone()
    }

    #[test]
    fn a_turned_head_fades_its_far_side() {
        let visibility_of = |yaw_deg: f32| {
            let mut mesh = LipMesh::default();
            mesh.build(&turned_face(yaw_deg), &LipEdges::default());
            // Outer edge of the lower lip, from the person's right corner to the left one.
            let row: Vec<f32> = (0..COLUMNS).map(|column| mesh.vertices()[column * ROWS].visibility).collect();
            (row[1], row[COLUMNS / 2], row[COLUMNS - 2])
        };
        let (right, middle, left) = visibility_of(0.0);
        assert!(right > 0.95 && middle > 0.95 && left > 0.95, "{right} {middle} {left}");
        let (right, _, left) = visibility_of(75.0);
        let (far, near) = (right.min(left), right.max(left));
        assert!(far < 0.05, "the far corner is out of sight: {far}");
        assert!(near > 0.9, "the near corner is not: {near}");
    }

    fn edge(x: f32, y: f32) -> [ChartVertex; ROWS] {
        std::array::from_fn(|row| ChartVertex {
            position_px: Vec2::new(x, y * (1.0 - row as f32 / 3.0)),
            ..Default::default()
        })
    }

    #[test]
    fn closed_lips_meet_and_have_no_inner_edge() {
        let (mut lower, mut upper) = (edge(0.0, 10.0), edge(0.0, -10.0));
        lower[3].position_px.y = 0.4;
        close(&mut lower, &mut upper, 1.0);
        measure(&mut lower, 3.0, 1.0, Vec2::new(0.5, -1.0));
        assert_eq!(lower[3].position_px, upper[3].position_px);
        assert!(lower.iter().all(|vertex| vertex.edge_distance.y >= BEYOND_ANY_RIM));
    }

    #[test]
    fn open_lips_end_at_the_opening() {
        let (mut lower, mut upper) = (edge(0.0, 20.0), edge(0.0, -20.0));
        (lower[3].position_px.y, upper[3].position_px.y) = (8.0, -8.0);
        close(&mut lower, &mut upper, 1.0);
        measure(&mut lower, 3.0, 1.0, Vec2::new(0.5, -1.0));
        // Half of the soft rim lies beyond the edge.
        assert_eq!(lower[3].position_px.y, 8.0 - 0.5);
        assert!(lower[3].edge_distance.y.abs() < 1e-5 && lower[0].edge_distance.x == 0.0);
        assert!(lower[0].edge_distance.y > 10.0);
    }
}
