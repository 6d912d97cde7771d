//! A frame's uniforms, in one buffer so that one upload brings them all: first the view, then faces and light.

use std::num::NonZeroU64;

use bytemuck::{Pod, Zeroable};
use carmine_shaders::{SceneUniforms, ViewUniforms};

use crate::zeroize;

/// Where the second part of the buffer may be bound: a multiple of what every device allows.
const ALIGNMENT: usize = 256;
const PADDING: usize = ALIGNMENT - size_of::<ViewUniforms>();

#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
struct FrameUniforms {
    view: ViewUniforms,
    padding: [u8; PADDING],
    scene: SceneUniforms,
}

/// The uniforms as they are on the GPU, or will be at the next submit.
#[derive(Debug)]
pub(super) struct Uniforms {
    buffer: wgpu::Buffer,
    data: Box<FrameUniforms>,
}

impl Uniforms {
    pub fn new(device: &wgpu::Device) -> Self {
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("carmine uniforms"),
            size: size_of::<FrameUniforms>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::COPY_SRC,
            mapped_at_creation: false,
        });
        Self { buffer, data: Box::new(FrameUniforms::zeroed()) }
    }

    pub fn view(&self) -> wgpu::BindingResource<'_> {
        self.part(0, size_of::<ViewUniforms>())
    }

    pub fn scene(&self) -> wgpu::BindingResource<'_> {
        self.part(ALIGNMENT, size_of::<SceneUniforms>())
    }

    fn part(&self, offset: usize, size: usize) -> wgpu::BindingResource<'_> {
        wgpu::BindingResource::Buffer(wgpu::BufferBinding {
            buffer: &self.buffer,
            offset: offset as u64,
            size: NonZeroU64::new(size as u64),
        })
    }

    pub fn set_view(&mut self, view: ViewUniforms) {
        self.data.view = view;
    }

    pub fn scene_mut(&mut self) -> &mut SceneUniforms {
        &mut self.data.scene
    }

    /// Hands both parts to the queue; only the view if no face is shown.
    pub fn upload(&self, queue: &wgpu::Queue, is_face_shown: bool) {
        let bytes = bytemuck::bytes_of(&*self.data);
        let used = if is_face_shown { bytes } else { &bytes[..size_of::<ViewUniforms>()] };
        queue.write_buffer(&self.buffer, 0, used);
    }

    /// Overwrites both parts, here and on the GPU.
    pub fn zeroize(&mut self, encoder: &mut wgpu::CommandEncoder) {
        zeroize::overwrite(std::slice::from_mut(&mut *self.data), FrameUniforms::zeroed());
        encoder.clear_buffer(&self.buffer, 0, None);
    }
}

#[cfg(test)]
impl Uniforms {
    pub fn buffer(&self) -> &wgpu::Buffer {
        &self.buffer
    }

    pub fn scene_data(&self) -> &SceneUniforms {
        &self.data.scene
    }
}
