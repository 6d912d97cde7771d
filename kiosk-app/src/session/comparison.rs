//! Which shades lie side by side in the comparison.
//!
//! In: what she chose and wears, what the shelf shows. Out: up to [`TILES`] shades of one category. What she chose
//! stays; where that is less than two, what she wears is put beside it, then the nearest colours by CIEDE2000, those of
//! the same line first.

use std::sync::Arc;

use carmine::look::Category;

use super::{Effect, Screen, Session, Shelf, TILES};
use crate::catalogue::{Catalogue, Item, ItemId};

impl Session {
    /// Before the comparison is shown: what she chose stays; where that is less than two shades of what the shelf
    /// shows, what she wears and its nearest neighbours are put beside it.
    pub(super) fn fill_comparison(&mut self, catalogue: &Catalogue) {
        let chosen = self.compare.first().and_then(|id| catalogue.item(id));
        let category = match (&self.shelf, chosen) {
            (Shelf::Products(category), _) => *category,
            (_, Some(item)) => item.product.category,
            _ => Category::Lipstick,
        };
        if chosen.is_some_and(|item| item.product.category != category) {
            self.compare.clear();
        }
        if self.compare.len() >= 2 {
            return;
        }
        let worn = self.people.leader().of(category).and_then(|worn| worn.product_id.clone());
        let on_shelf = self.line.as_ref().and_then(|id| catalogue.lines_of(category).find(|line| line.id == *id));
        let shelf_first = on_shelf.or_else(|| catalogue.lines_of(category).next());
        let base = worn.or_else(|| self.compare.first().cloned());
        let base = base.or_else(|| shelf_first.and_then(|line| line.items.first()).cloned());
        let base = base.or_else(|| catalogue.items_of(category).next().map(|item| Arc::clone(&item.id)));
        let Some(base) = base.and_then(|id| catalogue.item(&id)) else { return };
        for id in std::iter::once(Arc::clone(&base.id)).chain(neighbours(base, catalogue)) {
            if self.compare.len() < TILES && !self.compare.contains(&id) {
                self.compare.push(id);
            }
        }
    }

    /// Puts a shade into the comparison, or takes it out.
    pub(super) fn compare_toggle(&mut self, id: ItemId, catalogue: &Catalogue) -> Vec<Effect> {
        let Some(item) = catalogue.item(&id) else { return Vec::new() };
        let category: Category = item.product.category;
        match self.compare.iter().position(|other| *other == id) {
            Some(index) => drop(self.compare.remove(index)),
            None => {
                // Shades of one category are compared; another category starts anew.
                self.compare.retain(|id| catalogue.item(id).is_some_and(|item| item.product.category == category));
                if self.compare.len() == TILES {
                    self.compare.remove(0);
                }
                self.compare.push(id);
            }
        }
        if self.screen == Screen::Compare { vec![Effect::DrawTiles] } else { Vec::new() }
    }
}

/// The others of its line from the nearest colour on, then those of its category.
fn neighbours(base: &Item, catalogue: &Catalogue) -> Vec<ItemId> {
    let others = catalogue.items_of(base.product.category).filter(|item| item.id != base.id);
    let mut others: Vec<(bool, f32, &ItemId)> = others
        .map(|item| {
            let elsewhere = item.card.line.is_none() || item.card.line != base.card.line;
            (elsewhere, item.product.shade.delta_e00(&base.product.shade), &item.id)
        })
        .collect();
    others.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    others.into_iter().map(|(.., id)| Arc::clone(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neighbours_of(id: &str, catalogue: &Catalogue) -> Vec<ItemId> {
        neighbours(catalogue.item(id).unwrap(), catalogue)
    }

    #[test]
    fn the_line_comes_first_and_the_nearest_of_it() {
        let catalogue = Catalogue::bundled().unwrap();
        let near = neighbours_of("velvet-rose", &catalogue);
        let line = catalogue.line_of("velvet-rose").unwrap();
        let (own, other) = near.split_at(line.items.len() - 1);
        assert!(own.iter().all(|id| line.items.contains(id)) && !near.iter().any(|id| &**id == "velvet-rose"));
        assert!(other.iter().all(|id| !line.items.contains(id)));
        let base = &catalogue.item("velvet-rose").unwrap().product.shade;
        let far = |id: &ItemId| catalogue.item(id).unwrap().product.shade.delta_e00(base);
        assert!(own.windows(2).all(|pair| far(&pair[0]) <= far(&pair[1])));
    }

    #[test]
    fn a_line_of_two_is_filled_from_the_category() {
        let catalogue = Catalogue::bundled().unwrap();
        let near = neighbours_of("peach-nude", &catalogue);
        assert_eq!(&*near[0], "coral-dawn");
        assert!(near.len() > TILES);
    }
}
