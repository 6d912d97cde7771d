//! Bind group 0 of the composite, as `shaders/wgsl/shared/composite_inputs.wgsl` declares it.

use super::face_maps::FaceMaps;
use super::gbuffer::GBuffer;
use super::pipelines::Pipelines;
use super::textures::{FrameTexture, view_of};
use super::uniforms::Uniforms;

/// The textures that live as long as their sizes do.
pub(super) struct CompositeTextures<'a> {
    pub frame: &'a FrameTexture,
    pub gbuffer: &'a GBuffer,
    pub face_maps: &'a FaceMaps,
}

impl CompositeTextures<'_> {
    /// Bind group 0.
    pub fn bind(&self, pipelines: &Pipelines, uniforms: &Uniforms) -> wgpu::BindGroup {
        use wgpu::BindingResource::{Sampler, TextureView};
        let frame = view_of(&self.frame.texture, false);
        let [skin, lips, occlusion] = self.face_maps.views();
        let resources = [
            uniforms.view(),
            TextureView(&frame),
            Sampler(pipelines.sampler()),
            uniforms.scene(),
            TextureView(&self.gbuffer.mesh_view),
            TextureView(&self.gbuffer.curve_view),
            TextureView(&self.gbuffer.stroke_view),
            TextureView(&skin),
            TextureView(&lips),
            TextureView(&occlusion),
        ];
        let mut entries = resources.map(|resource| wgpu::BindGroupEntry { binding: 0, resource });
        for (binding, entry) in (0..).zip(&mut entries) {
            entry.binding = binding;
        }
        pipelines.device().create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("carmine scene"),
            layout: &pipelines.layouts().scene,
            entries: &entries,
        })
    }
}
