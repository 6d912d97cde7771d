//! What the camera sees before there is light: the G-buffer of the bust.
//!
//! In: the bust's mesh, its painter, a pose and a picture's size. Out: per sample the triangle and what it is made of;
//! per pixel what most of its samples show.
//!
//! 1. Vertices are posed and projected.
//! 2. Triangles go into a depth buffer with 2 × 2 samples a pixel.
//! 3. Every sample's point of the surface is painted.

use glam::Vec3;

use crate::camera::{Pose, Viewport};
use crate::mesh::Mesh;
use crate::paint::{Paint, Painter, Zone};
use crate::palette::Material;
use crate::raster::{Hit, Keep, Raster};

/// Samples per pixel along each side.
const SAMPLES_PER_SIDE: usize = 2;
/// Samples per pixel.
pub(crate) const SAMPLES: usize = SAMPLES_PER_SIDE * SAMPLES_PER_SIDE;

/// What the camera sees in every sample.
#[derive(Debug)]
pub(crate) struct GBuffer {
    pub raster: Raster,
    pub paint: Vec<Paint>,
    /// Per pixel.
    pub zones: Vec<Zone>,
}

impl GBuffer {
    pub fn draw(mesh: &Mesh, painter: &Painter, pose: Pose, viewport: Viewport) -> Self {
        let (width, height) = (viewport.width as usize, viewport.height as usize);
        let mut raster = Raster::new(width * SAMPLES_PER_SIDE, height * SAMPLES_PER_SIDE);
        let placed = mesh.vertices.iter().map(|vertex| {
            let seen = viewport.project(pose.camera_from_face(vertex.position_cm));
            ((seen.truncate() + 0.5) * SAMPLES_PER_SIDE as f32 - 0.5).extend(seen.z)
        });
        let placed: Vec<Vec3> = placed.collect();
        for (number, triangle) in mesh.triangles.iter().enumerate() {
            let corners = triangle.corners.map(|corner| placed[corner as usize]);
            raster.draw(corners, number as u32, Keep::DepthAndHits);
        }
        let wall = Paint { base: Material::Wall, over: Material::Wall, share: 0.0, shade: 1.0, redness: 0.0 };
        let painted = |hit: &Hit| {
            let Some(triangle) = mesh.triangles.get(hit.triangle as usize) else { return (wall, Zone::Other) };
            let at = hit.mix(triangle.corners.map(|corner| mesh.vertices[corner as usize]));
            painter.paint(triangle.part, at.position_cm, at.lip, at.slit)
        };
        let (paint, sampled): (Vec<Paint>, Vec<Zone>) = raster.hits.iter().map(painted).unzip();
        let zones = (0..width * height).map(|pixel| majority(&sampled, pixel, width)).collect();
        Self { raster, paint, zones }
    }

    /// What a sample shows, face space; `None` on the wall.
    pub fn point(&self, mesh: &Mesh, sample: usize) -> Option<Vec3> {
        let hit = self.raster.hits[sample];
        let corners = mesh.triangles.get(hit.triangle as usize)?.corners;
        Some(hit.mix(corners.map(|corner| mesh.vertices[corner as usize].position_cm)))
    }
}

/// The samples of a pixel.
pub(crate) fn samples_of(pixel: usize, width: usize) -> [usize; SAMPLES] {
    let (x, y) = (pixel % width, pixel / width);
    let first = y * SAMPLES_PER_SIDE * width * SAMPLES_PER_SIDE + x * SAMPLES_PER_SIDE;
    [first, first + 1, first + width * SAMPLES_PER_SIDE, first + width * SAMPLES_PER_SIDE + 1]
}

fn majority(sampled: &[Zone], pixel: usize, width: usize) -> Zone {
    let zones = samples_of(pixel, width).map(|sample| sampled[sample]);
    let count = |zone: Zone| zones.iter().filter(|&&other| other == zone).count();
    zones.into_iter().max_by_key(|&zone| count(zone)).unwrap_or_default()
}
