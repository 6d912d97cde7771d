//! Staging: mapped buffers in which a frame's uploads travel to the GPU.
//!
//! In: bytes for textures and buffers. Out: copies recorded into an encoder.
//!
//! 1. A frame takes a mapped buffer that is large enough, or makes one.
//! 2. Each part is written into it, rows padded as the GPU wants them, and its copy is recorded.
//! 3. When the GPU has read a buffer, it is mapped again and returned for reuse: there are as many as frames in flight.

use std::sync::{Arc, Mutex, PoisonError};

use glam::UVec2;

/// Where a part may begin: what Direct3D 12 asks of a texture's.
const ALIGNMENT: usize = 512;
/// Buffers grow in steps of this, so that they fit later frames too.
const STEP: u64 = 1 << 16;

/// The buffers that are mapped and wait for a frame.
#[derive(Debug, Default)]
pub(super) struct Staging {
    waiting: Arc<Mutex<Vec<wgpu::Buffer>>>,
}

/// One frame's uploads, and the encoder that they and its passes are recorded into.
pub(super) struct Upload<'a> {
    pub encoder: &'a mut wgpu::CommandEncoder,
    buffer: wgpu::Buffer,
    mapped: wgpu::BufferViewMut,
    used: usize,
}

/// Bytes of a texture's rows as they lie in memory.
pub(super) struct Rows<'a> {
    pub data: &'a [u8],
    /// From one row to the next.
    pub bytes_per_row: usize,
    /// Width and height in texels.
    pub size: UVec2,
}

/// What a part of `rows` rows of `bytes_per_row` takes at most.
pub(super) const fn capacity(bytes_per_row: usize, rows: usize) -> usize {
    padded(bytes_per_row) * rows + ALIGNMENT
}

const fn padded(bytes_per_row: usize) -> usize {
    bytes_per_row.next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT as usize)
}

impl Staging {
    /// Room for parts of `capacity` bytes in all. `None` on a lost device, which accepts no uploads.
    pub fn begin<'a>(
        &self,
        encoder: &'a mut wgpu::CommandEncoder,
        device: &wgpu::Device,
        capacity: usize,
    ) -> Option<Upload<'a>> {
        let waiting = std::iter::from_fn(|| self.lock().pop()).find(|buffer| buffer.size() >= capacity as u64);
        let buffer = waiting.unwrap_or_else(|| {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("carmine staging"),
                size: (capacity as u64).next_multiple_of(STEP),
                usage: wgpu::BufferUsages::MAP_WRITE | wgpu::BufferUsages::COPY_SRC,
                mapped_at_creation: true,
            })
        });
        let mapped = buffer.get_mapped_range_mut(..).ok()?;
        Some(Upload { encoder, buffer, mapped, used: 0 })
    }

    /// To be called when all copies are recorded.
    pub fn finish(&self, upload: Upload<'_>) {
        let Upload { encoder, buffer, mapped, .. } = upload;
        drop(mapped);
        buffer.unmap();
        let (waiting, back) = (Arc::clone(&self.waiting), buffer.clone());
        encoder.map_buffer_on_submit(&buffer, wgpu::MapMode::Write, .., move |mapped| {
            if mapped.is_ok() {
                waiting.lock().unwrap_or_else(PoisonError::into_inner).push(back);
            }
        });
    }

    /// Overwrites the buffers that wait: all that were submitted, once the GPU is done with them.
    pub fn zeroize(&self) {
        for buffer in self.lock().iter() {
            if let Ok(mut mapped) = buffer.get_mapped_range_mut(..) {
                mapped.slice(..).fill(0);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<wgpu::Buffer>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Upload<'_> {
    /// Copies `data`, whole words, into a buffer.
    pub fn copy_to_buffer(&mut self, to: &wgpu::Buffer, offset: u64, data: &[u8]) {
        if data.is_empty() {
            return;
        }
        let start = self.start();
        self.mapped.slice(start..start + data.len()).copy_from_slice(data);
        self.used = start + data.len();
        self.encoder.copy_buffer_to_buffer(&self.buffer, start as u64, to, offset, data.len() as u64);
    }

    /// Copies rows into the first columns and rows of one layer of a texture.
    pub fn copy_to_texture(&mut self, to: &wgpu::Texture, layer: u32, rows: &Rows<'_>) {
        let Rows { data, bytes_per_row, size } = *rows;
        let row = size.x as usize * to.format().block_copy_size(None).unwrap_or_default() as usize;
        let (start, padded, count) = (self.start(), padded(row), size.y as usize);
        let end = start + padded * count;
        if padded == bytes_per_row && data.len() >= padded * count {
            self.mapped.slice(start..end).copy_from_slice(&data[..padded * count]);
        } else {
            for (index, line) in data.chunks(bytes_per_row).take(count).enumerate() {
                let at = start + index * padded;
                self.mapped.slice(at..at + row).copy_from_slice(&line[..row]);
            }
        }
        self.used = end;
        let layout = wgpu::TexelCopyBufferLayout {
            offset: start as u64,
            bytes_per_row: Some(padded as u32),
            rows_per_image: Some(size.y),
        };
        self.encoder.copy_buffer_to_texture(
            wgpu::TexelCopyBufferInfo { buffer: &self.buffer, layout },
            wgpu::TexelCopyTextureInfo { origin: wgpu::Origin3d { x: 0, y: 0, z: layer }, ..to.as_image_copy() },
            wgpu::Extent3d { width: size.x, height: size.y, depth_or_array_layers: 1 },
        );
    }

    fn start(&self) -> usize {
        self.used.next_multiple_of(ALIGNMENT)
    }
}

#[cfg(test)]
impl Staging {
    /// What the buffers that wait hold.
    pub fn held(&self) -> Vec<Vec<u8>> {
        self.lock().iter().map(|buffer| buffer.get_mapped_range(..).unwrap().to_vec()).collect()
    }
}
