use carmine_shaders::{Faces, Pass, View};

use super::RenderError;
use super::buffers::{ChartBuffers, DEPTH_FORMAT};
use super::textures::{FaceMaps, view_of};

/// What a pipeline draws into.
pub(super) struct Targets<'a> {
    pub colours: &'a [wgpu::TextureFormat],
    /// Whether nearer triangles hide farther ones; the second is whether their depth is kept.
    pub depth: Option<bool>,
    pub blend: Option<wgpu::BlendState>,
}

impl<'a> Targets<'a> {
    /// Colours alone, replaced by what is drawn.
    pub fn plain(colours: &'a [wgpu::TextureFormat]) -> Self {
        Self { colours, depth: None, blend: None }
    }
}

pub(super) fn uniform(binding: u32, bytes: usize) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
        ty: wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Uniform,
            has_dynamic_offset: false,
            min_binding_size: std::num::NonZeroU64::new(bytes as u64),
        },
        count: None,
    }
}

fn texture(binding: u32, sample_type: wgpu::TextureSampleType, array: bool) -> wgpu::BindGroupLayoutEntry {
    let view_dimension = if array { wgpu::TextureViewDimension::D2Array } else { wgpu::TextureViewDimension::D2 };
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty: wgpu::BindingType::Texture { sample_type, view_dimension, multisampled: false },
        count: None,
    }
}

pub(super) fn float_texture(binding: u32, array: bool) -> wgpu::BindGroupLayoutEntry {
    texture(binding, wgpu::TextureSampleType::Float { filterable: true }, array)
}

pub(super) fn layout(
    device: &wgpu::Device,
    label: &str,
    entries: &[wgpu::BindGroupLayoutEntry],
) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(label), entries })
}

/// The pipelines that draw into the caller's pass, and the layout that they share.
#[derive(Debug)]
pub(super) struct Pipelines {
    pub frame: wgpu::RenderPipeline,
    pub skin: wgpu::RenderPipeline,
    pub features: wgpu::RenderPipeline,
    scene_layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
}

/// What the composite reads, for one set of textures.
pub(super) struct SceneTextures<'a> {
    pub view: &'a wgpu::Buffer,
    pub faces: &'a wgpu::Buffer,
    pub frame: &'a wgpu::Texture,
    pub buffers: &'a ChartBuffers,
    pub skin_maps: &'a FaceMaps,
    pub lips_maps: &'a FaceMaps,
    pub occlusion: &'a FaceMaps,
}

impl Pipelines {
    /// `films`: the layout of the second group, for the passes that read films.
    pub fn new(
        device: &wgpu::Device,
        target_format: wgpu::TextureFormat,
        films: &wgpu::BindGroupLayout,
    ) -> Result<Self, RenderError> {
        let sampler = wgpu::BindGroupLayoutEntry {
            binding: 2,
            visibility: wgpu::ShaderStages::FRAGMENT,
            ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
            count: None,
        };
        let scene_layout = layout(
            device,
            "carmine scene",
            &[
                uniform(0, size_of::<View>()),
                float_texture(1, false),
                sampler,
                uniform(3, size_of::<Faces>()),
                texture(4, wgpu::TextureSampleType::Uint, false),
                texture(5, wgpu::TextureSampleType::Uint, false),
                float_texture(6, false),
                float_texture(7, true),
                float_texture(8, true),
                float_texture(9, true),
            ],
        );
        let colours = [target_format];
        let targets = Targets::plain(&colours);
        Ok(Self {
            frame: pipeline(device, Pass::Frame, &[&scene_layout], &[], &targets)?,
            skin: pipeline(device, Pass::Skin, &[&scene_layout, films], &[], &targets)?,
            features: pipeline(device, Pass::Features, &[&scene_layout, films], &[], &targets)?,
            scene_layout,
            sampler: device.create_sampler(&wgpu::SamplerDescriptor {
                label: Some("carmine linear"),
                mag_filter: wgpu::FilterMode::Linear,
                min_filter: wgpu::FilterMode::Linear,
                mipmap_filter: wgpu::MipmapFilterMode::Linear,
                ..Default::default()
            }),
        })
    }

    pub fn bind(&self, device: &wgpu::Device, scene: &SceneTextures<'_>) -> wgpu::BindGroup {
        let frame = view_of(scene.frame, false);
        let maps = [scene.skin_maps, scene.lips_maps, scene.occlusion].map(|maps| view_of(&maps.0, true));
        let buffers = scene.buffers;
        let mut textures = [&frame, &buffers.mesh_view, &buffers.curve_view, &buffers.stroke_view].into_iter();
        let mut entry = |binding: u32| {
            let resource = match binding {
                0 => scene.view.as_entire_binding(),
                2 => wgpu::BindingResource::Sampler(&self.sampler),
                3 => scene.faces.as_entire_binding(),
                7..=9 => wgpu::BindingResource::TextureView(&maps[binding as usize - 7]),
                _ => wgpu::BindingResource::TextureView(textures.next().unwrap_or(&frame)),
            };
            wgpu::BindGroupEntry { binding, resource }
        };
        let entries: [_; 10] = std::array::from_fn(|binding| entry(binding as u32));
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("carmine scene"),
            layout: &self.scene_layout,
            entries: &entries,
        })
    }
}

pub(super) fn pipeline(
    device: &wgpu::Device,
    pass: Pass,
    groups: &[&wgpu::BindGroupLayout],
    buffers: &[Option<wgpu::VertexBufferLayout<'_>>],
    targets: &Targets<'_>,
) -> Result<wgpu::RenderPipeline, RenderError> {
    let label = Some(pass.module());
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label,
        source: wgpu::ShaderSource::Wgsl(pass.source()?.into()),
    });
    let groups: Vec<_> = groups.iter().copied().map(Some).collect();
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label,
        bind_group_layouts: &groups,
        immediate_size: 0,
    });
    let colour = |&format: &wgpu::TextureFormat| {
        Some(wgpu::ColorTargetState { format, blend: targets.blend, write_mask: wgpu::ColorWrites::ALL })
    };
    let colours: Vec<_> = targets.colours.iter().map(colour).collect();
    Ok(device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label,
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some("vertex_main"),
            compilation_options: Default::default(),
            buffers,
        },
        primitive: Default::default(),
        depth_stencil: targets.depth.map(|kept| wgpu::DepthStencilState {
            format: DEPTH_FORMAT,
            depth_write_enabled: Some(kept),
            depth_compare: Some(wgpu::CompareFunction::LessEqual),
            stencil: Default::default(),
            bias: Default::default(),
        }),
        multisample: Default::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some("fragment_main"),
            compilation_options: Default::default(),
            targets: &colours,
        }),
        multiview_mask: None,
        cache: None,
    }))
}
