use carmine_shaders::{Faces, MaskVertex, Pass, View};

use super::RenderError;
use super::textures::{MASK_FORMAT, Textures};

/// Pipelines and the layout that they share: one bind group serves all three passes.
#[derive(Debug)]
pub(super) struct Pipelines {
    pub frame: wgpu::RenderPipeline,
    pub mask: wgpu::RenderPipeline,
    pub composite: wgpu::RenderPipeline,
    view_layout: wgpu::BindGroupLayout,
    scene_layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
}

/// What the passes read, bound to one set of textures.
#[derive(Debug)]
pub(super) struct Bindings {
    /// For the mask pass, which may not read the mask.
    pub view: wgpu::BindGroup,
    /// For the frame and composite passes.
    pub scene: wgpu::BindGroup,
}

const VERTEX_ATTRIBUTES: [wgpu::VertexAttribute; 4] =
    wgpu::vertex_attr_array![0 => Float32x2, 1 => Float32x2, 2 => Float32x3, 3 => Float32];

impl Pipelines {
    pub fn new(device: &wgpu::Device, target_format: wgpu::TextureFormat) -> Result<Self, RenderError> {
        let uniform = |binding, bytes: usize| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
            ty: wgpu::BindingType::Buffer {
                ty: wgpu::BufferBindingType::Uniform,
                has_dynamic_offset: false,
                min_binding_size: std::num::NonZeroU64::new(bytes as u64),
            },
            count: None,
        };
        let texture = |binding, filterable| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::FRAGMENT,
            ty: wgpu::BindingType::Texture {
                sample_type: wgpu::TextureSampleType::Float { filterable },
                view_dimension: wgpu::TextureViewDimension::D2,
                multisampled: false,
            },
            count: None,
        };
        let sampler = wgpu::BindGroupLayoutEntry {
            binding: 2,
            visibility: wgpu::ShaderStages::FRAGMENT,
            ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
            count: None,
        };
        let layout = |label, entries: &[_]| {
            device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(label), entries })
        };
        let view_layout = layout("carmine view", &[uniform(0, size_of::<View>())]);
        let scene_layout = layout(
            "carmine scene",
            &[
                uniform(0, size_of::<View>()),
                texture(1, true),
                sampler,
                uniform(3, size_of::<Faces>()),
                texture(4, true),
                texture(5, false),
            ],
        );
        let vertices = wgpu::VertexBufferLayout {
            array_stride: size_of::<MaskVertex>() as u64,
            step_mode: wgpu::VertexStepMode::Vertex,
            attributes: &VERTEX_ATTRIBUTES,
        };
        Ok(Self {
            frame: pipeline(device, Pass::Frame, &scene_layout, &[], target_format)?,
            mask: pipeline(device, Pass::Mask, &view_layout, &[Some(vertices)], MASK_FORMAT)?,
            composite: pipeline(device, Pass::Composite, &scene_layout, &[], target_format)?,
            view_layout,
            scene_layout,
            sampler: device.create_sampler(&wgpu::SamplerDescriptor {
                label: Some("carmine linear"),
                mag_filter: wgpu::FilterMode::Linear,
                min_filter: wgpu::FilterMode::Linear,
                ..Default::default()
            }),
        })
    }

    pub fn bind(
        &self,
        device: &wgpu::Device,
        view: &wgpu::Buffer,
        faces: &wgpu::Buffer,
        textures: &Textures,
    ) -> Bindings {
        let texture_view = |texture: &wgpu::Texture| texture.create_view(&wgpu::TextureViewDescriptor::default());
        let (frame, mask) = (texture_view(&textures.frame), texture_view(&textures.mask));
        let zone_maps = texture_view(&textures.zone_maps);
        let entry = |binding, resource| wgpu::BindGroupEntry { binding, resource };
        let group = |label, layout, entries: &[_]| {
            device.create_bind_group(&wgpu::BindGroupDescriptor { label: Some(label), layout, entries })
        };
        Bindings {
            view: group("carmine view", &self.view_layout, &[entry(0, view.as_entire_binding())]),
            scene: group(
                "carmine scene",
                &self.scene_layout,
                &[
                    entry(0, view.as_entire_binding()),
                    entry(1, wgpu::BindingResource::TextureView(&frame)),
                    entry(2, wgpu::BindingResource::Sampler(&self.sampler)),
                    entry(3, faces.as_entire_binding()),
                    entry(4, wgpu::BindingResource::TextureView(&mask)),
                    entry(5, wgpu::BindingResource::TextureView(&zone_maps)),
                ],
            ),
        }
    }
}

fn pipeline(
    device: &wgpu::Device,
    pass: Pass,
    layout: &wgpu::BindGroupLayout,
    buffers: &[Option<wgpu::VertexBufferLayout<'_>>],
    format: wgpu::TextureFormat,
) -> Result<wgpu::RenderPipeline, RenderError> {
    let label = Some(pass.module());
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label,
        source: wgpu::ShaderSource::Wgsl(pass.source()?.into()),
    });
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label,
        bind_group_layouts: &[Some(layout)],
        immediate_size: 0,
    });
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
        depth_stencil: None,
        multisample: Default::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some("fragment_main"),
            compilation_options: Default::default(),
            targets: &[Some(format.into())],
        }),
        multiview_mask: None,
        cache: None,
    }))
}
