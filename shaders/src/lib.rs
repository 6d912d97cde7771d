//! Carmine's WGSL shaders, resolved from small modules, with CPU twins of their formulas.
//!
//! Shaders live in a crate of their own because `include_str!` across crates breaks packaging.

mod charts;
pub mod cpu;
mod import;
mod layout;

pub use charts::{ATLAS_SIZE, Chart};
pub use import::{ImportError, resolve};
pub use layout::{
    ChartVertex, Face, Faces, Layer, MAX_FACES, MAX_LAYERS, MaskVertex, StrokeVertex, View, ZONE_MAP_SIDE,
};

/// A shader with entry points `vertex_main` and `fragment_main`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pass {
    /// The camera picture, untouched.
    Frame,
    /// Thickness and normals of a zone's product, in the frame's space.
    Mask,
    /// Products over the camera picture.
    Composite,
}

impl Pass {
    /// Every pass.
    pub const ALL: [Self; 3] = [Self::Frame, Self::Mask, Self::Composite];

    /// The module that holds its entry points.
    pub fn module(self) -> &'static str {
        match self {
            Self::Frame => "pass/frame",
            Self::Mask => "pass/mask",
            Self::Composite => "pass/composite",
        }
    }

    /// The whole WGSL text.
    pub fn source(self) -> Result<String, ImportError> {
        resolve(self.module())
    }
}
