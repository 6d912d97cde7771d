//! The matches after the best three, in a row that can be scrolled.

use std::sync::Arc;

use egui::{Rect, Role, Sense, WidgetInfo};

use super::words;
use crate::session::{Action, JAW};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Icon, Lay, RADIUS, Rail, mix};
use crate::ui::screens::goods;
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Side of a swatch.
const SWATCH: f32 = 64.0;

/// How high the row is.
pub fn height(canvas: &Canvas<'_>) -> f32 {
    let theme = canvas.theme;
    (theme.line(theme.small_label()) + theme.line(theme.small()) + space::M).max(theme.touch)
}

/// Lays the row out.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let (name_style, small) = (theme.small_label(), theme.small());
    let others = stage.session.matches().iter().skip(JAW);
    let others: Vec<_> = others
        .filter_map(|(id, found)| {
            let item = stage.catalogue.item(id)?;
            let delta = stage.locale.number(f64::from(found.delta_e00), 1);
            let about = goods::dotted(&[Some(&format!("ΔE {delta}")), goods::price_text(stage, item).as_deref()]);
            let told = goods::dotted(&[
                Some(goods::name(stage, item)),
                Some(&words::closeness(stage.locale, found.delta_e00)),
                Some(&stage.locale.text(words::direction(found))),
            ]);
            Some((item, about, told))
        })
        .collect();
    let widths: Vec<f32> = others
        .iter()
        .map(|(item, about, _)| {
            let name = canvas.measure(goods::name(stage, item), name_style, 320.0).x;
            SWATCH + name.max(canvas.measure(about, small, 320.0).x) + 4.0 * space::M
        })
        .collect();
    let [back, next] = [canvas.say("shade-earlier"), canvas.say("shade-later")];
    let rail = Rail { gap: space::M, rows: 1, reveal: None, arrows: [&back, &next] };
    let mut action = None;
    let wardrobe = stage.session.people().leader();
    canvas.rail("rest", place, &rail, &widths, |kit, index, rect| {
        let (item, about, told) = &others[index];
        let worn = wardrobe.wears(&item.id);
        let response = kit.ui.interact(rect, kit.id(("other", &*item.id)), Sense::click());
        let down = kit.eased(response.id.with("down"), response.is_pointer_button_down_on(), 0.18);
        let line = if worn { palette.accent } else { palette.line };
        kit.outlined(rect, RADIUS, mix(palette.surface, palette.sunk, down), line);
        kit.focus_ring(&response, rect, RADIUS);
        let mut row = kit.flow.row(rect.shrink2(egui::vec2(space::M, 0.0)), space::M);
        let at = row.take(SWATCH);
        let at = Rect::from_center_size(at.center(), egui::Vec2::splat(SWATCH));
        kit.swatch(&item.product, at, RADIUS - 4.0);
        if worn {
            let mark = Rect::from_center_size(at.right_bottom() - egui::Vec2::splat(14.0), egui::Vec2::splat(28.0));
            kit.fill(mark, 14.0, palette.surface);
            kit.icon(Icon::Check, mark.center(), 20.0, palette.accent);
        }
        let high = theme.line(name_style) + theme.line(small);
        let rest = row.rest();
        let words = Rect::from_center_size(rest.center(), egui::vec2(rest.width(), high)).expand2(egui::vec2(1.0, 0.0));
        let mut lines = kit.flow.column(words, 0.0);
        let (name, under) = (lines.take(theme.line(name_style)), lines.rest());
        kit.ink(goods::name(stage, item), name_style, palette.ink, name, Lay::Start);
        kit.ink(about, small, palette.soft_ink, under, Lay::Start);
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, worn, told));
        if response.clicked() {
            action = Some(Action::Wear(Arc::clone(&item.id)));
        }
        response
    });
    if let Some(action) = action {
        canvas.act(action);
    }
}
