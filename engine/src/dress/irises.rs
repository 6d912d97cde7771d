//! The openings of both eyes as a mesh whose chart is the iris.
//!
//! In: a fitted face. Out: vertices in [`Chart::Iris`]: the iris is the unit circle, x towards the outer corner, y up.
//!
//! 1. The iris's centre and width come from the landmarks at its sides: lids hide its top and bottom, where the model
//!    guesses.
//! 2. Rows between the lash lines are given their place in the chart and the eyeball's normal.
//! 3. It fades out where the eye closes.

use carmine_shaders::cpu::smoothstep;
use carmine_shaders::{Chart, ChartVertex};
use glam::{Mat2, Vec2, Vec3};

use super::chart_grid::grid_indices;
use super::eye::Eye;
use super::eye_landmarks::{EYES, EyeLandmarks, LID_COLUMNS};
use crate::face::FittedFace;

/// Rows from the upper lid to the lower one. All that a vertex carries is linear between the lids.
const ROWS: usize = 3;
const EYE_VERTICES: usize = LID_COLUMNS * ROWS;

/// Width of the soft rim at the lids, in rim widths of the lids' own mesh.
const RIM: f32 = 1.3;
/// Openness of the eye up to which the iris is hidden, and from which it is fully visible, in eye widths.
const OPENING_HIDDEN: f32 = 0.1;
const OPENING_SHOWN: f32 = 0.17;
/// Radius of the eyeball in radii of the iris (12 mm over 5.85 mm).
const EYEBALL: f32 = 2.05;
/// Least and greatest height of an iris over its width: it is a circle that lids cover and turning narrows.
const TALL_MIN: f32 = 0.85;
const TALL_MAX: f32 = 1.6;
/// Depth offset in front of the face's mesh, in eye widths.
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
        grid_indices(&mut indices, eye * EYE_VERTICES, LID_COLUMNS, ROWS);
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
        let open = smoothstep(OPENING_HIDDEN, OPENING_SHOWN, eye.openness);
        let outwards = eye.frame.across.x.signum();
        let rim_px = RIM * eye.rim_px;
        let [upper, lower] = &eye.lids;
        for column in 0..LID_COLUMNS {
            let (above, below) = (upper.line[column], lower.line[column]);
            let seen = (upper.relief[column].surface(0.0).seen).max(lower.relief[column].surface(0.0).seen);
            let height = upper.gap_px[column] / rim_px;
            for row in 0..ROWS {
                let down = row as f32 / (ROWS - 1) as f32;
                let point = above.lerp(below, down);
                let iris = iris_from_px * (point.truncate() - centre);
                let ball = (iris / EYEBALL).clamp_length_max(0.9);
                let out = (1.0 - ball.length_squared()).sqrt();
                self.vertices.push(ChartVertex {
                    position_px: point.truncate(),
                    depth_px: point.z - LIFT * eye.frame.width_px,
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

/// An iris's centre in `frame_px`, and the matrix that maps offsets from it to the chart.
fn iris(face: &FittedFace, points: &EyeLandmarks) -> Option<(Vec2, Mat2)> {
    let [centre, outer, top, inner, bottom] = points.iris.map(|index| face.landmarks_px[usize::from(index)].truncate());
    // Lids hide the rim above and below, where the model only guesses; the points at the sides are reliable.
    let across = 0.5 * (outer - inner);
    let radius = across.length();
    let tall = (0.5 * (top - bottom)).reject_from(across);
    let height = tall.length().clamp(TALL_MIN * radius, TALL_MAX * radius);
    let up = tall.try_normalize()? * height;
    let px_from_iris = Mat2::from_cols(across, up);
    (radius > 0.3 && centre.is_finite() && px_from_iris.determinant().abs() > 1e-3)
        .then(|| (centre, px_from_iris.inverse()))
}
