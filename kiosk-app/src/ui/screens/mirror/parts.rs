//! The first choice: whole looks, or a part of the face. Five words that a stranger knows, rather than fifteen
//! categories.

use carmine::look::Category;
use egui::Rect;

use crate::catalogue::Catalogue;
use crate::session::{Action, Shelf};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, ButtonStyle, Icon};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// A part of the face, and what is put on there.
#[derive(Debug)]
pub struct Part {
    /// Its message.
    pub name: &'static str,
    /// Its icon.
    pub icon: Icon,
    /// What is put on there, the most wanted first.
    pub categories: &'static [Category],
}

/// The parts, the most wanted first.
pub const PARTS: [Part; 5] = [
    Part {
        name: "part-lips",
        icon: Icon::Lips,
        categories: &[Category::Lipstick, Category::LipGloss, Category::LipLiner],
    },
    Part {
        name: "part-eyes",
        icon: Icon::Eyes,
        categories: &[Category::Eyeshadow, Category::Eyeliner, Category::Mascara, Category::Lashes, Category::Lens],
    },
    Part {
        name: "part-cheeks",
        icon: Icon::Cheeks,
        categories: &[Category::Blush, Category::Bronzer, Category::Highlighter],
    },
    Part {
        name: "part-face",
        icon: Icon::Face,
        categories: &[Category::Foundation, Category::Concealer, Category::Contour],
    },
    Part { name: "part-brows", icon: Icon::Brows, categories: &[Category::Brow] },
];

impl Part {
    /// Its categories that the shop sells.
    pub fn sold<'a>(&'a self, catalogue: &'a Catalogue) -> impl Iterator<Item = Category> + 'a {
        self.categories.iter().copied().filter(|category| catalogue.items_of(*category).next().is_some())
    }
}

/// The part that a category belongs to.
pub fn part_of(category: Category) -> &'static Part {
    PARTS.iter().find(|part| part.categories.contains(&category)).unwrap_or(&PARTS[0])
}

/// The rail.
pub(super) fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let shelf = stage.session.shelf();
    let parts: Vec<&Part> = PARTS.iter().filter(|part| part.sold(stage.catalogue).next().is_some()).collect();
    let mut places = canvas.flow.split(place, parts.len() + 2, space::S).collect::<Vec<_>>().into_iter();
    let mut one = |canvas: &mut Canvas<'_>, name: &'static str, icon, chosen| {
        let words = canvas.say(name);
        let button = Button::new(&words).icon(icon).look(ButtonStyle::Bare).pressed(chosen);
        places.next().is_some_and(|at| canvas.place_button(name, at, &button))
    };
    if one(canvas, "word-looks", Icon::Looks, *shelf == Shelf::Looks) {
        canvas.act(Action::BrowseLooks);
    }
    for part in parts {
        let chosen = matches!(shelf, Shelf::Products(category) if part.categories.contains(category));
        if one(canvas, part.name, part.icon, chosen)
            && !chosen
            && let Some(category) = part.sold(stage.catalogue).next()
        {
            canvas.act(Action::Browse(category));
        }
    }
    if one(canvas, "mirror-saved", Icon::Heart, *shelf == Shelf::Favourites) {
        canvas.act(Action::BrowseFavourites);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_is_in_one_part() {
        for category in Category::ALL {
            let parts = PARTS.iter().filter(|part| part.categories.contains(&category)).count();
            assert_eq!(parts, 1, "{category:?}");
        }
    }
}
