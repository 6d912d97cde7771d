//! The catalogue: everything that a kiosk offers, ready to be looked up.

use std::collections::HashMap;
use std::sync::Arc;

use carmine::look::{Category, Finish, Layer, Look, Mask, Product};

use super::{Gtin, ItemCard, MaskHash, ProductHash};

/// A product's name on disk: the stem of its file, such as `velvet-rose`.
pub type ItemId = Arc<str>;

/// A product with its card.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The stem of the product's file.
    pub id: ItemId,
    /// What is worn.
    pub product: Product,
    /// Its card.
    pub card: ItemCard,
}

/// Shades that are sold side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Unique among lines.
    pub id: Arc<str>,
    /// Shown to the shopper.
    pub name: String,
    /// Whose it is.
    pub brand: String,
    /// What all of them are.
    pub category: Category,
    /// Shades in the order of the shelf.
    pub items: Vec<ItemId>,
}

/// A look on offer.
#[derive(Clone, Debug, PartialEq)]
pub struct ShelfLook {
    /// The stem of the look's file.
    pub id: Arc<str>,
    /// What is worn. Layers name bundled products too, which need not be on offer: see [`Catalogue::offered`].
    pub look: Look,
}

/// Everything that a kiosk offers.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    items: Vec<Item>,
    lines: Vec<Line>,
    looks: Vec<ShelfLook>,
    by_id: HashMap<ItemId, usize>,
    by_gtin: HashMap<Gtin, usize>,
    by_hash: HashMap<ProductHash, usize>,
    /// Those that came with the catalogue; the built-in ones are everywhere.
    own_masks: HashMap<MaskHash, Arc<Mask>>,
}

impl Item {
    /// The name to be shown in a language (`zh-Hans`): its own name there, else the product's.
    pub fn name(&self, language: &str) -> &str {
        self.card.names.get(language).unwrap_or(&self.product.name)
    }
}

impl Catalogue {
    /// The caller has made sure that ids, hashes and numbers are unique, and that lines name items.
    pub(super) fn new(items: Vec<Item>, lines: Vec<Line>, looks: Vec<ShelfLook>, own_masks: Vec<Arc<Mask>>) -> Self {
        let numbered = || items.iter().enumerate();
        let by_id = numbered().map(|(at, item)| (Arc::clone(&item.id), at)).collect();
        let by_gtin = numbered().filter_map(|(at, item)| Some((item.card.gtin?, at))).collect();
        let by_hash = numbered().map(|(at, item)| (ProductHash::of(&item.id), at)).collect();
        let own_masks = own_masks.into_iter().map(|mask| (MaskHash::of(&mask.name), mask)).collect();
        Self { items, lines, looks, by_id, by_gtin, by_hash, own_masks }
    }

    /// Every product: those in lines in the order of the lines, then the others by id.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Every line, in the order of the file.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Every look, in the order in which they are offered.
    pub fn looks(&self) -> &[ShelfLook] {
        &self.looks
    }

    /// The product with this id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.by_id.get(id).map(|at| &self.items[*at])
    }

    /// The product with this barcode.
    pub fn by_gtin(&self, gtin: &Gtin) -> Option<&Item> {
        self.by_gtin.get(gtin).map(|at| &self.items[*at])
    }

    /// The product that a take-home code means.
    pub fn by_hash(&self, hash: ProductHash) -> Option<&Item> {
        self.by_hash.get(&hash).map(|at| &self.items[*at])
    }

    /// The masks that a take-home code can mean: one of this catalogue's own first, then a built-in one.
    pub fn masks_by_hash(&self, hash: MaskHash) -> impl Iterator<Item = Arc<Mask>> {
        let built_in = Mask::built_in_names().filter(move |name| MaskHash::of(name) == hash).filter_map(Mask::built_in);
        self.own_masks.get(&hash).cloned().into_iter().chain(built_in)
    }

    /// The layers of a look as this shop offers them: what it does not sell has no id. A look may come from elsewhere and
    /// name a product of its own as this shop names one of its products, so an id alone does not make it the same.
    pub fn offered(&self, look: &Look) -> Vec<Layer> {
        let on_offer = |layer: &Layer| {
            let is_sold = |id: &ItemId| self.item(id).is_some_and(|item| item.product == layer.product);
            Layer { product_id: layer.product_id.clone().filter(is_sold), ..layer.clone() }
        };
        look.layers.iter().map(on_offer).collect()
    }

    /// The look with this id.
    pub fn look(&self, id: &str) -> Option<&ShelfLook> {
        self.looks.iter().find(|look| &*look.id == id)
    }

    /// The products of one category, whether or not they are in a line; in the order of [`items`](Self::items).
    pub fn items_of(&self, category: Category) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.product.category == category)
    }

    /// The lines of one category.
    pub fn lines_of(&self, category: Category) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.category == category)
    }

    /// The line that the product with this id is in.
    pub fn line_of(&self, id: &str) -> Option<&Line> {
        let line = self.item(id)?.card.line.as_ref()?;
        self.lines.iter().find(|other| other.id == *line)
    }

    /// The finishes that one category has, in the order of [`Finish::ALL`].
    pub fn finishes(&self, category: Category) -> Vec<Finish> {
        let has = |finish: &Finish| self.items_of(category).any(|item| item.product.finish == *finish);
        Finish::ALL.into_iter().filter(has).collect()
    }

    /// The product of the same category in this finish whose masstone is nearest by CIEDE2000: the product itself if it
    /// has that finish. `None` for an unknown id, or if the category has no such finish.
    pub fn nearest_in_finish(&self, id: &str, finish: Finish) -> Option<&Item> {
        let item = self.item(id)?;
        if item.product.finish == finish {
            return Some(item);
        }
        let distance = |other: &&Item| item.product.shade.delta_e00(&other.product.shade);
        let others = self.items_of(item.product.category).filter(|other| other.product.finish == finish);
        others.min_by(|one, other| distance(one).total_cmp(&distance(other)))
    }
}
