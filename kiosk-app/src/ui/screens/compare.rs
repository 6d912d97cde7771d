//! Up to four shades on the same frozen face, side by side: the same crop, the same size.

mod slot;
mod strip;

use egui::Rect;

use self::slot::SlotPlace;
use super::page;
use crate::catalogue::Item;
use crate::session::TILES;
use crate::ui::canvas::Canvas;
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Lays the screen out.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    let title = canvas.say("compare-title");
    let about = canvas.say("compare-about");
    let page = page::open(canvas, &title, &about);
    let gap = if canvas.theme.portrait { space::L } else { space::M };
    let mut column = canvas.flow.column(page.body, gap);
    let strip = column.take_bottom(strip::height(canvas));
    for (index, place) in places(canvas, column.rest()).into_iter().enumerate() {
        let item: Option<&Item> = stage.session.compare().get(index).and_then(|id| stage.catalogue.item(id));
        match item {
            Some(item) => slot::show(canvas, stage, index, item, place),
            None => slot::empty(canvas, place, index == stage.session.compare().len()),
        }
    }
    strip::show(canvas, stage, strip);
    None
}

/// Two by two on a high screen, four side by side on a wide one. In reach mode all faces lie above all words, so that
/// what is touched is in the lower band.
fn places(canvas: &mut Canvas<'_>, body: Rect) -> Vec<SlotPlace> {
    let (flow, words) = (canvas.flow, slot::words_height(canvas));
    let across = if canvas.theme.portrait { 2 } else { TILES };
    let rows = TILES / across;
    let grid = |place: Rect| {
        let high = (place.height() - space::M * (rows - 1) as f32) / rows as f32;
        (0..rows).flat_map(move |row| {
            let top = place.top() + row as f32 * (high + space::M);
            let line = Rect::from_x_y_ranges(place.x_range(), top..=top + high);
            flow.split(line, across, space::M)
        })
    };
    if page::is_low(canvas) {
        let from = (body.bottom() - words * rows as f32 - space::M * (rows - 1) as f32).max(page::band_top(canvas));
        let [faces, below] = [body.with_max_y(from - space::M), body.with_min_y(from)];
        return grid(faces).zip(grid(below)).map(|(face, words)| SlotPlace { face, words }).collect();
    }
    let cut = |cell: Rect| {
        let at = cell.bottom() - words;
        SlotPlace { face: cell.with_max_y(at), words: cell.with_min_y(at) }
    };
    grid(body).map(cut).collect()
}
