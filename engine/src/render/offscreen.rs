//! Renders a scene into memory, without a window.
//!
//! In: a [`Scene`]. Out: tightly packed RGBA8 of the frame's size.
//!
//! 1. The renderer's passes and the composite are recorded into one command buffer, with a copy into a mappable buffer.
//! 2. It is submitted and waited for.
//! 3. Rows are copied without the padding that the GPU wants between them.
//! 4. Where there are more faces than one scene dresses, the next ones are dressed in the picture that came out.

use std::sync::{Arc, OnceLock};

use super::textures::write_zeros;
use super::{Pipelines, RenderError, Renderer, View};
use crate::frame::{Frame, PixelFormat};
use crate::light::Light;
use crate::scene::{MAX_FACES, Scene};

const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

/// Composites a scene at the frame's own size into memory, without a window.
#[derive(Debug)]
pub struct Offscreen {
    device: wgpu::Device,
    queue: wgpu::Queue,
    renderer: Renderer,
    sized: Option<OffscreenTarget>,
}

/// What has the frame's size.
#[derive(Debug)]
pub(super) struct OffscreenTarget {
    pub texture: wgpu::Texture,
    view: wgpu::TextureView,
    pub readback: wgpu::Buffer,
}

impl Offscreen {
    /// On the host's device and queue, with pipelines of its own.
    pub fn new(device: &wgpu::Device, queue: &wgpu::Queue) -> Result<Self, RenderError> {
        Self::with_pipelines(&Pipelines::new(device)?, queue)
    }

    /// The same with pipelines that other renderers use too. `queue` is that of the pipelines' device.
    pub fn with_pipelines(pipelines: &Pipelines, queue: &wgpu::Queue) -> Result<Self, RenderError> {
        let renderer = Renderer::with_pipelines(pipelines, queue, FORMAT)?;
        Ok(Self { device: pipelines.device().clone(), queue: queue.clone(), renderer, sized: None })
    }

    /// Draws and reads back tightly packed RGBA8 (sRGB, opaque) of the frame's size into `out`, which is resized to
    /// fit. Every face is dressed, [`MAX_FACES`] at a time. Blocks until the GPU is done.
    pub fn render(&mut self, scene: &Scene<'_>, out: &mut Vec<u8>) -> Result<(), RenderError> {
        self.render_first(scene, out)?;
        let (width, height) = (scene.frame.width(), scene.frame.height());
        for from in (MAX_FACES..scene.faces.len()).step_by(MAX_FACES) {
            let dressed = std::mem::take(out);
            // Cannot fail: it is opaque RGBA8 of this very size.
            let Ok(frame) = Frame::new(&dressed, PixelFormat::Rgba8, width, height) else { break };
            let faces = scene.light.faces.get(from..).unwrap_or_default().to_vec();
            let light = Light { room: scene.light.room, faces };
            let rest = Scene {
                frame: frame.with_time(scene.frame.time()),
                faces: &scene.faces[from..],
                light: &light,
                occlusion: scene.occlusion.get(from..).unwrap_or_default(),
                looks: scene.looks.get(from..).unwrap_or_default(),
                ..*scene
            };
            self.render_first(&rest, out)?;
        }
        Ok(())
    }

    /// The same with the scene's first [`MAX_FACES`] faces dressed.
    fn render_first(&mut self, scene: &Scene<'_>, out: &mut Vec<u8>) -> Result<(), RenderError> {
        let (width, height) = (scene.frame.width(), scene.frame.height());
        let mut encoder = self.device.create_command_encoder(&Default::default());
        // First, since it refuses frames that are too large for the device.
        self.renderer.record(&mut encoder, scene, &View::same_size(width, height))?;
        if self.sized.as_ref().is_none_or(|sized| (sized.texture.width(), sized.texture.height()) != (width, height)) {
            self.sized = Some(OffscreenTarget::new(&self.device, width, height));
        }
        let Some(sized) = &self.sized else { return Ok(()) };
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("carmine offscreen"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &sized.view,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                ..Default::default()
            });
            self.renderer.draw(&mut pass);
        }
        copy_to_buffer(&mut encoder, &sized.texture, &sized.readback);
        self.queue.submit([encoder.finish()]);
        read(&self.device, &sized.readback, padded(width) as usize, width as usize * 4, out)
    }

    /// Overwrites with zeros all that holds or was made of a frame, here and in the renderer: see
    /// [`Renderer::zeroize`].
    pub fn zeroize(&mut self) {
        if let Some(sized) = &self.sized {
            write_zeros(&self.queue, &sized.texture);
            let mut encoder = self.device.create_command_encoder(&Default::default());
            encoder.clear_buffer(&sized.readback, 0, None);
            self.queue.submit([encoder.finish()]);
        }
        self.renderer.zeroize();
    }
}

impl OffscreenTarget {
    fn new(device: &wgpu::Device, width: u32, height: u32) -> Self {
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("carmine offscreen"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT
                | wgpu::TextureUsages::COPY_SRC
                | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        Self { view: texture.create_view(&Default::default()), texture, readback: readback(device, width, height) }
    }
}

/// Bytes of a row of RGBA8 or BGRA8 as the GPU copies it.
fn padded(width: u32) -> u32 {
    (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT)
}

fn readback(device: &wgpu::Device, width: u32, height: u32) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("carmine readback"),
        size: u64::from(padded(width)) * u64::from(height),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    })
}

fn copy_to_buffer(encoder: &mut wgpu::CommandEncoder, texture: &wgpu::Texture, buffer: &wgpu::Buffer) {
    let bytes_per_row = Some(padded(texture.width()));
    let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row, rows_per_image: None };
    encoder.copy_texture_to_buffer(
        texture.as_image_copy(),
        wgpu::TexelCopyBufferInfo { buffer, layout },
        texture.size(),
    );
}

#[cfg(test)]
impl Offscreen {
    pub(super) fn sized(&self) -> Option<&OffscreenTarget> {
        self.sized.as_ref()
    }

    pub(super) fn device(&self) -> (&wgpu::Device, &wgpu::Queue) {
        (&self.device, &self.queue)
    }

    pub(super) fn renderer(&self) -> &Renderer {
        &self.renderer
    }
}

/// Reads a whole RGBA8 or BGRA8 texture (usage `COPY_SRC`) back, tightly packed, into `out`. Blocks until the GPU is
/// done.
pub fn read_texture(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    texture: &wgpu::Texture,
    out: &mut Vec<u8>,
) -> Result<(), RenderError> {
    let (width, height) = (texture.width(), texture.height());
    let buffer = readback(device, width, height);
    let mut encoder = device.create_command_encoder(&Default::default());
    copy_to_buffer(&mut encoder, texture, &buffer);
    queue.submit([encoder.finish()]);
    read(device, &buffer, padded(width) as usize, width as usize * 4, out)
}

/// Waits for the GPU, then copies rows without their padding.
pub(super) fn read(
    device: &wgpu::Device,
    buffer: &wgpu::Buffer,
    padded: usize,
    row: usize,
    out: &mut Vec<u8>,
) -> Result<(), RenderError> {
    let lost = |e: &dyn std::fmt::Display| RenderError::Readback(e.to_string());
    let outcome = Arc::new(OnceLock::new());
    let told = Arc::clone(&outcome);
    buffer.map_async(wgpu::MapMode::Read, .., move |result| {
        // Called once.
        let _ = told.set(result);
    });
    device.poll(wgpu::PollType::wait_indefinitely()).map_err(|e| lost(&e))?;
    match outcome.get() {
        Some(Ok(())) => {}
        Some(Err(error)) => return Err(lost(error)),
        None => return Err(lost(&"it was not waited for")),
    }
    {
        let mapped = buffer.get_mapped_range(..).map_err(|e| lost(&e))?;
        out.clear();
        out.reserve(mapped.len() / padded * row);
        for line in mapped.chunks_exact(padded) {
            out.extend_from_slice(&line[..row]);
        }
    }
    buffer.unmap();
    Ok(())
}
