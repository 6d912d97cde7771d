//! Whole looks, each with the three colours that it is known by.

use std::sync::Arc;

use carmine::look::{Category, Layer, Look, Product};
use egui::{AsIdSalt, Rect, Response};

use super::products::arrows;
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Kit, Rail};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// A card's width.
const WIDTH: f32 = 238.0;

/// Shows them.
pub(super) fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let looks = stage.catalogue.looks();
    let worn = stage.session.people().leader().outfit().shelf.as_ref();
    let reveal = looks.iter().position(|look| Some(&look.id) == worn);
    let rows = if canvas.theme.portrait { 2 } else { 3 };
    let [back, on] = arrows(canvas);
    let rail = Rail { gap: space::M, rows, reveal, arrows: [&back, &on] };
    let width = if canvas.theme.large_text { WIDTH * 1.2 } else { WIDTH };
    let widths = vec![width; looks.len()];
    let mut asked = None;
    canvas.rail("looks", place, &rail, &widths, |kit, index, rect| {
        let look = &looks[index];
        let response = card(kit, ("look", &look.id), rect, &look.look, Some(index) == reveal);
        if response.clicked() {
            asked = Some(Arc::clone(&look.id));
        }
        response
    });
    if let Some(look) = asked {
        canvas.act(Action::WearLook(look));
    }
}

/// A look's card.
fn card(kit: &mut Kit<'_>, salt: impl AsIdSalt, rect: Rect, look: &Look, chosen: bool) -> Response {
    let layers: Vec<&Layer> = key_layers(look);
    let products: Vec<&Product> = layers.iter().map(|layer| &layer.product).collect();
    kit.look_card(salt, rect, &look.name, &products, chosen)
}

/// What a look is known by, at most three: its colour on the lids, the cheeks and the lips. Of several the one that
/// hides most; where none of these is worn, the one of all.
fn key_layers(look: &Look) -> Vec<&Layer> {
    let strongest = |categories: &[Category]| {
        let layers = look.layers.iter().filter(|layer| categories.contains(&layer.product.category));
        layers.max_by(|a, b| (a.amount * a.product.coverage).total_cmp(&(b.amount * b.product.coverage)))
    };
    let places =
        [&[Category::Eyeshadow][..], &[Category::Blush], &[Category::Lipstick, Category::LipGloss, Category::LipLiner]];
    let layers: Vec<&Layer> = places.into_iter().filter_map(strongest).collect();
    if layers.is_empty() { strongest(&Category::ALL).into_iter().collect() } else { layers }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;

    #[test]
    fn every_look_is_known_by_something() {
        let catalogue = Catalogue::bundled().unwrap();
        for look in catalogue.looks() {
            assert!((1..=3).contains(&super::key_layers(&look.look).len()), "{}", look.id);
        }
    }
}
