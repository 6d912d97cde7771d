//! The shades of the same category, to put beside one another or take away.

use carmine::look::Category;
use egui::{Rect, Vec2};

use crate::catalogue::Item;
use crate::l10n::Value;
use crate::session::{Action, Shelf, TILES};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Lay, Rail};
use crate::ui::screens::goods;
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Width of a shade with its name.
const WIDTH: f32 = 156.0;

fn side(canvas: &Canvas<'_>) -> f32 {
    canvas.theme.touch.max(88.0)
}

/// How high the strip is.
pub fn height(canvas: &Canvas<'_>) -> f32 {
    let theme = canvas.theme;
    theme.line(theme.label()) + space::S + side(canvas) + space::XS + theme.line(theme.small())
}

/// What is compared: the category of the shades that are, else of the shelf, else lipstick.
fn category(stage: &Stage<'_>) -> Category {
    let session = stage.session;
    let compared = session.compare().first().and_then(|id| stage.catalogue.item(id));
    match (compared, session.shelf()) {
        (Some(item), _) => item.product.category,
        (None, Shelf::Products(category)) => *category,
        (None, _) => Category::Lipstick,
    }
}

/// Lays the strip out.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let compare = stage.session.compare();
    let category = category(stage);
    let items: Vec<&Item> = stage.catalogue.items_of(category).collect();
    let mut column = canvas.flow.column(place, space::S);
    let mut head = canvas.flow.row(column.take(theme.line(theme.label())), space::M);
    let count = [("count", Value::Number(compare.len() as f64)), ("most", Value::Number(TILES as f64))];
    let counted = canvas.say_with("compare-count", &count);
    let counted_width = canvas.measure(&counted, theme.small(), place.width()).x;
    let at = head.take_end(counted_width + 1.0);
    canvas.line(&counted, theme.small(), palette.soft_ink, at, Lay::End);
    let hint = if compare.len() < 2 { "compare-add-two" } else { "compare-add" };
    let words = canvas.say(hint);
    canvas.line(&words, theme.label(), palette.ink, head.rest(), Lay::Start);

    let (side, names) = (side(canvas), theme.line(theme.small()));
    let [back, next] = [canvas.say("compare-earlier"), canvas.say("compare-later")];
    let reveal = compare.last().and_then(|last| items.iter().position(|item| item.id == *last));
    let rail = Rail { gap: space::S, rows: 1, reveal, arrows: [&back, &next] };
    let widths = vec![if theme.large_text { WIDTH * 1.2 } else { WIDTH }; items.len()];
    let mut action = None;
    canvas.rail(("strip", category), column.rest(), &rail, &widths, |kit, index, rect| {
        let item = items[index];
        let name = goods::name(stage, item);
        let chosen = compare.contains(&item.id);
        let tile = goods::tile(stage, item, chosen);
        let box_ = rect.with_max_y(rect.top() + side);
        let box_ = Rect::from_center_size(box_.center(), Vec2::splat(side));
        let (response, touched) = kit.tile(("shade", &*item.id), box_, &tile);
        let color = if chosen { palette.ink } else { palette.soft_ink };
        let words = Rect::from_min_max(egui::pos2(rect.left(), rect.bottom() - names), rect.max);
        let style = if chosen { theme.small_label() } else { theme.small() };
        kit.ink(name, style, color, words, Lay::Middle);
        action = goods::tile_action(touched, item, Action::CompareToggle).or(action.take());
        response
    });
    if let Some(action) = action {
        canvas.act(action);
    }
}
