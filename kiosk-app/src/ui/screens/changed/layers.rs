//! What is worn: product, where it lies, and how much.

use carmine::look::{Category, Layer};
use egui::Rect;

use crate::l10n::Value;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Lay, Rail};
use crate::ui::screens::goods;
use crate::ui::screens::list_row::{self, ListRow};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Side of a swatch.
const SWATCH: f32 = 64.0;

/// Where a layer lies, in words: by its mask where that says more than its category.
fn place_of(layer: &Layer) -> &'static str {
    match layer.mask.name.as_str() {
        "lips-outline" | "lips-rim" => return "changed-at-lip-edge",
        "lips-centre" => return "changed-at-lip-centre",
        "outer-corner" => return "changed-at-outer-corner",
        "inner-corner" => return "changed-at-inner-corner",
        "crease" => return "changed-at-crease",
        "brow-bone" => return "changed-at-brow-bone",
        "lower-lash" | "liner-lower" | "liner-tight" => return "changed-at-lower-lash",
        "under-eye" => return "changed-at-under-eye",
        "jaw-1" | "jaw-2" | "jaw-3" => return "changed-at-jaw",
        "spot" => return "changed-at-spot",
        _ => {}
    }
    match layer.product.category {
        Category::Foundation => "changed-at-skin",
        Category::Concealer => "changed-at-under-eye",
        Category::Contour => "changed-at-contour",
        Category::Bronzer => "changed-at-sun",
        Category::Blush => "changed-at-cheeks",
        Category::Highlighter => "changed-at-high-points",
        Category::Eyeshadow => "changed-at-lids",
        Category::Eyeliner => "changed-at-lash-line",
        Category::Brow => "changed-at-brows",
        Category::Lens => "changed-at-irises",
        Category::LipLiner => "changed-at-lip-edge",
        Category::Lipstick | Category::LipGloss => "changed-at-lips",
        Category::Mascara | Category::Lashes => "changed-at-lashes",
    }
}

/// The list with its head; in columns if it is long.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let mut worn: Vec<&Layer> = stage.session.people().leader().outfit().layers.iter().collect();
    worn.sort_by_key(|worn| worn.product.category.order());
    let mut column = canvas.flow.column(place, space::M);
    let at = column.take(theme.line(theme.heading()));
    let head = if worn.is_empty() {
        canvas.say("changed-bare").to_string()
    } else {
        canvas.say_with("changed-layers", &[("count", Value::Number(worn.len() as f64))])
    };
    canvas.line(&head, theme.heading(), palette.ink, at, Lay::Start);
    let place = column.rest();
    if worn.is_empty() || place.height() < SWATCH {
        return;
    }
    let (label, small) = (theme.label(), theme.small());
    let high = (theme.line(label) + theme.line(small) + space::S).max(SWATCH + space::S);
    let gap = space::S;
    let fit = (((place.height() + gap) / (high + gap)).floor() as usize).max(1);
    let columns = if worn.len() <= fit || theme.large_text { 1 } else { 2 };
    // Two columns side by side where one is not enough; more of them are reached with the arrows.
    let rows = worn.len().div_ceil(columns).min(fit);
    let room = place.width() - if worn.len() > columns * fit { 1.24 * theme.touch + 2.0 * space::S } else { 0.0 };
    let high = ((place.height() + gap) / rows as f32 - gap).min(high * 1.3);
    let between = if columns > 1 { space::XL } else { gap };
    let width = (room - between * (columns - 1) as f32) / columns as f32;
    // The rail's gap is between columns and rows alike.
    let high = (high + gap - between).max(SWATCH);
    let place = place.with_max_y(place.top() + rows as f32 * (high + between) - between);
    let [back, next] = [canvas.say("word-back"), canvas.say("word-more")];
    let rail = Rail { gap: between, rows, reveal: None, arrows: [&back, &next] };
    let locale = stage.locale;
    canvas.rail("layers", place, &rail, &vec![width; worn.len()], |kit, index, rect| {
        let worn = worn[index];
        let item = worn.product_id.as_ref().and_then(|id| stage.catalogue.item(id));
        let name = item.map_or(worn.product.name.as_str(), |item| goods::name(stage, item));
        let amount = locale.percent(f64::from(worn.amount));
        let category = goods::category(stage, worn.product.category);
        let where_ = locale.text(place_of(worn));
        let about = goods::dotted(&[Some(&category), Some(&where_)]);
        let row = ListRow { product: &worn.product, swatch_side: SWATCH, name, about: &about, figure: &amount };
        list_row::show(kit, ("layer", index), rect, &row)
    });
}
