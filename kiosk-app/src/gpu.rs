//! Chooses the graphics adapter, real hardware first, and opens a device on it.

pub mod guard;

use carmine::render::Renderer;
use thiserror::Error;
use wgpu::{
    Adapter, Backends, Device, Instance, InstanceDescriptor, PowerPreference, Queue, RequestAdapterOptions, Surface,
};

/// No GPU, or one that cannot be used.
#[derive(Debug, Error)]
pub enum GpuError {
    /// Not even a software adapter.
    #[error(
        "no graphics adapter found, not even a software one: install a driver, or software rendering (apt install mesa-vulkan-drivers libgl1-mesa-dri libegl1)"
    )]
    Missing,
    /// The adapter gives no device.
    #[error("graphics adapter {adapter} gives no device: {why}; update its driver (`carmine doctor` lists adapters)")]
    Refused {
        /// Its name.
        adapter: String,
        /// What it said.
        why: String,
    },
    /// No surface for the window.
    #[error("the window gives no surface to draw on: {0}; `carmine doctor` lists displays and adapters")]
    NotDrawable(String),
    /// The driver failed in mid-work.
    #[error("the graphics driver failed: {0}")]
    Broke(String),
}

/// A device and where it came from.
pub struct Gpu {
    /// The adapter.
    pub adapter: Adapter,
    /// Its device.
    pub device: Device,
    /// Its queue.
    pub queue: Queue,
}

/// A device without a window.
pub fn headless() -> Result<Gpu, GpuError> {
    // GL last and only if needed: without a window its libraries write complaints of their own to the terminal.
    let asked = wgpu::Backends::from_env();
    let mut failure = GpuError::Missing;
    for backends in asked.map_or([Backends::all() - Backends::GL, Backends::GL], |asked| [asked, Backends::empty()]) {
        let mut descriptor = InstanceDescriptor::new_without_display_handle_from_env();
        descriptor.backends = backends;
        match open(&Instance::new(descriptor), None) {
            Err(error) => failure = error,
            gpu => return gpu,
        }
    }
    Err(failure)
}

/// The best device that can draw on `surface`: real hardware first, then software.
pub fn open(instance: &Instance, surface: Option<&Surface<'_>>) -> Result<Gpu, GpuError> {
    let mut failure = GpuError::Missing;
    for software in [false, true] {
        let options = RequestAdapterOptions {
            power_preference: PowerPreference::HighPerformance,
            force_fallback_adapter: software,
            compatible_surface: surface,
            ..RequestAdapterOptions::default()
        };
        let Ok(adapter) = pollster::block_on(instance.request_adapter(&options)) else {
            continue;
        };
        match device(&adapter) {
            Ok((device, queue)) => return Ok(Gpu { adapter, device, queue }),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

fn device(adapter: &Adapter) -> Result<(Device, Queue), GpuError> {
    // As large pictures as the adapter can take; everything else stays at what the renderer needs.
    let limits = Renderer::required_limits().using_resolution(adapter.limits());
    let descriptor = wgpu::DeviceDescriptor {
        label: Some("carmine"),
        required_limits: limits,
        // In small blocks, so that what a large window took is given back: nothing is allocated for a frame.
        memory_hints: wgpu::MemoryHints::MemoryUsage,
        ..wgpu::DeviceDescriptor::default()
    };
    pollster::block_on(adapter.request_device(&descriptor))
        .map_err(|error| GpuError::Refused { adapter: adapter.get_info().name, why: error.to_string() })
}
