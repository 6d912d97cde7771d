//! Looks and products as data.
//!
//! A look is an ordered list of layers; a layer is a product and an amount; a product is a category, a shade,
//! a coverage and a finish. All come from TOML text that the host provides.

mod parse;
mod shade;

pub use parse::LookError;
pub use shade::{Shade, ShadeSource};

use serde::Deserialize;

/// A look: an ordered list of layers, the first next to the skin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Shown to the shopper.
    pub name: String,
    /// First next to the skin.
    pub layers: Vec<Layer>,
}

/// One product laid on the face.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// What is laid on.
    pub product: Product,
    /// Coats, 0 to 2: scales the thickness, not an alpha. 1 is one normal coat.
    pub amount: f32,
}

/// Something that can be worn.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Shown to the shopper.
    pub name: String,
    /// Where it goes.
    pub category: Category,
    /// The colour of an endlessly thick layer.
    pub shade: Shade,
    /// How much of a black-and-white card one coat hides: its luminance over black by that over white, 0 to 1.
    pub coverage: f32,
    /// What it does with reflected light.
    pub finish: Finish,
}

/// Where a product goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// On the lips.
    Lipstick,
}

/// What a product does with reflected light. Each has a shader file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finish {
    /// Powdery: most of the skin's own reflection is gone.
    Matte,
    /// Creamy: the skin's own reflection stays, with a soft lobe.
    Satin,
    /// Wet: sharp, strong highlights.
    Gloss,
}

impl Finish {
    /// The number that the shaders know it by.
    pub fn shader_id(self) -> u32 {
        match self {
            Self::Matte => 0,
            Self::Satin => 1,
            Self::Gloss => 2,
        }
    }
}

impl Look {
    /// No make-up.
    pub fn bare() -> Self {
        Self::default()
    }
}
