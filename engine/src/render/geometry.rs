use carmine_shaders::{ChartVertex, MAX_FACES, Pass, StrokeVertex, View};

use super::RenderError;
use super::buffers::{ChartBuffers, PLACE_FORMAT, STROKE_FORMAT};
use super::pipelines::{self, Targets};
use crate::dress::{Dressed, LashStrokes, Wardrobe, lash_indices};
use crate::face::MESH_VERTEX_COUNT;

const CHART_ATTRIBUTES: [wgpu::VertexAttribute; 7] = wgpu::vertex_attr_array![
    0 => Float32x2, 1 => Float32, 2 => Float32, 3 => Float32x2, 4 => Float32x2, 5 => Float32x3, 6 => Uint32
];
const STROKE_ATTRIBUTES: [wgpu::VertexAttribute; 5] =
    wgpu::vertex_attr_array![0 => Float32x2, 1 => Float32, 2 => Float32, 3 => Float32, 4 => Float32];

/// Draws every face's meshes into the chart buffers.
#[derive(Debug)]
pub(super) struct Geometry {
    mesh: wgpu::RenderPipeline,
    curve: wgpu::RenderPipeline,
    stroke: wgpu::RenderPipeline,
    bindings: wgpu::BindGroup,
    mesh_vertices: Slots,
    curve_vertices: Slots,
    stroke_vertices: Slots,
    mesh_indices: (wgpu::Buffer, u32),
    curve_indices: wgpu::Buffer,
    stroke_indices: wgpu::Buffer,
}

/// One buffer with a part for each face.
#[derive(Debug)]
struct Slots {
    buffer: wgpu::Buffer,
    bytes: u64,
}

impl Slots {
    fn new(device: &wgpu::Device, label: &str, bytes: usize, usage: wgpu::BufferUsages) -> Self {
        let bytes = bytes as u64;
        Self { buffer: create(device, label, bytes * MAX_FACES as u64, usage), bytes }
    }

    /// What does not fit is left out.
    fn write<T: bytemuck::NoUninit>(&self, queue: &wgpu::Queue, face: usize, data: &[T]) {
        let fitting = data.len().min(self.bytes as usize / size_of::<T>());
        queue.write_buffer(&self.buffer, self.bytes * face as u64, bytemuck::cast_slice(&data[..fitting]));
    }

    fn of(&self, face: usize) -> wgpu::BufferSlice<'_> {
        self.buffer.slice(self.bytes * face as u64..self.bytes * (face as u64 + 1))
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

impl Geometry {
    pub fn new(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        view: &wgpu::Buffer,
        dressed: &Dressed,
    ) -> Result<Self, RenderError> {
        let layout = pipelines::layout(device, "carmine view", &[pipelines::uniform(0, size_of::<View>())]);
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("carmine view"),
            layout: &layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: view.as_entire_binding() }],
        });
        let buffer = |stride: usize, attributes| {
            let step_mode = wgpu::VertexStepMode::Vertex;
            [Some(wgpu::VertexBufferLayout { array_stride: stride as u64, step_mode, attributes })]
        };
        let chart = buffer(size_of::<ChartVertex>(), &CHART_ATTRIBUTES);
        let stroke = buffer(size_of::<StrokeVertex>(), &STROKE_ATTRIBUTES);
        let places = Targets { colours: &[PLACE_FORMAT], depth: Some(true), blend: None };
        // Lashes that cross do not add up to more than a pixel.
        let darkest = wgpu::BlendComponent {
            src_factor: wgpu::BlendFactor::One,
            dst_factor: wgpu::BlendFactor::OneMinusSrc,
            operation: wgpu::BlendOperation::Add,
        };
        let blend = Some(wgpu::BlendState { color: darkest, alpha: wgpu::BlendComponent::REPLACE });
        let strokes = Targets { colours: &[STROKE_FORMAT], depth: Some(false), blend };

        let vertex = wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_SRC;
        let index = wgpu::BufferUsages::INDEX;
        let fixed = |label, data: &[u16]| {
            let buffer = create(device, label, size_of_val(data) as u64, index);
            let mut padded = data.to_vec();
            padded.resize(padded.len().next_multiple_of(2), 0);
            queue.write_buffer(&buffer, 0, bytemuck::cast_slice(&padded));
            buffer
        };
        let mesh_indices = dressed.mesh().indices();
        let stroke_bytes = LashStrokes::MAX_VERTICES * size_of::<StrokeVertex>();
        let curve_bytes = dressed.topology().vertex_count() * size_of::<ChartVertex>();
        Ok(Self {
            mesh: pipelines::pipeline(device, Pass::Mesh, &[&layout], &chart, &places)?,
            curve: pipelines::pipeline(device, Pass::Curve, &[&layout], &chart, &places)?,
            stroke: pipelines::pipeline(device, Pass::Stroke, &[&layout], &stroke, &strokes)?,
            bindings,
            mesh_vertices: Slots::new(device, "carmine mesh", MESH_VERTEX_COUNT * size_of::<ChartVertex>(), vertex),
            curve_vertices: Slots::new(device, "carmine curves", curve_bytes, vertex),
            stroke_vertices: Slots::new(device, "carmine lashes", stroke_bytes, vertex),
            stroke_indices: fixed("carmine lash indices", &lash_indices()),
            mesh_indices: (fixed("carmine mesh indices", mesh_indices), mesh_indices.len() as u32),
            curve_indices: fixed("carmine curve indices", dressed.topology().indices()),
        })
    }

    /// Draws the dressed faces' meshes, and what each of them wears along curves.
    pub fn draw(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        (dressed, wardrobe): (&Dressed, &Wardrobe),
        to: &ChartBuffers,
    ) {
        let faces = dressed.faces();
        for (index, face) in faces.iter().enumerate() {
            self.mesh_vertices.write(queue, index, &face.mesh);
            self.curve_vertices.write(queue, index, &face.curves);
            self.stroke_vertices.write(queue, index, &face.strokes);
        }
        let mut encoder = device.create_command_encoder(&Default::default());
        {
            let mut pass = begin(&mut encoder, "carmine mesh", &to.mesh_view, &to.depth_view, true);
            pass.set_pipeline(&self.mesh);
            pass.set_bind_group(0, &self.bindings, &[]);
            pass.set_index_buffer(self.mesh_indices.0.slice(..), wgpu::IndexFormat::Uint16);
            for index in 0..faces.len() {
                pass.set_vertex_buffer(0, self.mesh_vertices.of(index));
                pass.draw_indexed(0..self.mesh_indices.1, 0, 0..1);
            }
        }
        {
            let mut pass = begin(&mut encoder, "carmine curves", &to.curve_view, &to.depth_view, false);
            pass.set_pipeline(&self.curve);
            pass.set_bind_group(0, &self.bindings, &[]);
            pass.set_index_buffer(self.curve_indices.slice(..), wgpu::IndexFormat::Uint16);
            for (index, face) in faces.iter().enumerate() {
                let Some(worn) = wardrobe.of(face.index) else { continue };
                pass.set_vertex_buffer(0, self.curve_vertices.of(index));
                for part in dressed.topology().parts(worn) {
                    pass.draw_indexed(part, 0, 0..1);
                }
            }
        }
        {
            let mut pass = begin(&mut encoder, "carmine lashes", &to.stroke_view, &to.depth_view, false);
            pass.set_pipeline(&self.stroke);
            pass.set_bind_group(0, &self.bindings, &[]);
            pass.set_index_buffer(self.stroke_indices.slice(..), wgpu::IndexFormat::Uint16);
            for (index, face) in faces.iter().enumerate() {
                pass.set_vertex_buffer(0, self.stroke_vertices.of(index));
                pass.draw_indexed(0..face.stroke_index_count, 0, 0..1);
            }
        }
        queue.submit([encoder.finish()]);
    }

    pub fn vertices(&self) -> [&wgpu::Buffer; 3] {
        [&self.mesh_vertices, &self.curve_vertices, &self.stroke_vertices].map(|slots| &slots.buffer)
    }

    /// Fills all that was drawn from with zeros, and clears what was drawn.
    pub fn zeroize(&self, encoder: &mut wgpu::CommandEncoder, to: &ChartBuffers) {
        for vertices in self.vertices() {
            encoder.clear_buffer(vertices, 0, None);
        }
        for (index, target) in [&to.mesh_view, &to.curve_view, &to.stroke_view].into_iter().enumerate() {
            begin(encoder, "carmine zeroize", target, &to.depth_view, index == 0);
        }
    }
}

/// A pass into one cleared target; the first also clears the depth.
fn begin<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    label: &str,
    target: &wgpu::TextureView,
    depth: &wgpu::TextureView,
    is_first: bool,
) -> wgpu::RenderPass<'a> {
    let load = if is_first { wgpu::LoadOp::Clear(1.0) } else { wgpu::LoadOp::Load };
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
            depth_ops: Some(wgpu::Operations { load, store: wgpu::StoreOp::Store }),
            stencil_ops: None,
        }),
        ..Default::default()
    })
}
