//! The geometry pass: draws every face's meshes into the G-buffer.
//!
//! In: the dressed faces' vertices, what each wears. Out: the G-buffer's targets.
//!
//! 1. Each face's vertices are uploaded into its part of three buffers: mesh, curves, lashes.
//! 2. The meshes are drawn with depth, so that nearer faces hide farther ones.
//! 3. Curves that are worn are drawn in front of their mesh, tested against the same depth.
//! 4. Lashes are drawn in front of both.

use carmine_shaders::{ChartVertex, MAX_FACES, StrokeVertex};

use super::gbuffer::GBuffer;
use super::pipelines::Pipelines;
use super::staging::{self, Upload};
use super::uniforms::Uniforms;
use crate::dress::{Dressed, LashStrokes, LookCache, lash_indices};
use crate::face::MESH_VERTEX_COUNT;

/// Vertices of all faces, and how they are joined.
#[derive(Debug)]
pub(super) struct GeometryPass {
    bindings: wgpu::BindGroup,
    mesh_vertices: FaceBuffer,
    curve_vertices: FaceBuffer,
    stroke_vertices: FaceBuffer,
    mesh_indices: wgpu::Buffer,
    mesh_index_count: u32,
    curve_indices: wgpu::Buffer,
    stroke_indices: wgpu::Buffer,
}

/// One buffer with a part for each face.
#[derive(Debug)]
struct FaceBuffer {
    buffer: wgpu::Buffer,
    bytes_per_face: u64,
}

impl FaceBuffer {
    fn new(device: &wgpu::Device, label: &str, bytes_per_face: usize) -> Self {
        let usage = wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_SRC;
        let bytes_per_face = bytes_per_face as u64;
        Self { buffer: create(device, label, bytes_per_face * MAX_FACES as u64, usage), bytes_per_face }
    }

    /// Copies what fits; the rest is left out.
    fn upload<T: bytemuck::NoUninit>(&self, upload: &mut Upload<'_>, face: usize, data: &[T]) {
        let fitting = data.len().min(self.bytes_per_face as usize / size_of::<T>());
        let bytes = bytemuck::cast_slice(&data[..fitting]);
        upload.copy_to_buffer(&self.buffer, self.bytes_per_face * face as u64, bytes);
    }

    fn of(&self, face: usize) -> wgpu::BufferSlice<'_> {
        self.buffer.slice(self.bytes_per_face * face as u64..self.bytes_per_face * (face as u64 + 1))
    }
}

fn create(device: &wgpu::Device, label: &str, size: u64, usage: wgpu::BufferUsages) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some(label),
        size: size.next_multiple_of(wgpu::COPY_BUFFER_ALIGNMENT),
        usage: usage | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}

/// Indices that never change.
fn index_buffer(device: &wgpu::Device, queue: &wgpu::Queue, label: &str, indices: &[u16]) -> wgpu::Buffer {
    let buffer = create(device, label, size_of_val(indices) as u64, wgpu::BufferUsages::INDEX);
    let mut padded = indices.to_vec();
    padded.resize(padded.len().next_multiple_of(2), 0);
    queue.write_buffer(&buffer, 0, bytemuck::cast_slice(&padded));
    buffer
}

impl GeometryPass {
    pub fn new(pipelines: &Pipelines, queue: &wgpu::Queue, uniforms: &Uniforms, dressed: &Dressed) -> Self {
        let device = pipelines.device();
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("carmine view"),
            layout: &pipelines.layouts().view,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: uniforms.view() }],
        });
        let mesh_indices = dressed.mesh().indices();
        let mesh_bytes = MESH_VERTEX_COUNT * size_of::<ChartVertex>();
        let curve_bytes = dressed.topology().vertex_count() * size_of::<ChartVertex>();
        let stroke_bytes = LashStrokes::MAX_VERTICES * size_of::<StrokeVertex>();
        Self {
            bindings,
            mesh_vertices: FaceBuffer::new(device, "carmine mesh", mesh_bytes),
            curve_vertices: FaceBuffer::new(device, "carmine curves", curve_bytes),
            stroke_vertices: FaceBuffer::new(device, "carmine lashes", stroke_bytes),
            mesh_indices: index_buffer(device, queue, "carmine mesh indices", mesh_indices),
            mesh_index_count: mesh_indices.len() as u32,
            curve_indices: index_buffer(device, queue, "carmine curve indices", dressed.topology().indices()),
            stroke_indices: index_buffer(device, queue, "carmine lash indices", &lash_indices()),
        }
    }

    /// What an upload takes of the staging buffer for each face.
    pub fn upload_bytes_per_face(&self) -> usize {
        let bytes = |vertices: &FaceBuffer| staging::capacity(vertices.bytes_per_face as usize, 1);
        bytes(&self.mesh_vertices) + bytes(&self.curve_vertices) + bytes(&self.stroke_vertices)
    }

    /// The dressed faces' vertices.
    pub fn upload(&self, upload: &mut Upload<'_>, dressed: &Dressed) {
        for (index, face) in dressed.faces().iter().enumerate() {
            self.mesh_vertices.upload(upload, index, &face.mesh);
            self.curve_vertices.upload(upload, index, &face.curves);
            self.stroke_vertices.upload(upload, index, &face.strokes);
        }
    }

    /// Draws the dressed faces' meshes, and what each of them wears along curves.
    pub fn record(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        pipelines: &Pipelines,
        dressed: &Dressed,
        looks: &LookCache,
        to: &GBuffer,
    ) {
        let (faces, pipelines) = (dressed.faces(), pipelines.geometry());
        {
            let mut pass = begin(encoder, "carmine mesh", &to.mesh_view, &to.depth_view, wgpu::LoadOp::Clear(1.0));
            pass.set_pipeline(&pipelines.mesh);
            pass.set_bind_group(0, &self.bindings, &[]);
            pass.set_index_buffer(self.mesh_indices.slice(..), wgpu::IndexFormat::Uint16);
            for index in 0..faces.len() {
                pass.set_vertex_buffer(0, self.mesh_vertices.of(index));
                pass.draw_indexed(0..self.mesh_index_count, 0, 0..1);
            }
        }
        {
            let mut pass = begin(encoder, "carmine curves", &to.curve_view, &to.depth_view, wgpu::LoadOp::Load);
            pass.set_pipeline(&pipelines.curve);
            pass.set_bind_group(0, &self.bindings, &[]);
            pass.set_index_buffer(self.curve_indices.slice(..), wgpu::IndexFormat::Uint16);
            for (index, face) in faces.iter().enumerate() {
                let Some(look) = looks.of(face.index) else { continue };
                pass.set_vertex_buffer(0, self.curve_vertices.of(index));
                for part in dressed.topology().parts(look) {
                    pass.draw_indexed(part, 0, 0..1);
                }
            }
        }
        let mut pass = begin(encoder, "carmine lashes", &to.stroke_view, &to.depth_view, wgpu::LoadOp::Load);
        pass.set_pipeline(&pipelines.stroke);
        pass.set_bind_group(0, &self.bindings, &[]);
        pass.set_index_buffer(self.stroke_indices.slice(..), wgpu::IndexFormat::Uint16);
        for (index, face) in faces.iter().enumerate() {
            pass.set_vertex_buffer(0, self.stroke_vertices.of(index));
            pass.draw_indexed(0..face.stroke_index_count, 0, 0..1);
        }
    }

    pub fn vertices(&self) -> [&wgpu::Buffer; 3] {
        [&self.mesh_vertices, &self.curve_vertices, &self.stroke_vertices].map(|vertices| &vertices.buffer)
    }

    /// Overwrites the vertex buffers with zeros, and clears the G-buffer.
    pub fn zeroize(&self, encoder: &mut wgpu::CommandEncoder, to: &GBuffer) {
        for vertices in self.vertices() {
            encoder.clear_buffer(vertices, 0, None);
        }
        for target in [&to.mesh_view, &to.curve_view, &to.stroke_view] {
            begin(encoder, "carmine zeroize", target, &to.depth_view, wgpu::LoadOp::Clear(1.0));
        }
    }
}

/// A pass into one cleared target, with the depth that all share.
fn begin<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    label: &str,
    target: &wgpu::TextureView,
    depth: &wgpu::TextureView,
    depth_load: wgpu::LoadOp<f32>,
) -> wgpu::RenderPass<'a> {
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some(label),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view: target,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations { load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT), store: wgpu::StoreOp::Store },
        })],
        depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
            view: depth,
            depth_ops: Some(wgpu::Operations { load: depth_load, store: wgpu::StoreOp::Store }),
            stencil_ops: None,
        }),
        ..Default::default()
    })
}
