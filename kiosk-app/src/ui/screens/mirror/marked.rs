//! What she marked with a heart.

use egui::Rect;

use super::products::arrows;
use crate::catalogue::Item;
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Icon, Lay, Rail};
use crate::ui::screens::goods;
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// A tile with its name below.
const WIDTH: f32 = 204.0;

/// Shows them.
pub(super) fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let session = stage.session;
    let items: Vec<&Item> = session.favourites().iter().filter_map(|id| stage.catalogue.item(id)).collect();
    if items.is_empty() {
        return nothing(canvas, place);
    }
    let wardrobe = session.people().leader();
    let [back, on] = arrows(canvas);
    let rail = Rail { gap: space::M, rows: 2, reveal: None, arrows: [&back, &on] };
    let mut asked = None;
    canvas.rail("marked", place, &rail, &vec![WIDTH; items.len()], |kit, index, rect| {
        let item = items[index];
        let style = kit.theme.small_label();
        let words = 2.0 * kit.theme.line(style);
        let side = (rect.height() - words - space::S).min(rect.width());
        let at = Rect::from_min_size(egui::pos2(rect.center().x - side / 2.0, rect.top()), egui::Vec2::splat(side));
        let below = Rect::from_min_max(egui::pos2(rect.left(), at.bottom() + space::XS), rect.max);
        let tile = goods::tile(stage, item, wardrobe.wears(&item.id));
        let (response, touched) = kit.tile(("marked", &item.id), at, &tile);
        kit.ink_block(tile.name, style, kit.theme.palette.ink, below, Lay::Middle, 2, 0.0);
        asked = goods::tile_action(touched, item, Action::Wear).or(asked.take());
        response
    });
    if let Some(action) = asked {
        canvas.act(action);
    }
}

/// What a heart is for, before there is one.
fn nothing(canvas: &mut Canvas<'_>, place: Rect) {
    let words = canvas.say("mirror-nothing-saved");
    let palette = canvas.theme.palette;
    let style = canvas.theme.body();
    let size = canvas.measure_block(&words, style, place.width() * 0.7, 3);
    let tall = 64.0 + space::M + size.y;
    let whole = Rect::from_center_size(place.center(), egui::vec2(place.width() * 0.7, tall));
    let mut column = canvas.flow.column(whole, space::M);
    let at = column.take(64.0);
    canvas.icon(Icon::Heart, at.center(), 60.0, palette.accent_ink);
    let at = column.rest();
    canvas.paragraph(&words, style, palette.soft_ink, at, Lay::Middle, 3);
}
