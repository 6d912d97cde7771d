//! The G-buffer: where on which face each pixel inside the draw bounds lies, redrawn for every frame.
//!
//! Three targets and a depth buffer: mesh (canonical uv, normal, visibility, face), curves (place in the film atlas,
//! normal, cover, chart), lashes (cover). `shaders/wgsl/pass/{mesh,curve,stroke}.wgsl` write them,
//! `shared/composite_inputs.wgsl` reads them.

use glam::UVec2;

use super::formats;
use super::textures::{TextureSpec, view_of};

#[derive(Debug)]
pub(super) struct GBuffer {
    pub mesh: wgpu::Texture,
    pub mesh_view: wgpu::TextureView,
    pub curve_view: wgpu::TextureView,
    pub stroke_view: wgpu::TextureView,
    pub depth_view: wgpu::TextureView,
}

impl GBuffer {
    pub fn new(device: &wgpu::Device, size: UVec2) -> Self {
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC;
        let create = |label, format, usage| {
            TextureSpec { label, width: size.x, height: size.y, layers: 1, levels: 1, format, usage }.create(device)
        };
        let mesh = create("carmine G-buffer mesh", formats::SURFACE, usage);
        let curve = create("carmine G-buffer curves", formats::SURFACE, usage);
        let stroke = create("carmine G-buffer strokes", formats::STROKE, usage);
        let depth = create("carmine G-buffer depth", formats::DEPTH, wgpu::TextureUsages::RENDER_ATTACHMENT);
        Self {
            mesh_view: view_of(&mesh, false),
            curve_view: view_of(&curve, false),
            stroke_view: view_of(&stroke, false),
            depth_view: view_of(&depth, false),
            mesh,
        }
    }

    pub fn size(&self) -> UVec2 {
        UVec2::new(self.mesh.width(), self.mesh.height())
    }
}
