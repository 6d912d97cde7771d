//! Creates, fills and zeroizes textures; holds that of the camera frame.

use glam::UVec2;

use super::staging::{self, Rows, Upload};
use super::{RenderError, formats};
use crate::frame::Frame;
use crate::zeroize;

/// What a texture is for.
pub(super) struct TextureSpec {
    pub label: &'static str,
    pub width: u32,
    pub height: u32,
    pub layers: u32,
    /// Mip levels.
    pub levels: u32,
    pub format: wgpu::TextureFormat,
    pub usage: wgpu::TextureUsages,
}

impl TextureSpec {
    /// A texture that shaders can read.
    pub fn create(self, device: &wgpu::Device) -> wgpu::Texture {
        device.create_texture(&wgpu::TextureDescriptor {
            label: Some(self.label),
            size: wgpu::Extent3d { width: self.width, height: self.height, depth_or_array_layers: self.layers },
            mip_level_count: self.levels,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: self.format,
            usage: self.usage | wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        })
    }
}

/// The texture whole; `array`: as layers, even where there is one.
pub(super) fn view_of(texture: &wgpu::Texture, array: bool) -> wgpu::TextureView {
    let dimension = if array { wgpu::TextureViewDimension::D2Array } else { wgpu::TextureViewDimension::D2 };
    texture.create_view(&wgpu::TextureViewDescriptor { dimension: Some(dimension), ..Default::default() })
}

/// One mip level of a texture.
pub(super) fn level_of(texture: &wgpu::Texture, level: u32) -> wgpu::TextureView {
    texture.create_view(&wgpu::TextureViewDescriptor {
        base_mip_level: level,
        mip_level_count: Some(1),
        ..Default::default()
    })
}

/// The camera picture, living as long as its size does.
#[derive(Debug)]
pub(super) struct FrameTexture {
    pub texture: wgpu::Texture,
    upright: Vec<u8>,
}

impl FrameTexture {
    pub fn new(device: &wgpu::Device, width: u32, height: u32) -> Result<Self, RenderError> {
        let limit = device.limits().max_texture_dimension_2d;
        if width > limit || height > limit {
            return Err(RenderError::TooLarge { width, height, limit });
        }
        let spec = TextureSpec {
            label: "carmine frame",
            width,
            height,
            layers: 1,
            levels: 1,
            format: formats::FRAME,
            usage: wgpu::TextureUsages::COPY_DST | wgpu::TextureUsages::COPY_SRC,
        };
        Ok(Self { texture: spec.create(device), upright: Vec::new() })
    }

    pub fn fits(&self, frame: &Frame<'_>) -> bool {
        (self.texture.width(), self.texture.height()) == (frame.width(), frame.height())
    }

    /// What an upload takes of the staging buffer.
    pub fn upload_bytes(&self) -> usize {
        staging::capacity(self.texture.width() as usize * 4, self.texture.height() as usize)
    }

    pub fn upload(&mut self, upload: &mut Upload<'_>, frame: &Frame<'_>) {
        let size = UVec2::new(frame.width(), frame.height());
        let (data, bytes_per_row) = match frame.as_rgba() {
            Some(rgba) => rgba,
            None => {
                frame.write_rgba(&mut self.upright);
                (self.upright.as_slice(), size.x as usize * 4)
            }
        };
        upload.copy_to_texture(&self.texture, 0, &Rows { data, bytes_per_row, size });
    }

    /// Fills the picture, and its upright copy in memory, with zeros.
    pub fn zeroize(&mut self, queue: &wgpu::Queue) {
        zeroize::empty(&mut self.upright, 0);
        write_zeros(queue, &self.texture);
    }
}

/// Overwrites all layers of a texture with one mip level by uploading zeros, since a GPU may only record a clear.
pub(super) fn write_zeros(queue: &wgpu::Queue, texture: &wgpu::Texture) {
    let (width, height) = (texture.width(), texture.height());
    let bytes_per_row = texture.format().block_copy_size(None).unwrap_or_default() * width;
    let zeros = vec![0; (bytes_per_row * height) as usize];
    for layer in 0..texture.depth_or_array_layers() {
        queue.write_texture(
            wgpu::TexelCopyTextureInfo { origin: wgpu::Origin3d { x: 0, y: 0, z: layer }, ..texture.as_image_copy() },
            &zeros,
            wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(bytes_per_row), rows_per_image: Some(height) },
            wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        );
    }
}
