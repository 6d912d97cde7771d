//! A category's lines and shades.

use std::sync::Arc;

use carmine::look::Category;
use egui::{Rect, Response};

use super::controls;
use super::parts::part_of;
use super::places::Places;
use crate::catalogue::{Item, Line};
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Chip, Kit, Rail};
use crate::ui::screens::goods;
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// The largest tile, and the smallest that is still laid in two rows.
const LARGEST: f32 = 148.0;
const TWO_ROWS: f32 = 200.0;

/// Shows them.
pub(super) fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, places: &Places, category: Category) {
    let touch = canvas.theme.touch;
    let mut column = canvas.flow.column(places.shelf, space::S + space::XS);
    let part = part_of(category);
    let categories: Vec<Category> = part.sold(stage.catalogue).collect();
    if categories.len() > 1 {
        tabs(canvas, column.take(touch), &categories, category);
    }
    let lines: Vec<&Line> = stage.catalogue.lines_of(category).collect();
    if lines.len() > 1 {
        line_chips(canvas, stage, column.take(touch), &lines);
    }
    let chosen = stage.session.line().and_then(|id| lines.iter().find(|line| line.id == *id)).or(lines.first());
    let items: Vec<&Item> = match chosen {
        Some(line) => line.items.iter().filter_map(|id| stage.catalogue.item(id)).collect(),
        None => stage.catalogue.items_of(category).collect(),
    };
    let controls = controls::height(canvas.theme);
    let controls_at = column.take_bottom(controls);
    tiles(canvas, stage, column.rest(), category, &items);
    controls::show(canvas, stage, controls_at, category);
}

/// Names of a rail's arrows.
pub(super) fn arrows(canvas: &Canvas<'_>) -> [Arc<str>; 2] {
    [canvas.say("mirror-rail-back"), canvas.say("mirror-rail-on")]
}

fn tabs(canvas: &mut Canvas<'_>, place: Rect, categories: &[Category], chosen: Category) {
    let words: Vec<Arc<str>> = categories.iter().map(|category| canvas.locale.category(*category)).collect();
    let widths: Vec<f32> = words.iter().map(|word| canvas.tab_width(word)).collect();
    let [back, on] = arrows(canvas);
    let reveal = categories.iter().position(|category| *category == chosen);
    let rail = Rail { gap: space::S, rows: 1, reveal, arrows: [&back, &on] };
    let mut asked = None;
    canvas.rail(("categories", categories), place, &rail, &widths, |kit, index, rect| {
        let response = kit.tab(("category", categories[index]), rect, &words[index], Some(index) == reveal);
        if response.clicked() {
            asked = Some(categories[index]);
        }
        response
    });
    if let Some(category) = asked {
        canvas.act(Action::Browse(category));
    }
}

fn line_chips(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect, lines: &[&Line]) {
    let reveal = lines.iter().position(|line| stage.session.line() == Some(&line.id)).unwrap_or(0);
    let widths: Vec<f32> = lines.iter().map(|line| canvas.chip_width(&Chip::new(&line.name, false))).collect();
    let [back, on] = arrows(canvas);
    let rail = Rail { gap: space::S + space::XS, rows: 1, reveal: Some(reveal), arrows: [&back, &on] };
    let mut asked = None;
    canvas.rail(("lines", &lines[0].id), place, &rail, &widths, |kit, index, rect| {
        let line = lines[index];
        let response = kit.chip(("line", &line.id), rect, &Chip::new(&line.name, index == reveal));
        if response.clicked() {
            asked = Some(Arc::clone(&line.id));
        }
        response
    });
    if let Some(line) = asked {
        canvas.act(Action::Line(line));
    }
}

fn tiles(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect, category: Category, items: &[&Item]) {
    let wardrobe = stage.session.people().leader();
    let rows = if place.height() >= TWO_ROWS && items.len() > 4 { 2 } else { 1 };
    let gap = space::S + space::XS;
    let side = ((place.height() - gap * (rows - 1) as f32) / rows as f32).min(LARGEST);
    let tall = side * rows as f32 + gap * (rows - 1) as f32;
    let place = Rect::from_center_size(place.center(), egui::vec2(place.width(), tall));
    // The first tile takes the category off.
    let widths = vec![side; items.len() + 1];
    let worn = items.iter().position(|item| wardrobe.wears(&item.id));
    let [back, on] = arrows(canvas);
    let rail = Rail { gap, rows, reveal: Some(worn.map_or(0, |worn| worn + 1)), arrows: [&back, &on] };
    let none = canvas.say("mirror-without");
    let is_bare = wardrobe.of(category).is_none();
    let mut asked = None;
    canvas.rail(("shades", category, items.first().map(|item| &item.id)), place, &rail, &widths, |kit, index, rect| {
        let Some(item) = index.checked_sub(1).map(|index| items[index]) else {
            let response = without(kit, rect, &none, is_bare);
            if response.clicked() && !is_bare {
                asked = Some(Action::TakeOff(category));
            }
            return response;
        };
        let tile = goods::tile(stage, item, wardrobe.wears(&item.id));
        let (response, touched) = kit.tile(("shade", &item.id), rect, &tile);
        asked = goods::tile_action(touched, item, Action::Wear).or(asked.take());
        response
    });
    if let Some(action) = asked {
        canvas.act(action);
    }
}

/// The tile that takes off.
fn without(kit: &mut Kit<'_>, rect: Rect, name: &str, chosen: bool) -> Response {
    kit.none_tile("without", rect, name, chosen)
}
