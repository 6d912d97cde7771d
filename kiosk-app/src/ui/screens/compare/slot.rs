//! One shade on the face, with its words and the button that wears it.

use std::sync::Arc;

use egui::{CornerRadius, Rect, Sense};

use crate::catalogue::{Item, Stock};
use crate::l10n::Value;
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Icon, Lay, RADIUS};
use crate::ui::screens::{goods, page};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Side of the swatch beside the name.
const SWATCH: f32 = 72.0;

/// Where one shade's face and its words lie.
#[derive(Clone, Copy, Debug)]
pub struct SlotPlace {
    /// Of the picture.
    pub face: Rect,
    /// Of its words and the button.
    pub words: Rect,
}

/// Lines that a name may take.
fn name_lines(canvas: &Canvas<'_>) -> u8 {
    if canvas.theme.large_text { 2 } else { 1 }
}

/// How high the words of a shade are.
pub fn words_height(canvas: &Canvas<'_>) -> f32 {
    let theme = canvas.theme;
    let words = f32::from(name_lines(canvas)) * theme.line(theme.label()) + theme.line(theme.small());
    3.0 * space::M + words.max(SWATCH) + theme.touch
}

/// A shade.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, index: usize, item: &Item, place: SlotPlace) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let joined = place.face.bottom() == place.words.top();
    let whole = if joined { place.face.union(place.words) } else { place.words };
    canvas.outlined(whole, RADIUS, palette.surface, palette.line);

    let name = goods::name(stage, item);
    let radius = RADIUS as u8;
    let corners =
        if joined { CornerRadius { nw: radius, ne: radius, sw: 0, se: 0 } } else { CornerRadius::same(radius) };
    let face_name = canvas.say_with("compare-face", &[("shade", Value::Text(name))]);
    page::picture(canvas, &face_name, stage.pictures.tiles.get(index).copied().flatten(), place.face, corners);
    // A tap on the face chooses it too; the button below says so, and is the one that keyboards walk to.
    let face = canvas.ui.interact(place.face, canvas.id(("face", index)), Sense::CLICK);

    let mut column = canvas.flow.column(place.words.shrink(space::M), space::M);
    let button_place = column.take_bottom(theme.touch);
    words(canvas, stage, item, column.rest());

    let worn = stage.session.people().leader().wears(&item.id);
    let text = canvas.say(if worn { "compare-worn" } else { "compare-wear" });
    let spoken = canvas.say_with("compare-wear-spoken", &[("shade", Value::Text(name))]);
    let button = Button::new(&text).name(&spoken);
    let button = if worn { button.icon(Icon::Check).pressed(true) } else { button };
    if canvas.button(("wear", index), button_place, &button) || face.clicked() {
        canvas.act(Action::Keep(Arc::clone(&item.id)));
    }
}

fn words(canvas: &mut Canvas<'_>, stage: &Stage<'_>, item: &Item, place: Rect) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let mut row = canvas.flow.row(place, space::M);
    let swatch = Rect::from_center_size(row.take(SWATCH).center(), egui::Vec2::splat(SWATCH));
    canvas.swatch(&item.product, swatch, RADIUS);
    let finish = goods::finish(stage, item.product.finish);
    let price = goods::price_text(stage, item);
    let out = (item.card.stock == Stock::Out).then(|| canvas.say("stock-out"));
    let about = goods::dotted(&[Some(&finish), price.as_deref(), out.as_deref()]);
    let name = goods::name(stage, item);
    let (label, small) = (theme.label(), theme.small());
    let lines = name_lines(canvas);
    let high = canvas.measure_block(name, label, row.rest().width(), lines).y + theme.line(small);
    let rest = Rect::from_center_size(row.rest().center(), egui::vec2(row.rest().width(), high));
    let laid = canvas.paragraph(name, label, palette.ink, rest, Lay::Start, lines);
    canvas.paragraph(&about, small, palette.soft_ink, rest.with_min_y(laid.bottom()), Lay::Start, 1);
}

/// Room for another shade; the first one says so.
pub fn empty(canvas: &mut Canvas<'_>, place: SlotPlace, first: bool) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let whole = place.face.union(place.words);
    canvas.outlined(whole, RADIUS, palette.ground, palette.line);
    canvas.icon(Icon::Plus, whole.center() - egui::vec2(0.0, space::XXL), 56.0, palette.soft_ink);
    if !first {
        return;
    }
    let text = canvas.say("compare-empty");
    let words = whole.with_min_y(whole.center().y).shrink2(egui::vec2(space::L, 0.0));
    canvas.fitting(&text, theme.body(), palette.soft_ink, words, Lay::Middle);
}
