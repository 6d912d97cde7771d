//! Both brows as a mesh whose chart follows their hair.
//!
//! In: a fitted face and where the brows' hair was found. Out: vertices in [`Chart::Brows`]: x from the head (0) to the
//! tail (1), y from the hair's lower edge (0) to its upper one (1).
//!
//! 1. Each edge of the landmarks' brow becomes a smooth curve, extrapolated linearly beyond its ends.
//! 2. x is the mean length of both edges so far.
//! 3. Rows lie between the edges of the hair, which differ from those of the landmarks.

use carmine_shaders::{Chart, ChartVertex};
use glam::{Vec2, Vec3};

use super::chart_grid::grid_indices;
use super::contour::{STEPS, smooth};

use crate::face::{FittedFace, rings};
use crate::light::BrowHair;

const BROW_POINTS: usize = 5;
/// Columns between the brow's ends, and one beyond each.
const COLUMNS: usize = (BROW_POINTS - 1) * STEPS + 3;
/// The chart's y of the rows.
const ROWS: [f32; 5] = [-0.5, 0.0, 0.5, 1.0, 1.5];
const BROW_VERTICES: usize = COLUMNS * ROWS.len();

/// How far the chart extends beyond the brow's ends, as a share of its length.
const BEYOND: f32 = 0.1;
/// Widths of the soft rim where the chart ends, in its x and its y.
const RIM: Vec2 = Vec2::new(0.05, 0.2);
/// Shortest brow that is drawn, in pixels: below it the landmarks' noise dominates.
const SHORTEST_PX: f32 = 3.0;
/// Depth offset in front of the face's mesh, in brow lengths: in front of the mesh round the eyes too, which the brow's
/// lower margin overlaps.
const LIFT: f32 = 0.08;

/// Both brows as a mesh in [`Chart::Brows`].
#[derive(Clone, Debug, Default)]
pub struct BrowMesh {
    pub(super) vertices: Vec<ChartVertex>,
}

/// Triangles of every [`BrowMesh`], three indices each.
pub fn brow_indices() -> Vec<u16> {
    let mut indices = Vec::new();
    for brow in 0..2 {
        grid_indices(&mut indices, brow * BROW_VERTICES, COLUMNS, ROWS.len());
    }
    indices
}

/// A place on one edge of a brow.
#[derive(Clone, Copy, Default)]
struct EdgePoint {
    point: Vec3,
    normal: Vec3,
    seen: f32,
}

impl BrowMesh {
    /// Vertices in every mesh.
    pub const VERTICES: usize = 2 * BROW_VERTICES;

    /// Right brow, then left; columns from the head to the tail, rows upwards.
    pub fn vertices(&self) -> &[ChartVertex] {
        &self.vertices
    }

    /// Lays the mesh on the `hair` of a face's brows, right and left.
    pub fn build(&mut self, face: &FittedFace, hair: &[BrowHair; 2]) {
        self.vertices.clear();
        for (side, (edges, hair)) in rings::BROW_EDGES.iter().zip(hair).enumerate() {
            self.lay(&edges.map(|points| edge(face, &points)), hair);
            self.vertices.resize((side + 1) * BROW_VERTICES, ChartVertex::default());
        }
    }

    fn lay(&mut self, [lower, upper]: &[[EdgePoint; COLUMNS]; 2], hair: &BrowHair) {
        let mut x = [0.0; COLUMNS];
        for column in 2..COLUMNS - 1 {
            let step = |edge: &[EdgePoint; COLUMNS]| edge[column].point.distance(edge[column - 1].point);
            x[column] = x[column - 1] + 0.5 * (step(lower) + step(upper));
        }
        let length = x[COLUMNS - 2];
        if !(length >= SHORTEST_PX && length.is_finite()) {
            return;
        }
        x.iter_mut().for_each(|x| *x /= length);
        (x[0], x[COLUMNS - 1]) = (-BEYOND, 1.0 + BEYOND);
        for (column, x) in x.into_iter().enumerate() {
            let (low, high) = (lower[column], upper[column]);
            // Along the landmarks, as in the search for the hair.
            let (from, to) = hair.edges((column as f32 - 1.0) / (COLUMNS - 3) as f32);
            for y in ROWS {
                let across = from + (to - from) * y;
                let point = low.point.lerp(high.point, across);
                let t = across.clamp(0.0, 1.0);
                self.vertices.push(ChartVertex {
                    position_px: point.truncate(),
                    depth_px: point.z - LIFT * length,
                    visibility: (low.seen + (high.seen - low.seen) * t).clamp(0.0, 1.0),
                    chart_position: Vec2::new(x, y),
                    edge_distance: Vec2::new(
                        (x + BEYOND).min(1.0 + BEYOND - x) / RIM.x,
                        (y - ROWS[0]).min(ROWS[ROWS.len() - 1] - y) / RIM.y,
                    ),
                    normal_camera: low.normal.lerp(high.normal, t),
                    chart: Chart::Brows.shader_id(),
                });
            }
        }
    }
}

/// One edge as a smooth curve, extrapolated linearly beyond its ends.
fn edge(face: &FittedFace, points: &[u16; BROW_POINTS]) -> [EdgePoint; COLUMNS] {
    let mut edge = [EdgePoint::default(); COLUMNS];
    let vertex = |point: usize| usize::from(points[point]);
    let mut columns = edge[1..].iter_mut();
    smooth(
        |p| face.landmarks_px[vertex(p)],
        BROW_POINTS,
        |point: Vec3| {
            if let Some(to) = columns.next() {
                to.point = point;
            }
        },
    );
    let mut columns = edge[1..].iter_mut();
    smooth(
        |p| face.normals_camera[vertex(p)].extend(face.visibility[vertex(p)]),
        BROW_POINTS,
        |surface: glam::Vec4| {
            if let Some(to) = columns.next() {
                (to.normal, to.seen) = (surface.truncate(), surface.w);
            }
        },
    );
    let last = COLUMNS - 1;
    let length: f32 = edge[1..last].windows(2).map(|pair| pair[0].point.distance(pair[1].point)).sum();
    for (end, next, inside) in [(0, 1, 1 + STEPS), (last, last - 1, last - 1 - STEPS)] {
        let onwards = (edge[next].point - edge[inside].point).normalize_or_zero();
        edge[end] = EdgePoint { point: edge[next].point + onwards * (BEYOND * length), ..edge[next] };
    }
    edge
}
