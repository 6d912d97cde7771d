//! The mannequin to measure with, and the ground truth of its picture that does not depend on light.

use carmine_models::{CanonicalFace, ModelError};
use glam::{Vec2, Vec3};

use crate::bust;
use crate::camera::{Pose, Viewport};
use crate::g_buffer::{GBuffer, samples_of};
use crate::mesh::{LANDMARK_COUNT, Mesh};
use crate::paint::{LidPlace, Painter, Zone};

/// The mannequin's geometry, in face space.
#[derive(Debug)]
pub struct Mannequin {
    pub(crate) mesh: Mesh,
    pub(crate) painter: Painter,
}

/// The mannequin as one camera sees it in one pose.
#[derive(Debug)]
pub struct Posed<'a> {
    pub(crate) mannequin: &'a Mannequin,
    pub(crate) pose: Pose,
    pub(crate) viewport: Viewport,
    pub(crate) g_buffer: GBuffer,
}

impl Mannequin {
    /// Builds the geometry; the canonical face is the engine's own.
    pub fn new() -> Result<Self, ModelError> {
        let canonical = CanonicalFace::embedded()?;
        let (mesh, painter) = bust::build(&canonical);
        Ok(Self { mesh, painter })
    }

    /// Turns the whole bust to `pose` before the camera.
    pub fn posed(&self, pose: Pose, viewport: Viewport) -> Posed<'_> {
        let g_buffer = GBuffer::draw(&self.mesh, &self.painter, pose, viewport);
        Posed { mannequin: self, pose, viewport, g_buffer }
    }
}

impl Posed<'_> {
    /// The 468 landmarks in `frame_px`.
    pub fn landmarks_px(&self) -> Vec<Vec2> {
        let vertices = &self.mannequin.mesh.vertices[..LANDMARK_COUNT];
        vertices
            .iter()
            .map(|vertex| self.viewport.project(self.pose.camera_from_face(vertex.position_cm)).truncate())
            .collect()
    }

    /// What most of each pixel shows.
    pub fn zones(&self) -> &[Zone] {
        &self.g_buffer.zones
    }

    /// Per pixel the point that it shows, face space, cm; `None` on the wall.
    pub fn points_face_cm(&self) -> Vec<Option<Vec3>> {
        let width = self.viewport.width as usize;
        let first = |pixel| samples_of(pixel, width)[0];
        (0..width * self.viewport.height as usize)
            .map(|pixel| self.g_buffer.point(&self.mannequin.mesh, first(pixel)))
            .collect()
    }

    /// Where a point of the face lies by the edge of the upper lid.
    pub fn lid_place(&self, point_face_cm: Vec3) -> LidPlace {
        self.mannequin.painter.lid_place(point_face_cm)
    }

    /// The size of the picture.
    pub fn viewport(&self) -> Viewport {
        self.viewport
    }
}
