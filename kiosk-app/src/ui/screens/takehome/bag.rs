//! What the look holds, and what that costs.

use egui::Rect;

use crate::catalogue::{Item, Price};
use crate::l10n::Value;
use crate::session::Session;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Lay, Rail};
use crate::ui::screens::goods;
use crate::ui::screens::list_row::{self, ListRow};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Side of a swatch.
const SWATCH: f32 = 60.0;

/// The products that are worn, each once, in the order in which they are put on.
fn items<'a>(stage: &Stage<'a>) -> Vec<&'a Item> {
    let session: &'a Session = stage.session;
    let mut worn: Vec<_> = session.people().leader().outfit().layers.iter().collect();
    worn.sort_by_key(|worn| worn.product.category.order());
    let mut items: Vec<&Item> = Vec::new();
    for item in worn.iter().filter_map(|worn| stage.catalogue.item(worn.product_id.as_deref()?)) {
        if items.iter().all(|other| other.id != item.id) {
            items.push(item);
        }
    }
    items
}

/// All prices together; `None` if one is not known.
fn total(stage: &Stage<'_>, items: &[&Item]) -> Option<Price> {
    let mut prices = items.iter().map(|item| goods::price(stage, item));
    let first = *prices.next()??;
    prices.try_fold(first, |sum, price| {
        let minor = sum.minor.checked_add(price?.minor)?;
        Some(Price { minor, ..sum })
    })
}

/// Layers that are a look's own recipe, which no shop sells.
fn unsold(stage: &Stage<'_>) -> usize {
    stage.session.people().leader().outfit().layers.iter().filter(|worn| worn.product_id.is_none()).count()
}

/// The list with its head and total.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let items = items(stage);
    let mut column = canvas.flow.column(place, space::M);
    let mut head = canvas.flow.row(column.take(theme.line(theme.heading())), space::M);
    if let Some(total) = total(stage, &items) {
        let total = canvas.locale.money(total);
        let wide = canvas.measure(&total, theme.heading(), place.width() * 0.5).x + 1.0;
        let at = head.take_end(wide);
        canvas.ink(&total, theme.heading(), palette.ink, at, Lay::End);
        let told = canvas.say_with("takehome-total-spoken", &[("total", Value::Text(&total))]);
        canvas.tell(&told, at);
    }
    let count = canvas.say_with("takehome-products", &[("count", Value::Number(items.len() as f64))]);
    canvas.line(&count, theme.heading(), palette.ink, head.rest(), Lay::Start);
    let unsold = unsold(stage);
    if unsold > 0 {
        let note = canvas.say_with("takehome-unsold", &[("count", Value::Number(unsold as f64))]);
        let high = crate::ui::screens::page::height_of(canvas, &note, theme.small(), place.width());
        let at = column.take_bottom(high);
        canvas.fitting(&note, theme.small(), palette.soft_ink, at, Lay::Start);
    }
    list(canvas, stage, &items, column.rest());
}

fn list(canvas: &mut Canvas<'_>, stage: &Stage<'_>, items: &[&Item], place: Rect) {
    let theme = *canvas.theme;
    let (label, small) = (theme.label(), theme.small());
    let high = (theme.line(label) + theme.line(small)).max(SWATCH) + space::S;
    if items.is_empty() || place.height() < high {
        return;
    }
    let gap = space::S;
    let fit = (((place.height() + gap) / (high + gap)).floor() as usize).max(1);
    let wide = place.width() >= 900.0 && !theme.large_text;
    let columns = if items.len() > fit && wide { 2 } else { 1 };
    let rows = items.len().div_ceil(columns).min(fit);
    let more = items.len() > columns * fit;
    let room = place.width() - if more { 1.24 * theme.touch + 2.0 * space::S } else { 0.0 };
    let gap = if columns > 1 { space::XL } else { gap };
    let width = (room - gap * (columns - 1) as f32) / columns as f32;
    let high = ((place.height() + gap) / rows as f32 - gap).clamp(SWATCH, high * 1.25);
    let place = place.with_max_y(place.top() + rows as f32 * (high + gap) - gap);
    let [back, next] = [canvas.say("word-back"), canvas.say("word-more")];
    let rail = Rail { gap, rows, reveal: None, arrows: [&back, &next] };
    canvas.rail("bag", place, &rail, &vec![width; items.len()], |kit, index, rect| {
        let item = items[index];
        let name = goods::name(stage, item);
        let price = goods::price_text(stage, item).unwrap_or_default();
        let category = goods::category(stage, item.product.category);
        let finish = goods::finish(stage, item.product.finish);
        let stock = goods::stock_text(stage, item.card.stock);
        let about = goods::dotted(&[Some(&category), Some(&finish), stock.as_deref()]);
        let row = ListRow { product: &item.product, swatch_side: SWATCH, name, about: &about, figure: &price };
        list_row::show(kit, ("good", index), rect, &row)
    });
}
