//! Small maps of each face on the GPU: bare skin, bare lips, and what hides the face.

use carmine_shaders::MAX_FACES;

use super::formats;
use super::textures::{TextureSpec, view_of, write_layer, write_zeros};
use crate::dress::{DressedFace, MapTexel};
use crate::face::{OCCLUSION_SIDE, Occlusion};
use crate::light::{LipMap, SkinMap};

/// Three texture arrays with a layer for each face.
#[derive(Debug)]
pub(super) struct FaceMaps {
    skin: wgpu::Texture,
    lips: wgpu::Texture,
    occlusion: wgpu::Texture,
}

impl FaceMaps {
    pub fn new(device: &wgpu::Device) -> Self {
        let create = |label, side: usize, format| {
            let (side, layers) = (side as u32, MAX_FACES as u32);
            let usage = wgpu::TextureUsages::COPY_DST | wgpu::TextureUsages::COPY_SRC;
            TextureSpec { label, width: side, height: side, layers, levels: 1, format, usage }.create(device)
        };
        Self {
            skin: create("carmine skin maps", SkinMap::SIDE, formats::ZONE_MAP),
            lips: create("carmine lips maps", LipMap::SIDE, formats::ZONE_MAP),
            occlusion: create("carmine occlusion", OCCLUSION_SIDE, formats::OCCLUSION),
        }
    }

    /// Hands one face's maps to the queue; nothing is hidden where nothing was looked for.
    pub fn upload(&self, queue: &wgpu::Queue, face: usize, dressed: &DressedFace, occlusion: Option<&Occlusion>) {
        const CLEAR: [u8; OCCLUSION_SIDE * OCCLUSION_SIDE] = [0; OCCLUSION_SIDE * OCCLUSION_SIDE];
        let zone = |texture: &wgpu::Texture, map: &[MapTexel]| {
            let bytes_per_row = texture.width() * size_of::<MapTexel>() as u32;
            write_layer(queue, texture, face as u32, bytemuck::cast_slice(map), bytes_per_row);
        };
        zone(&self.skin, &dressed.skin_map);
        zone(&self.lips, &dressed.lips_map);
        let covered = occlusion.map_or(&CLEAR, |occlusion| &*occlusion.map);
        write_layer(queue, &self.occlusion, face as u32, covered, self.occlusion.width());
    }

    /// Skin, lips and occlusion.
    pub fn textures(&self) -> [&wgpu::Texture; 3] {
        [&self.skin, &self.lips, &self.occlusion]
    }

    /// To be bound, in the same order.
    pub fn views(&self) -> [wgpu::TextureView; 3] {
        self.textures().map(|maps| view_of(maps, true))
    }

    /// Fills the maps of all faces with zeros.
    pub fn zeroize(&self, queue: &wgpu::Queue) {
        for maps in self.textures() {
            write_zeros(queue, maps);
        }
    }
}
