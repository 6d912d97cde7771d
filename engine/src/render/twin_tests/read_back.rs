//! Textures of the GPU as numbers.

use glam::{Vec2, Vec4};
use half::f16;

use crate::render::Offscreen;
use crate::render::offscreen::read;

/// A texture's texels, four numbers each.
pub struct Texels<T> {
    pub width: usize,
    pub height: usize,
    pub texels: Vec<T>,
}

impl<T: Copy> Texels<T> {
    pub fn at(&self, x: usize, y: usize) -> T {
        self.texels[y * self.width + x]
    }
}

impl Texels<Vec4> {
    /// As a linear sampler reads it at `uv`, clamped to the edge.
    pub fn sample(&self, uv: Vec2) -> Vec4 {
        let size = Vec2::new(self.width as f32, self.height as f32);
        let at = (uv * size - 0.5).clamp(Vec2::ZERO, size - 1.0);
        let low = at.floor();
        let part = at - low;
        let (x, y) = (low.x as usize, low.y as usize);
        let (right, below) = ((x + 1).min(self.width - 1), (y + 1).min(self.height - 1));
        let row = |y: usize| self.at(x, y).lerp(self.at(right, y), part.x);
        row(y).lerp(row(below), part.y)
    }
}

/// Width and height of one of a texture's sizes, each half the one before.
fn size(texture: &wgpu::Texture, level: u32) -> (u32, u32) {
    (texture.width() >> level, texture.height() >> level)
}

/// Its bytes, rows packed; of several layers the first's.
pub fn bytes(offscreen: &Offscreen, texture: &wgpu::Texture, level: u32) -> Vec<u8> {
    let (device, queue) = offscreen.device();
    let (width, height) = size(texture, level);
    let row = width * texture.format().block_copy_size(None).unwrap();
    let padded = row.next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(padded * height),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let mut encoder = device.create_command_encoder(&Default::default());
    let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(padded), rows_per_image: None };
    let to = wgpu::TexelCopyBufferInfo { buffer: &buffer, layout };
    let from = wgpu::TexelCopyTextureInfo { mip_level: level, ..texture.as_image_copy() };
    encoder.copy_texture_to_buffer(from, to, wgpu::Extent3d { width, height, depth_or_array_layers: 1 });
    queue.submit([encoder.finish()]);
    let mut out = Vec::new();
    read(device, &buffer, padded as usize, row as usize, &mut out).unwrap();
    out
}

fn texels_of<T>((width, height): (u32, u32), texels: Vec<T>) -> Texels<T> {
    assert_eq!(texels.len(), (width * height) as usize);
    Texels { width: width as usize, height: height as usize, texels }
}

/// One size of a texture of floats, whatever they are stored as.
pub fn floats(offscreen: &Offscreen, texture: &wgpu::Texture, level: u32) -> Texels<Vec4> {
    let bytes = bytes(offscreen, texture, level);
    let texels = match texture.format() {
        wgpu::TextureFormat::Rgba16Float => half_floats(&bytes),
        wgpu::TextureFormat::R8Unorm => bytes.iter().map(|&byte| Vec4::splat(f32::from(byte) / 255.0)).collect(),
        wgpu::TextureFormat::Rgba8Unorm => colours(&bytes),
        other => panic!("{other:?}"),
    };
    texels_of(size(texture, level), texels)
}

pub fn half_floats(bytes: &[u8]) -> Vec<Vec4> {
    let number = |two: &[u8]| f16::from_bits(u16::from_le_bytes([two[0], two[1]])).to_f32();
    bytes.chunks_exact(8).map(|texel| Vec4::from_array(std::array::from_fn(|c| number(&texel[2 * c..])))).collect()
}

pub fn colours(bytes: &[u8]) -> Vec<Vec4> {
    let texel = |texel: &[u8]| Vec4::from_array(std::array::from_fn(|c| f32::from(texel[c]) / 255.0));
    bytes.chunks_exact(4).map(texel).collect()
}

/// A texture of 16-bit words.
pub fn words(offscreen: &Offscreen, texture: &wgpu::Texture) -> Texels<[u16; 4]> {
    let bytes = bytes(offscreen, texture, 0);
    let texels = bytes
        .chunks_exact(8)
        .map(|texel| std::array::from_fn(|c| u16::from_le_bytes([texel[2 * c], texel[2 * c + 1]])));
    texels_of(size(texture, 0), texels.collect())
}
