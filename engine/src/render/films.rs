use std::sync::Arc;

use carmine_shaders::{Layers, MAX_LAYERS, Pass};

use super::RenderError;
use super::atlas::{self, Atlas, FORMATS};
use super::pipelines::{self, Targets};
use super::textures::{Spec, view_of, write_part};
use crate::dress::Worn;
use crate::look::{Chart, Mask, MaskContent, Wing};

/// Side of a mask's slot: the largest tile's.
const MASK_SIDE: u32 = 512;
/// One more than needed: wgpu's GL backend takes square textures of 6, 12, 18, 24 layers for cubes and reads nothing.
const MASK_SLOTS: u32 = MAX_LAYERS as u32 + 1;
/// Masks kept drawn, most recently used first.
const KEPT_MASKS: usize = 64;

/// Bakes looks, each into an atlas of its own.
#[derive(Debug)]
pub(super) struct Films {
    /// By the wardrobe's number of the outfit; never empty, so that the first look does not wait for memory.
    atlases: Vec<Atlas>,
    layout: wgpu::BindGroupLayout,
    pipeline: wgpu::RenderPipeline,
    bindings: wgpu::BindGroup,
    shrink: wgpu::RenderPipeline,
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
        let bake = pipelines::layout(
            device,
            "carmine bake",
            &[pipelines::uniform(0, size_of::<Layers>()), pipelines::float_texture(1, true)],
        );
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("carmine bake"),
            layout: &bake,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: layers.as_entire_binding() },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::TextureView(&view_of(&masks, true)),
                },
            ],
        });
        let targets = Targets::plain(&FORMATS);
        let layout = atlas::layout(device);
        Ok(Self {
            atlases: vec![Atlas::new(device, &layout)],
            pipeline: pipelines::pipeline(device, Pass::Bake, &[&bake], &[], &targets)?,
            shrink: pipelines::pipeline(device, Pass::Shrink, &[&layout], &[], &targets)?,
            layout,
            bindings,
            layers,
            masks,
            drawn: Vec::new(),
        })
    }

    /// Layout of [`Atlas::bindings`].
    pub fn layout(&self) -> &wgpu::BindGroupLayout {
        &self.layout
    }

    /// An outfit's atlas, if it was baked.
    pub fn atlas(&self, outfit: usize) -> Option<&Atlas> {
        self.atlases.get(outfit)
    }

    /// Keeps memory for one look only; what is in it is not to be drawn any more.
    pub fn clear(&mut self) {
        self.atlases.truncate(1);
    }

    /// Draws the masks of `worn` that are not drawn yet, and bakes its layers into the atlas of its outfit.
    pub fn bake(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, (outfit, worn): (usize, &Worn)) {
        while self.atlases.len() <= outfit {
            self.atlases.push(Atlas::new(device, &self.layout));
        }
        for (slot, (mask, wing)) in worn.masks().iter().enumerate() {
            let thickness = self.thickness(mask, *wing);
            let (_, size) = mask.chart.tile();
            let thickness = &self.drawn[thickness].thickness;
            write_part(queue, &self.masks, slot as u32, thickness, size.x, (size.x, size.y));
        }
        queue.write_buffer(&self.layers, 0, bytemuck::bytes_of(worn.layers()));
        let mut encoder = device.create_command_encoder(&Default::default());
        let atlas = &self.atlases[outfit];
        for (level, views) in atlas.views.iter().enumerate() {
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
                pass.set_bind_group(0, &atlas.larger[level - 1], &[]);
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
