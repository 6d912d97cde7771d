//! The merchant's panel: what the shop sets here and now, and how the kiosk is doing.

mod section;
mod tables;

use egui::{Id, Pos2, Rect, Vec2};

use self::section::Section;
use super::paper;
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Icon, Lay, Pill};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Sections of the panel's two halves.
const HALVES: [&[Section]; 2] = [
    &[Section::Languages, Section::Market, Section::Catalogue],
    &[Section::Switches, Section::Pictures, Section::Timings],
];

/// Shows the panel; no live picture.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    let page = paper::ground(canvas);
    let (touch, reach) = (canvas.theme.touch, canvas.theme.reach);
    let mut column = canvas.flow.column(page, 0.0);
    let bar = if reach { column.take_bottom(touch) } else { column.take(touch) };
    top(canvas, stage, bar);
    if reach {
        column.take_bottom(space::L);
    } else {
        column.skip(space::L);
    }
    if canvas.theme.portrait {
        // Its segments lie within a hairline's room.
        let height = touch + 2.0 * space::XS;
        let tabs = if reach { column.take_bottom(height) } else { column.take(height) };
        if reach {
            column.take_bottom(space::L);
        } else {
            column.skip(space::L);
        }
        let half = tab(canvas, tabs);
        sections(canvas, stage, HALVES[half], column.rest());
    } else {
        let halves: Vec<Rect> = canvas.flow.split(column.rest(), 2, space::L).collect();
        for (half, place) in HALVES.into_iter().zip(halves) {
            sections(canvas, stage, half, place);
        }
    }
    notice(canvas, stage, page);
    None
}

/// Back, the panel's name, and the end of the session.
fn top(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let taken = paper::back(canvas, stage, place);
    let end = canvas.say("merchant-end");
    let button = Button::new(&end).icon(Icon::Clear);
    let mut row = canvas.flow.row(place, space::L);
    row.take(taken);
    let width = canvas.button_width(&button).min(row.rest().width() * 0.6);
    if canvas.button("merchant end", row.take_end(width), &button) {
        canvas.act(Action::End);
    }
    let (title, style, ink) = (canvas.say("merchant-title"), canvas.theme.title(), canvas.theme.palette.ink);
    let style = paper::fitted(canvas, &title, style, row.rest().width());
    canvas.line(&title, style, ink, row.rest(), Lay::Start);
}

/// Which half is shown, where only one fits.
fn tab(canvas: &mut Canvas<'_>, place: Rect) -> usize {
    let id = Id::unique("merchant half");
    let chosen = canvas.ui.ctx().data(|data| data.get_temp::<usize>(id)).unwrap_or(0).min(1);
    let [shop, screen] = [canvas.say("merchant-shop"), canvas.say("merchant-screen")];
    let asked = canvas.segmented("merchant half", place, &[&shop, &screen], Some(chosen));
    if let Some(asked) = asked {
        canvas.ui.ctx().data_mut(|data| data.insert_temp(id, asked));
        canvas.ui.ctx().request_repaint();
    }
    asked.unwrap_or(chosen)
}

/// Sections below each other; in reach mode what can be touched lies at the bottom.
fn sections(canvas: &mut Canvas<'_>, stage: &Stage<'_>, sections: &[Section], place: Rect) {
    let mut rest = place;
    let reach = canvas.theme.reach && canvas.theme.portrait;
    let (touched, told): (Vec<Section>, Vec<Section>) = sections.iter().partition(|section| section.is_touched());
    let heights: Vec<f32> = touched.iter().map(|section| section.height(canvas, stage, place.width())).collect();
    let all = heights.iter().sum::<f32>() + space::M * touched.len().saturating_sub(1) as f32;
    let mut y = if reach { (place.bottom() - all).max(place.top()) } else { place.top() };
    if reach {
        rest.max.y = y - space::M;
    }
    for (section, height) in touched.iter().zip(heights) {
        section.show(canvas, stage, Rect::from_min_size(Pos2::new(place.left(), y), Vec2::new(place.width(), height)));
        y += height + space::M;
    }
    if !reach {
        rest.min.y = y;
    }
    for section in told {
        let height = section.height(canvas, stage, place.width()).min(rest.height());
        let card = Rect::from_min_size(rest.min, Vec2::new(rest.width(), height));
        if height > section::HEAD {
            section.show(canvas, stage, card);
        }
        rest.min.y = card.bottom() + space::M;
    }
}

/// What became of the last order: a file that was saved, a PIN, an error.
fn notice(canvas: &mut Canvas<'_>, stage: &Stage<'_>, page: Rect) {
    let Some(notice) = stage.session.notice() else { return };
    let about = notice.about.as_deref().unwrap_or_default();
    let words = canvas.say_with(notice.message, &[("about", crate::l10n::Value::Text(about))]);
    let at = page.center_bottom() - Vec2::new(0.0, canvas.theme.touch + space::L);
    canvas.pill(&Pill::new(&words).icon(Icon::Info), at, egui::Align2::CENTER_BOTTOM, page.width());
}
