use carmine_shaders::{MAX_FACES, ZONE_MAP_SIDE};
use glam::Vec4;

use super::RenderError;
use crate::frame::Frame;

/// Format of what the mask pass draws: thickness, normal x, normal y.
pub(super) const MASK_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;
/// The mask's longest side: finer than the landmarks are exact.
const MASK_SIDE_MAX: u32 = 2048;

/// Textures that live as long as the frame's size does.
#[derive(Debug)]
pub(super) struct Textures {
    pub frame: wgpu::Texture,
    pub mask: wgpu::Texture,
    pub zone_maps: wgpu::Texture,
    upright: Vec<u8>,
}

impl Textures {
    pub fn new(device: &wgpu::Device, width: u32, height: u32) -> Result<Self, RenderError> {
        let limit = device.limits().max_texture_dimension_2d;
        if width > limit || height > limit {
            return Err(RenderError::TooLarge { width, height, limit });
        }
        let create = |label, width, height, format, usage| {
            device.create_texture(&wgpu::TextureDescriptor {
                label: Some(label),
                size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format,
                usage: usage | wgpu::TextureUsages::TEXTURE_BINDING,
                view_formats: &[],
            })
        };
        let (mask_width, mask_height) = mask_size(width, height);
        let side = ZONE_MAP_SIDE as u32;
        Ok(Self {
            // Not an sRGB format: a bare pixel goes through undecoded, so it stays bit-identical.
            frame: create(
                "carmine frame",
                width,
                height,
                wgpu::TextureFormat::Rgba8Unorm,
                wgpu::TextureUsages::COPY_DST,
            ),
            mask: create(
                "carmine mask",
                mask_width,
                mask_height,
                MASK_FORMAT,
                wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            ),
            zone_maps: create(
                "carmine zone maps",
                side,
                side * MAX_FACES as u32,
                wgpu::TextureFormat::Rgba32Float,
                wgpu::TextureUsages::COPY_DST,
            ),
            upright: Vec::new(),
        })
    }

    pub fn fits(&self, frame: &Frame<'_>) -> bool {
        (self.frame.width(), self.frame.height()) == (frame.width(), frame.height())
    }

    pub fn upload_frame(&mut self, queue: &wgpu::Queue, frame: &Frame<'_>) {
        let (data, stride) = match frame.as_rgba() {
            Some(rgba) => rgba,
            None => {
                frame.write_rgba(&mut self.upright);
                (self.upright.as_slice(), frame.width() as usize * 4)
            }
        };
        write(queue, &self.frame, 0, data, stride as u32, frame.height());
    }

    pub fn upload_zone_map(&self, queue: &wgpu::Queue, face: usize, map: &[Vec4]) {
        let side = ZONE_MAP_SIDE as u32;
        write(queue, &self.zone_maps, face as u32 * side, bytemuck::cast_slice(map), side * 16, side);
    }
}

fn write(queue: &wgpu::Queue, texture: &wgpu::Texture, row: u32, data: &[u8], bytes_per_row: u32, height: u32) {
    queue.write_texture(
        wgpu::TexelCopyTextureInfo {
            texture,
            mip_level: 0,
            origin: wgpu::Origin3d { x: 0, y: row, z: 0 },
            aspect: wgpu::TextureAspect::All,
        },
        data,
        wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(bytes_per_row), rows_per_image: Some(height) },
        wgpu::Extent3d { width: texture.width(), height, depth_or_array_layers: 1 },
    );
}

/// The frame's own size, or in proportion within [`MASK_SIDE_MAX`].
fn mask_size(width: u32, height: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= MASK_SIDE_MAX {
        return (width, height);
    }
    let shrink = |side: u32| (u64::from(side) * u64::from(MASK_SIDE_MAX) / u64::from(longest)).max(1) as u32;
    (shrink(width), shrink(height))
}
