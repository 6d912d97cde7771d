//! Faces to try on instead of one's own: photos first, then mannequins from light to deep.

mod face;

use std::cmp::Ordering;
use std::sync::Arc;

use egui::{Id, Pos2, Rect, Vec2};

use self::face::Face;
use super::paper;
use crate::l10n::Value;
use crate::session::Action;
use crate::tryable::{Kind, Tryable};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{ButtonLook, Icon, IconButton, Lay};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Between two faces.
const GAP: f32 = space::L;
/// A face's picture is so much higher than wide.
const HIGHER: f32 = 1.18;

/// Shows them; no live picture.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    let page = paper::ground(canvas);
    let mut column = canvas.flow.column(page, 0.0);
    let touch = canvas.theme.touch;
    let reach = canvas.theme.reach && canvas.theme.portrait;
    let bar = if canvas.theme.reach { column.take_bottom(touch) } else { column.take(touch) };
    paper::bar(canvas, stage, bar);
    if canvas.theme.reach {
        column.take_bottom(space::L);
    } else {
        column.skip(space::XL);
    }
    let (title, lede) = (canvas.say("models-title"), canvas.say("models-lede"));
    let style = if canvas.theme.portrait { canvas.theme.display() } else { canvas.theme.title() };
    let rest = column.rest();
    let style = paper::fitted_word(canvas, &title, style, rest.width());
    let end = paper::head(canvas, &title, &lede, style, rest);
    let mut place = Rect::from_min_max(Pos2::new(rest.left(), end + space::XL), rest.max);
    if reach {
        place = paper::reachable(canvas, place);
    }
    grid(canvas, stage, place);
    None
}

/// Photos first, then from light to deep; those whose tone nobody knows before the others of their kind.
fn in_order(a: &Tryable, b: &Tryable) -> Ordering {
    let key = |model: &Tryable| (matches!(model.kind, Kind::Mannequin { .. }), model.tone);
    key(a).cmp(&key(b))
}

/// What it is called: by its own message, by its tone, or as the merchant named the file.
fn name_of(canvas: &Canvas<'_>, model: &Tryable) -> Arc<str> {
    if let Some(name) = canvas.locale.own(&format!("models-name-{}", model.id), &[]) {
        return name.into();
    }
    match (&model.kind, model.tone) {
        (Kind::Mannequin { .. }, Some(tone)) => {
            canvas.say_with("models-tone", &[("tone", Value::Number(f64::from(tone)))]).into()
        }
        _ => Arc::clone(&model.id),
    }
}

/// Columns, rows and the size of a face with its name, as large as fits; pages if there are too many.
fn cells(count: usize, place: Vec2, name: f32, least: f32) -> (usize, usize, Vec2) {
    let fit = |columns: usize| {
        let width = (place.x - GAP * (columns - 1) as f32) / columns as f32;
        Vec2::new(width, width * HIGHER + name)
    };
    let most = (((place.x + GAP) / (least + GAP)) as usize).max(2);
    let rows_in = |cell: Vec2| (((place.y + GAP) / (cell.y + GAP)) as usize).max(1);
    let all = (2..=most).find(|columns| columns * rows_in(fit(*columns)) >= count);
    let columns = all.unwrap_or(most);
    let mut cell = fit(columns);
    let rows = rows_in(cell).min(count.div_ceil(columns)).max(1);
    // A single row may be too high.
    let high = (place.y - GAP * (rows - 1) as f32) / rows as f32;
    if cell.y > high {
        cell = Vec2::new(((high - name) / HIGHER).max(1.0), high);
    }
    (columns, rows, cell)
}

fn grid(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let mut order: Vec<usize> = (0..stage.models.len()).collect();
    order.sort_by(|a, b| in_order(&stage.models[*a], &stage.models[*b]));
    let name = canvas.theme.line(canvas.theme.label()) + space::S;
    // Faces are told apart from 20 mm on, but nobody reads a name that small.
    let least = (canvas.theme.touch * 1.2).max(if canvas.theme.large_text { 200.0 } else { 168.0 });
    let (mut columns, mut rows, mut cell) = cells(order.len(), place.size(), name, least);
    let mut place = place;
    let paged = order.len() > columns * rows;
    let mut page = 0;
    if paged {
        let arrows = canvas.theme.touch;
        let bar = Rect::from_min_max(Pos2::new(place.left(), place.bottom() - arrows), place.max);
        place.max.y = bar.top() - space::M;
        (columns, rows, cell) = cells(order.len(), place.size(), name, least);
        page = pages(canvas, bar, order.len().div_ceil(columns * rows));
    }
    let each = columns * rows;
    let shown = order.iter().skip(page * each).take(each);
    // The last face ends where the page ends; what a row is short of lies between.
    let between = if columns > 1 { (place.width() - cell.x * columns as f32) / (columns - 1) as f32 } else { 0.0 };
    let between = between.min(GAP * 2.0);
    for (at, &index) in shown.enumerate() {
        let step = Vec2::new((cell.x + between) * (at % columns) as f32, (cell.y + GAP) * (at / columns) as f32);
        let rect = canvas.flow.mirror(Rect::from_min_size(place.min + step, cell), place);
        let model = &stage.models[index];
        let words = name_of(canvas, model);
        let picture = stage.pictures.models.get(index).copied().flatten();
        if face::show(canvas, rect, name, &Face { name: &words, tone: model.tone, picture }) {
            canvas.act(Action::TryModel(Arc::clone(&model.id)));
        }
    }
}

/// A step back and on, and which page it is; returns the page.
fn pages(canvas: &mut Canvas<'_>, place: Rect, count: usize) -> usize {
    let id = Id::unique("models page");
    let page = canvas.ui.ctx().data(|data| data.get_temp::<usize>(id)).unwrap_or(0).min(count.saturating_sub(1));
    let side = Vec2::splat(place.height());
    let middle = Rect::from_center_size(place.center(), Vec2::new(4.5 * side.x, side.y));
    let mut row = canvas.flow.row(middle, 0.0);
    let (back, on) = (row.take(side.x), row.take_end(side.x));
    let [before, after] = [canvas.say("word-back"), canvas.say("word-next")];
    let mut asked = page;
    let quiet = |icon, name| IconButton::new(icon, name).look(ButtonLook::Quiet);
    if canvas.icon_button("page back", back, &quiet(Icon::Back, &before).enabled(page > 0)) {
        asked = page.saturating_sub(1);
    }
    if canvas.icon_button("page on", on, &quiet(Icon::Next, &after).enabled(page + 1 < count)) {
        asked = page + 1;
    }
    let [this, all] = [page + 1, count].map(|number| Value::Number(number as f64));
    let words = canvas.say_with("models-page", &[("page", this), ("pages", all)]);
    let (style, ink) = (canvas.theme.label(), canvas.theme.palette.ink);
    canvas.line(&words, style, ink, row.rest(), Lay::Middle);
    if asked != page {
        canvas.ui.ctx().data_mut(|data| data.insert_temp(id, asked));
        canvas.ui.ctx().request_repaint();
    }
    asked.min(count.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_fits_as_large_as_it_can() {
        for (count, place) in [
            (13, Vec2::new(984.0, 1440.0)),
            (13, Vec2::new(1824.0, 700.0)),
            (3, Vec2::new(984.0, 700.0)),
            (13, Vec2::new(984.0, 700.0)),
        ] {
            let (columns, rows, cell) = cells(count, place, 42.0, 168.0);
            assert!(columns * rows >= count, "{count} in {place}: {columns}×{rows}");
            assert!(
                cell.x * columns as f32 + GAP * (columns - 1) as f32 <= place.x + 0.5,
                "{count} in {place}: {cell}"
            );
            assert!(cell.y * rows as f32 + GAP * (rows - 1) as f32 <= place.y + 0.5, "{count} in {place}: {cell}");
        }
    }

    #[test]
    fn too_many_faces_fill_whole_pages() {
        let (columns, rows, cell) = cells(200, Vec2::new(984.0, 600.0), 42.0, 168.0);
        assert!(columns * rows < 200 && columns >= 5 && rows == 2 && cell.x >= 168.0);
    }
}
