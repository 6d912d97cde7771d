//! What was changed in the picture: every pixel of it, what is worn where, and which data drove a suggestion.

mod facts;
mod layers;

use egui::Rect;

use super::page::{self, Texts};
use crate::l10n::Value;
use crate::ui::canvas::Canvas;
use crate::ui::kit::Lay;
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Lays the screen out.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    let title = canvas.say("changed-title");
    let page = page::open(canvas, &title, "");
    if canvas.theme.portrait {
        let mut column = canvas.flow.column(page.body, space::XL);
        let switch = column.take_bottom(facts::suggestion_height(canvas, stage, page.body.width()));
        let across = (page.body.width() - space::M) / 2.0;
        let high = (across * 4.0 / 3.0).min(page.body.height() * if canvas.theme.large_text { 0.28 } else { 0.37 });
        let captions = canvas.theme.line(canvas.theme.label()) + space::S;
        pictures(canvas, stage, column.take(high + captions));
        let says = headline_height(canvas, stage, page.body.width());
        headline(canvas, stage, column.take(says));
        let high = facts::height(canvas, stage, page.body.width());
        let at = column.take(high);
        facts::show(canvas, stage, at);
        layers::show(canvas, stage, column.rest());
        facts::suggestion(canvas, stage, switch);
        return None;
    }
    let mut row = canvas.flow.row(page.body, space::XXL);
    let half = (page.body.width() - space::XXL) * 0.46;
    let mut start = canvas.flow.column(row.take(half), space::L);
    let captions = canvas.theme.line(canvas.theme.label()) + space::S;
    let says = headline_height(canvas, stage, half);
    let facts = facts::height(canvas, stage, half);
    let spare = start.rest().height() - says - facts - captions - 2.0 * space::L;
    let high = ((half - space::M) / 2.0 * 4.0 / 3.0).min(spare);
    pictures(canvas, stage, start.take(high + captions));
    headline(canvas, stage, start.take(says));
    facts::show(canvas, stage, start.rest());
    let room = row.rest().width();
    let mut end = canvas.flow.column(row.rest(), space::L);
    let switch = end.take_bottom(facts::suggestion_height(canvas, stage, room));
    layers::show(canvas, stage, end.rest());
    facts::suggestion(canvas, stage, switch);
    None
}

/// The frozen face beside what was changed in it.
fn pictures(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let theme = *canvas.theme;
    let pictures = [("changed-frozen", stage.pictures.frozen), ("changed-map", stage.pictures.changed)];
    let places: Vec<Rect> = canvas.flow.split(place, pictures.len(), space::M).collect();
    for ((id, picture), place) in pictures.into_iter().zip(places) {
        let name = canvas.say(id);
        let mut column = canvas.flow.column(place, space::S);
        let caption = column.take_bottom(theme.line(theme.label()));
        page::picture(canvas, &name, picture, column.rest(), page::card_corners());
        canvas.ink(&name, theme.label(), theme.palette.ink, caption, Lay::Start);
    }
}

/// The two sentences that matter.
fn sentences(canvas: &Canvas<'_>, stage: &Stage<'_>) -> [String; 2] {
    let Some(changed) = stage.session.changed() else {
        return [canvas.say("changed-counting").to_string(), String::new()];
    };
    let part = if changed.pixels > 0.0 && changed.pixels < 0.01 {
        canvas.say("changed-under-one").to_string()
    } else {
        canvas.locale.percent(f64::from(changed.pixels))
    };
    let first = if changed.pixels > 0.0 {
        canvas.say_with("changed-part", &[("part", Value::Text(&part))])
    } else {
        canvas.say("changed-nothing").to_string()
    };
    let second = match changed.elsewhere {
        Some(0) => canvas.say("changed-bit-for-bit").to_string(),
        Some(most) => canvas.say_with("changed-differs", &[("most", Value::Number(f64::from(most)))]),
        None => canvas.say("changed-converted").to_string(),
    };
    [first, second]
}

fn headline_height(canvas: &mut Canvas<'_>, stage: &Stage<'_>, room: f32) -> f32 {
    let [first, second] = sentences(canvas, stage);
    let (heading, body) = (canvas.theme.heading(), canvas.theme.body());
    page::height_of(canvas, &first, heading, room) + space::S + page::height_of(canvas, &second, body, room)
}

fn headline(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let theme = *canvas.theme;
    let [first, second] = sentences(canvas, stage);
    let mut texts = Texts::new(place);
    texts.lay(canvas, &first, theme.heading(), theme.palette.ink, space::S);
    texts.lay(canvas, &second, theme.body(), theme.palette.ink, 0.0);
}
