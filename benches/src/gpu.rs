//! A device without a window, and a target that is drawn to and not read back.

use std::sync::OnceLock;

use carmine::Scene;
use carmine::render::{Renderer, View};

use crate::Fault;
use crate::clip::Size;

const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

/// The adapter that a host would get, opened as the renderer needs it.
pub struct Gpu {
    /// The adapter's own name and its driver's.
    pub name: String,
    /// The opened device.
    pub device: wgpu::Device,
    /// Its queue.
    pub queue: wgpu::Queue,
}

impl Gpu {
    /// Opened on the first call, and kept: a process has one GPU.
    pub fn shared() -> Result<&'static Self, Fault> {
        static GPU: OnceLock<Gpu> = OnceLock::new();
        match GPU.get() {
            Some(gpu) => Ok(gpu),
            None => Self::open().map(|gpu| GPU.get_or_init(|| gpu)),
        }
    }

    /// Opens the default adapter; a software one will do.
    fn open() -> Result<Self, Fault> {
        let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
        let adapter = pollster::block_on(instance.request_adapter(&Default::default()))?;
        let (device, queue) = pollster::block_on(adapter.request_device(&wgpu::DeviceDescriptor {
            required_limits: Renderer::required_limits().using_resolution(adapter.limits()),
            ..Default::default()
        }))?;
        let info = adapter.get_info();
        let name = format!("{} ({:?}, {} {})", info.name, info.backend, info.driver, info.driver_info);
        Ok(Self { name, device, queue })
    }

    /// Submits what is staged and waits until all of it is done.
    pub fn finish(&self) -> Result<(), Fault> {
        self.queue.submit([]);
        self.device.poll(wgpu::PollType::wait_indefinitely())?;
        Ok(())
    }
}

/// A renderer with a texture in the place of a screen.
pub struct Screen {
    renderer: Renderer,
    view: View,
    target: wgpu::TextureView,
}

impl Screen {
    /// A screen of the frame's size.
    pub fn new(gpu: &Gpu, Size(width, height): Size) -> Result<Self, Fault> {
        let target = gpu.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("bench screen"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        Ok(Self {
            renderer: Renderer::new(&gpu.device, &gpu.queue, FORMAT)?,
            view: View::same_size(width, height),
            target: target.create_view(&Default::default()),
        })
    }

    /// Uploads the scene and draws its masks. Returns before the GPU is done.
    pub fn prepare(&mut self, scene: &Scene<'_>) -> Result<(), Fault> {
        Ok(self.renderer.prepare(scene, &self.view)?)
    }

    /// Draws what was prepared. Returns before the GPU is done.
    pub fn draw(&self, gpu: &Gpu) {
        let mut encoder = gpu.device.create_command_encoder(&Default::default());
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("bench screen"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &self.target,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                ..Default::default()
            });
            self.renderer.draw(&mut pass);
        }
        gpu.queue.submit([encoder.finish()]);
    }
}
