use carmine_shaders::{Chart, ChartVertex};
use glam::{Mat2, Vec2, Vec3};

use super::eye::{COLUMNS, EYES, Eye, EyePoints, smoothstep};
use super::lids::{bounds, grid};
use crate::face::FittedFace;

/// Rows from the upper lid to the lower one. All that a vertex carries is linear between the lids.
const ROWS: usize = 3;
const EYE_VERTICES: usize = COLUMNS * ROWS;

/// Width of the soft rim at the lids, in the rims of the lids' own mesh.
const RIM: f32 = 1.3;
/// Openings, in eye widths, between which an iris comes into sight.
const OPENING: (f32, f32) = (0.1, 0.17);
/// Radius of the eyeball in radii of the iris (12 mm over 5.85 mm).
const EYEBALL: f32 = 2.05;
/// How far an iris's height may differ from its width: it is a circle that lids cover and turning narrows.
const TALL: (f32, f32) = (0.85, 1.6);
/// How far the mesh lies before the face's own, in eye widths.
const LIFT: f32 = 0.05;

/// The openings of both eyes as a mesh in [`Chart::Iris`]: x towards the outer corner, y up.
#[derive(Clone, Debug, Default)]
pub struct IrisMesh {
    pub(super) vertices: Vec<ChartVertex>,
}

/// Triangles of every [`IrisMesh`], three indices each.
pub fn iris_indices() -> Vec<u16> {
    let mut indices = Vec::new();
    for eye in 0..2 {
        grid(&mut indices, eye * EYE_VERTICES, COLUMNS, ROWS);
    }
    indices
}

impl IrisMesh {
    /// Vertices in every mesh.
    pub const VERTICES: usize = 2 * EYE_VERTICES;

    /// Right eye, then left; columns from the inner corner to the outer one, rows downwards. Of a closed eye nothing
    /// is visible.
    pub fn vertices(&self) -> &[ChartVertex] {
        &self.vertices
    }

    /// Smallest and largest corner of what the mesh covers, in `frame_px`; empty where both eyes are closed.
    pub fn bounds_px(&self) -> (Vec2, Vec2) {
        bounds(self.vertices.iter().filter(|vertex| vertex.visibility > 0.0).map(|vertex| vertex.position_px))
    }

    /// Lays the mesh on a face.
    pub fn build(&mut self, face: &FittedFace) {
        self.vertices.clear();
        for side in 0..2 {
            let laid = Eye::new(face, side).and_then(|eye| self.lay(face, side, &eye));
            if laid.is_none() {
                self.vertices.resize((side + 1) * EYE_VERTICES, ChartVertex::default());
            }
        }
    }

    fn lay(&mut self, face: &FittedFace, side: usize, eye: &Eye) -> Option<()> {
        let (centre, iris_from_px) = iris(face, &EYES[side])?;
        let open = smoothstep(OPENING.0, OPENING.1, eye.openness);
        let outwards = eye.across.x.signum();
        let rim_px = RIM * eye.rim_px;
        let [upper, lower] = &eye.lids;
        for column in 0..COLUMNS {
            let (above, below) = (upper.line[column], lower.line[column]);
            let seen = (upper.relief[column].surface(0.0).1).max(lower.relief[column].surface(0.0).1);
            let height = upper.gap_px[column] / rim_px;
            for row in 0..ROWS {
                let down = row as f32 / (ROWS - 1) as f32;
                let point = above.lerp(below, down);
                let iris = iris_from_px * (point.truncate() - centre);
                let ball = (iris / EYEBALL).clamp_length_max(0.9);
                let out = (1.0 - ball.length_squared()).sqrt();
                self.vertices.push(ChartVertex {
                    position_px: point.truncate(),
                    depth_px: point.z - LIFT * eye.width_px,
                    visibility: open * seen,
                    chart_position: iris,
                    edge_distance: Vec2::new(down, 1.0 - down) * height,
                    normal_camera: Vec3::new(ball.x * outwards, ball.y, out),
                    chart: Chart::Iris.shader_id(),
                });
            }
        }
        Some(())
    }
}

/// An iris's centre in `frame_px`, and what takes distances from it to the chart.
fn iris(face: &FittedFace, points: &EyePoints) -> Option<(Vec2, Mat2)> {
    let [centre, outer, top, inner, bottom] = points.iris.map(|index| face.landmarks_px[usize::from(index)].truncate());
    // Lids hide the rim above and below, where the model guesses: the rim at the sides is what holds.
    let across = 0.5 * (outer - inner);
    let radius = across.length();
    let tall = (0.5 * (top - bottom)).reject_from(across);
    let height = tall.length().clamp(TALL.0 * radius, TALL.1 * radius);
    let up = tall.try_normalize()? * height;
    let px_from_iris = Mat2::from_cols(across, up);
    (radius > 0.3 && centre.is_finite() && px_from_iris.determinant().abs() > 1e-3)
        .then(|| (centre, px_from_iris.inverse()))
}
