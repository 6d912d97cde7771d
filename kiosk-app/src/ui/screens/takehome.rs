//! The look to take home: a code of products and amounts, a photo once if she asks for it, a print, and the end.

mod bag;
mod code;
mod offer;

use egui::Rect;

use super::page;
use crate::session::{Action, PhotoHandOver};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Icon};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Lays the screen out.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    let bare = stage.session.people().leader().is_bare();
    let title = canvas.say("takehome-title");
    let page = page::open(canvas, &title, "");
    let mut column = canvas.flow.column(page.body, space::L);
    let done_high = canvas.theme.touch * 1.2;
    if let Some(foot) = page.foot {
        done(canvas, foot);
    } else if canvas.theme.portrait {
        let at = column.take_bottom(done_high);
        done(canvas, at);
    }
    if bare {
        if page.foot.is_none() && !canvas.theme.portrait {
            let at = column.take_bottom(done_high);
            done(canvas, at);
        }
        code::nothing(canvas, column.rest());
        return None;
    }
    if canvas.theme.portrait {
        let print = print_height(canvas, stage);
        if print > 0.0 {
            let at = column.take_bottom(print);
            self::print(canvas, stage, at);
        }
        let high = offer::height(canvas, stage, page.body.width());
        if high > 0.0 {
            let at = column.take_bottom(high);
            offer::show(canvas, stage, at);
        }
        let high = if page::is_low(canvas) {
            page::band_top(canvas) - column.rest().top() - space::L
        } else {
            code::height(canvas, stage, page.body.width()).min(column.rest().height() * 0.62)
        };
        code::show(canvas, stage, column.take(high));
        bag::show(canvas, stage, column.rest());
        return None;
    }
    let mut row = canvas.flow.row(column.rest(), space::XXL);
    let offered = matches!(stage.session.photo(), PhotoHandOver::Offered { .. });
    let start = row.take((page.body.width() - space::XXL) * if offered { 0.55 } else { 0.46 });
    code::show(canvas, stage, start);
    let room = row.rest().width();
    let mut end = canvas.flow.column(row.rest(), space::L);
    done(canvas, end.take_bottom(done_high));
    let print = print_height(canvas, stage);
    if print > 0.0 {
        let at = end.take_bottom(print);
        self::print(canvas, stage, at);
    }
    let high = offer::height(canvas, stage, room);
    if high > 0.0 {
        let at = end.take_bottom(high);
        offer::show(canvas, stage, at);
    }
    bag::show(canvas, stage, end.rest());
    None
}

/// The end: it wipes everything.
fn done(canvas: &mut Canvas<'_>, place: Rect) {
    let text = canvas.say("takehome-done");
    let spoken = canvas.say("takehome-done-spoken");
    if canvas.button("done", place, &Button::primary(&text).name(&spoken).icon(Icon::Check)) {
        canvas.act(Action::End);
    }
}

fn print_height(canvas: &Canvas<'_>, stage: &Stage<'_>) -> f32 {
    let theme = canvas.theme;
    match (stage.rules().print, theme.large_text) {
        (false, _) => 0.0,
        (true, false) => theme.touch,
        (true, true) => theme.touch.max(2.0 * theme.line(theme.label()) + space::M),
    }
}

/// On paper, with her picture or without.
fn print(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let busy = stage.session.printing();
    let with = stage.rules().photo;
    let places: Vec<Rect> = canvas.flow.split(place, if with { 2 } else { 1 }, space::M).collect();
    for (index, place) in places.into_iter().enumerate() {
        let with_photo = index == 1;
        let id = match (busy, with_photo) {
            (true, false) => "takehome-printing",
            (_, true) => "takehome-print-photo",
            _ => "takehome-print",
        };
        let text = canvas.say(id);
        if canvas.button(("print", with_photo), place, &Button::new(&text).icon(Icon::Print).enabled(!busy)) {
            canvas.act(Action::Print { with_photo });
        }
    }
}
