//! A mannequin that the face models take for a person: the canonical face on a simple head, rendered on the CPU with
//! everything known that a picture of a person hides: what each pixel shows, its albedo, and the light on it.
//!
//! [`Mannequin::new`] → [`Mannequin::posed`] → [`Posed::lit`] → [`Lit::shot`]: each step holds what the next ones share.
//! The same arguments give the same picture, on every machine with the same floating-point arithmetic.
//!
//! [`ShopMannequin`] is another one, to be looked at: a stylised bust in a studio that turns its head and blinks, drawn
//! fast enough to play live.

mod bust;
mod camera;
mod face;
mod illumination;
mod light;
mod mesh;
mod noise;
mod paint;
mod palette;
mod raster;
mod shop;
mod surface;

pub use camera::{Pose, View};
pub use illumination::Lit;
pub use light::Light;
pub use paint::Zone;
pub use palette::MONK_SRGB;
pub use shop::{Attitude, ShopMannequin, StudioLight};

use crate::models::{CanonicalFace, ModelError};
use glam::{Vec2, Vec3};

use mesh::Mesh;
use paint::Painter;

/// The mannequin's geometry, in face space.
#[derive(Debug)]
pub struct Mannequin {
    mesh: Mesh,
    painter: Painter,
}

/// The mannequin as one camera sees it in one pose.
#[derive(Debug)]
pub struct Posed<'a> {
    mannequin: &'a Mannequin,
    pose: Pose,
    view: View,
    surface: surface::Surface,
}

/// One picture and the truth about it. All pictures are rows from the top, of the view's size.
#[derive(Clone, Debug)]
pub struct Shot {
    /// What the camera gives: RGBA8, sRGB, opaque, with noise.
    pub rgba: Vec<u8>,
    /// Albedo, linear sRGB under D65, mean over the pixel.
    pub albedo_linear: Vec<Vec3>,
}

impl Mannequin {
    /// Builds the geometry; the canonical face is the engine's own.
    pub fn new() -> Result<Self, ModelError> {
        let canonical = CanonicalFace::embedded()?;
        let (mesh, painter) = bust::build(&canonical);
        Ok(Self { mesh, painter })
    }

    /// Turns the whole bust to `pose` before the camera.
    pub fn posed(&self, pose: Pose, view: View) -> Posed<'_> {
        let surface = surface::Surface::seen(&self.mesh, &self.painter, pose, view);
        Posed { mannequin: self, pose, view, surface }
    }
}

impl Posed<'_> {
    /// The 468 landmarks in `frame_px`.
    pub fn landmarks_px(&self) -> Vec<Vec2> {
        let vertices = &self.mannequin.mesh.vertices[..mesh::LANDMARKS];
        vertices.iter().map(|vertex| self.view.project(self.pose.place(vertex.position_cm)).truncate()).collect()
    }

    /// What most of each pixel shows.
    pub fn zones(&self) -> &[Zone] {
        &self.surface.zones
    }

    /// Per pixel the point that it shows, face space, cm; `None` on the wall.
    pub fn points_face_cm(&self) -> Vec<Option<Vec3>> {
        let width = self.view.width as usize;
        let first = |pixel| surface::samples(pixel, width)[0];
        (0..width * self.view.height as usize)
            .map(|pixel| self.surface.point(&self.mannequin.mesh, first(pixel)))
            .collect()
    }

    /// How far a point of the face lies above the edge of the upper lid, cm, and how far outwards between the eye's
    /// corners (0 inner, 1 outer; beyond them less or more).
    pub fn above_lid(&self, point_face_cm: Vec3) -> (f32, f32) {
        self.mannequin.painter.above_lid(point_face_cm)
    }

    /// The camera.
    pub fn view(&self) -> View {
        self.view
    }
}
