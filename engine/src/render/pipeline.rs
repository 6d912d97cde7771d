//! How bind group layouts and render pipelines are described to wgpu.

use carmine_shaders::Pass;

use super::RenderError;
use super::formats;

/// What a pipeline draws into.
pub(super) struct Targets<'a> {
    pub colours: &'a [wgpu::TextureFormat],
    pub depth: Option<DepthUse>,
    pub blend: Option<wgpu::BlendState>,
}

/// Nearer triangles hide farther ones.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DepthUse {
    /// Tested against depth and written to it.
    Write,
    /// Tested against depth, without writing it.
    TestOnly,
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

pub(super) fn sampler(binding: u32) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
        count: None,
    }
}

fn texture(
    binding: u32,
    sample_type: wgpu::TextureSampleType,
    view_dimension: wgpu::TextureViewDimension,
) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty: wgpu::BindingType::Texture { sample_type, view_dimension, multisampled: false },
        count: None,
    }
}

pub(super) fn float_texture(binding: u32) -> wgpu::BindGroupLayoutEntry {
    texture(binding, wgpu::TextureSampleType::Float { filterable: true }, wgpu::TextureViewDimension::D2)
}

pub(super) fn float_texture_array(binding: u32) -> wgpu::BindGroupLayoutEntry {
    texture(binding, wgpu::TextureSampleType::Float { filterable: true }, wgpu::TextureViewDimension::D2Array)
}

pub(super) fn uint_texture(binding: u32) -> wgpu::BindGroupLayoutEntry {
    texture(binding, wgpu::TextureSampleType::Uint, wgpu::TextureViewDimension::D2)
}

pub(super) fn layout(
    device: &wgpu::Device,
    label: &str,
    entries: &[wgpu::BindGroupLayoutEntry],
) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(label), entries })
}

/// Compiles a pass.
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
        depth_stencil: targets.depth.map(|depth| wgpu::DepthStencilState {
            format: formats::DEPTH,
            depth_write_enabled: Some(depth == DepthUse::Write),
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
