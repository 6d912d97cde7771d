//! A product's card: what the shop says of it.

use std::sync::Arc;

use egui::{Rect, Vec2};

use super::goods;
use crate::catalogue::{Item, ItemId};
use crate::l10n::Value;
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Column, Icon, Lay};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Side of the swatch, and of the code for the ingredients.
const SWATCH: f32 = 220.0;
const CODE: f32 = 224.0;
/// The sheet's width where it does not fill the screen's.
const WIDTH: f32 = 1000.0;

/// Shows it over the screen.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, id: &ItemId) {
    let Some(item) = stage.catalogue.item(id) else {
        canvas.act(Action::Close);
        return;
    };
    let language = canvas.locale.language().code();
    let close = canvas.say("word-close");
    let height = height(canvas, stage, item);
    let sheet = canvas.sheet(item.name(language), &close, Vec2::new(WIDTH, height));
    if sheet.closed {
        canvas.act(Action::Close);
    }
    let mut column = canvas.flow.column(sheet.content, space::L);
    let at = column.take(SWATCH);
    head(canvas, stage, at, item);
    let touch = canvas.theme.touch;
    let at = column.take_bottom(touch);
    buttons(canvas, stage, at, item);
    facts(canvas, &mut column, item);
}

fn facts_height(canvas: &mut Canvas<'_>, item: &Item) -> f32 {
    let line = canvas.theme.line(canvas.theme.body()) + space::S;
    let claims = item.card.claims.len() as f32 * line;
    let carbon = item.card.carbon.as_ref().map_or(0.0, |_| line + 2.0 * canvas.theme.line(canvas.theme.small()));
    let left = claims + carbon;
    let code = item.card.ingredients_url.as_ref().map_or(0.0, |_| CODE + canvas.theme.line(canvas.theme.small()) * 2.0);
    left.max(code)
}

fn height(canvas: &mut Canvas<'_>, _stage: &Stage<'_>, item: &Item) -> f32 {
    let inset = 2.0 * (space::XL + space::S);
    let facts = facts_height(canvas, item);
    SWATCH + space::L + facts + space::L + canvas.theme.touch + inset + if facts > 0.0 { space::L } else { 0.0 }
}

/// The swatch, brand, name, price and stock.
fn head(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect, item: &Item) {
    let palette = canvas.theme.palette;
    let mut row = canvas.flow.row(place, space::XL);
    let at = row.take(SWATCH);
    canvas.swatch(&item.product, at, 24.0);
    // The cross has the upper corner.
    let side = canvas.theme.touch - space::L;
    row.take_end(side.max(0.0));
    let theme = canvas.theme;
    let (small, title, body, label) = (theme.small(), theme.title(), theme.body(), theme.label());
    let language = canvas.locale.language().code();
    let name = item.name(language);
    let words = row.rest();
    let wanted = canvas.measure_block(name, title, words.width(), 2).y;
    let one = theme.line(title);
    let line = stage.catalogue.line_of(&item.id).map(|line| line.name.clone());
    let brand: Vec<&str> =
        [item.card.brand.as_str(), line.as_deref().unwrap_or_default()].into_iter().filter(|p| !p.is_empty()).collect();
    let brand = brand.join("  ·  ");
    let others = theme.line(small) + theme.line(body).max(theme.line(label)) + 2.0 * space::S;
    let tall = if wanted > one * 1.5 && words.height() >= others + 2.0 * one { 2.0 * one } else { one };
    let block = Rect::from_center_size(words.center(), egui::vec2(words.width(), (others + tall).min(words.height())));
    let mut column = canvas.flow.column(block, space::S);
    let at = column.take(theme.line(small));
    canvas.line(&brand, small, palette.soft_ink, at, Lay::Start);
    let at = column.take(tall);
    canvas.fitting(name, title, palette.ink, at, Lay::Start);
    let at = column.rest();
    let finish = canvas.locale.finish(item.product.finish);
    let category = canvas.locale.category(item.product.category);
    let mut parts = vec![category.to_string(), finish.to_string()];
    parts.extend(goods::stock_text(stage, item.card.stock).map(|stock| stock.to_string()));
    if let Some(price) = goods::price_text(stage, item) {
        let mut row = canvas.flow.row(at, space::L);
        let wide = canvas.measure(&price, label, at.width()).x;
        let first = row.take(wide + 1.0);
        canvas.line(&price, label, palette.accent_ink, first, Lay::Start);
        let rest = row.rest();
        canvas.line(&parts.join("  ·  "), body, palette.ink, rest, Lay::Start);
    } else {
        canvas.line(&parts.join("  ·  "), body, palette.ink, at, Lay::Start);
    }
}

/// Claims and carbon on one side, the code to the ingredients on the other.
fn facts(canvas: &mut Canvas<'_>, column: &mut Column, item: &Item) {
    let place = column.rest();
    let palette = canvas.theme.palette;
    let (body, small) = (canvas.theme.body(), canvas.theme.small());
    let mut row = canvas.flow.row(place, space::XL);
    if let Some(url) = &item.card.ingredients_url {
        let wide = (CODE * 1.5).min(place.width() * 0.4);
        let at = row.take_end(wide);
        let words = canvas.say("card-ingredients");
        let mut code = canvas.flow.column(at, space::S);
        let square = code.take(CODE);
        canvas.qr(&words, url, square);
        let below = code.rest();
        canvas.paragraph(&words, small, palette.soft_ink, below, Lay::Middle, 2);
    }
    let mut lines = canvas.flow.column(row.rest(), space::S);
    for claim in &item.card.claims {
        let at = lines.take(canvas.theme.line(body));
        let words = claim_words(canvas, claim);
        fact(canvas, at, Icon::Check, &words);
    }
    if let Some(carbon) = &item.card.carbon {
        let at = lines.take(canvas.theme.line(body));
        let words = canvas.say_with("card-carbon", &[("grams", Value::Number(f64::from(carbon.grams)))]);
        fact(canvas, at, Icon::Leaf, &words);
        let mut source = canvas.flow.row(lines.rest(), space::M);
        source.take(34.0);
        let at = source.rest();
        canvas.paragraph(&carbon.source, small, palette.soft_ink, at, Lay::Start, 2);
    }
}

fn fact(canvas: &mut Canvas<'_>, place: Rect, icon: Icon, words: &str) {
    let palette = canvas.theme.palette;
    let mut row = canvas.flow.row(place, space::M);
    let at = row.take(34.0);
    canvas.icon(icon, at.center(), 30.0, palette.accent_ink);
    let (style, at) = (canvas.theme.body(), row.rest());
    canvas.line(words, style, palette.ink, at, Lay::Start);
}

/// A claim is a message of the house, or the merchant's own words.
fn claim_words(canvas: &Canvas<'_>, claim: &str) -> Arc<str> {
    CLAIMS.iter().find(|known| **known == claim).map_or_else(|| claim.into(), |id| canvas.say(id))
}

/// Claims that are translated.
const CLAIMS: [&str; 6] = [
    "claim-vegan",
    "claim-refillable",
    "claim-fragrance-free",
    "claim-waterproof",
    "claim-recycled-packaging",
    "claim-reusable",
];

fn buttons(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect, item: &Item) {
    let session = stage.session;
    let wears = session.people().leader().wears(&item.id);
    let marked = session.favourites().contains(&item.id);
    let [wear, save] = [
        canvas.say(if wears { "card-done" } else { "card-try" }),
        canvas.say(if marked { "card-saved" } else { "card-save" }),
    ];
    let places: Vec<Rect> = canvas.flow.split(place, 2, space::M).collect();
    if canvas.button("card-save", places[0], &Button::new(&save).icon(Icon::Heart).pressed(marked)) {
        canvas.act(Action::Favourite(Arc::clone(&item.id)));
    }
    let button = Button::primary(&wear).icon(Icon::Check);
    if canvas.button("card-wear", places[1], &button) {
        if !wears {
            canvas.act(Action::Wear(Arc::clone(&item.id)));
        }
        canvas.act(Action::Close);
    }
}
