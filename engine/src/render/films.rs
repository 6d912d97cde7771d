use std::sync::Arc;

use carmine_shaders::{ATLAS_SIZE, Layers, MAX_LAYERS, Pass};

use super::RenderError;
use super::pipelines::{self, Targets};
use super::textures::{Spec, level_of, view_of, write_part};
use crate::dress::Worn;
use crate::look::{Chart, Mask, MaskContent, Wing};

/// Reflectance, transmittance, surface, tint: what the bake pass writes.
const FORMATS: [wgpu::TextureFormat; 4] = [
    wgpu::TextureFormat::Rgba16Float,
    wgpu::TextureFormat::Rgba16Float,
    wgpu::TextureFormat::Rgba8Unorm,
    wgpu::TextureFormat::Rgba8Unorm,
];
/// Sizes of the films, each half the one before: lines thinner than a pixel must not break up.
pub(super) const LEVELS: usize = 4;
/// Side of a mask's slot: the largest tile's.
const MASK_SIDE: u32 = 512;
/// One more than needed: wgpu's GL backend takes square textures of 6, 12, 18, 24 layers for cubes and reads nothing.
const MASK_SLOTS: u32 = MAX_LAYERS as u32 + 1;
/// Masks kept drawn, most recently used first.
const KEPT_MASKS: usize = 64;

/// A look's layers as one film per point of every chart.
#[derive(Debug)]
pub(super) struct Films {
    pub textures: [wgpu::Texture; FORMATS.len()],
    views: [[wgpu::TextureView; FORMATS.len()]; LEVELS],
    pipeline: wgpu::RenderPipeline,
    bindings: wgpu::BindGroup,
    shrink: wgpu::RenderPipeline,
    /// What each smaller size is made of.
    larger: [wgpu::BindGroup; LEVELS - 1],
    layers: wgpu::Buffer,
    masks: wgpu::Texture,
    drawn: Vec<DrawnMask>,
}

#[derive(Debug)]
struct DrawnMask {
    mask: Arc<Mask>,
    wing: Option<Wing>,
    thickness: Vec<u8>,
}

impl Films {
    pub fn new(device: &wgpu::Device) -> Result<Self, RenderError> {
        let labels = ["carmine reflectance", "carmine transmittance", "carmine surface", "carmine tint"];
        let textures = std::array::from_fn(|i| {
            let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC;
            let (width, height) = (ATLAS_SIZE.x, ATLAS_SIZE.y);
            let levels = LEVELS as u32;
            Spec { label: labels[i], width, height, layers: 1, levels, format: FORMATS[i], usage }.create(device)
        });
        let views: [[_; FORMATS.len()]; LEVELS] =
            std::array::from_fn(|level| std::array::from_fn(|i| level_of(&textures[i], level as u32)));
        let masks = Spec {
            label: "carmine masks",
            width: MASK_SIDE,
            height: MASK_SIDE,
            layers: MASK_SLOTS,
            levels: 1,
            format: wgpu::TextureFormat::R8Unorm,
            usage: wgpu::TextureUsages::COPY_DST,
        }
        .create(device);
        let layers = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("carmine layers"),
            size: size_of::<Layers>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let layout = pipelines::layout(
            device,
            "carmine bake",
            &[pipelines::uniform(0, size_of::<Layers>()), pipelines::float_texture(1, true)],
        );
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("carmine bake"),
            layout: &layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: layers.as_entire_binding() },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::TextureView(&view_of(&masks, true)),
                },
            ],
        });
        let pipeline = pipelines::pipeline(device, Pass::Bake, &layout, &[], &Targets::plain(&FORMATS))?;
        let layout =
            pipelines::layout(device, "carmine shrink", &[0, 1, 2, 3].map(|i| pipelines::float_texture(i, false)));
        let shrink = pipelines::pipeline(device, Pass::Shrink, &layout, &[], &Targets::plain(&FORMATS))?;
        let larger = std::array::from_fn(|level| {
            let entry = |i: usize| wgpu::BindGroupEntry {
                binding: i as u32,
                resource: wgpu::BindingResource::TextureView(&views[level][i]),
            };
            device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("carmine shrink"),
                layout: &layout,
                entries: &[0, 1, 2, 3].map(entry),
            })
        });
        Ok(Self { textures, views, pipeline, bindings, shrink, larger, layers, masks, drawn: Vec::new() })
    }

    /// Draws the masks of `worn` that are not drawn yet, and bakes its layers.
    pub fn bake(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, worn: &Worn) {
        for (slot, (mask, wing)) in worn.masks().iter().enumerate() {
            let thickness = self.thickness(mask, *wing);
            let (_, size) = mask.chart.tile();
            let thickness = &self.drawn[thickness].thickness;
            write_part(queue, &self.masks, slot as u32, thickness, size.x, (size.x, size.y));
        }
        queue.write_buffer(&self.layers, 0, bytemuck::bytes_of(worn.layers()));
        let mut encoder = device.create_command_encoder(&Default::default());
        for (level, views) in self.views.iter().enumerate() {
            let attachments = std::array::from_fn::<_, { FORMATS.len() }, _>(|i| {
                // Transmittance 1 and everything kept; no reflectance, no surface of its own.
                let bare = if i == 1 { wgpu::Color::WHITE } else { wgpu::Color::TRANSPARENT };
                Some(wgpu::RenderPassColorAttachment {
                    view: &views[i],
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations { load: wgpu::LoadOp::Clear(bare), store: wgpu::StoreOp::Store },
                })
            });
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("carmine bake"),
                color_attachments: &attachments,
                ..Default::default()
            });
            if level == 0 {
                pass.set_pipeline(&self.pipeline);
                pass.set_bind_group(0, &self.bindings, &[]);
                pass.draw(0..6, 0..Chart::ALL.len() as u32);
            } else {
                pass.set_pipeline(&self.shrink);
                pass.set_bind_group(0, &self.larger[level - 1], &[]);
                pass.draw(0..3, 0..1);
            }
        }
        queue.submit([encoder.finish()]);
    }

    /// Index of the drawn mask, drawing it if it is new.
    fn thickness(&mut self, mask: &Arc<Mask>, wing: Option<Wing>) -> usize {
        let known = self.drawn.iter().position(|drawn| drawn.wing == wing && drawn.mask == *mask);
        if let Some(known) = known {
            self.drawn[..=known].rotate_right(1);
            return 0;
        }
        let (_, size) = mask.chart.tile();
        let mut thickness = vec![0; (size.x * size.y) as usize];
        match mask.content {
            MaskContent::Shapes(_) => mask.rasterize(wing, &mut thickness),
            // Their strokes say where.
            MaskContent::Lashes(_) => thickness.fill(255),
        }
        self.drawn.truncate(KEPT_MASKS - 1);
        self.drawn.insert(0, DrawnMask { mask: Arc::clone(mask), wing, thickness });
        0
    }
}
