//! Everything that is compiled once per device: shaders, pipelines and the layouts of what they read.

use std::sync::{Arc, Mutex, PoisonError};

use carmine_shaders::{LookUniforms, Pass, SceneUniforms, ViewUniforms};

use super::pipeline::{self, DepthUse, Targets, float_texture, float_texture_array, pipeline, uint_texture, uniform};
use super::{RenderError, formats, vertex};

/// A device's compiled pipelines, for all renderers on it: made once, given to
/// [`Renderer::with_pipelines`](super::Renderer::with_pipelines) and
/// [`Offscreen::with_pipelines`](super::Offscreen::with_pipelines). Clones are the same pipelines.
#[derive(Clone, Debug)]
pub struct Pipelines(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    device: wgpu::Device,
    layouts: Layouts,
    bake: BakePipelines,
    geometry: GeometryPipelines,
    sampler: wgpu::Sampler,
    /// One for each target format that was asked for.
    composites: Mutex<Vec<Arc<CompositePipelines>>>,
}

/// What each bind group holds.
#[derive(Debug)]
pub(super) struct Layouts {
    /// The look and its masks, for baking.
    pub look: wgpu::BindGroupLayout,
    /// One mip level or all of a film atlas.
    pub films: wgpu::BindGroupLayout,
    /// The view alone.
    pub view: wgpu::BindGroupLayout,
    /// All that the composite reads of a frame.
    pub scene: wgpu::BindGroupLayout,
}

/// Films of a look.
#[derive(Debug)]
pub(super) struct BakePipelines {
    pub bake: wgpu::RenderPipeline,
    pub downsample: wgpu::RenderPipeline,
}

/// The G-buffer.
#[derive(Debug)]
pub(super) struct GeometryPipelines {
    pub mesh: wgpu::RenderPipeline,
    pub curve: wgpu::RenderPipeline,
    pub stroke: wgpu::RenderPipeline,
}

/// The passes that draw into the caller's target.
#[derive(Debug)]
pub(super) struct CompositePipelines {
    format: wgpu::TextureFormat,
    pub frame: wgpu::RenderPipeline,
    pub skin: wgpu::RenderPipeline,
    pub features: wgpu::RenderPipeline,
}

impl Pipelines {
    /// Compiles all that does not depend on a target's format. The rest is compiled when the first renderer of each
    /// format is made.
    pub fn new(device: &wgpu::Device) -> Result<Self, RenderError> {
        let layouts = Layouts::new(device);
        Ok(Self(Arc::new(Shared {
            bake: BakePipelines::new(device, &layouts)?,
            geometry: GeometryPipelines::new(device, &layouts)?,
            layouts,
            sampler: device.create_sampler(&wgpu::SamplerDescriptor {
                label: Some("carmine linear"),
                mag_filter: wgpu::FilterMode::Linear,
                min_filter: wgpu::FilterMode::Linear,
                mipmap_filter: wgpu::MipmapFilterMode::Linear,
                ..Default::default()
            }),
            device: device.clone(),
            composites: Mutex::default(),
        })))
    }

    /// The device that they were compiled for.
    pub fn device(&self) -> &wgpu::Device {
        &self.0.device
    }

    pub(super) fn layouts(&self) -> &Layouts {
        &self.0.layouts
    }

    pub(super) fn bake(&self) -> &BakePipelines {
        &self.0.bake
    }

    pub(super) fn geometry(&self) -> &GeometryPipelines {
        &self.0.geometry
    }

    pub(super) fn sampler(&self) -> &wgpu::Sampler {
        &self.0.sampler
    }

    /// For targets of `format`. Renderers that are made at the same time wait for each other here, so that each format
    /// is compiled once.
    pub(super) fn composite(&self, format: wgpu::TextureFormat) -> Result<Arc<CompositePipelines>, RenderError> {
        let mut composites = self.0.composites.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = composites.iter().find(|composite| composite.format == format) {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(CompositePipelines::new(&self.0.device, &self.0.layouts, format)?);
        composites.push(Arc::clone(&made));
        Ok(made)
    }
}

impl Layouts {
    fn new(device: &wgpu::Device) -> Self {
        Self {
            look: pipeline::layout(
                device,
                "carmine look",
                &[uniform(0, size_of::<LookUniforms>()), float_texture_array(1)],
            ),
            films: pipeline::layout(device, "carmine films", &[0, 1, 2, 3].map(float_texture)),
            view: pipeline::layout(device, "carmine view", &[uniform(0, size_of::<ViewUniforms>())]),
            scene: pipeline::layout(
                device,
                "carmine scene",
                &[
                    uniform(0, size_of::<ViewUniforms>()),
                    float_texture(1),
                    pipeline::sampler(2),
                    uniform(3, size_of::<SceneUniforms>()),
                    uint_texture(4),
                    uint_texture(5),
                    float_texture(6),
                    float_texture_array(7),
                    float_texture_array(8),
                    float_texture_array(9),
                ],
            ),
        }
    }
}

impl BakePipelines {
    fn new(device: &wgpu::Device, layouts: &Layouts) -> Result<Self, RenderError> {
        let targets = Targets::plain(&formats::FILMS);
        Ok(Self {
            bake: pipeline(device, Pass::Bake, &[&layouts.look], &[], &targets)?,
            downsample: pipeline(device, Pass::Downsample, &[&layouts.films], &[], &targets)?,
        })
    }
}

impl GeometryPipelines {
    fn new(device: &wgpu::Device, layouts: &Layouts) -> Result<Self, RenderError> {
        let chart = [Some(vertex::chart_layout())];
        let stroke = [Some(vertex::stroke_layout())];
        let surface = Targets { colours: &[formats::SURFACE], depth: Some(DepthUse::Write), blend: None };
        // Lashes that cross do not add up to more than a pixel.
        let screen = wgpu::BlendComponent {
            src_factor: wgpu::BlendFactor::One,
            dst_factor: wgpu::BlendFactor::OneMinusSrc,
            operation: wgpu::BlendOperation::Add,
        };
        let blend = Some(wgpu::BlendState { color: screen, alpha: wgpu::BlendComponent::REPLACE });
        let strokes = Targets { colours: &[formats::STROKE], depth: Some(DepthUse::TestOnly), blend };
        Ok(Self {
            mesh: pipeline(device, Pass::Mesh, &[&layouts.view], &chart, &surface)?,
            curve: pipeline(device, Pass::Curve, &[&layouts.view], &chart, &surface)?,
            stroke: pipeline(device, Pass::Stroke, &[&layouts.view], &stroke, &strokes)?,
        })
    }
}

impl CompositePipelines {
    fn new(
        device: &wgpu::Device,
        Layouts { scene, films, .. }: &Layouts,
        format: wgpu::TextureFormat,
    ) -> Result<Self, RenderError> {
        let colours = [format];
        let targets = Targets::plain(&colours);
        Ok(Self {
            format,
            frame: pipeline(device, Pass::Frame, &[scene], &[], &targets)?,
            skin: pipeline(device, Pass::Skin, &[scene, films], &[], &targets)?,
            features: pipeline(device, Pass::Features, &[scene, films], &[], &targets)?,
        })
    }
}
