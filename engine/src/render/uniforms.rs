//! A frame's uniforms, in one buffer so that one upload brings them all: first the view, then faces and light.

use std::num::NonZeroU64;

use bytemuck::{Pod, Zeroable};
use carmine_shaders::{SceneUniforms, ViewUniforms};
use glam::{Mat3, UVec2, Vec2};

use super::View;
use super::draw_bounds::DrawBounds;
use super::staging::{self, Upload};
use super::view::ScaleOffset;
use crate::dress::{Dressed, LookCache};
use crate::light::light_from_neutral;
use crate::scene::Scene;
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

/// What an upload takes of the staging buffer.
pub(super) const UPLOAD_BYTES: usize = staging::capacity(size_of::<FrameUniforms>(), 1);

/// The uniforms as they are on the GPU, or will be after the next upload.
#[derive(Debug)]
pub(super) struct Uniforms {
    buffer: wgpu::Buffer,
    data: Box<FrameUniforms>,
    encodes_srgb: bool,
}

impl Uniforms {
    pub fn new(device: &wgpu::Device, target_format: wgpu::TextureFormat) -> Self {
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("carmine uniforms"),
            size: size_of::<FrameUniforms>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::COPY_SRC,
            mapped_at_creation: false,
        });
        Self { buffer, data: Box::new(FrameUniforms::zeroed()), encodes_srgb: target_format.is_srgb() }
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

    /// Where the frame lands in the target and, inside `bounds`, in the G-buffer.
    pub fn set_view(&mut self, view: &View, frame_size_px: Vec2, bounds: Option<DrawBounds>, gbuffer_size: UVec2) {
        let clip_from_uv = view.clip_from_uv(frame_size_px);
        let gbuffer_from_clip = bounds.map_or(ScaleOffset::IDENTITY, |bounds| bounds.gbuffer_from_clip(gbuffer_size));
        self.data.view = ViewUniforms {
            clip_from_uv_scale: clip_from_uv.scale,
            clip_from_uv_offset: clip_from_uv.offset,
            gbuffer_from_clip_scale: gbuffer_from_clip.scale,
            gbuffer_from_clip_offset: gbuffer_from_clip.offset,
            gbuffer_size: gbuffer_size.as_vec2(),
            frame_size_px,
            shown_uv: view.shown_uv(frame_size_px),
            worn_uv: view.worn_uv(frame_size_px),
            target_encodes_srgb: u32::from(self.encodes_srgb),
            padding: [0; 3],
        };
    }

    /// The room's light, and all faces that wear something.
    pub fn set_scene(&mut self, scene: &Scene<'_>, dressed: &Dressed, looks: &LookCache) {
        let room_from_neutral = light_from_neutral(scene.light.room.white_linear);
        let columns = |matrix: Mat3| [matrix.x_axis, matrix.y_axis, matrix.z_axis].map(|column| column.extend(0.0));
        let uniforms = &mut self.data.scene;
        uniforms.room_from_neutral = columns(room_from_neutral);
        uniforms.neutral_from_room = columns(room_from_neutral.inverse());
        for (to, dressed) in uniforms.faces.iter_mut().zip(dressed.faces()) {
            if looks.of(dressed.index).is_some() {
                *to = dressed.face;
            }
        }
    }

    /// Both parts; only the view if no face is shown.
    pub fn upload(&self, upload: &mut Upload<'_>, is_face_shown: bool) {
        let bytes = bytemuck::bytes_of(&*self.data);
        let used = if is_face_shown { bytes } else { &bytes[..size_of::<ViewUniforms>()] };
        upload.copy_to_buffer(&self.buffer, 0, used);
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
