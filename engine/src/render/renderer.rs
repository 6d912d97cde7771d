use std::ops::Range;

use bytemuck::Zeroable;
use carmine_shaders::{Faces, OUTLINE_POINTS};
use glam::{Mat3, UVec2, Vec2};

use super::atlas::Atlas;
use super::buffers::{ChartBuffers, Window};
use super::films::Films;
use super::geometry::Geometry;
use super::pipelines::{Pipelines, SceneTextures};
use super::textures::{FaceMaps, FrameTexture};
use super::{RenderError, View};
use crate::dress::{Dressed, DressedFace, Wardrobe, Worn};
use crate::face::OCCLUSION_SIDE;
use crate::light::{LIP_MAP_SIDE, SKIN_MAP_SIDE, light_from_neutral};
use crate::look::Chart;
use crate::scene::Scene;
use crate::zeroize;

/// Lives long: pipelines, textures and buffers. What changes per frame is passed in as plain data.
#[derive(Debug)]
pub struct Renderer {
    device: wgpu::Device,
    queue: wgpu::Queue,
    encodes_srgb: bool,
    pipelines: Pipelines,
    geometry: Geometry,
    films: Films,
    view: wgpu::Buffer,
    faces: wgpu::Buffer,
    skin_maps: FaceMaps,
    lips_maps: FaceMaps,
    occlusion: FaceMaps,
    frame: Option<FrameTexture>,
    buffers: ChartBuffers,
    bindings: Option<wgpu::BindGroup>,
    wardrobe: Wardrobe,
    dressed: Dressed,
    faces_data: Box<Faces>,
    /// Whether any of the dressed faces is inside the target.
    is_face_shown: bool,
}

impl Renderer {
    /// The least that the renderer needs of a device: GL ES 3.1-class limits. For frames larger than 2048 px add the
    /// adapter's own resolution: `Renderer::required_limits().using_resolution(adapter.limits())`.
    pub fn required_limits() -> wgpu::Limits {
        wgpu::Limits::downlevel_defaults()
    }

    /// On the host's device and queue, for targets of `target_format` (`Rgba8Unorm` or `Bgra8Unorm`, sRGB or not).
    pub fn new(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        target_format: wgpu::TextureFormat,
    ) -> Result<Self, RenderError> {
        let uniform = |label, size: usize| {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(label),
                size: size as u64,
                usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        };
        let dressed = Dressed::new()?;
        let view = uniform("carmine view", size_of::<carmine_shaders::View>());
        let films = Films::new(device)?;
        let half = wgpu::TextureFormat::Rgba16Float;
        Ok(Self {
            pipelines: Pipelines::new(device, target_format, films.layout())?,
            geometry: Geometry::new(device, queue, &view, &dressed)?,
            films,
            faces: uniform("carmine faces", size_of::<Faces>()),
            skin_maps: FaceMaps::new(device, "carmine skin maps", SKIN_MAP_SIDE, half),
            lips_maps: FaceMaps::new(device, "carmine lips maps", LIP_MAP_SIDE, half),
            occlusion: FaceMaps::new(device, "carmine occlusion", OCCLUSION_SIDE, wgpu::TextureFormat::R8Unorm),
            buffers: ChartBuffers::new(device, UVec2::splat(4)),
            device: device.clone(),
            queue: queue.clone(),
            encodes_srgb: target_format.is_srgb(),
            view,
            frame: None,
            bindings: None,
            wardrobe: Wardrobe::default(),
            dressed,
            faces_data: Box::default(),
            is_face_shown: false,
        })
    }

    /// Uploads the frame and what is worn, and draws where it lies. Call once per frame, before [`draw`](Self::draw).
    pub fn prepare(&mut self, scene: &Scene<'_>, view: &View) -> Result<(), RenderError> {
        let frame = &scene.frame;
        if !self.frame.as_ref().is_some_and(|texture| texture.fits(frame)) {
            (self.frame, self.bindings) = (None, None);
            self.frame = Some(FrameTexture::new(&self.device, frame.width(), frame.height())?);
        }
        if let Some(texture) = &mut self.frame {
            texture.upload(&self.queue, frame);
        }
        self.wardrobe.wear(scene);
        for made in self.wardrobe.made() {
            self.films.bake(&self.device, &self.queue, made);
        }

        let frame_size_px = Vec2::new(frame.width() as f32, frame.height() as f32);
        self.dressed.dress(scene, &self.wardrobe, view.px_per_frame_px(frame_size_px));
        let rects_px = self.dressed.faces().iter().filter_map(|face| face.draw_rect_px);
        let window = Window::around(rects_px, frame_size_px, view);
        if let Some(size) = window.map(|window| window.buffer_size(self.buffers.size()))
            && size != self.buffers.size()
        {
            self.buffers = ChartBuffers::new(&self.device, size);
            self.bindings = None;
        }
        self.write_view(view, window, frame_size_px);
        self.bind();
        self.is_face_shown = window.is_some();
        if self.is_face_shown {
            self.write_faces(scene);
            self.geometry.draw(&self.device, &self.queue, (&self.dressed, &self.wardrobe), &self.buffers);
        }
        Ok(())
    }

    /// Draws the prepared scene into the caller's pass (one colour attachment of the target format, one sample,
    /// no depth), with bind groups 0 and 1. Draws nothing before the first [`prepare`](Self::prepare).
    pub fn draw(&self, pass: &mut wgpu::RenderPass<'_>) {
        let Some(bindings) = &self.bindings else { return };
        pass.set_bind_group(0, bindings, &[]);
        pass.set_pipeline(&self.pipelines.frame);
        pass.draw(0..6, 0..1);
        if !self.is_face_shown {
            return;
        }
        pass.set_pipeline(&self.pipelines.skin);
        for (atlas, faces) in self.worn(|worn| worn.has(Chart::Face)) {
            pass.set_bind_group(1, &atlas.bindings, &[]);
            pass.draw(0..3 * (OUTLINE_POINTS as u32 - 2), faces);
        }
        pass.set_pipeline(&self.pipelines.features);
        for (atlas, faces) in self.worn(|_| true) {
            pass.set_bind_group(1, &atlas.bindings, &[]);
            pass.draw(0..6, 3 * faces.start..3 * faces.end);
        }
    }

    /// Overwrites with zeros, in place, all that holds or was made of a frame: the picture, the maps of skin and lips, of what
    /// covers them, the meshes, and where they were drawn; gives up the films of looks. Returns when the GPU has done so. After
    /// it [`draw`](Self::draw) draws nothing until the next [`prepare`](Self::prepare).
    ///
    /// What nobody can overwrite from here: copies that wgpu and the driver made on the way to the GPU (freed once a frame is
    /// drawn, given out again zeroed, as WebGPU has it, but not overwritten at once), caches, a clear of the buffers of
    /// places that a GPU only notes down, and the host's own targets, such as a window's last pictures: draw over these.
    pub fn zeroize(&mut self) {
        (self.bindings, self.is_face_shown) = (None, false);
        self.wardrobe.clear();
        self.films.clear();
        self.dressed.zeroize();
        zeroize::overwrite(std::slice::from_mut(&mut *self.faces_data), Faces::zeroed());
        if let Some(frame) = &mut self.frame {
            frame.zeroize(&self.queue);
        }
        for maps in [&self.skin_maps, &self.lips_maps, &self.occlusion] {
            maps.zeroize(&self.queue);
        }
        let mut encoder = self.device.create_command_encoder(&Default::default());
        encoder.clear_buffer(&self.faces, 0, None);
        encoder.clear_buffer(&self.view, 0, None);
        self.geometry.zeroize(&mut encoder, &self.buffers);
        self.queue.submit([encoder.finish()]);
        // A device that is lost holds nothing any more.
        let _ = self.device.poll(wgpu::PollType::wait_indefinitely());
    }

    /// The dressed faces' numbers, those together that wear the same and lie side by side, with the films of what they wear
    /// if it is `wanted`.
    fn worn(&self, wanted: impl Fn(&Worn) -> bool) -> impl Iterator<Item = (&Atlas, Range<u32>)> {
        let outfit = |face: &DressedFace| self.wardrobe.outfit_of(face.index);
        let groups = self.dressed.faces().chunk_by(move |one, next| outfit(one) == outfit(next));
        let mut end = 0;
        groups.filter_map(move |group| {
            let start = end;
            end += group.len() as u32;
            let first = group.first()?;
            self.wardrobe.of(first.index).filter(|worn| wanted(worn))?;
            Some((self.films.atlas(outfit(first)?)?, start..end))
        })
    }

    fn write_view(&self, view: &View, window: Option<Window>, frame_size_px: Vec2) {
        let (clip_from_uv_scale, clip_from_uv_offset) = view.clip_from_uv(frame_size_px);
        let size = self.buffers.size();
        let (buffer_from_clip_scale, buffer_from_clip_offset) =
            window.map_or((Vec2::ONE, Vec2::ZERO), |window| window.buffer_from_clip(size));
        let view = carmine_shaders::View {
            clip_from_uv_scale,
            clip_from_uv_offset,
            buffer_from_clip_scale,
            buffer_from_clip_offset,
            buffer_size: size.as_vec2(),
            frame_size_px,
            shown_uv: view.shown_uv(frame_size_px),
            worn_uv: view.worn_uv(frame_size_px),
            target_encodes_srgb: u32::from(self.encodes_srgb),
            padding: [0; 3],
        };
        self.queue.write_buffer(&self.view, 0, bytemuck::bytes_of(&view));
    }

    fn bind(&mut self) {
        if let (None, Some(frame)) = (&self.bindings, &self.frame) {
            self.bindings = Some(self.pipelines.bind(
                &self.device,
                &SceneTextures {
                    view: &self.view,
                    faces: &self.faces,
                    frame: &frame.texture,
                    buffers: &self.buffers,
                    skin_maps: &self.skin_maps,
                    lips_maps: &self.lips_maps,
                    occlusion: &self.occlusion,
                },
            ));
        }
    }

    fn write_faces(&mut self, scene: &Scene<'_>) {
        const CLEAR: [u8; OCCLUSION_SIDE * OCCLUSION_SIDE] = [0; OCCLUSION_SIDE * OCCLUSION_SIDE];
        let room_from_neutral = light_from_neutral(scene.light.room.white_linear);
        let columns = |matrix: Mat3| [matrix.x_axis, matrix.y_axis, matrix.z_axis].map(|column| column.extend(0.0));
        self.faces_data.room_from_neutral = columns(room_from_neutral);
        self.faces_data.neutral_from_room = columns(room_from_neutral.inverse());
        for (index, dressed) in self.dressed.faces().iter().enumerate() {
            if self.wardrobe.of(dressed.index).is_none() {
                continue;
            }
            self.faces_data.faces[index] = dressed.face;
            self.skin_maps.upload(&self.queue, index, &dressed.skin_map);
            self.lips_maps.upload(&self.queue, index, &dressed.lips_map);
            let covered = scene.occlusion.get(dressed.index).map_or(&CLEAR, |occlusion| &*occlusion.map);
            self.occlusion.upload_bytes(&self.queue, index, covered);
        }
        self.queue.write_buffer(&self.faces, 0, bytemuck::bytes_of(&*self.faces_data));
    }
}

#[cfg(test)]
impl Renderer {
    pub(super) fn buffers(&self) -> &ChartBuffers {
        &self.buffers
    }

    pub(super) fn films(&self) -> &Films {
        &self.films
    }

    pub(super) fn dressed(&self) -> &Dressed {
        &self.dressed
    }

    pub(super) fn faces(&self) -> &Faces {
        &self.faces_data
    }

    /// Of the frame, its small maps, and all that vertices and places are in.
    pub(super) fn held(&self) -> (Vec<&wgpu::Texture>, Vec<&wgpu::Buffer>) {
        let maps = [&self.skin_maps, &self.lips_maps, &self.occlusion].map(|maps| &maps.0);
        let places = [&self.buffers.mesh, self.buffers.curve_view.texture(), self.buffers.stroke_view.texture()];
        let frame = self.frame.iter().map(|frame| &frame.texture);
        (frame.chain(maps).chain(places).collect(), self.geometry.vertices().to_vec())
    }
}
