use glam::{Vec2, Vec3};

use super::camera::{Pose, View};
use super::mesh::Mesh;
use super::paint::{Paint, Painter, Zone};
use super::palette::Material;
use super::raster::Raster;

/// Samples per pixel along each side.
pub(super) const SAMPLES: usize = 2;

/// What the camera sees in every sample.
#[derive(Debug)]
pub(super) struct Surface {
    pub raster: Raster,
    pub paint: Vec<Paint>,
    /// Per pixel.
    pub zones: Vec<Zone>,
}

impl Surface {
    pub fn seen(mesh: &Mesh, painter: &Painter, pose: Pose, view: View) -> Self {
        let (width, height) = (view.width as usize, view.height as usize);
        let mut raster = Raster::new(width * SAMPLES, height * SAMPLES);
        let placed = mesh.vertices.iter().map(|vertex| {
            let seen = view.project(pose.place(vertex.position_cm));
            ((seen.truncate() + 0.5) * SAMPLES as f32 - 0.5).extend(seen.z)
        });
        let placed: Vec<Vec3> = placed.collect();
        for (number, triangle) in mesh.triangles.iter().enumerate() {
            raster.draw(triangle.corners.map(|corner| placed[corner as usize]), number as u32, true);
        }
        let wall = Paint { base: Material::Wall, over: Material::Wall, share: 0.0, shade: 1.0, redness: 0.0 };
        let painted = |&(number, shares): &(u32, Vec2)| {
            let Some(triangle) = mesh.triangles.get(number as usize) else { return (wall, Zone::Other) };
            let [a, b, c] = triangle.corners.map(|corner| mesh.vertices[corner as usize]);
            let at = a * (1.0 - shares.x - shares.y) + b * shares.x + c * shares.y;
            painter.paint(triangle.part, at.position_cm, at.lip, at.slit)
        };
        let (paint, sampled): (Vec<Paint>, Vec<Zone>) = raster.hits.iter().map(painted).unzip();
        let zones = (0..width * height).map(|pixel| majority(&sampled, pixel, width)).collect();
        Self { raster, paint, zones }
    }

    /// What a sample shows, face space; `None` on the wall.
    pub fn point(&self, mesh: &Mesh, sample: usize) -> Option<Vec3> {
        let (number, shares) = self.raster.hits[sample];
        let corners = mesh.triangles.get(number as usize)?.corners;
        let [a, b, c] = corners.map(|corner| mesh.vertices[corner as usize].position_cm);
        Some(a * (1.0 - shares.x - shares.y) + b * shares.x + c * shares.y)
    }
}

/// The samples of a pixel.
pub(super) fn samples(pixel: usize, width: usize) -> [usize; SAMPLES * SAMPLES] {
    let (x, y) = (pixel % width, pixel / width);
    let first = y * SAMPLES * width * SAMPLES + x * SAMPLES;
    [first, first + 1, first + width * SAMPLES, first + width * SAMPLES + 1]
}

fn majority(sampled: &[Zone], pixel: usize, width: usize) -> Zone {
    let zones = samples(pixel, width).map(|sample| sampled[sample]);
    let count = |zone: Zone| zones.iter().filter(|&&other| other == zone).count();
    zones.into_iter().max_by_key(|&zone| count(zone)).unwrap_or_default()
}
