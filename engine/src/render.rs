//! Station 6: pixels, on the host's own device and queue.

use thiserror::Error;

use crate::scene::Scene;

/// A GPU that is missing, too small or lost.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The frame is larger than the adapter's textures.
    #[error("a frame of {width}×{height} px is larger than this adapter's textures ({limit} px): pass a smaller frame")]
    TooLarge {
        /// Frame width in pixels.
        width: u32,
        /// Frame height in pixels.
        height: u32,
        /// The adapter's longest texture side in pixels.
        limit: u32,
    },
    /// The GPU reported an error or was lost while reading back.
    #[error("the GPU did not give the picture back: {0}")]
    Readback(String),
}

/// Where the frame lands in the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Target size in pixels.
    pub target_width: u32,
    /// Target size in pixels.
    pub target_height: u32,
    /// How the frame fills the target.
    pub fit: Fit,
    /// Left and right swapped, as in a mirror.
    pub mirrored: bool,
}

/// How a frame fills a target of another shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// All of the target covered; what sticks out of the frame is cut.
    Cover,
    /// All of the frame shown; the rest is left as the pass cleared it.
    Contain,
}

/// Lives long: pipelines, textures and buffers.
#[derive(Debug)]
pub struct Renderer {}

impl Renderer {
    /// The least that the renderer needs of a device: GL ES 3.1-class limits.
    pub fn required_limits() -> wgpu::Limits {
        wgpu::Limits::downlevel_defaults()
    }

    /// On the host's device and queue, for targets of `target_format`.
    pub fn new(_device: &wgpu::Device, _queue: &wgpu::Queue, _target_format: wgpu::TextureFormat) -> Self {
        Self {}
    }

    /// Uploads the frame and everything that is worn. Call once per frame, before [`draw`](Self::draw).
    pub fn prepare(&mut self, _scene: &Scene<'_>, _view: &View) -> Result<(), RenderError> {
        Ok(())
    }

    /// Draws the prepared scene into the caller's pass (one colour attachment of the target format, no depth).
    pub fn draw(&self, _pass: &mut wgpu::RenderPass<'_>) {}
}

/// Composites a scene at the frame's own size into memory, without a window.
#[derive(Debug)]
pub struct Offscreen {}

impl Offscreen {
    /// On the host's device and queue.
    pub fn new(_device: &wgpu::Device, _queue: &wgpu::Queue) -> Self {
        Self {}
    }

    /// Draws and reads back tightly packed RGBA8 of the frame's size into `out` (resized to fit). Blocks on the GPU.
    pub fn render(&mut self, _scene: &Scene<'_>, _out: &mut Vec<u8>) -> Result<(), RenderError> {
        Ok(())
    }
}
