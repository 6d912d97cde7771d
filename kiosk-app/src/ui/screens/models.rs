//! Faces to try on instead of one's own: photos first, then mannequins from light to deep.

mod face;

use std::cmp::Ordering;
use std::sync::Arc;

use egui::{Id, Pos2, Rect, Vec2};

use self::face::ModelTile;
use super::paper;
use crate::l10n::Value;
use crate::session::Action;
use crate::tryable::{Tryable, TryableSource};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{ButtonStyle, Icon, IconButton, Lay};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Between two faces.
const GAP: f32 = space::L;

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
    let key = |model: &Tryable| (is_mannequin(model), model.tone);
    key(a).cmp(&key(b))
}

fn is_mannequin(model: &Tryable) -> bool {
    matches!(model.source, TryableSource::Mannequin { .. })
}

/// What it is called: by its own message, by its tone, or as the merchant named the file.
fn name_of(canvas: &Canvas<'_>, model: &Tryable) -> Arc<str> {
    if let Some(name) = canvas.locale.own(&format!("models-name-{}", model.id), &[]) {
        return name.into();
    }
    match (&model.source, model.tone) {
        (TryableSource::Mannequin { .. }, Some(tone)) => {
            canvas.say_with("models-tone", &[("tone", Value::Number(f64::from(tone)))]).into()
        }
        _ => Arc::clone(&model.id),
    }
}

/// How much higher than wide a face's picture may be, the best first.
const SHAPES: [f32; 4] = [1.3, 1.18, 1.05, 0.92];

/// Faces in columns and rows.
#[derive(Clone, Copy, Debug)]
struct Cells {
    columns: usize,
    rows: usize,
    /// Of a face with its name.
    size: Vec2,
}

impl Cells {
    /// As large as fits; not all of them where there are too many. `name` is a name's height, `least` a face's width.
    fn fit(count: usize, place: Vec2, name: f32, least: f32) -> Self {
        let most = (((place.x + GAP) / (least + GAP)) as usize).max(2);
        let fit = |columns: usize, shape: f32| {
            let size = part_cell(columns, shape, place.x, name);
            Self { columns, rows: (((place.y + GAP) / (size.y + GAP)) as usize).max(1), size }
        };
        let all = (2..=most).flat_map(|columns| SHAPES.map(|shape| fit(columns, shape)));
        let whole = all.filter(|cells| cells.each() >= count && cells.size.y <= place.y);
        let area = |cells: &Self| cells.size.x * (cells.size.y - name);
        let largest = whole.max_by(|a, b| area(a).total_cmp(&area(b)));
        let Self { columns, rows, size } = largest.unwrap_or_else(|| {
            // As many as there can be, and as high as leaves no room unused.
            SHAPES.map(|shape| fit(most, shape)).into_iter().max_by_key(|cells| cells.rows).unwrap_or(fit(most, 1.0))
        });
        let rows = rows.min(count.div_ceil(columns)).max(1);
        Self { columns, rows, size: Vec2::new(size.x, size.y.min(place.y)) }
    }

    /// How many are seen at once.
    fn each(self) -> usize {
        self.columns * self.rows
    }
}

fn grid(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let mut order: Vec<usize> = (0..stage.models.len()).collect();
    order.sort_by(|a, b| in_order(&stage.models[*a], &stage.models[*b]));
    let name = canvas.theme.line(canvas.theme.label()) + space::S;
    let photos = order.iter().filter(|index| !is_mannequin(&stage.models[**index])).count();
    if canvas.theme.portrait
        && let Some(Parted { shape, spare }) = parted(photos, order.len() - photos, place.size(), name)
    {
        let (photos, mannequins) = order.split_at(photos);
        // What is to spare lies above and between: nearer to the hand.
        let mut top = place.top() + (spare * 0.4).min(120.0);
        for (part, columns) in [(photos, PHOTOS), (mannequins, MANNEQUINS)] {
            let cell = part_cell(columns, shape, place.width(), name);
            let rest = Rect::from_min_max(Pos2::new(place.left(), top), place.max);
            faces(canvas, stage, part, columns, cell, rest);
            top += part.len().div_ceil(columns) as f32 * (cell.y + GAP) + space::L + (spare * 0.2).min(space::XXL);
        }
        return;
    }
    // Nobody reads a name that is narrower.
    let least = (canvas.theme.touch * 1.2).max(if canvas.theme.large_text { 200.0 } else { 168.0 });
    let mut cells = Cells::fit(order.len(), place.size(), name, least);
    let mut place = place;
    let mut page = 0;
    if order.len() > cells.each() {
        let arrows = canvas.theme.touch;
        let bar = Rect::from_min_max(Pos2::new(place.left(), place.bottom() - arrows), place.max);
        place.max.y = bar.top() - space::M;
        cells = Cells::fit(order.len(), place.size(), name, least);
        page = pages(canvas, bar, order.len().div_ceil(cells.each()));
    }
    let each = cells.each();
    let shown: Vec<usize> = order.into_iter().skip(page * each).take(each).collect();
    faces(canvas, stage, &shown, cells.columns, cells.size, place);
}

/// Columns of photos, and of mannequins: ten tones fill two rows.
const PHOTOS: usize = 3;
const MANNEQUINS: usize = 5;

fn part_cell(columns: usize, shape: f32, width: f32, name: f32) -> Vec2 {
    let width = (width - GAP * (columns - 1) as f32) / columns as f32;
    Vec2::new(width, width * shape + name)
}

/// Photos and mannequins, each in rows of their own.
struct Parted {
    /// How much higher than wide a face is.
    shape: f32,
    /// The height that is left over.
    spare: f32,
}

/// How both kinds fit into the place; `None` if they do not, or if there is only one.
fn parted(photos: usize, mannequins: usize, place: Vec2, name: f32) -> Option<Parted> {
    let height = |shape: f32| {
        let part = |count: usize, columns: usize| {
            count.div_ceil(columns) as f32 * (part_cell(columns, shape, place.x, name).y + GAP)
        };
        part(photos, PHOTOS) + space::L + part(mannequins, MANNEQUINS) - GAP
    };
    let all = SHAPES.into_iter().map(|shape| Parted { shape, spare: place.y - height(shape) });
    all.into_iter().find(|parted| photos > 1 && mannequins > 1 && parted.spare >= 0.0)
}

/// Faces in rows from the top of `place`, spread over its width.
fn faces(canvas: &mut Canvas<'_>, stage: &Stage<'_>, shown: &[usize], columns: usize, cell: Vec2, place: Rect) {
    let name = canvas.theme.line(canvas.theme.label()) + space::S;
    for (at, &index) in shown.iter().enumerate() {
        let step = Vec2::new((cell.x + GAP) * (at % columns) as f32, (cell.y + GAP) * (at / columns) as f32);
        let rect = canvas.flow.mirror(Rect::from_min_size(place.min + step, cell), place);
        let model = &stage.models[index];
        let words = name_of(canvas, model);
        let picture = stage.pictures.models.get(index).copied().flatten();
        if face::show(canvas, rect, name, &ModelTile { name: &words, tone: model.tone, picture }) {
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
    let quiet = |icon, name| IconButton::new(icon, name).look(ButtonStyle::Quiet);
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
            let Cells { columns, rows, size: cell } = Cells::fit(count, place, 42.0, 168.0);
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
        let Cells { columns, rows, size: cell } = Cells::fit(200, Vec2::new(984.0, 600.0), 42.0, 168.0);
        assert!(columns * rows < 200 && columns >= 5 && rows >= 2 && cell.x >= 168.0);
        assert!(cell.y * rows as f32 + GAP * (rows - 1) as f32 <= 600.0);
    }

    #[test]
    fn photos_and_mannequins_have_rows_of_their_own_where_there_is_room() {
        let shape = |photos, height| parted(photos, 10, Vec2::new(984.0, height), 42.0).map(|parted| parted.shape);
        assert_eq!(shape(3, 1540.0), Some(SHAPES[0]));
        assert_eq!(shape(3, 700.0), None);
        assert_eq!(shape(0, 1540.0), None);
    }
}
