//! The best three matches, one card each; their lines stand at the same height.

use std::sync::Arc;

use carmine::matching::Match;
use egui::{Rect, Vec2};

use super::words;
use crate::catalogue::{Item, ItemId};
use crate::l10n::Value;
use crate::session::{Action, JAW};
use crate::text::Style;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Icon, Lay, RADIUS};
use crate::ui::screens::{goods, page};
use crate::ui::stage::Stage;
use crate::ui::theme::{Theme, space};

/// Lines of a card: name, closeness, direction, confidence, price.
const LINES: usize = 5;
/// How high a swatch is at least.
const SWATCH_LEAST: f32 = 72.0;
/// How high a swatch is where there is room.
const SWATCH_BEST: f32 = 132.0;
/// Side of the number in a swatch's corner.
const NUMBER: f32 = 44.0;

struct MatchCard<'a> {
    item: &'a Item,
    lines: [String; LINES],
}

fn cards<'a>(stage: &Stage<'a>) -> Vec<MatchCard<'a>> {
    let best = stage.session.matches().iter().take(JAW);
    let with_item = best.filter_map(|(id, found)| Some((stage.catalogue.item(id)?, found)));
    with_item.map(|(item, found)| MatchCard { item, lines: lines(stage, item, found) }).collect()
}

fn lines(stage: &Stage<'_>, item: &Item, found: &Match) -> [String; LINES] {
    let locale = stage.locale;
    let price = goods::price_text(stage, item);
    let stock = goods::stock_text(stage, item.card.stock);
    [
        goods::name(stage, item).to_owned(),
        words::closeness(locale, found.delta_e00),
        locale.text(words::direction(found)).to_string(),
        words::confidence(locale, found.confidence),
        goods::dotted(&[price.as_deref(), stock.as_deref()]),
    ]
}

fn styles(theme: &Theme) -> [Style; LINES] {
    [theme.label(), theme.small_label(), theme.small(), theme.small(), theme.small()]
}

/// Gap above each line.
const GAPS: [f32; LINES] = [space::S, space::XS, 0.0, 0.0, space::XS];

fn inner_width(room: f32) -> f32 {
    (room - 2.0 * space::M) / JAW as f32 - 2.0 * space::M
}

/// What each line needs, the tallest card's.
fn heights(canvas: &mut Canvas<'_>, cards: &[MatchCard<'_>], width: f32) -> [f32; LINES] {
    let styles = styles(canvas.theme);
    std::array::from_fn(|line| {
        let high = |card: &MatchCard<'_>| page::height_of(canvas, &card.lines[line], styles[line], width);
        cards.iter().map(high).fold(0.0, f32::max)
    })
}

/// How high the cards would like to be in a room of this width.
pub fn height(canvas: &mut Canvas<'_>, stage: &Stage<'_>, room: f32) -> f32 {
    let cards = cards(stage);
    if cards.is_empty() {
        return canvas.theme.line(canvas.theme.body()) * 2.0;
    }
    let lines = heights(canvas, &cards, inner_width(room));
    let words = lines.iter().sum::<f32>() + GAPS.iter().sum::<f32>();
    SWATCH_BEST + words + space::M + canvas.theme.touch + 2.0 * space::M
}

/// Lays the cards out side by side.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let cards = cards(stage);
    let heights = heights(canvas, &cards, inner_width(place.width()));
    let places: Vec<Rect> = canvas.flow.split(place, JAW, space::M).collect();
    for (index, (card, place)) in cards.iter().zip(places).enumerate() {
        canvas.outlined(place, RADIUS, palette.surface, palette.line);
        let mut column = canvas.flow.column(place.shrink(space::M), 0.0);
        let button = column.take_bottom(theme.touch);
        column.take_bottom(space::M);
        let words = heights.iter().sum::<f32>() + GAPS.iter().sum::<f32>();
        let swatch = column.take((column.rest().height() - words).clamp(SWATCH_LEAST, place.width().max(SWATCH_LEAST)));
        page::swatch_across(canvas, &card.item.product, swatch);
        let number = canvas.locale.number((index + 1) as f64, 0);
        let corner = Rect::from_min_size(swatch.min + Vec2::splat(space::S), Vec2::splat(NUMBER));
        self::number(canvas, &number, canvas.flow.mirror(corner, swatch));
        let told = card.lines.join(". ");
        let from = column.rest();
        for (line, style) in styles(&theme).into_iter().enumerate() {
            column.take(GAPS[line]);
            let at = column.take(heights[line]);
            if at.height() + 2.0 < theme.line(style) {
                break;
            }
            let color = if line < 2 { palette.ink } else { palette.soft_ink };
            let lines = (heights[line] / theme.line(style)).round().max(1.0) as u8;
            canvas.ink_block(&card.lines[line], style, color, at, Lay::Start, lines, 0.0);
        }
        canvas.tell(&told, from);
        wear(canvas, stage, &card.item.id, button);
    }
}

/// The button that wears a match.
fn wear(canvas: &mut Canvas<'_>, stage: &Stage<'_>, id: &ItemId, place: Rect) {
    let Some(item) = stage.catalogue.item(id) else { return };
    let worn = stage.session.people().leader().wears(id);
    let name = goods::name(stage, item);
    let text = canvas.say(if worn { "shade-worn" } else { "shade-wear" });
    let spoken = canvas.say_with("shade-wear-spoken", &[("shade", Value::Text(name))]);
    let button = Button::new(&text).name(&spoken);
    let button = if worn { button.icon(Icon::Check).pressed(true) } else { button };
    if canvas.button(("wear", &**id), place, &button) {
        let category = item.product.category;
        canvas.act(if worn { Action::TakeOff(category) } else { Action::Wear(Arc::clone(id)) });
    }
}

/// A number in a disc, as it stands on the jaw's legend too.
pub fn number(canvas: &mut Canvas<'_>, number: &str, place: Rect) {
    let palette = canvas.theme.palette;
    canvas.fill(place, place.height() / 2.0, palette.surface);
    canvas.ui.painter().circle_stroke(place.center(), place.height() / 2.0, egui::Stroke::new(1.5, palette.line));
    let style = canvas.theme.small_label();
    canvas.ink(number, style, palette.ink, place, Lay::Middle);
}
