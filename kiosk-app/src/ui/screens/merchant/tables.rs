//! What the panel tells: the catalogue's counts, what is wrong with a file, and how long each stage takes.

use egui::{Pos2, Rect, Vec2};

use crate::l10n::Value;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Lay, RADIUS};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Most lines of an error.
const LINES: u8 = 6;

/// What is counted: a message and a number.
fn counts(stage: &Stage<'_>) -> [(&'static str, usize); 4] {
    let catalogue = stage.catalogue;
    [
        ("merchant-products", catalogue.items().len()),
        ("merchant-lines", catalogue.lines().len()),
        ("merchant-looks", catalogue.looks().len()),
        ("merchant-faces", stage.models.len()),
    ]
}

fn count_height(canvas: &Canvas<'_>) -> f32 {
    canvas.theme.line(canvas.theme.title()) + canvas.theme.line(canvas.theme.small())
}

pub(super) fn catalogue_height(canvas: &mut Canvas<'_>, stage: &Stage<'_>, width: f32) -> f32 {
    let told = match &stage.live.shop_error {
        Some(error) => {
            let small = canvas.theme.small();
            canvas.measure_block(error, small, width - 2.0 * space::M, LINES).y + 2.0 * space::M
        }
        None => canvas.theme.line(canvas.theme.small()),
    };
    count_height(canvas) + space::M + told
}

/// How much is sold, and whether its files are sound.
pub(super) fn catalogue(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let (palette, small) = (canvas.theme.palette, canvas.theme.small());
    let mut column = canvas.flow.column(place, 0.0);
    let row = column.take(count_height(canvas));
    let places: Vec<Rect> = canvas.flow.split(row, 4, space::M).collect();
    for ((id, count), place) in counts(stage).into_iter().zip(places) {
        let number = canvas.locale.number(count as f64, 0);
        let words = canvas.say_with(id, &[("count", Value::Number(count as f64))]);
        let style = canvas.theme.title();
        let top = Rect::from_min_size(place.min, Vec2::new(place.width(), canvas.theme.line(style)));
        canvas.ink(&number, style, palette.ink, top, Lay::Start);
        let under = Rect::from_min_max(top.left_bottom(), place.max);
        canvas.ink(&words, small, palette.soft_ink, under, Lay::Start);
        canvas.tell(&format!("{number} {words}"), place);
    }
    column.skip(space::M);
    let rest = column.rest();
    match &stage.live.shop_error {
        Some(error) => {
            canvas.fill(rest, RADIUS, palette.sunk);
            let inner = rest.shrink(space::M);
            canvas.paragraph(error, small, palette.accent_ink, inner, Lay::Start, LINES);
        }
        None => {
            let sound = canvas.say("merchant-sound");
            let mut row = canvas.flow.row(rest, space::S);
            let at = row.take(16.0).center();
            canvas.ui.painter().circle_filled(at, 7.0, palette.good);
            canvas.line(&sound, small, palette.soft_ink, row.rest(), Lay::Start);
        }
    }
}

/// Stage, median, 95 %, worst: parts of the width.
const COLUMNS: [f32; 4] = [0.46, 0.18, 0.18, 0.18];

pub(super) fn timings_height(canvas: &Canvas<'_>, stage: &Stage<'_>) -> f32 {
    let line = canvas.theme.line(canvas.theme.small()) + space::XS;
    line * (stage.live.timings.len().max(1) + 1) as f32
}

/// How long each stage takes; as many as fit.
pub(super) fn timings(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let (palette, small) = (canvas.theme.palette, canvas.theme.small());
    let line = canvas.theme.line(small) + space::XS;
    let mut place = place;
    let heads = ["merchant-stage", "merchant-median", "merchant-most", "merchant-worst"].map(|id| canvas.say(id));
    row(
        canvas,
        &heads.each_ref().map(|head| &**head),
        palette.soft_ink,
        Rect::from_min_size(place.min, Vec2::new(place.width(), line)),
    );
    place.min.y += line;
    canvas.rule(Rect::from_min_size(place.min - Vec2::new(0.0, 2.0), Vec2::new(place.width(), 1.0)));
    if stage.live.timings.is_empty() {
        let words = canvas.say("merchant-no-timings");
        canvas.paragraph(&words, small, palette.soft_ink, place, Lay::Start, 2);
    }
    let fitting = (place.height() / line) as usize;
    for (index, cells) in stage.live.timings.iter().take(fitting).enumerate() {
        let min = Pos2::new(place.left(), place.top() + index as f32 * line);
        let at = Rect::from_min_size(min, Vec2::new(place.width(), line));
        row(canvas, &cells.each_ref().map(String::as_str), palette.ink, at);
    }
}

fn row(canvas: &mut Canvas<'_>, cells: &[&str; 4], color: egui::Color32, place: Rect) {
    let small = canvas.theme.small();
    let mut row = canvas.flow.row(place, 0.0);
    for (index, (cell, part)) in cells.iter().zip(COLUMNS).enumerate() {
        let lay = if index == 0 { Lay::Start } else { Lay::End };
        canvas.line(cell, small, color, row.take(place.width() * part), lay);
    }
}
