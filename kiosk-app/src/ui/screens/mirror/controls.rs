//! What is worn of a category: its name, how much of it, and how it shines.

use std::sync::Arc;

use carmine::look::{Category, Finish};
use egui::Rect;

use crate::catalogue::Item;
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Icon, IconButton, Lay, Slider};
use crate::ui::screens::goods;
use crate::ui::stage::Stage;
use crate::ui::theme::{Theme, space};

/// One step of the amount, in coats.
const STEP: f32 = 0.1;
/// The most coats.
const MOST: f32 = 2.0;

fn name_height(theme: &Theme) -> f32 {
    (theme.line(theme.heading()) + theme.line(theme.small()) + space::S).max(theme.touch)
}

fn control_height(theme: &Theme) -> f32 {
    theme.line(theme.small()) + space::XS + theme.touch
}

/// How high they are together.
pub(super) fn height(theme: &Theme) -> f32 {
    let rows = if theme.portrait { 1.0 } else { 2.0 };
    name_height(theme) + rows * (control_height(theme) + space::S + space::XS)
}

/// Shows them.
pub(super) fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect, category: Category) {
    let mut column = canvas.flow.column(place, space::S + space::XS);
    let at = column.take(name_height(canvas.theme));
    name(canvas, stage, at, category);
    if canvas.theme.portrait {
        let mut row = canvas.flow.row(column.rest(), space::XL);
        let at = row.take(row.rest().width() * 0.42);
        amount(canvas, stage, at, category);
        finish(canvas, stage, row.rest(), category);
    } else {
        let at = column.take(control_height(canvas.theme));
        amount(canvas, stage, at, category);
        let at = column.take(control_height(canvas.theme));
        finish(canvas, stage, at, category);
    }
}

/// Name, brand and price of what is worn; what it can be asked for.
fn name(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect, category: Category) {
    let palette = canvas.theme.palette;
    let worn = stage.session.people().leader().of(category);
    let Some(worn) = worn else {
        let words = canvas.say("mirror-touch-a-shade");
        let style = canvas.theme.body();
        let lines = (place.height() / canvas.theme.line(style)) as u8;
        let laid = canvas.ink_block(&words, style, palette.soft_ink, place, Lay::Start, lines, 0.5);
        canvas.tell(&words, laid);
        return;
    };
    let item = worn.product_id.as_deref().and_then(|id| stage.catalogue.item(id));
    let mut row = canvas.flow.row(place, space::M);
    if let Some(item) = item {
        buttons(canvas, stage, &mut row, item);
    }
    let language = canvas.locale.language().code();
    let name = item.map_or(&*worn.product.name, |item| item.name(language));
    let detail = item.map_or_else(|| canvas.say("mirror-own-recipe").to_string(), |item| detail(stage, item));
    let mut words = row.rest();
    let (heading, small) = (canvas.theme.heading(), canvas.theme.small());
    let tall = canvas.theme.line(heading) + canvas.theme.line(small);
    words = Rect::from_center_size(words.center(), egui::vec2(words.width(), tall));
    let mut lines = canvas.flow.column(words, 0.0);
    let at = lines.take(canvas.theme.line(heading));
    canvas.line(name, heading, palette.ink, at, Lay::Start);
    let at = lines.rest();
    canvas.line(&detail, small, palette.soft_ink, at, Lay::Start);
}

/// The price first: the brand is on the line and on the card.
fn detail(stage: &Stage<'_>, item: &Item) -> String {
    let price = goods::price_text(stage, item);
    let parts = [price.unwrap_or_default(), item.card.brand.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("  ·  ")
}

fn buttons(canvas: &mut Canvas<'_>, stage: &Stage<'_>, row: &mut crate::ui::kit::Row, item: &Item) {
    let touch = canvas.theme.touch;
    let session = stage.session;
    let [info, mark, compare] = ["mirror-card", "mirror-save", "mirror-compare-this"].map(|id| canvas.say(id));
    let square = |place: Rect| Rect::from_center_size(place.center(), egui::Vec2::splat(touch));
    let compared = session.compare().contains(&item.id);
    let at = square(row.take_end(touch));
    if canvas.icon_button("compare-this", at, &IconButton::new(Icon::Compare, &compare).pressed(compared)) {
        canvas.act(Action::CompareToggle(Arc::clone(&item.id)));
    }
    let marked = session.favourites().contains(&item.id);
    let at = square(row.take_end(touch));
    if canvas.icon_button("save-this", at, &IconButton::new(Icon::Heart, &mark).pressed(marked)) {
        canvas.act(Action::Favourite(Arc::clone(&item.id)));
    }
    let at = square(row.take_end(touch));
    if canvas.icon_button("card-of-this", at, &IconButton::new(Icon::Info, &info)) {
        canvas.act(Action::Card(Arc::clone(&item.id)));
    }
}

/// A small word over a control; returns what is left below.
fn captioned(canvas: &mut Canvas<'_>, place: Rect, words: &str) -> Rect {
    let style = canvas.theme.small();
    let mut column = canvas.flow.column(place, space::XS);
    let at = column.take(canvas.theme.line(style));
    let color = canvas.theme.palette.soft_ink;
    canvas.ink(words, style, color, at, Lay::Start);
    column.take(canvas.theme.touch)
}

fn amount(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect, category: Category) {
    let worn = stage.session.people().leader().of(category);
    let [name, less, more] = ["word-amount", "mirror-less", "mirror-more"].map(|id| canvas.say(id));
    let at = captioned(canvas, place, &name);
    let slider = Slider {
        name: &name,
        less: &less,
        more: &more,
        value: worn.map_or(0.0, |worn| worn.amount),
        range: 0.0..=MOST,
        step: STEP,
        enabled: worn.is_some(),
    };
    if let Some(value) = canvas.slider(("amount", category), at, &slider) {
        canvas.act(Action::Amount(category, value));
    }
}

fn finish(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect, category: Category) {
    let sold: Vec<Finish> = stage.catalogue.finishes(category);
    if sold.len() < 2 {
        return;
    }
    let worn = stage.session.people().leader().of(category);
    let caption = canvas.say("word-finish");
    let at = captioned(canvas, place, &caption);
    let words: Vec<Arc<str>> = sold.iter().map(|finish| canvas.locale.finish(*finish)).collect();
    let words: Vec<&str> = words.iter().map(|word| &**word).collect();
    let chosen = worn.and_then(|worn| sold.iter().position(|finish| *finish == worn.product.finish));
    if let Some(index) = canvas.segmented(("finish", category), at, &words, chosen)
        && worn.is_some()
    {
        canvas.act(Action::Finish(category, sold[index]));
    }
}
