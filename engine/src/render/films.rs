//! Bakes looks: every layer of a look folded into one film per point of each chart, in a film atlas of its own.
//!
//! In: a prepared look (its layers' optics and masks). Out: its [`FilmAtlas`], mip levels included.
//!
//! 1. Masks are rasterised on the CPU; those drawn lately are kept.
//! 2. Optics and masks are uploaded in the order of the passes, so that several looks can be baked in one submission.
//! 3. The bake pass folds the layers of each chart into its tile (`shaders/wgsl/pass/bake.wgsl`).
//! 4. Each smaller mip level is downsampled from the one before (`pass/downsample.wgsl`).

use std::sync::Arc;

use carmine_shaders::{LookUniforms, MAX_LAYERS};

use super::film_atlas::FilmAtlas;
use super::formats::{self, FILMS};
use super::pipelines::Pipelines;
use super::staging::{self, Rows, Upload};
use super::textures::{TextureSpec, view_of};
use crate::dress::{LayerMask, PreparedLook};
use crate::look::{Chart, Mask, MaskContent, Wing};

/// Side of a mask's slot: the largest tile's.
const MASK_SIDE: u32 = 512;
/// One more than needed: wgpu's GL backend takes square textures of 6, 12, 18, 24 layers for cubes and reads nothing.
const MASK_SLOTS: u32 = MAX_LAYERS as u32 + 1;
/// Masks kept rasterised, most recently used first.
const KEPT_MASKS: usize = 64;

/// The baked looks, and what baking needs.
#[derive(Debug)]
pub(super) struct Films {
    /// By the look's slot in the cache; never empty, so that the first look does not wait for memory.
    atlases: Vec<FilmAtlas>,
    bindings: wgpu::BindGroup,
    layers: wgpu::Buffer,
    masks: wgpu::Texture,
    rasterized: Vec<RasterizedMask>,
}

#[derive(Debug)]
struct RasterizedMask {
    mask: Arc<Mask>,
    wing: Option<Wing>,
    thickness: Vec<u8>,
}

impl Films {
    pub fn new(pipelines: &Pipelines) -> Self {
        let device = pipelines.device();
        let masks = TextureSpec {
            label: "carmine masks",
            width: MASK_SIDE,
            height: MASK_SIDE,
            layers: MASK_SLOTS,
            levels: 1,
            format: formats::MASK,
            usage: wgpu::TextureUsages::COPY_DST,
        }
        .create(device);
        let layers = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("carmine look"),
            size: size_of::<LookUniforms>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("carmine look"),
            layout: &pipelines.layouts().look,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: layers.as_entire_binding() },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::TextureView(&view_of(&masks, true)),
                },
            ],
        });
        let atlases = vec![FilmAtlas::new(pipelines)];
        Self { atlases, bindings, layers, masks, rasterized: Vec::new() }
    }

    /// The atlas of the look in a slot, if it was baked.
    pub fn atlas(&self, slot: usize) -> Option<&FilmAtlas> {
        self.atlases.get(slot)
    }

    /// Drops all atlases but one, whose contents must not be drawn any more.
    pub fn clear(&mut self) {
        self.atlases.truncate(1);
    }

    /// What baking `look` takes of the staging buffer.
    pub fn upload_bytes(look: &PreparedLook) -> usize {
        let mask_bytes = |LayerMask { mask, .. }: &LayerMask| {
            let (_, size) = mask.chart.tile();
            staging::capacity(size.x as usize, size.y as usize)
        };
        staging::capacity(size_of::<LookUniforms>(), 1) + look.masks().iter().map(mask_bytes).sum::<usize>()
    }

    /// Bakes the layers of `look` into the atlas of its slot.
    pub fn record(&mut self, upload: &mut Upload<'_>, pipelines: &Pipelines, slot: usize, look: &PreparedLook) {
        while self.atlases.len() <= slot {
            self.atlases.push(FilmAtlas::new(pipelines));
        }
        self.upload(upload, look);
        let (atlas, pipelines) = (&self.atlases[slot], pipelines.bake());
        for (level, views) in atlas.views.iter().enumerate() {
            let attachments = std::array::from_fn::<_, { FILMS.len() }, _>(|i| {
                // Transmittance 1 and everything kept; no reflectance, no surface of its own.
                let bare = if i == 1 { wgpu::Color::WHITE } else { wgpu::Color::TRANSPARENT };
                Some(wgpu::RenderPassColorAttachment {
                    view: &views[i],
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations { load: wgpu::LoadOp::Clear(bare), store: wgpu::StoreOp::Store },
                })
            });
            let mut pass = upload.encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("carmine bake"),
                color_attachments: &attachments,
                ..Default::default()
            });
            if level == 0 {
                pass.set_pipeline(&pipelines.bake);
                pass.set_bind_group(0, &self.bindings, &[]);
                pass.draw(0..6, 0..Chart::ALL.len() as u32);
            } else {
                pass.set_pipeline(&pipelines.downsample);
                pass.set_bind_group(0, &atlas.larger[level - 1], &[]);
                pass.draw(0..3, 0..1);
            }
        }
    }

    /// Optics and masks, into what the bake pass reads.
    fn upload(&mut self, upload: &mut Upload<'_>, look: &PreparedLook) {
        upload.copy_to_buffer(&self.layers, 0, bytemuck::bytes_of(look.layers()));
        for (slot, LayerMask { mask, wing }) in (0..).zip(look.masks()) {
            let (_, size) = mask.chart.tile();
            let known = self.rasterized(mask, *wing);
            let rows = Rows { data: &self.rasterized[known].thickness, bytes_per_row: size.x as usize, size };
            upload.copy_to_texture(&self.masks, slot, &rows);
        }
    }

    /// Where the mask's thickness is kept, a byte per texel of its tile; rasterises it if it is new.
    fn rasterized(&mut self, mask: &Arc<Mask>, wing: Option<Wing>) -> usize {
        let known = self.rasterized.iter().position(|known| known.wing == wing && known.mask == *mask);
        if let Some(known) = known {
            self.rasterized[..=known].rotate_right(1);
        } else {
            let (_, size) = mask.chart.tile();
            let mut thickness = vec![0; size.element_product() as usize];
            match mask.content {
                MaskContent::Shapes(_) => mask.rasterize(wing, &mut thickness),
                // Their strokes say where.
                MaskContent::Lashes(_) => thickness.fill(u8::MAX),
            }
            self.rasterized.truncate(KEPT_MASKS - 1);
            self.rasterized.insert(0, RasterizedMask { mask: Arc::clone(mask), wing, thickness });
        }
        0
    }
}
