use carmine_shaders::ATLAS_SIZE;

use super::pipelines;
use super::textures::{Spec, level_of, view_of};

/// Reflectance, transmittance, surface, tint: what the bake pass writes.
pub(super) const FORMATS: [wgpu::TextureFormat; 4] = [
    wgpu::TextureFormat::Rgba16Float,
    wgpu::TextureFormat::Rgba16Float,
    wgpu::TextureFormat::Rgba8Unorm,
    wgpu::TextureFormat::Rgba8Unorm,
];
/// Sizes of the films, each half the one before: lines thinner than a pixel must not break up.
pub(super) const LEVELS: usize = 4;

/// How an atlas's four films are bound, one size of them or all.
pub(super) fn layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    pipelines::layout(device, "carmine films", &[0, 1, 2, 3].map(|i| pipelines::float_texture(i, false)))
}

/// One look's layers as one film per point of every chart. Takes 16 MiB.
#[derive(Debug)]
pub(super) struct Atlas {
    /// To be drawn into, by size.
    pub views: [[wgpu::TextureView; FORMATS.len()]; LEVELS],
    /// What each smaller size is made of.
    pub larger: [wgpu::BindGroup; LEVELS - 1],
    /// For the passes that draw what is worn.
    pub bindings: wgpu::BindGroup,
}

impl Atlas {
    pub fn new(device: &wgpu::Device, layout: &wgpu::BindGroupLayout) -> Self {
        let labels = ["carmine reflectance", "carmine transmittance", "carmine surface", "carmine tint"];
        let textures: [_; FORMATS.len()] = std::array::from_fn(|i| {
            let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC;
            let (width, height) = (ATLAS_SIZE.x, ATLAS_SIZE.y);
            let levels = LEVELS as u32;
            Spec { label: labels[i], width, height, layers: 1, levels, format: FORMATS[i], usage }.create(device)
        });
        let views: [[_; FORMATS.len()]; LEVELS] =
            std::array::from_fn(|level| std::array::from_fn(|i| level_of(&textures[i], level as u32)));
        let bind = |films: &[wgpu::TextureView; FORMATS.len()]| {
            let entry = |i: usize| wgpu::BindGroupEntry {
                binding: i as u32,
                resource: wgpu::BindingResource::TextureView(&films[i]),
            };
            device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("carmine films"),
                layout,
                entries: &[0, 1, 2, 3].map(entry),
            })
        };
        let larger = std::array::from_fn(|level| bind(&views[level]));
        let bindings = bind(&textures.each_ref().map(|film| view_of(film, false)));
        Self { views, larger, bindings }
    }

    #[cfg(test)]
    pub fn textures(&self) -> [&wgpu::Texture; FORMATS.len()] {
        self.views[0].each_ref().map(wgpu::TextureView::texture)
    }
}
