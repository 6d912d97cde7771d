//! A window's surface and everything on its GPU device: created, lost and rebuilt together.

mod find;
mod loss;
mod misses;

use std::sync::Arc;
use std::time::{Duration, Instant};

use carmine::Scene;
use carmine::render::{Pipelines, Renderer, View};
use egui_wgpu::{RendererOptions, ScreenDescriptor};
use wgpu::{CurrentSurfaceTexture, Surface, SurfaceConfiguration, TextureFormat};
use winit::event_loop::OwnedDisplayHandle;
use winit::window::Window;

pub use self::find::Drivers;
use self::loss::Listener;
pub use self::loss::Loss;
use self::misses::Misses;
use crate::error::AppError;
use crate::gpu::guard::guarded;
use crate::gpu::{Gpu, GpuError};
use crate::palette;
use crate::take_home::photo::Snapshot;

/// A window's surface, its device, and the two renderers on it.
pub struct WindowSurface {
    surface: Surface<'static>,
    gpu: Gpu,
    config: SurfaceConfiguration,
    pipelines: Pipelines,
    mirror: Renderer,
    ui: egui_wgpu::Renderer,
    listener: Listener,
    misses: Misses,
}

/// The part of the window that shows the engine's picture, in pixels; inside the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width, at least 1.
    pub width: u32,
    /// Height, at least 1.
    pub height: u32,
}

/// The outcome of drawing a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on its way to the display.
    Shown,
    /// The surface gave no picture: draw again, but not before so long.
    Again(Duration),
    /// The device or surface is lost: make new ones.
    Lost(Loss),
}

/// Egui's part of a frame.
pub struct Painted {
    /// Triangles.
    pub jobs: Vec<egui::ClippedPrimitive>,
    /// Textures that changed.
    pub textures: egui::TexturesDelta,
    /// Physical pixels for a point.
    pub pixels_per_point: f32,
}

/// How long a hidden window is left alone.
const HIDDEN: Duration = Duration::from_millis(250);

impl WindowSurface {
    /// On the best adapter that can draw on the window.
    pub fn new(drivers: &mut Drivers, window: &Arc<Window>, display: &OwnedDisplayHandle) -> Result<Self, AppError> {
        let made = guarded(|| Self::try_new(drivers, window, display)).map_err(AppError::from).flatten();
        if made.is_err() {
            drivers.unload();
        }
        made
    }

    fn try_new(drivers: &mut Drivers, window: &Arc<Window>, display: &OwnedDisplayHandle) -> Result<Self, AppError> {
        let (surface, gpu) = drivers.find(window, display)?;
        let listener = Listener::default();
        listener.hear(&gpu.device);
        let (width, height) = within(&gpu, window.inner_size().into());
        let mut config = surface
            .get_default_config(&gpu.adapter, width.max(1), height.max(1))
            .ok_or_else(|| GpuError::NotDrawable("the adapter cannot draw on it".into()))?;
        let formats = surface.get_capabilities(&gpu.adapter).formats;
        // Shading and blending are done on encoded values, so the surface must not encode again.
        let plain = [TextureFormat::Bgra8Unorm, TextureFormat::Rgba8Unorm];
        config.format = plain.into_iter().find(|format| formats.contains(format)).unwrap_or(config.format);
        config.present_mode = wgpu::PresentMode::AutoVsync;
        // One frame in flight, for low latency.
        config.desired_maximum_frame_latency = 1;
        let pipelines = Pipelines::new(&gpu.device)?;
        let mirror = Renderer::with_pipelines(&pipelines, &gpu.queue, config.format)?;
        let ui = egui_wgpu::Renderer::new(&gpu.device, config.format, RendererOptions::default());
        surface.configure(&gpu.device, &config);
        match listener.heard() {
            Some(why) => Err(GpuError::Broke(why).into()),
            None => Ok(Self { surface, gpu, config, pipelines, mirror, ui, listener, misses: Misses::new() }),
        }
    }

    /// The adapter's name and backend.
    pub fn adapter(&self) -> String {
        let info = self.gpu.adapter.get_info();
        format!("{} ({})", info.name, info.backend)
    }

    /// Longest texture side.
    pub fn max_texture_side(&self) -> usize {
        self.gpu.device.limits().max_texture_dimension_2d as usize
    }

    /// Size in pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.config.width, self.config.height)
    }

    /// How much of a window of this size can be drawn.
    pub fn drawable(&self, window: (u32, u32)) -> (u32, u32) {
        within(&self.gpu, window)
    }

    /// The window has another size now.
    pub fn resize(&mut self, width: u32, height: u32) {
        let size = self.drawable((width, height));
        if width > 0 && height > 0 && size != self.size() {
            (self.config.width, self.config.height) = size;
            self.configure();
        }
    }

    /// Gives the surface new pictures. What fails here is heard by the listener, or found by the next frame.
    fn configure(&self) {
        if let Err(error) = guarded(|| self.surface.configure(&self.gpu.device, &self.config)) {
            log::debug!("{error}");
        }
    }

    /// The pipelines of the device, for further renderers on it, and its queue.
    pub fn pipelines(&self) -> (&Pipelines, &wgpu::Queue) {
        (&self.pipelines, &self.gpu.queue)
    }

    /// Overwrites what the renderer holds of a picture.
    pub fn zeroize(&mut self) {
        if let Err(error) = guarded(|| self.mirror.zeroize()) {
            log::debug!("{error}");
        }
    }

    /// A window that has just been resized may be smaller than what was laid out for it.
    fn inside(&self, region: Region) -> Option<Region> {
        let (x, y) = (region.x.min(self.config.width), region.y.min(self.config.height));
        let (width, height) = (region.width.min(self.config.width - x), region.height.min(self.config.height - y));
        (width > 0 && height > 0).then_some(Region { x, y, width, height })
    }

    /// Uploads a scene; [`draw`](Self::draw) then shows it until the next call.
    pub fn prepare(&mut self, scene: &Scene<'_>, view: &View) -> Result<(), AppError> {
        Ok(guarded(|| self.mirror.prepare(scene, view))??)
    }

    /// Draws what was prepared into `mirror`, and the UI over it, and hands both to the display.
    pub fn draw(&mut self, mirror: Option<Region>, ui: &Painted, presenting: impl FnOnce()) -> Outcome {
        let drawn = guarded(|| {
            for (id, deltas) in &ui.textures.set {
                for delta in deltas {
                    self.ui.update_texture(&self.gpu.device, &self.gpu.queue, *id, delta);
                }
            }
            let outcome = self.draw_and_present(mirror, ui, presenting);
            for id in &ui.textures.free {
                self.ui.free_texture(id);
            }
            outcome
        });
        // What wgpu said before it panicked is nearer to the cause.
        drawn.unwrap_or_else(|error| {
            Outcome::Lost(Loss::Gpu(self.listener.heard().unwrap_or_else(|| error.to_string())))
        })
    }

    /// What was heard of the device so far; wgpu tells of its loss only when it is polled.
    fn loss(&self) -> Option<Loss> {
        let polled = self.gpu.device.poll(wgpu::PollType::Poll);
        let heard = self.listener.heard().or_else(|| polled.err().map(|error| error.to_string()));
        heard.map(Loss::Gpu)
    }

    fn draw_and_present(&mut self, mirror: Option<Region>, ui: &Painted, presenting: impl FnOnce()) -> Outcome {
        if let Some(loss) = self.loss() {
            return Outcome::Lost(loss);
        }
        let asked = Instant::now();
        let (texture, suboptimal) = match self.surface.get_current_texture() {
            CurrentSurfaceTexture::Success(texture) => (texture, false),
            CurrentSurfaceTexture::Suboptimal(texture) => (texture, true),
            CurrentSurfaceTexture::Occluded => return Outcome::Again(HIDDEN),
            CurrentSurfaceTexture::Timeout => return self.miss(asked, "timed out"),
            CurrentSurfaceTexture::Validation => return self.miss(asked, "was refused"),
            CurrentSurfaceTexture::Outdated => return self.miss(asked, "was outdated"),
            CurrentSurfaceTexture::Lost => return Outcome::Lost(Loss::Gpu("surface lost".into())),
        };
        self.misses.hit(Instant::now());
        let view = texture.texture.create_view(&wgpu::TextureViewDescriptor::default());
        let screen = ScreenDescriptor {
            size_in_pixels: [self.config.width, self.config.height],
            pixels_per_point: ui.pixels_per_point,
        };
        let mut encoder = self.gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let extra = self.ui.update_buffers(&self.gpu.device, &self.gpu.queue, &mut encoder, &ui.jobs, &screen);
        self.paint(&mut encoder, &view, mirror, ui, &screen);
        self.gpu.queue.submit(extra.into_iter().chain([encoder.finish()]));
        if let Some(why) = self.listener.heard() {
            // Nothing is announced to the display that will not come.
            release(texture);
            return Outcome::Lost(Loss::Gpu(why));
        }
        presenting();
        self.gpu.queue.present(texture);
        if let Some(why) = self.listener.heard() {
            return Outcome::Lost(Loss::Gpu(why));
        }
        if self.misses.reconfigures(suboptimal, Instant::now()) {
            self.configure();
        }
        Outcome::Shown
    }

    /// The surface gave no picture. Configuring it mends what a resize did, and gives it new pictures where the old
    /// ones did not come back from the display.
    fn miss(&mut self, asked: Instant, why: &str) -> Outcome {
        if let Some(why) = self.listener.heard() {
            return Outcome::Lost(Loss::Gpu(why));
        }
        match self.misses.miss(asked, Instant::now()) {
            Some(pause) => {
                self.configure();
                Outcome::Again(pause)
            }
            None => Outcome::Lost(Loss::Display(format!("every picture {why}"))),
        }
    }

    fn paint(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        view: &wgpu::TextureView,
        mirror: Option<Region>,
        ui: &Painted,
        screen: &ScreenDescriptor,
    ) {
        // No dark hole where a picture is still to come.
        let ground = if mirror.is_some() { palette::BACKGROUND_WGPU } else { palette::PAPER_WGPU };
        let mut pass = encoder
            .begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("screen"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations { load: wgpu::LoadOp::Clear(ground), store: wgpu::StoreOp::Store },
                })],
                ..wgpu::RenderPassDescriptor::default()
            })
            .forget_lifetime();
        if let Some(Region { x, y, width, height }) = mirror.and_then(|region| self.inside(region)) {
            pass.set_viewport(x as f32, y as f32, width as f32, height as f32, 0.0, 1.0);
            pass.set_scissor_rect(x, y, width, height);
            self.mirror.draw(&mut pass);
        }
        self.ui.render(&mut pass, &ui.jobs, screen);
    }

    /// The same as the last [`draw`](Self::draw), into memory. Waits for the GPU.
    pub fn snapshot(&mut self, mirror: Option<Region>, ui: &Painted) -> Result<Snapshot, AppError> {
        guarded(|| self.try_snapshot(mirror, ui))?
    }

    fn try_snapshot(&mut self, mirror: Option<Region>, ui: &Painted) -> Result<Snapshot, AppError> {
        let (width, height) = self.size();
        let device = &self.gpu.device;
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("snapshot"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: self.config.format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let screen = ScreenDescriptor { size_in_pixels: [width, height], pixels_per_point: ui.pixels_per_point };
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        self.paint(&mut encoder, &texture.create_view(&Default::default()), mirror, ui, &screen);
        self.gpu.queue.submit([encoder.finish()]);
        let mut pixels = Vec::new();
        carmine::render::read_texture(device, &self.gpu.queue, &texture, &mut pixels)?;
        if self.config.format == TextureFormat::Bgra8Unorm {
            pixels.chunks_exact_mut(4).for_each(|pixel| pixel.swap(0, 2));
        }
        Ok(Snapshot { rgba: pixels.into(), width, height })
    }
}

/// The part of a size that the GPU's largest picture has.
fn within(gpu: &Gpu, (width, height): (u32, u32)) -> (u32, u32) {
    let limit = gpu.device.limits().max_texture_dimension_2d;
    (width.min(limit), height.min(limit))
}

/// Drops a picture of a lost device. wgpu 30.0.1 takes it from the surface only while unwinding; else the surface panics
/// when it is dropped, and leaves its swapchain on the window.
fn release(texture: wgpu::SurfaceTexture) {
    let unwound = guarded(move || {
        let _texture = texture;
        std::panic::resume_unwind(Box::new("released"))
    });
    debug_assert!(unwound.is_err());
}
