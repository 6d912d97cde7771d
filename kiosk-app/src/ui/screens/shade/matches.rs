//! Foundations for a tone: the best three large, the others in a row, and how far all of it can be trusted.

use carmine::light::SkinTone;
use carmine::look::Shade;
use egui::{Color32, Rect, Rgba};

use super::parts::{room, suggest_switch};
use super::{card, rest, words};
use crate::l10n::Value;
use crate::session::{Action, JAW};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Lay, PANEL_RADIUS};
use crate::ui::screens::goods;
use crate::ui::screens::page::{self, Texts};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Lays the panel out; returns where the picture belongs.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, tone: &SkinTone) -> Rect {
    let theme = *canvas.theme;
    let room = room(canvas);
    let doubt = words::doubt(canvas.locale, tone);
    let used = canvas.say("shade-used");
    let swatch = skin_side(canvas);
    let again = if page::is_low(canvas) { 0.0 } else { again_width(canvas) + space::L };
    let beside = room - swatch - space::L - again;
    let head = theme.line(theme.title()) + space::XS + page::height_of(canvas, &doubt, theme.small(), beside);
    let head = head.max(swatch).max(theme.touch);
    let used_high = page::height_of(canvas, &used, theme.small(), room);
    let toggles = theme.touch.max(2.0 * theme.line(theme.label()) + space::S);
    let back = if page::is_low(canvas) { theme.touch + space::M } else { 0.0 };
    let others = if stage.session.matches().len() > JAW { rest::height(canvas) + space::M } else { 0.0 };
    let cards = card::height(canvas, stage, room);
    let high = head + cards + others + toggles + used_high + back + 4.0 * space::M + 2.0 * space::XL;
    let (picture, panel) = page::beside_picture(canvas, high);

    let mut column = canvas.flow.column(panel, space::M);
    header(canvas, tone, &doubt, column.take(head));
    if page::is_low(canvas) {
        let mut row = canvas.flow.row(column.take_bottom(theme.touch), space::M);
        page::back_in_words(canvas, &mut row);
        let width = again_width(canvas);
        let at = row.take(width);
        self::again(canvas, at);
    }
    let at = column.take_bottom(used_high);
    canvas.fitting(&used, theme.small(), theme.palette.soft_ink, at, Lay::Start);
    switches(canvas, stage, column.take_bottom(toggles));
    let others = (others > 0.0).then(|| column.take_bottom(rest::height(canvas)));
    if stage.session.matches().is_empty() {
        let text = canvas.say("shade-none");
        canvas.fitting(&text, theme.body(), theme.palette.ink, column.rest(), Lay::Start);
    }
    card::show(canvas, stage, column.rest());
    if let Some(place) = others {
        rest::show(canvas, stage, place);
    }
    jaw_legend(canvas, stage, picture);
    picture
}

fn skin_side(canvas: &Canvas<'_>) -> f32 {
    canvas.theme.touch.max(96.0)
}

/// Her skin's colour, the title, and what is not known; a button reads anew.
fn header(canvas: &mut Canvas<'_>, tone: &SkinTone, doubt: &str, place: Rect) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let side = skin_side(canvas);
    let mut row = canvas.flow.row(place, space::L);
    let at = row.take(side);
    let at = Rect::from_center_size(at.center(), egui::Vec2::splat(side));
    let skin = Shade::from_lab(tone.lab.to_array()).ok().map(|shade| {
        let [r, g, b] = shade.masstone_linear().to_array();
        Color32::from(Rgba::from_rgb(r, g, b))
    });
    canvas.fill(at, side / 2.0, skin.unwrap_or(palette.sunk));
    canvas.ui.painter().circle_stroke(at.center(), side / 2.0, egui::Stroke::new(1.5, palette.line));
    let name = canvas.say("shade-skin");
    canvas.tell(&name, at);
    if !page::is_low(canvas) {
        let width = again_width(canvas);
        let at = row.take_end(width);
        let at = Rect::from_center_size(at.center(), egui::vec2(width, theme.touch));
        again(canvas, at);
    }
    let mut texts = Texts::new(row.rest());
    let title = canvas.say("shade-done");
    texts.lay(canvas, &title, theme.title(), palette.ink, space::XS);
    texts.lay(canvas, doubt, theme.small(), palette.soft_ink, 0.0);
}

fn again_width(canvas: &mut Canvas<'_>) -> f32 {
    let words = canvas.say("shade-again");
    canvas.button_width(&Button::new(&words))
}

/// Reads anew.
fn again(canvas: &mut Canvas<'_>, place: Rect) {
    let words = canvas.say("shade-again");
    if canvas.button("again", place, &Button::new(&words)) {
        canvas.act(Action::Measure);
    }
}

/// Swatches on the jaw line, and suggestions.
fn switches(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let places: Vec<Rect> = canvas.flow.split(place, 2, space::XXL).collect();
    let words = canvas.say("shade-jaw");
    let jaw = places[0].expand2(egui::vec2(space::M, 0.0));
    if let Some(on) = canvas.toggle("jaw", jaw, None, &words, stage.session.jaw()) {
        canvas.act(Action::JawSwatches(on));
    }
    suggest_switch(canvas, stage, places[1]);
}

/// Which swatch on the jaw is which, over the picture: the numbers are the cards'.
fn jaw_legend(canvas: &mut Canvas<'_>, stage: &Stage<'_>, picture: Rect) {
    const DISC: f32 = 44.0;
    if !stage.session.jaw() {
        return;
    }
    let theme = *canvas.theme;
    let palette = theme.palette;
    let items = stage.session.matches().iter().take(JAW).filter_map(|(id, _)| stage.catalogue.item(id));
    let names: Vec<&str> = items.map(|item| goods::name(stage, item)).collect();
    let title = canvas.say("shade-jaw-legend");
    let style = theme.small_label();
    let discs = names.len() as f32 * (DISC + space::S);
    let shown = if theme.portrait { picture.with_max_y(picture.bottom() - PANEL_RADIUS) } else { picture };
    let words = canvas.measure(&title, style, shown.width() - discs - 4.0 * space::XL).x + 1.0;
    let size = egui::vec2(words + space::M + discs + 2.0 * space::L, DISC + 2.0 * space::M);
    let centre = egui::pos2(shown.center().x, shown.bottom() - space::XL - size.y / 2.0);
    let rect = Rect::from_center_size(centre, size);
    canvas.shadow(rect, size.y / 2.0);
    canvas.fill(rect, size.y / 2.0, palette.over_picture);
    let mut row = canvas.flow.row(rect.shrink2(egui::vec2(space::L, space::M)), space::M);
    let at = row.take(words);
    canvas.line(&title, style, palette.ink, at, Lay::Start);
    // Left to right as on the picture, whatever the reading direction is.
    let mut left = row.rest().left() + space::S / 2.0;
    for (index, name) in names.iter().enumerate() {
        let number = canvas.locale.number((index + 1) as f64, 0);
        let disc = Rect::from_min_size(egui::pos2(left, row.rest().top()), egui::Vec2::splat(DISC));
        card::number(canvas, &number, disc);
        let told = canvas.say_with("shade-jaw-one", &[("number", Value::Text(&number)), ("shade", Value::Text(name))]);
        canvas.tell(&told, disc);
        left += DISC + space::S;
    }
}
