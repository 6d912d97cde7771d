//! Small maps of each face on the GPU: bare skin, bare lips, and what hides the face.

use carmine_shaders::MAX_FACES;
use glam::UVec2;

use super::formats;
use super::staging::{self, Rows, Upload};
use super::textures::{TextureSpec, view_of, write_zeros};
use crate::dress::{DressedFace, MapTexel};
use crate::face::{OCCLUSION_SIDE, Occlusion};
use crate::light::{LipMap, SkinMap};

/// What an upload takes of the staging buffer for each face.
pub(super) const UPLOAD_BYTES_PER_FACE: usize = staging::capacity(SkinMap::SIDE * size_of::<MapTexel>(), SkinMap::SIDE)
    + staging::capacity(LipMap::SIDE * size_of::<MapTexel>(), LipMap::SIDE)
    + staging::capacity(OCCLUSION_SIDE, OCCLUSION_SIDE);

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

    /// Uploads one face's maps; without an occlusion nothing is hidden.
    pub fn upload(&self, upload: &mut Upload<'_>, face: usize, dressed: &DressedFace, occlusion: Option<&Occlusion>) {
        const CLEAR: [u8; OCCLUSION_SIDE * OCCLUSION_SIDE] = [0; OCCLUSION_SIDE * OCCLUSION_SIDE];
        let covered = occlusion.map_or(&CLEAR, |occlusion| &*occlusion.map);
        let maps: [&[u8]; 3] =
            [bytemuck::cast_slice(&dressed.skin_map), bytemuck::cast_slice(&dressed.lips_map), covered];
        for (texture, data) in self.textures().into_iter().zip(maps) {
            let size = UVec2::new(texture.width(), texture.height());
            upload.copy_to_texture(
                texture,
                face as u32,
                &Rows { data, bytes_per_row: data.len() / size.y as usize, size },
            );
        }
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
