//! What the screens without a live picture have in common: the ground, and the bar with the way back.

use egui::Rect;

use super::access;
use crate::session::Action;
use crate::text::Style;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Icon, Lay};
use crate::ui::stage::Stage;
use crate::ui::theme::{REACH, space};

/// The whole screen in the ground's colour; returns what lies within its margins.
pub fn ground(canvas: &mut Canvas<'_>) -> Rect {
    let screen = canvas.screen();
    canvas.fill(screen, 0.0, canvas.theme.palette.ground);
    screen.shrink(space::XXL)
}

/// Where controls may lie in reach mode; the whole place else.
pub fn reachable(canvas: &Canvas<'_>, place: Rect) -> Rect {
    let screen = canvas.screen();
    let mut reachable = place;
    if canvas.theme.reach && canvas.theme.portrait {
        reachable.min.y = reachable.min.y.max(screen.top() + screen.height() * REACH).ceil();
    }
    reachable
}

/// The way back at the reading start, and what makes the screen easier to use at its end.
pub fn bar(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let taken = back(canvas, stage, place);
    let mut row = canvas.flow.row(place, space::M);
    row.take(taken);
    let width = access::width(canvas);
    access::show(canvas, stage, row.take_end(width));
}

/// The way back, at the reading start of `place`; returns how wide it is.
pub fn back(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) -> f32 {
    let words = canvas.say("word-back");
    let back = Button::new(&words).icon(Icon::Back);
    let width = canvas.button_width(&back);
    let at = canvas.flow.at_start(place, egui::vec2(width, place.height()));
    if canvas.button("back", at, &back) {
        // From the first screen of the way, back is where nobody is.
        let action = if stage.session.has_no_way_back() { Action::End } else { Action::Back };
        canvas.act(action);
    }
    width
}

/// A title over what is said of it, from the top of `place`; returns where they end.
pub fn head(canvas: &mut Canvas<'_>, title: &str, lede: &str, style: Style, place: Rect) -> f32 {
    let palette = canvas.theme.palette;
    let laid = canvas.paragraph(title, style, palette.ink, place, Lay::Start, 4);
    let mut rest = place;
    rest.min.y = laid.bottom() + space::M;
    let body = canvas.theme.body();
    canvas.paragraph(lede, body, palette.soft_ink, rest, Lay::Start, 4).bottom()
}

/// How high such a head is in a place of this width.
pub fn head_height(canvas: &mut Canvas<'_>, title: &str, lede: &str, style: Style, width: f32) -> f32 {
    let body = canvas.theme.body();
    canvas.measure_block(title, style, width, 4).y + space::M + canvas.measure_block(lede, body, width, 4).y
}

/// The style, smaller where the text would be wider than `room` on one line.
pub fn fitted(canvas: &mut Canvas<'_>, text: &str, style: Style, room: f32) -> Style {
    let wide = canvas.measure(text, style, f32::INFINITY).x;
    let size = if wide > room { (style.size * room / wide).floor() } else { style.size };
    Style { size, ..style }
}

/// The style, smaller where the longest word would be wider than `room`: no word is broken.
pub fn fitted_word(canvas: &mut Canvas<'_>, text: &str, style: Style, room: f32) -> Style {
    let longest = text.split_whitespace().max_by_key(|word| word.chars().count()).unwrap_or_default();
    fitted(canvas, longest, style, room)
}
