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
    ChartVertex, FaceUniforms, LayerUniforms, LookUniforms, MAX_FACES, MAX_LAYERS, OUTLINE_POINTS, SceneUniforms,
    StrokeVertex, ViewUniforms,
};

/// A shader with entry points `vertex_main` and `fragment_main`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pass {
    /// A look's layers as films in the atlas.
    Bake,
    /// A mip level of the films from the next larger one.
    Downsample,
    /// The camera picture, untouched.
    Frame,
    /// G-buffer: where on the face each pixel lies.
    Mesh,
    /// G-buffer: where on the lips, lids, brows and irises each pixel lies.
    Curve,
    /// G-buffer: what lashes cover.
    Stroke,
    /// Products on the skin over the camera picture.
    Skin,
    /// Products on lips, eyes and brows over the camera picture.
    Features,
}

impl Pass {
    /// Every pass.
    pub const ALL: [Self; 8] =
        [Self::Bake, Self::Downsample, Self::Frame, Self::Mesh, Self::Curve, Self::Stroke, Self::Skin, Self::Features];

    /// The module that holds its entry points.
    pub fn module(self) -> &'static str {
        match self {
            Self::Bake => "pass/bake",
            Self::Downsample => "pass/downsample",
            Self::Frame => "pass/frame",
            Self::Mesh => "pass/mesh",
            Self::Curve => "pass/curve",
            Self::Stroke => "pass/stroke",
            Self::Skin => "pass/skin",
            Self::Features => "pass/features",
        }
    }

    /// The whole WGSL text.
    pub fn source(self) -> Result<String, ImportError> {
        resolve(self.module())
    }
}
