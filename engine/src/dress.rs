//! Station 5: which product lies where, how thick, and what its layer does to light. Plain data for the renderer.

mod adapt;
mod brows;
mod contour;
mod eye;
#[cfg(test)]
mod eye_tests;
mod irises;
mod lashes;
mod lids;
mod lips;
mod optics;
mod relief;
mod strokes;

pub use brows::{BrowMesh, brow_indices};
pub use irises::{IrisMesh, iris_indices};
pub use lashes::{LashPoint, LashStrokes, LashStyle, Lid, lash_indices};
pub use lids::{LidMesh, lid_indices};
pub use lips::{LipMesh, lip_indices};
pub use optics::{layer_optics, scattering_thickness};

use carmine_shaders::{Face, MAX_FACES, MAX_LAYERS, ZONE_MAP_SIDE};
use glam::{Vec2, Vec4};

use crate::look::Category;
use crate::scene::Scene;

/// What one face wears: its lips' mesh and the numbers that the composite shader reads.
#[derive(Clone, Debug)]
pub struct DressedFace {
    /// Where lip products go.
    pub lips: LipMesh,
    /// Mean colour and shading of the bare lips, rows from the top (see [`crate::light::ZoneLight`]).
    pub lips_light: Box<[Vec4; ZONE_MAP_SIDE * ZONE_MAP_SIDE]>,
    /// Light and layers.
    pub face: Face,
}

impl Default for DressedFace {
    fn default() -> Self {
        Self {
            lips: LipMesh::default(),
            lips_light: Box::new([Vec4::ZERO; ZONE_MAP_SIDE * ZONE_MAP_SIDE]),
            face: Face::default(),
        }
    }
}

/// What every face of a scene wears. Reused from frame to frame: no allocation once as many faces were seen.
#[derive(Debug, Default)]
pub struct Dressed {
    faces: Vec<DressedFace>,
    count: usize,
}

impl Dressed {
    /// The dressed faces, in the order of the scene; bare ones are left out, and all beyond [`MAX_FACES`].
    pub fn faces(&self) -> &[DressedFace] {
        &self.faces[..self.count]
    }

    /// Dresses the faces of `scene`, whose light must come from the same faces.
    pub fn dress(&mut self, scene: &Scene<'_>) {
        self.count = 0;
        for (fitted, lit) in scene.faces.iter().zip(&scene.light.faces).take(MAX_FACES) {
            if self.faces.len() == self.count {
                self.faces.push(DressedFace::default());
            }
            let dressed = &mut self.faces[self.count];
            let face = &mut dressed.face;
            face.white = scene.light.room.white_linear;
            face.layer_count = 0;
            let worn = scene.look.layers.iter().filter(|layer| layer.product.category == Category::Lipstick);
            for layer in worn.take(MAX_LAYERS) {
                face.layers[face.layer_count as usize] = layer_optics(layer, face.white);
                face.layer_count += 1;
            }
            if face.layer_count == 0 {
                continue;
            }
            dressed.lips.build(fitted);
            let bounds = dressed.lips.bounds_px();
            let size = Vec2::new(scene.frame.width() as f32, scene.frame.height() as f32);
            let (low, high) = (bounds.0.max(Vec2::splat(-0.5)), bounds.1.min(size - 0.5));
            if !(low.cmplt(high).all()) {
                continue;
            }
            let extent = high - low;
            face.draw_rect_px = Vec4::new(low.x, low.y, extent.x, extent.y);
            face.map_rect_px = lit.lips.rect_px;
            dressed.lips_light.copy_from_slice(&lit.lips.map[..]);
            face.key_direction = lit.key_direction_camera;
            face.key_strength = lit.key_strength;
            self.count += 1;
        }
    }
}
