//! What is not touched, where the picture is, and what a suggestion was made of.

use egui::{Rect, Vec2};

use crate::l10n::Value;
use crate::session::measure::Measure;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Icon, RADIUS};
use crate::ui::screens::page::{self, Texts};
use crate::ui::screens::shade;
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Side of an icon.
const ICON: f32 = 44.0;

struct Fact {
    icon: Icon,
    title: String,
    body: String,
}

fn facts(canvas: &Canvas<'_>, stage: &Stage<'_>) -> [Fact; 2] {
    let idle = stage.rules().idle;
    let away = (idle.warn_after + idle.grace).as_secs();
    let gone = canvas.say_with("changed-picture", &[("seconds", Value::Number(away as f64))]);
    [
        Fact {
            icon: Icon::Face,
            title: canvas.say("changed-else-title").to_string(),
            body: canvas.say("changed-else").to_string(),
        },
        Fact { icon: Icon::Camera, title: canvas.say("changed-picture-title").to_string(), body: gone },
    ]
}

fn suggestion_fact(canvas: &Canvas<'_>, stage: &Stage<'_>) -> Fact {
    let session = stage.session;
    let body = match session.measure() {
        _ if !session.suggest() => canvas.say("changed-suggest-off"),
        Measure::Done(_) => canvas.say("changed-suggest-tone"),
        _ => canvas.say("changed-suggest-none"),
    };
    Fact { icon: Icon::Shade, title: canvas.say("changed-suggest-title").to_string(), body: body.to_string() }
}

fn fact_height(canvas: &mut Canvas<'_>, fact: &Fact, room: f32) -> f32 {
    let theme = *canvas.theme;
    let room = room - ICON - space::M;
    page::height_of(canvas, &fact.title, theme.label(), room) + page::height_of(canvas, &fact.body, theme.small(), room)
}

fn show_fact(canvas: &mut Canvas<'_>, fact: &Fact, place: Rect) {
    let theme = *canvas.theme;
    let mut row = canvas.flow.row(place, space::M);
    let at = row.take(ICON);
    let centre = egui::pos2(at.center().x, at.top() + theme.line(theme.label()) / 2.0);
    canvas.icon(fact.icon, centre, ICON * 0.86, theme.palette.accent_ink);
    let mut texts = Texts::new(row.rest());
    texts.lay(canvas, &fact.title, theme.label(), theme.palette.ink, 0.0);
    texts.lay(canvas, &fact.body, theme.small(), theme.palette.soft_ink, 0.0);
}

/// How high the facts are in a room of this width.
pub fn height(canvas: &mut Canvas<'_>, stage: &Stage<'_>, room: f32) -> f32 {
    let facts = facts(canvas, stage);
    let words: f32 = facts.iter().map(|fact| fact_height(canvas, fact, room)).sum();
    words + space::M * (facts.len() - 1) as f32
}

/// Lays the facts out.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let mut column = canvas.flow.column(place, space::M);
    for fact in facts(canvas, stage) {
        let high = fact_height(canvas, &fact, place.width());
        let at = column.take(high);
        show_fact(canvas, &fact, at);
    }
}

/// How high the suggestion's card is.
pub fn suggestion_height(canvas: &mut Canvas<'_>, stage: &Stage<'_>, room: f32) -> f32 {
    let fact = suggestion_fact(canvas, stage);
    let switch = if stage.rules().suggestions { canvas.theme.touch + space::S } else { 0.0 };
    fact_height(canvas, &fact, room - 2.0 * space::L) + switch + 2.0 * space::L
}

/// Which data drove a suggestion, with the off switch.
pub fn suggestion(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let palette = canvas.theme.palette;
    canvas.outlined(place, RADIUS, palette.surface, palette.line);
    let inner = place.shrink2(Vec2::new(space::L, space::L));
    let mut column = canvas.flow.column(inner, space::S);
    if stage.rules().suggestions {
        let mut row = canvas.flow.row(column.take_bottom(canvas.theme.touch), space::M);
        row.take(ICON);
        shade::suggest_switch(canvas, stage, row.rest());
    }
    let fact = suggestion_fact(canvas, stage);
    show_fact(canvas, &fact, column.rest());
}
