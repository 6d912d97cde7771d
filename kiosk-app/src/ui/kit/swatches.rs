//! Pictures of products, drawn by the engine once and kept as textures.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use carmine::look::Product;
use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};

/// Pictures that are kept: more than a whole catalogue's page.
const KEPT: usize = 256;
/// Pictures drawn in one frame, so that a new shelf does not hold up a touch.
const A_FRAME: u32 = 4;

/// The pictures.
#[derive(Default)]
pub struct Swatches {
    kept: HashMap<(u64, usize), TextureHandle>,
    pass: u64,
    drawn: u32,
}

impl Swatches {
    /// Forgets every texture (their device is gone, or the catalogue is another).
    pub fn clear(&mut self) {
        self.kept.clear();
    }

    /// The picture of a product, `side` points wide; `None` for a moment while others are drawn.
    pub fn get(&mut self, context: &Context, product: &Product, side: f32) -> Option<TextureId> {
        let side_px = ((side * context.pixels_per_point()).ceil() as usize).clamp(8, 512);
        let key = (key_of(product), side_px);
        if let Some(kept) = self.kept.get(&key) {
            return Some(kept.id());
        }
        let pass = context.cumulative_pass_nr();
        if std::mem::replace(&mut self.pass, pass) != pass {
            self.drawn = 0;
        }
        if self.drawn >= A_FRAME {
            context.request_repaint();
            return None;
        }
        self.drawn += 1;
        if self.kept.len() >= KEPT {
            self.kept.clear();
        }
        let pixels = carmine::swatch::paint(product, side_px);
        let image = ColorImage::from_rgba_unmultiplied([side_px, side_px], &pixels);
        let texture = context.load_texture("swatch", image, TextureOptions::LINEAR);
        let id = texture.id();
        self.kept.insert(key, texture);
        Some(id)
    }
}

/// What a product looks like, as a number.
fn key_of(product: &Product) -> u64 {
    let mut hasher = DefaultHasher::new();
    product.name.hash(&mut hasher);
    product.category.hash(&mut hasher);
    product.finish.hash(&mut hasher);
    product.coverage.to_bits().hash(&mut hasher);
    for channel in product.shade.masstone_linear().to_array() {
        channel.to_bits().hash(&mut hasher);
    }
    hasher.finish()
}
