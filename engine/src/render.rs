//! Station 6: pixels, on the host's own device and queue.
//!
//! When a look changes, its layers are baked into one film per point of each chart. For every frame the renderer draws
//! into its own G-buffer where on the face each pixel lies; then, in the caller's pass, it draws the frame unchanged,
//! and over it only the pixels that wear something.

mod composite_textures;
mod draw_bounds;
mod face_maps;
mod film_atlas;
mod films;
mod formats;
mod gbuffer;
mod geometry_pass;
mod offscreen;
mod pipeline;
mod pipelines;
mod renderer;
mod staging;
mod textures;
#[cfg(test)]
mod twin_tests;
mod uniforms;
mod vertex;
mod view;

pub use offscreen::{Offscreen, read_texture};
pub use pipelines::Pipelines;
pub use renderer::Renderer;
pub use view::{ContentFit, CropPx, View, WornSpan};

use thiserror::Error;

/// A GPU that is missing, too small or lost.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The frame is larger than the device's textures.
    #[error("a frame of {width}×{height} px is larger than this device's textures ({limit} px): pass a smaller frame")]
    TooLarge {
        /// Frame width in pixels.
        width: u32,
        /// Frame height in pixels.
        height: u32,
        /// The device's longest texture side in pixels.
        limit: u32,
    },
    /// The canonical face that comes with Carmine is not what it should be.
    #[error(transparent)]
    CanonicalFace(#[from] carmine_models::ModelError),
    /// A shader imports a module that does not exist.
    #[error(transparent)]
    Shader(#[from] carmine_shaders::ImportError),
    /// The GPU reported an error or was lost while reading back.
    #[error("the GPU did not give the picture back ({0}): restart, or try another adapter")]
    Readback(String),
}
