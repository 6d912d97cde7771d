//! Nobody touched anything for a while: the question whether she is still there, over whatever is shown.

use std::time::Duration;

use egui::{Pos2, Rect, Role, Sense, Vec2, WidgetInfo};

use super::paper;
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, ButtonStyle, Icon, Lay, PANEL_RADIUS};
use crate::ui::stage::Stage;
use crate::ui::theme::{space, time};

/// The ring's radius.
const RING: f32 = 116.0;
/// How often the ring moves on.
const TICK: Duration = Duration::from_millis(50);

/// Asks, with the time that is left.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, left: Duration) {
    let (screen, palette) = (canvas.screen(), canvas.theme.palette);
    let id = canvas.id("idle");
    let shown = canvas.eased(id.with(screen.height() as i32), true, time::CALM);
    let ground = canvas.ui.interact(screen, id.with("ground"), Sense::click_and_drag());
    canvas.ui.painter().rect_filled(screen, 0.0, palette.veil.gamma_multiply(shown));
    if ground.clicked() {
        canvas.act(Action::StillHere);
    }
    let width = (screen.width() - 2.0 * space::XXL).min(900.0);
    let inner = width - 2.0 * space::XXL;
    let (title, more) = (canvas.say("idle-title"), canvas.say("idle-more"));
    let style = canvas.theme.display();
    let style = paper::fitted_word(canvas, &title, style, inner);
    let body = canvas.theme.body();
    let title_height = canvas.measure_block(&title, style, inner, 3).y;
    let more_height = canvas.measure_block(&more, body, inner, 4).y;
    let answer = (canvas.theme.touch * 1.25).max(2.0 * canvas.theme.line(canvas.theme.label()) + space::XL).ceil();
    let height = 2.0 * space::XXL
        + space::M
        + 2.0 * RING
        + space::XL
        + title_height
        + space::S
        + more_height
        + space::XXL
        + answer;
    let place = Rect::from_center_size(screen.center(), Vec2::new(width, height));
    // Within reach, whoever asks.
    let lower = if canvas.theme.portrait { (screen.bottom() - space::XXL - place.bottom()).max(0.0) } else { 0.0 };
    let lower = if canvas.theme.reach { lower } else { lower * 0.4 };
    let place = place.translate(Vec2::new(0.0, lower + (1.0 - shown) * 32.0));
    let panel = canvas.ui.interact(place, id.with("panel"), Sense::click_and_drag());
    panel.widget_info(|| WidgetInfo::labeled(Role::Dialog, true, &*title));
    canvas.shadow(place, PANEL_RADIUS);
    canvas.fill(place, PANEL_RADIUS, palette.ground);
    let mut column = canvas.flow.column(place.shrink(space::XXL), 0.0);
    column.skip(space::M);
    ring(canvas, stage, left, column.take(2.0 * RING).center());
    column.skip(space::XL);
    canvas.paragraph(&title, style, palette.ink, column.take(title_height), Lay::Middle, 3);
    column.skip(space::S);
    canvas.paragraph(&more, body, palette.soft_ink, column.take(more_height), Lay::Middle, 4);
    let places: Vec<Rect> = canvas.flow.split(column.take_bottom(answer), 2, space::M).collect();
    let answers = [
        ("idle-here", Icon::Check, ButtonStyle::Primary, Action::StillHere),
        ("idle-done", Icon::Close, ButtonStyle::Quiet, Action::End),
    ];
    for ((id, icon, look, action), place) in answers.into_iter().zip(places) {
        let words = canvas.say(id);
        if canvas.button(id, place, &Button::new(&words).icon(icon).look(look)) {
            canvas.act(action);
        }
    }
    let escape = canvas.ui.input(|input| input.key_pressed(egui::Key::Escape));
    if escape {
        canvas.act(Action::StillHere);
    }
}

/// The seconds that are left, in a ring that empties.
fn ring(canvas: &mut Canvas<'_>, stage: &Stage<'_>, left: Duration, centre: Pos2) {
    let grace = stage.rules().idle.grace.as_secs_f32().max(0.1);
    let seconds = left.as_secs_f64().ceil();
    let name = canvas.say("idle-left");
    canvas.progress_ring(&name, centre, RING, left.as_secs_f32() / grace);
    let number = canvas.locale.number(seconds, 0);
    let (style, ink) = (canvas.theme.display(), canvas.theme.palette.ink);
    let place = Rect::from_center_size(centre, Vec2::splat(1.5 * RING));
    canvas.ink(&number, style, ink, place, Lay::Middle);
    canvas.ui.ctx().request_repaint_after(TICK);
}
