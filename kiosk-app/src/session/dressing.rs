//! What is worn and what the shelf shows.

use std::sync::Arc;
use std::time::Duration;

use carmine::look::{Category, Finish, Look};

use super::{Overlay, Session, Shelf};
use crate::catalogue::{Catalogue, ItemId, Stock};

impl Session {
    /// Shows a category's products, and of its lines the one that is worn.
    pub(super) fn browse(&mut self, category: Category, catalogue: &Catalogue) {
        self.shelf = Shelf::Products(category);
        let worn = self.people.leader().of(category).and_then(|worn| worn.product_id.as_deref());
        let line = worn.and_then(|id| catalogue.line_of(id)).or_else(|| catalogue.lines_of(category).next());
        self.line = line.map(|line| Arc::clone(&line.id));
    }

    /// Marks a favourite, or unmarks it.
    pub(super) fn mark(&mut self, id: ItemId) {
        match self.favourites.iter().position(|marked| *marked == id) {
            Some(index) => drop(self.favourites.remove(index)),
            None => self.favourites.push(id),
        }
    }

    /// Puts a product on the leader; shows a notice if there is no room or it is out of stock.
    pub(super) fn wear(&mut self, id: &ItemId, catalogue: &Catalogue, now: Duration) {
        let Some(item) = catalogue.item(id) else { return };
        if !self.people.leader_mut().wear(item) {
            self.note("mirror-full", None, now);
            return;
        }
        self.line = catalogue.line_of(id).map(|line| Arc::clone(&line.id)).or(self.line.take());
        if item.card.stock == Stock::Out {
            self.note("mirror-out-of-stock", Some(item.product.name.clone()), now);
        }
    }

    /// What is worn of this category in another finish: the nearest shade that is sold so.
    pub(super) fn wear_in_finish(&mut self, category: Category, finish: Finish, catalogue: &Catalogue, now: Duration) {
        let worn = self.people.leader().of(category).and_then(|worn| worn.product_id.clone());
        if let Some(item) = worn.and_then(|id| catalogue.nearest_in_finish(&id, finish)) {
            let id = Arc::clone(&item.id);
            self.wear(&id, catalogue, now);
        }
    }

    /// Wears a look of the shelf.
    pub(super) fn wear_look(&mut self, id: &str, catalogue: &Catalogue) {
        if let Some(shelf) = catalogue.looks().iter().find(|shelf| &*shelf.id == id) {
            self.people.leader_mut().wear_look(shelf, catalogue);
        }
    }

    /// Wears a look that was given on the command line; what the shop sells of it is known by its id.
    pub(super) fn wear_given(&mut self, look: &Look, catalogue: &Catalogue) {
        self.people.leader_mut().wear_layers(catalogue.offered(look));
    }

    /// The catalogue changed while it is worn: what is not sold any more is taken off, the rest is worn as it is now.
    pub(super) fn follow_catalogue(&mut self, catalogue: &Catalogue) {
        for wardrobe in self.people.wardrobes_mut() {
            wardrobe.follow(catalogue);
        }
        self.favourites.retain(|id| catalogue.item(id).is_some());
        self.compare.retain(|id| catalogue.item(id).is_some());
        self.matches.clear();
        if matches!(&self.overlay, Overlay::Card(id) if catalogue.item(id).is_none()) {
            self.overlay = Overlay::None;
        }
        if self.line.as_ref().is_some_and(|line| catalogue.lines().iter().all(|other| other.id != *line)) {
            self.line = None;
        }
    }
}
