use carmine_shaders::{Faces, MAX_FACES, MaskVertex};
use glam::Vec2;

use super::pipelines::{Bindings, Pipelines};
use super::textures::Textures;
use super::{RenderError, View};
use crate::dress::{Dressed, LipMesh, lip_indices};
use crate::scene::Scene;

const MESH_BYTES: u64 = (LipMesh::VERTICES * size_of::<MaskVertex>()) as u64;

/// Lives long: pipelines, textures and buffers. What changes per frame is passed in as plain data.
#[derive(Debug)]
pub struct Renderer {
    device: wgpu::Device,
    queue: wgpu::Queue,
    encodes_srgb: bool,
    pipelines: Pipelines,
    view: wgpu::Buffer,
    faces: wgpu::Buffer,
    vertices: wgpu::Buffer,
    indices: wgpu::Buffer,
    index_count: u32,
    sized: Option<(Textures, wgpu::TextureView, Bindings)>,
    dressed: Dressed,
    faces_data: Box<Faces>,
}

impl Renderer {
    /// The least that the renderer needs of a device: GL ES 3.1-class limits. For frames larger than 2048 px add the
    /// adapter's own resolution: `Renderer::required_limits().using_resolution(adapter.limits())`.
    pub fn required_limits() -> wgpu::Limits {
        wgpu::Limits::downlevel_defaults()
    }

    /// On the host's device and queue, for targets of `target_format` (`Rgba8Unorm` or `Bgra8Unorm`, sRGB or not).
    pub fn new(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        target_format: wgpu::TextureFormat,
    ) -> Result<Self, RenderError> {
        let buffer = |label, size, usage| {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(label),
                size,
                usage: usage | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        };
        let index_data = lip_indices();
        let indices = buffer("carmine lip indices", (index_data.len() * 2) as u64, wgpu::BufferUsages::INDEX);
        queue.write_buffer(&indices, 0, bytemuck::cast_slice(&index_data));
        let uniform = wgpu::BufferUsages::UNIFORM;
        Ok(Self {
            device: device.clone(),
            queue: queue.clone(),
            encodes_srgb: target_format.is_srgb(),
            pipelines: Pipelines::new(device, target_format)?,
            view: buffer("carmine view", size_of::<carmine_shaders::View>() as u64, uniform),
            faces: buffer("carmine faces", size_of::<Faces>() as u64, uniform),
            vertices: buffer("carmine lips", MESH_BYTES * MAX_FACES as u64, wgpu::BufferUsages::VERTEX),
            indices,
            index_count: index_data.len() as u32,
            sized: None,
            dressed: Dressed::default(),
            faces_data: Box::default(),
        })
    }

    /// Uploads the frame and what is worn, and draws the masks. Call once per frame, before [`draw`](Self::draw).
    pub fn prepare(&mut self, scene: &Scene<'_>, view: &View) -> Result<(), RenderError> {
        let frame = &scene.frame;
        if !self.sized.as_ref().is_some_and(|(textures, ..)| textures.fits(frame)) {
            self.sized = None;
            let textures = Textures::new(&self.device, frame.width(), frame.height())?;
            let mask = textures.mask.create_view(&wgpu::TextureViewDescriptor::default());
            let bindings = self.pipelines.bind(&self.device, &self.view, &self.faces, &textures);
            self.sized = Some((textures, mask, bindings));
        }
        let Some((textures, mask, bindings)) = &mut self.sized else { return Ok(()) };
        textures.upload_frame(&self.queue, frame);

        let frame_size_px = Vec2::new(frame.width() as f32, frame.height() as f32);
        let (clip_from_uv_scale, clip_from_uv_offset) = view.clip_from_uv(frame_size_px);
        let view = carmine_shaders::View {
            clip_from_uv_scale,
            clip_from_uv_offset,
            frame_size_px,
            target_encodes_srgb: u32::from(self.encodes_srgb),
            ..Default::default()
        };
        self.queue.write_buffer(&self.view, 0, bytemuck::bytes_of(&view));

        self.dressed.dress(scene);
        for (index, dressed) in self.dressed.faces().iter().enumerate() {
            self.faces_data.faces[index] = dressed.face;
            textures.upload_zone_map(&self.queue, index, &dressed.lips_light[..]);
            let vertices = bytemuck::cast_slice(dressed.lips.vertices());
            self.queue.write_buffer(&self.vertices, MESH_BYTES * index as u64, vertices);
        }
        if self.dressed.faces().is_empty() {
            return Ok(());
        }
        self.queue.write_buffer(&self.faces, 0, bytemuck::bytes_of(&*self.faces_data));
        let mut encoder = self.device.create_command_encoder(&Default::default());
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("carmine mask"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: mask,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                ..Default::default()
            });
            pass.set_pipeline(&self.pipelines.mask);
            pass.set_bind_group(0, &bindings.view, &[]);
            pass.set_index_buffer(self.indices.slice(..), wgpu::IndexFormat::Uint16);
            for index in 0..self.dressed.faces().len() as u64 {
                pass.set_vertex_buffer(0, self.vertices.slice(MESH_BYTES * index..MESH_BYTES * (index + 1)));
                pass.draw_indexed(0..self.index_count, 0, 0..1);
            }
        }
        self.queue.submit([encoder.finish()]);
        Ok(())
    }

    /// Draws the prepared scene into the caller's pass (one colour attachment of the target format, one sample,
    /// no depth). Draws nothing before the first [`prepare`](Self::prepare).
    pub fn draw(&self, pass: &mut wgpu::RenderPass<'_>) {
        let Some((_, _, bindings)) = &self.sized else { return };
        pass.set_bind_group(0, &bindings.scene, &[]);
        pass.set_pipeline(&self.pipelines.frame);
        pass.draw(0..6, 0..1);
        let worn = self.dressed.faces().len() as u32;
        if worn > 0 {
            pass.set_pipeline(&self.pipelines.composite);
            pass.draw(0..6, 0..worn);
        }
    }
}

#[cfg(test)]
impl Renderer {
    pub(super) fn mask(&self) -> Option<&wgpu::Texture> {
        self.sized.as_ref().map(|(textures, ..)| &textures.mask)
    }

    pub(super) fn dressed(&self) -> &Dressed {
        &self.dressed
    }
}
