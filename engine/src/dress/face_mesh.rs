//! The whole face as a mesh in [`Chart::Face`], whose chart is the canonical uv.
//!
//! In: a fitted face. Out: a vertex per landmark of the face mesh.

use carmine_models::{CanonicalFace, ModelError};
use carmine_shaders::{Chart, ChartVertex};
use glam::Vec2;

use super::chart_grid::BEYOND_ANY_RIM;
use crate::face::{FittedFace, MESH_VERTEX_COUNT};

/// The mesh reaches to the outline; masks end before it.
const NO_EDGE: Vec2 = Vec2::splat(BEYOND_ANY_RIM);

/// The tip of the nose.
const NOSE_TIP: usize = 4;
/// Its lower half on the chart, wings and underside: an ellipse.
const LOWER_NOSE_UV: Vec2 = Vec2::new(0.5, 0.57);
const LOWER_NOSE_RADII_UV: Vec2 = Vec2::new(0.1, 0.06);

/// The whole face in [`Chart::Face`]: what stays the same for every face.
#[derive(Clone, Debug)]
pub struct FaceMesh {
    uv: Vec<Vec2>,
    indices: Vec<u16>,
}

impl FaceMesh {
    /// From the embedded canonical face.
    pub fn new() -> Result<Self, ModelError> {
        let canonical = CanonicalFace::embedded()?;
        Ok(Self {
            uv: canonical.uv.into_iter().map(Vec2::from).collect(),
            indices: canonical.triangles.into_iter().flatten().collect(),
        })
    }

    /// Triangles, three indices each.
    pub fn indices(&self) -> &[u16] {
        &self.indices
    }

    /// Lays the mesh on a face, vertex *i* on landmark *i*.
    ///
    /// Wings and underside of the nose get the visibility of its tip: they turn away steeply, but depth testing hides
    /// what must be hidden, and a product that faded out there would leave a bare line round the nose.
    pub fn build(&self, face: &FittedFace, vertices: &mut Vec<ChartVertex>) {
        let tip = face.visibility[NOSE_TIP];
        let at_least =
            |uv: Vec2| if ((uv - LOWER_NOSE_UV) / LOWER_NOSE_RADII_UV).length_squared() < 1.0 { tip } else { 0.0 };
        vertices.clear();
        vertices.extend(self.uv.iter().take(MESH_VERTEX_COUNT).enumerate().map(|(i, &uv)| ChartVertex {
            position_px: face.landmarks_px[i].truncate(),
            depth_px: face.landmarks_px[i].z,
            visibility: face.visibility[i].max(at_least(uv)),
            chart_position: uv,
            edge_distance: NO_EDGE,
            normal_camera: face.normals_camera[i],
            chart: Chart::Face.shader_id(),
        }));
    }
}
