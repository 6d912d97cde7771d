//! A panel over the dimmed screen, and a small menu beside its button.

use egui::{Id, Key, Rect, Role, Sense, Vec2, WidgetInfo};

use super::{Icon, IconButton, Kit, PANEL_RADIUS};
use crate::ui::theme::{space, time};

/// What became of a sheet in this frame.
#[derive(Clone, Copy, Debug)]
pub struct OpenSheet {
    /// Where its content goes.
    pub content: Rect,
    /// The ground beside it, its cross or Escape was touched.
    pub closed: bool,
}

impl Kit<'_> {
    /// Dims the screen and lays a panel of this size over it: at the bottom of a portrait screen, within reach; else in
    /// the middle. `name` is the panel's, `close` the cross's.
    pub fn sheet(&mut self, name: &str, close: &str, size: Vec2) -> OpenSheet {
        let (screen, palette) = (self.screen(), self.theme.palette);
        let id = self.id(("sheet", name));
        let shown =
            self.ui.ctx().animate_bool_with_time_and_easing(id, true, time::CALM, egui::emath::easing::cubic_out);
        let ground = self.ui.interact(screen, id.with("ground"), Sense::click_and_drag());
        self.ui.painter().rect_filled(screen, 0.0, palette.veil.gamma_multiply(shown));
        let size = size.min(screen.size() - Vec2::splat(2.0 * space::XL));
        let lift = (1.0 - shown) * 48.0;
        let panel = if self.theme.portrait {
            let size = Vec2::new(screen.width() - 2.0 * space::M, size.y);
            let min = egui::pos2(screen.left() + space::M, screen.bottom() - size.y - space::M + lift);
            Rect::from_min_size(min, size)
        } else {
            Rect::from_center_size(screen.center() + Vec2::new(0.0, lift), size)
        };
        let body = self.ui.interact(panel, id.with("body"), Sense::click_and_drag());
        body.widget_info(|| WidgetInfo::labeled(Role::Dialog, true, name));
        self.shadow(panel, PANEL_RADIUS);
        self.fill(panel, PANEL_RADIUS, palette.ground);
        let content = panel.shrink(space::XL + space::S);
        let side = self.theme.touch;
        let corner =
            Rect::from_min_size(egui::pos2(panel.right() - side - space::M, panel.top() + space::M), Vec2::splat(side));
        let corner = self.flow.mirror(corner, panel);
        let cross = self.icon_button(id.with("close"), corner, &IconButton::new(Icon::Close, close));
        let escape = self.ui.input(|input| input.key_pressed(Key::Escape));
        OpenSheet { content, closed: cross || escape || ground.clicked() }
    }

    /// A small panel beside the button it belongs to, kept on the screen; `content` fills it. A touch beside it closes.
    pub fn menu(&mut self, menu: Id, button: Rect, size: Vec2, content: impl FnOnce(&mut Kit<'_>, Rect)) {
        if !self.motion.is_open(menu) {
            return;
        }
        let (screen, palette) = (self.screen().shrink(space::M), self.theme.palette);
        let ground = self.ui.interact(self.screen(), menu.with("ground"), Sense::click());
        let above = button.center().y > screen.center().y;
        let top = if above { button.top() - space::M - size.y } else { button.bottom() + space::M };
        let left = if button.center().x > screen.center().x { button.right() - size.x } else { button.left() };
        let place = Rect::from_min_size(egui::pos2(left, top), size);
        let place = place.translate(egui::vec2(
            (screen.left() - place.left()).max(0.0) - (place.right() - screen.right()).max(0.0),
            (screen.top() - place.top()).max(0.0) - (place.bottom() - screen.bottom()).max(0.0),
        ));
        let body = self.ui.interact(place, menu.with("body"), Sense::click_and_drag());
        self.shadow(place, PANEL_RADIUS);
        self.fill(place, PANEL_RADIUS - space::S, palette.surface);
        content(self, place.shrink(space::M));
        let escape = self.ui.input(|input| input.key_pressed(Key::Escape));
        let fresh = self.motion.opened_in(self.ui.ctx().cumulative_pass_nr());
        if escape || (ground.clicked() && !body.contains_pointer() && !fresh) {
            self.motion.close();
            self.ui.ctx().request_repaint();
        }
    }
}
