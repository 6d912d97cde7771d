//! The renderer: one frame's scene into the caller's pass.
//!
//! In: a [`Scene`], a [`View`]. Out: pixels of the caller's target.
//!
//! 1. The frame is uploaded; looks that are new are baked into films.
//! 2. Faces are dressed (`crate::dress`); the draw bounds are what they wear, in the target.
//! 3. The geometry pass fills the G-buffer inside the draw bounds.
//! 4. In the caller's pass: the frame as it is, then per look the skin and the features of the faces that wear it.

use std::ops::Range;
use std::sync::Arc;

use carmine_shaders::{OUTLINE_POINTS, ViewUniforms};
use glam::{Mat3, UVec2, Vec2};

use super::draw_bounds::DrawBounds;
use super::face_maps::FaceMaps;
use super::film_atlas::FilmAtlas;
use super::films::Films;
use super::gbuffer::GBuffer;
use super::geometry_pass::GeometryPass;
use super::pipelines::{CompositePipelines, Pipelines};
use super::textures::{FrameTexture, view_of};
use super::uniforms::Uniforms;
use super::view::ScaleOffset;
use super::{RenderError, View};
use crate::dress::{Dressed, DressedFace, LookCache, PreparedLook};
use crate::light::light_from_neutral;
use crate::look::Chart;
use crate::scene::Scene;

/// Lives long: pipelines, textures and buffers. What changes per frame is passed in as plain data.
#[derive(Debug)]
pub struct Renderer {
    queue: wgpu::Queue,
    encodes_srgb: bool,
    pipelines: Pipelines,
    composite: Arc<CompositePipelines>,
    geometry: GeometryPass,
    films: Films,
    uniforms: Uniforms,
    face_maps: FaceMaps,
    frame: Option<FrameTexture>,
    gbuffer: GBuffer,
    bindings: Option<wgpu::BindGroup>,
    looks: LookCache,
    dressed: Dressed,
    /// Whether any of the dressed faces is inside the target.
    is_face_shown: bool,
}

impl Renderer {
    /// The least that the renderer needs of a device: GL ES 3.1-class limits. For frames larger than 2048 px add the
    /// adapter's own resolution: `Renderer::required_limits().using_resolution(adapter.limits())`.
    pub fn required_limits() -> wgpu::Limits {
        wgpu::Limits::downlevel_defaults()
    }

    /// On the host's device and queue, for targets of `target_format` (`Rgba8Unorm` or `Bgra8Unorm`, sRGB or not), with
    /// pipelines of its own. Several renderers on one device share theirs: [`with_pipelines`](Self::with_pipelines).
    pub fn new(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        target_format: wgpu::TextureFormat,
    ) -> Result<Self, RenderError> {
        Self::with_pipelines(&Pipelines::new(device)?, queue, target_format)
    }

    /// The same with pipelines that other renderers use too. `queue` is that of the pipelines' device.
    pub fn with_pipelines(
        pipelines: &Pipelines,
        queue: &wgpu::Queue,
        target_format: wgpu::TextureFormat,
    ) -> Result<Self, RenderError> {
        let device = pipelines.device();
        let dressed = Dressed::new()?;
        let uniforms = Uniforms::new(device);
        Ok(Self {
            composite: pipelines.composite(target_format)?,
            geometry: GeometryPass::new(pipelines, queue, &uniforms, &dressed),
            films: Films::new(pipelines),
            uniforms,
            face_maps: FaceMaps::new(device),
            gbuffer: GBuffer::new(device, UVec2::splat(4)),
            pipelines: pipelines.clone(),
            queue: queue.clone(),
            encodes_srgb: target_format.is_srgb(),
            frame: None,
            bindings: None,
            looks: LookCache::default(),
            dressed,
            is_face_shown: false,
        })
    }

    /// Uploads the frame and what is worn, and draws where it lies. Call once per frame, before [`draw`](Self::draw).
    ///
    /// What it gives the queue: the frame, uniforms, and for every face vertices and small maps by `Queue::write_texture` and
    /// `Queue::write_buffer`, which take effect with the next submission, whoever makes it. If a face is in sight, or a look
    /// is new, it also submits one command buffer before it returns: the passes that bake a new look, and those that draw the
    /// faces' meshes into the G-buffer. It does not wait for the GPU. [`record`](Self::record) does the same without
    /// submitting.
    pub fn prepare(&mut self, scene: &Scene<'_>, view: &View) -> Result<(), RenderError> {
        self.upload(scene, view)?;
        if self.has_passes() {
            let mut encoder = self.pipelines.device().create_command_encoder(&Default::default());
            self.record_passes(&mut encoder);
            self.queue.submit([encoder.finish()]);
        }
        Ok(())
    }

    /// [`prepare`](Self::prepare) into the host's own encoder: submits nothing. Record into it (or a later one) the pass that
    /// [`draw`](Self::draw) draws into, and submit both, in this order and to this renderer's queue, before the next `record`
    /// or `prepare`: its uploads would else reach the passes of both frames. Passes that the host drops unsubmitted are lost;
    /// if they were to bake a look, [`zeroize`](Self::zeroize) makes the renderer bake it again.
    pub fn record(
        &mut self,
        encoder: &mut wgpu::CommandEncoder,
        scene: &Scene<'_>,
        view: &View,
    ) -> Result<(), RenderError> {
        self.upload(scene, view)?;
        self.record_passes(encoder);
        Ok(())
    }

    /// Draws the prepared scene into the caller's pass (one colour attachment of the target format, one sample,
    /// no depth), with bind groups 0 and 1. Draws nothing before the first [`prepare`](Self::prepare).
    pub fn draw(&self, pass: &mut wgpu::RenderPass<'_>) {
        let Some(bindings) = &self.bindings else { return };
        pass.set_bind_group(0, bindings, &[]);
        pass.set_pipeline(&self.composite.frame);
        pass.draw(0..6, 0..1);
        if !self.is_face_shown {
            return;
        }
        pass.set_pipeline(&self.composite.skin);
        for (atlas, faces) in self.by_look(|look| look.has(Chart::Face)) {
            pass.set_bind_group(1, &atlas.bindings, &[]);
            pass.draw(0..3 * (OUTLINE_POINTS as u32 - 2), faces);
        }
        pass.set_pipeline(&self.composite.features);
        for (atlas, faces) in self.by_look(|_| true) {
            pass.set_bind_group(1, &atlas.bindings, &[]);
            pass.draw(0..6, 3 * faces.start..3 * faces.end);
        }
    }

    /// Overwrites with zeros, in place, all that holds or was made of a frame: the picture, the maps of skin and lips, of what
    /// covers them, the meshes, and the G-buffer; gives up the films of looks. Returns when the GPU has done so. After
    /// it [`draw`](Self::draw) draws nothing until the next [`prepare`](Self::prepare).
    ///
    /// What nobody can overwrite from here: copies that wgpu and the driver made on the way to the GPU (freed once a frame is
    /// drawn, given out again zeroed, as WebGPU has it, but not overwritten at once), caches, a clear of the G-buffer that a
    /// GPU only notes down, and the host's own targets, such as a window's last pictures: draw over these.
    pub fn zeroize(&mut self) {
        (self.bindings, self.is_face_shown) = (None, false);
        self.looks.clear();
        self.films.clear();
        self.dressed.zeroize();
        if let Some(frame) = &mut self.frame {
            frame.zeroize(&self.queue);
        }
        self.face_maps.zeroize(&self.queue);
        let mut encoder = self.pipelines.device().create_command_encoder(&Default::default());
        self.uniforms.zeroize(&mut encoder);
        self.geometry.zeroize(&mut encoder, &self.gbuffer);
        self.queue.submit([encoder.finish()]);
        // A device that is lost holds nothing any more.
        let _ = self.pipelines.device().poll(wgpu::PollType::wait_indefinitely());
    }

    /// Hands all that the passes read to the queue, and makes what has not the right size.
    fn upload(&mut self, scene: &Scene<'_>, view: &View) -> Result<(), RenderError> {
        let frame = &scene.frame;
        let device = self.pipelines.device();
        if !self.frame.as_ref().is_some_and(|texture| texture.fits(frame)) {
            (self.frame, self.bindings) = (None, None);
            self.frame = Some(FrameTexture::new(device, frame.width(), frame.height())?);
        }
        if let Some(texture) = &mut self.frame {
            texture.upload(&self.queue, frame);
        }
        self.looks.update(scene);

        let frame_size_px = Vec2::new(frame.width() as f32, frame.height() as f32);
        self.dressed.dress(scene, &self.looks, view.px_per_frame_px(frame_size_px));
        let rects_px = self.dressed.faces().iter().filter_map(|face| face.draw_rect_px);
        let bounds = DrawBounds::around(rects_px, frame_size_px, view);
        if let Some(size) = bounds.map(|bounds| bounds.gbuffer_size(self.gbuffer.size()))
            && size != self.gbuffer.size()
        {
            self.gbuffer = GBuffer::new(device, size);
            self.bindings = None;
        }
        if let (None, Some(frame)) = (&self.bindings, &self.frame) {
            self.bindings = Some(self.bind(frame));
        }
        self.is_face_shown = bounds.is_some();
        self.uniforms.set_view(self.view_uniforms(view, bounds, frame_size_px));
        if self.is_face_shown {
            self.upload_faces(scene);
            self.geometry.upload(&self.queue, &self.dressed);
        }
        self.uniforms.upload(&self.queue, self.is_face_shown);
        Ok(())
    }

    fn has_passes(&self) -> bool {
        self.is_face_shown || self.looks.new_looks().next().is_some()
    }

    fn record_passes(&mut self, encoder: &mut wgpu::CommandEncoder) {
        for (slot, look) in self.looks.new_looks() {
            self.films.record(encoder, &self.pipelines, slot, look);
        }
        if self.is_face_shown {
            self.geometry.record(encoder, &self.pipelines, &self.dressed, &self.looks, &self.gbuffer);
        }
    }

    /// The dressed faces' numbers, those together that wear the same and lie side by side, with the films of what they wear
    /// if it is `wanted`.
    fn by_look(&self, wanted: impl Fn(&PreparedLook) -> bool) -> impl Iterator<Item = (&FilmAtlas, Range<u32>)> {
        let slot = |face: &DressedFace| self.looks.slot_of(face.index);
        let groups = self.dressed.faces().chunk_by(move |one, next| slot(one) == slot(next));
        let mut end = 0;
        groups.filter_map(move |group| {
            let start = end;
            end += group.len() as u32;
            let first = group.first()?;
            self.looks.of(first.index).filter(|look| wanted(look))?;
            Some((self.films.atlas(slot(first)?)?, start..end))
        })
    }

    fn view_uniforms(&self, view: &View, bounds: Option<DrawBounds>, frame_size_px: Vec2) -> ViewUniforms {
        let size = self.gbuffer.size();
        let clip_from_uv = view.clip_from_uv(frame_size_px);
        let gbuffer_from_clip = bounds.map_or(ScaleOffset::IDENTITY, |bounds| bounds.gbuffer_from_clip(size));
        ViewUniforms {
            clip_from_uv_scale: clip_from_uv.scale,
            clip_from_uv_offset: clip_from_uv.offset,
            gbuffer_from_clip_scale: gbuffer_from_clip.scale,
            gbuffer_from_clip_offset: gbuffer_from_clip.offset,
            gbuffer_size: size.as_vec2(),
            frame_size_px,
            shown_uv: view.shown_uv(frame_size_px),
            worn_uv: view.worn_uv(frame_size_px),
            target_encodes_srgb: u32::from(self.encodes_srgb),
            padding: [0; 3],
        }
    }

    /// Bind group 0 of the composite: `shaders/wgsl/shared/composite_inputs.wgsl`.
    fn bind(&self, frame: &FrameTexture) -> wgpu::BindGroup {
        use wgpu::BindingResource::{Sampler, TextureView};
        let frame = view_of(&frame.texture, false);
        let [skin, lips, occlusion] = self.face_maps.views();
        let resources = [
            self.uniforms.view(),
            TextureView(&frame),
            Sampler(self.pipelines.sampler()),
            self.uniforms.scene(),
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
        self.pipelines.device().create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("carmine scene"),
            layout: &self.pipelines.layouts().scene,
            entries: &entries,
        })
    }

    fn upload_faces(&mut self, scene: &Scene<'_>) {
        let room_from_neutral = light_from_neutral(scene.light.room.white_linear);
        let columns = |matrix: Mat3| [matrix.x_axis, matrix.y_axis, matrix.z_axis].map(|column| column.extend(0.0));
        let uniforms = self.uniforms.scene_mut();
        uniforms.room_from_neutral = columns(room_from_neutral);
        uniforms.neutral_from_room = columns(room_from_neutral.inverse());
        for (index, dressed) in self.dressed.faces().iter().enumerate() {
            if self.looks.of(dressed.index).is_none() {
                continue;
            }
            uniforms.faces[index] = dressed.face;
            self.face_maps.upload(&self.queue, index, dressed, scene.occlusion.get(dressed.index));
        }
    }
}

#[cfg(test)]
impl Renderer {
    pub(super) fn gbuffer(&self) -> &GBuffer {
        &self.gbuffer
    }

    pub(super) fn films(&self) -> &Films {
        &self.films
    }

    pub(super) fn dressed(&self) -> &Dressed {
        &self.dressed
    }

    pub(super) fn scene_uniforms(&self) -> &carmine_shaders::SceneUniforms {
        self.uniforms.scene_data()
    }

    pub(super) fn pipelines(&self) -> (&Pipelines, &CompositePipelines) {
        (&self.pipelines, &self.composite)
    }

    /// Of the frame, its small maps, and all that vertices, uniforms and the G-buffer are in.
    pub(super) fn held(&self) -> (Vec<&wgpu::Texture>, Vec<&wgpu::Buffer>) {
        let maps = self.face_maps.textures();
        let gbuffer = [&self.gbuffer.mesh, self.gbuffer.curve_view.texture(), self.gbuffer.stroke_view.texture()];
        let frame = self.frame.iter().map(|frame| &frame.texture);
        let buffers = self.geometry.vertices().into_iter().chain([self.uniforms.buffer()]);
        (frame.chain(maps).chain(gbuffer).collect(), buffers.collect())
    }
}
