//! A look's films on the GPU: four textures with mip levels, one tile for each chart (`shaders/src/charts.rs`).

use carmine_shaders::ATLAS_SIZE;

use super::formats::FILMS;
use super::pipelines::Pipelines;
use super::textures::{TextureSpec, level_of, view_of};

/// Mip levels of the films: lines thinner than a pixel must not break up.
pub(super) const LEVELS: usize = 4;

/// One look's layers as one film per point of every chart. Takes 16 MiB.
#[derive(Debug)]
pub(super) struct FilmAtlas {
    /// To be drawn into, by mip level.
    pub views: [[wgpu::TextureView; FILMS.len()]; LEVELS],
    /// What each level but the first is downsampled from.
    pub larger: [wgpu::BindGroup; LEVELS - 1],
    /// For the passes that draw what is worn.
    pub bindings: wgpu::BindGroup,
}

impl FilmAtlas {
    pub fn new(pipelines: &Pipelines) -> Self {
        let device = pipelines.device();
        let labels = ["carmine reflectance", "carmine transmittance", "carmine surface", "carmine tint"];
        let textures: [_; FILMS.len()] = std::array::from_fn(|i| {
            let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC;
            let (width, height) = (ATLAS_SIZE.x, ATLAS_SIZE.y);
            let levels = LEVELS as u32;
            TextureSpec { label: labels[i], width, height, layers: 1, levels, format: FILMS[i], usage }.create(device)
        });
        let views: [[_; FILMS.len()]; LEVELS] =
            std::array::from_fn(|level| std::array::from_fn(|i| level_of(&textures[i], level as u32)));
        let bind = |films: &[wgpu::TextureView; FILMS.len()]| {
            let entry = |i: usize| wgpu::BindGroupEntry {
                binding: i as u32,
                resource: wgpu::BindingResource::TextureView(&films[i]),
            };
            device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("carmine films"),
                layout: &pipelines.layouts().films,
                entries: &[0, 1, 2, 3].map(entry),
            })
        };
        let larger = std::array::from_fn(|level| bind(&views[level]));
        let bindings = bind(&textures.each_ref().map(|film| view_of(film, false)));
        Self { views, larger, bindings }
    }

    #[cfg(test)]
    pub fn textures(&self) -> [&wgpu::Texture; FILMS.len()] {
        self.views[0].each_ref().map(wgpu::TextureView::texture)
    }
}
