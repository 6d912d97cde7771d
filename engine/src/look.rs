//! Looks, products and masks as data.
//!
//! A look is a list of layers; a layer is a product, an amount and a mask; a product is a category, a shade, a
//! coverage, a finish and its usual mask. All come from TOML text that the host provides; masks are also built in.

mod category;
mod finish;
mod mask;
mod parse;
mod shade;
mod source;

use std::ops::RangeInclusive;
use std::sync::Arc;

pub use carmine_shaders::Chart;
pub use category::Category;
pub use finish::Finish;
pub use mask::Mask;
pub(crate) use mask::{LashPoint, LashStyle, Lid, MaskContent};
pub use shade::Shade;
pub use source::{LookError, MAX_TEXT_BYTES};

/// Layers that one look may hold.
pub const MAX_LAYERS: usize = 24;

/// A look: layers in the order in which make-up is put on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Shown to the shopper.
    pub name: String,
    /// First next to the skin: by [`Category::order`], and within a category as the file has them.
    pub layers: Vec<Layer>,
}

/// One product laid on the face.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// The name by which the look's text refers to the product, for the host to find it again; `None` if the layer
    /// holds the product itself. Drawing does not depend on it.
    pub product_id: Option<Arc<str>>,
    /// What is laid on.
    pub product: Product,
    /// Coats, 0 to 2: scales the thickness, not an alpha. 1 is one normal coat.
    pub amount: f32,
    /// Where it lies: the layer's own mask, else the product's.
    pub mask: Arc<Mask>,
    /// An eyeliner's wing, instead of the mask's own.
    pub wing: Option<Wing>,
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
    /// Colour of what metallic, shimmer and glitter reflect. `None`: the shade, lightened.
    pub flakes: Option<Shade>,
    /// Where it usually lies.
    pub mask: Arc<Mask>,
}

/// How an eyeliner ends beyond the outer corner of the eye.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wing {
    /// Above the line from corner to corner, in [`Self::ANGLE_DEG`].
    pub angle_deg: f32,
    /// From the outer corner to the tip in eye widths, in [`Self::LENGTH`].
    pub length: f32,
}

impl Wing {
    /// Angles that a wing may have.
    pub const ANGLE_DEG: RangeInclusive<f32> = -10.0..=60.0;
    /// Lengths that a wing may have: what the chart has room for.
    pub const LENGTH: RangeInclusive<f32> = 0.0..=0.8;
}

/// What a look or product may name, for the host to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A product's file.
    Product,
    /// A mask's file.
    Mask,
}

impl Look {
    /// No make-up.
    pub fn bare() -> Self {
        Self::default()
    }
}
