//! A take-home code looked up in catalogues: one reader for the kiosk's scanner and for `carmine look decode`.
//!
//! In: a link or a code, and the catalogues in which products and masks are looked for, the first one first. Out: every
//! layer of the code, each part found or known by its hash alone.
//!
//! 1. [`code::decode`] reads the hashes and numbers.
//! 2. A product is the first catalogue's item with its hash. A layer whose product no catalogue has cannot be worn.
//! 3. A mask is the first catalogue's own with its hash, else a built-in one. One that lies in a chart which the
//!    product's category does not use is another mask with the same hash and is passed over. A layer whose mask is
//!    unknown is worn where the product usually lies, and without its wing, which belongs to the mask.
//!
//! Callers that show the look must also show what is unknown ([`FoundLook::unknown`]).

use std::sync::Arc;

use carmine::look::{Category, Layer, Mask};

use super::code::{self, CodeError, CodedLayer};
use crate::catalogue::{Catalogue, Item};

/// One layer of a code, looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundLayer<'a> {
    /// What the code says.
    pub coded: CodedLayer,
    /// Its product; `None`: in none of the catalogues.
    pub item: Option<&'a Item>,
    /// Its mask; `None`: in none of the catalogues, or the code names none because it is the product's own.
    pub mask: Option<Arc<Mask>>,
}

/// A code, looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundLook<'a> {
    /// In the order of the code.
    pub layers: Vec<FoundLayer<'a>>,
}

/// How much of a code no catalogue knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unknown {
    /// Layers whose product is unknown: they are left out.
    pub products: usize,
    /// Layers of known products whose mask is unknown: they are worn where the product usually lies.
    pub masks: usize,
}

/// Reads a link, or a code alone, and looks its parts up.
pub fn look_up<'a>(text: &str, catalogues: &[&'a Catalogue]) -> Result<FoundLook<'a>, CodeError> {
    let layers = code::decode(text)?.into_iter().map(|layer| FoundLayer::of(layer, catalogues));
    Ok(FoundLook { layers: layers.collect() })
}

impl FoundLook<'_> {
    /// The layers that can be worn.
    pub fn wearable(&self) -> Vec<Layer> {
        self.layers.iter().filter_map(FoundLayer::layer).collect()
    }

    /// What must be shown as unknown.
    pub fn unknown(&self) -> Unknown {
        let count = |is: fn(&&FoundLayer<'_>) -> bool| self.layers.iter().filter(is).count();
        Unknown {
            products: count(|layer| layer.item.is_none()),
            masks: count(|layer| layer.item.is_some() && layer.lacks_mask()),
        }
    }
}

impl<'a> FoundLayer<'a> {
    fn of(coded: CodedLayer, catalogues: &[&'a Catalogue]) -> Self {
        let item = catalogues.iter().find_map(|catalogue| catalogue.by_hash(coded.product));
        let fits = |mask: &Arc<Mask>| item.is_none_or(|item| item.product.category.charts().contains(&mask.chart));
        let find_mask = |hash| catalogues.iter().flat_map(|catalogue| catalogue.masks_by_hash(hash)).find(fits);
        Self { coded, item, mask: coded.mask.and_then(find_mask) }
    }

    /// Whether the code names a mask that is in none of the catalogues.
    pub fn lacks_mask(&self) -> bool {
        self.coded.mask.is_some() && self.mask.is_none()
    }

    /// The layer as it is worn; `None` if its product is unknown.
    pub fn layer(&self) -> Option<Layer> {
        let Item { id, product, .. } = self.item?;
        let mask = self.mask.as_ref().unwrap_or(&product.mask);
        let has_wing = product.category == Category::Eyeliner && mask.has_wing() && !self.lacks_mask();
        Some(Layer {
            product_id: Some(Arc::clone(id)),
            product: product.clone(),
            amount: self.coded.amount,
            mask: Arc::clone(mask),
            wing: self.coded.wing.filter(|_| has_wing),
        })
    }
}

#[cfg(test)]
#[path = "look_up_tests.rs"]
mod tests;
