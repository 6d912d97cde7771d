//! What one face wears, and what it wore before.

use std::sync::Arc;

use carmine::look::{Category, Layer, Look, MAX_LAYERS};

use crate::catalogue::{Catalogue, Item, ShelfLook};

/// All that is worn at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outfit {
    /// In no order: the look sorts them. A layer's `product_id` is that of an item of the catalogue, or `None` for a
    /// look's own recipe, which no shop sells.
    pub layers: Vec<Layer>,
    /// The look of the shelf that it is, unchanged.
    pub shelf: Option<Arc<str>>,
}

/// An outfit with its past. Cloning is cheap enough for a touch, never done per frame.
#[derive(Clone, Debug, Default)]
pub struct Wardrobe {
    now: Outfit,
    past: Vec<Outfit>,
    look: Arc<Look>,
    /// The category whose amount is being dragged: one drag is one step to undo.
    dragging: Option<Category>,
}

/// Steps that can be undone.
const REMEMBERED: usize = 40;

impl Wardrobe {
    /// What is worn.
    pub fn outfit(&self) -> &Outfit {
        &self.now
    }

    /// The same for the engine.
    pub fn look(&self) -> &Arc<Look> {
        &self.look
    }

    /// Whether anything can be undone.
    pub fn has_past(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether nothing is worn.
    pub fn is_bare(&self) -> bool {
        self.now.layers.is_empty()
    }

    /// The layer that a category's controls change: the one that hides most.
    pub fn of(&self, category: Category) -> Option<&Layer> {
        let layers = self.now.layers.iter().filter(|layer| layer.product.category == category);
        layers.max_by(|a, b| {
            let weight = |layer: &Layer| layer.amount * layer.product.coverage;
            weight(a).total_cmp(&weight(b))
        })
    }

    /// Whether this product is worn.
    pub fn wears(&self, id: &str) -> bool {
        self.now.layers.iter().any(|layer| layer.product_id.as_deref() == Some(id))
    }

    /// Puts a product on instead of what is worn of its category, as much as was worn and where the look had it. False
    /// if there is no room for another layer.
    pub fn wear(&mut self, item: &Item) -> bool {
        let category = item.product.category;
        let before = self.of(category);
        if before.is_none() && self.now.layers.len() >= MAX_LAYERS {
            return false;
        }
        let layer = Layer {
            product_id: Some(Arc::clone(&item.id)),
            product: item.product.clone(),
            amount: before.map_or(1.0, |layer| layer.amount),
            mask: Arc::clone(&item.product.mask),
            wing: before.and_then(|layer| layer.wing),
        };
        self.change(|outfit| {
            outfit.layers.retain(|layer| layer.product.category != category);
            outfit.layers.push(layer);
        });
        true
    }

    /// Takes a category off.
    pub fn take_off(&mut self, category: Category) {
        if self.of(category).is_some() {
            self.change(|outfit| outfit.layers.retain(|layer| layer.product.category != category));
        }
    }

    /// Coats of a category's layers, 0–2: the strongest gets this amount, the others keep their proportion to it.
    pub fn set_amount(&mut self, category: Category, amount: f32) {
        let Some(old) = self.of(category).map(|layer| layer.amount) else { return };
        let amount = if amount.is_finite() { amount.clamp(0.0, 2.0) } else { return };
        if old == amount {
            return;
        }
        if self.dragging != Some(category) {
            self.remember();
            self.dragging = Some(category);
        }
        for layer in self.now.layers.iter_mut().filter(|layer| layer.product.category == category) {
            let scaled = if old > 0.0 { layer.amount / old * amount } else { amount };
            layer.amount = scaled.clamp(0.0, 2.0);
        }
        self.now.shelf = None;
        self.rebuild();
    }

    /// Wears a whole look of the catalogue's shelf.
    pub fn wear_look(&mut self, shelf: &ShelfLook, catalogue: &Catalogue) {
        let layers = catalogue.offered(&shelf.look);
        self.change(|outfit| outfit.layers = layers);
        self.now.shelf = Some(Arc::clone(&shelf.id));
    }

    /// Wears these layers, whose ids are the catalogue's.
    pub fn wear_layers(&mut self, layers: Vec<Layer>) {
        self.change(|outfit| outfit.layers = layers);
    }

    /// Takes everything off.
    pub fn clear(&mut self) {
        if !self.is_bare() {
            self.change(|outfit| outfit.layers.clear());
        }
    }

    /// Takes the last change back.
    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            (self.now, self.dragging) = (before, None);
            self.rebuild();
        }
    }

    /// The catalogue changed: products that are gone are taken off, the others are worn as they are now. The past may
    /// name what is gone, so it is forgotten.
    pub fn follow(&mut self, catalogue: &Catalogue) {
        let before = self.now.clone();
        self.now.layers.retain_mut(|layer| match layer.product_id.as_deref().map(|id| catalogue.item(id)) {
            Some(Some(item)) => {
                if layer.mask == layer.product.mask {
                    layer.mask = Arc::clone(&item.product.mask);
                }
                layer.product = item.product.clone();
                true
            }
            Some(None) => false,
            None => true,
        });
        if self.now != before {
            self.past.clear();
            self.rebuild();
        }
    }

    /// The look with `item` in place of what is worn of its category.
    pub fn look_with(&self, item: &Item) -> Arc<Look> {
        let mut other = self.clone();
        other.wear(item);
        other.look
    }

    fn change(&mut self, change: impl FnOnce(&mut Outfit)) {
        self.remember();
        self.dragging = None;
        self.now.shelf = None;
        change(&mut self.now);
        self.rebuild();
    }

    fn remember(&mut self) {
        if self.past.len() == REMEMBERED {
            self.past.remove(0);
        }
        self.past.push(self.now.clone());
    }

    fn rebuild(&mut self) {
        let mut layers = self.now.layers.clone();
        layers.sort_by_key(|layer| layer.product.category.order());
        self.look = Arc::new(Look { name: String::new(), layers });
    }
}
