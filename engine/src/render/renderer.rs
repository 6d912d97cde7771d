//! The renderer: draws one frame's scene into the caller's pass.
//!
//! In: a [`Scene`], a [`View`]. Out: pixels of the caller's target.
//!
//! 1. Faces are dressed (`crate::dress`); the draw bounds are what they wear, in the target.
//! 2. The frame and what the passes read are uploaded (`staging`); looks that are new are baked into films.
//! 3. The geometry pass fills the G-buffer inside the draw bounds.
//! 4. In the caller's pass: the frame as it is, then per look the skin and the features of the faces that wear it.

use std::ops::Range;
use std::sync::Arc;

use carmine_shaders::OUTLINE_POINTS;
use glam::{UVec2, Vec2};

use super::composite_textures::CompositeTextures;
use super::draw_bounds::DrawBounds;
use super::face_maps::{self, FaceMaps};
use super::film_atlas::FilmAtlas;
use super::films::Films;
use super::gbuffer::GBuffer;
use super::geometry_pass::GeometryPass;
use super::pipelines::{CompositePipelines, Pipelines};
use super::staging::{Staging, Upload};
use super::textures::FrameTexture;
use super::uniforms::{self, Uniforms};
use super::{RenderError, View};
use crate::dress::{Dressed, DressedFace, LookCache, PreparedLook};
use crate::look::Chart;
use crate::scene::Scene;

/// Long-lived: pipelines, textures and buffers. What changes per frame is passed in as plain data.
#[derive(Debug)]
pub struct Renderer {
    queue: wgpu::Queue,
    pipelines: Pipelines,
    composite: Arc<CompositePipelines>,
    geometry: GeometryPass,
    films: Films,
    staging: Staging,
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
        let uniforms = Uniforms::new(device, target_format);
        Ok(Self {
            composite: pipelines.composite(target_format)?,
            geometry: GeometryPass::new(pipelines, queue, &uniforms, &dressed),
            films: Films::new(pipelines),
            staging: Staging::default(),
            uniforms,
            face_maps: FaceMaps::new(device),
            gbuffer: GBuffer::new(device, UVec2::splat(4)),
            pipelines: pipelines.clone(),
            queue: queue.clone(),
            frame: None,
            bindings: None,
            looks: LookCache::default(),
            dressed,
            is_face_shown: false,
        })
    }

    /// Uploads the frame and what is worn, and fills the G-buffer. Call once per frame, before [`draw`](Self::draw).
    ///
    /// Submits one command buffer to the queue before it returns, and does not wait for the GPU: the uploads, the
    /// passes that bake a look if it is new, and those that draw the faces' meshes into the G-buffer if a face is
    /// visible. [`record`](Self::record) does the same without submitting.
    pub fn prepare(&mut self, scene: &Scene<'_>, view: &View) -> Result<(), RenderError> {
        let mut encoder = self.pipelines.device().create_command_encoder(&Default::default());
        self.record(&mut encoder, scene, view)?;
        self.queue.submit([encoder.finish()]);
        Ok(())
    }

    /// [`prepare`](Self::prepare) into the host's own encoder: gives nothing to the queue. The host records the pass that
    /// [`draw`](Self::draw) draws into after it, and submits both to this renderer's queue in this order, before it records
    /// or prepares another frame in another encoder. If it drops an encoder unsubmitted in which a look was baked for
    /// the first time, [`zeroize`](Self::zeroize) makes the renderer bake it again.
    pub fn record(
        &mut self,
        encoder: &mut wgpu::CommandEncoder,
        scene: &Scene<'_>,
        view: &View,
    ) -> Result<(), RenderError> {
        self.update(scene, view)?;
        let device = self.pipelines.device();
        // A lost device accepts no uploads; wgpu reports the loss to the host.
        let Some(mut upload) = self.staging.begin(encoder, device, self.upload_bytes()) else { return Ok(()) };
        if let Some(texture) = &mut self.frame {
            texture.upload(&mut upload, &scene.frame);
        }
        self.uniforms.upload(&mut upload, self.is_face_shown);
        for (slot, look) in self.looks.new_looks() {
            self.films.record(&mut upload, &self.pipelines, slot, look);
        }
        if self.is_face_shown {
            self.upload_face_maps(&mut upload, scene);
            self.geometry.upload(&mut upload, &self.dressed);
            self.geometry.record(upload.encoder, &self.pipelines, &self.dressed, &self.looks, &self.gbuffer);
        }
        self.staging.finish(upload);
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

    /// Overwrites with zeros, in place, all that holds or was made of a frame: the picture, the maps of skin and lips,
    /// of what covers them, the meshes, the G-buffer, and the buffers in which all this travelled to the GPU; gives up
    /// the films of looks. Returns when the GPU has done so. After
    /// it [`draw`](Self::draw) draws nothing until the next [`prepare`](Self::prepare).
    ///
    /// What nobody can overwrite from here: copies that the driver made on the way to the GPU, and buffers of frames
    /// that the host recorded and has not submitted yet; caches, a clear of the G-buffer that a GPU only notes down,
    /// and the host's own targets, such as a window's last pictures: draw over these.
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
        // A lost device holds no data.
        let _ = self.pipelines.device().poll(wgpu::PollType::wait_indefinitely());
        // By now all of it is back.
        self.staging.zeroize();
    }

    /// Dresses the faces, and reallocates what has the wrong size.
    fn update(&mut self, scene: &Scene<'_>, view: &View) -> Result<(), RenderError> {
        let frame = &scene.frame;
        let device = self.pipelines.device();
        if !self.frame.as_ref().is_some_and(|texture| texture.fits(frame)) {
            (self.frame, self.bindings) = (None, None);
            self.frame = Some(FrameTexture::new(device, frame.width(), frame.height())?);
        }
        self.looks.update(scene);

        let frame_size_px = Vec2::new(frame.width() as f32, frame.height() as f32);
        self.dressed.dress(scene, &self.looks, view.px_per_frame_px(frame_size_px));
        let rects_px = self.dressed.faces().iter().filter_map(|face| face.draw_bounds_px);
        let bounds = DrawBounds::around(rects_px, frame_size_px, view);
        if let Some(size) = bounds.map(|bounds| bounds.gbuffer_size(self.gbuffer.size()))
            && size != self.gbuffer.size()
        {
            self.gbuffer = GBuffer::new(device, size);
            self.bindings = None;
        }
        if let (None, Some(frame)) = (&self.bindings, &self.frame) {
            let textures = CompositeTextures { frame, gbuffer: &self.gbuffer, face_maps: &self.face_maps };
            self.bindings = Some(textures.bind(&self.pipelines, &self.uniforms));
        }
        self.is_face_shown = bounds.is_some();
        self.uniforms.set_view(view, frame_size_px, bounds, self.gbuffer.size());
        if self.is_face_shown {
            self.uniforms.set_scene(scene, &self.dressed, &self.looks);
        }
        Ok(())
    }

    /// What this frame's uploads take of the staging buffer.
    fn upload_bytes(&self) -> usize {
        let frame = self.frame.as_ref().map_or(0, FrameTexture::upload_bytes);
        let looks: usize = self.looks.new_looks().map(|(_, look)| Films::upload_bytes(look)).sum();
        let faces = if self.is_face_shown { self.dressed.faces().len() } else { 0 };
        let per_face = face_maps::UPLOAD_BYTES_PER_FACE + self.geometry.upload_bytes_per_face();
        frame + uniforms::UPLOAD_BYTES + looks + faces * per_face
    }

    /// The dressed faces' numbers, in runs of neighbours that wear the same look, with the films of that look if it is
    /// `wanted`.
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

    fn upload_face_maps(&self, upload: &mut Upload<'_>, scene: &Scene<'_>) {
        for (index, dressed) in self.dressed.faces().iter().enumerate() {
            if self.looks.of(dressed.index).is_some() {
                self.face_maps.upload(upload, index, dressed, scene.occlusion.get(dressed.index));
            }
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

    pub(super) fn staging(&self) -> &Staging {
        &self.staging
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
