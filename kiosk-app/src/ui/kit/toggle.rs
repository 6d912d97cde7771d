//! A switch that is on or off, beside its words.

use egui::{AsIdSalt, Rect, Role, WidgetInfo};

use super::{Icon, Kit, Lay, RADIUS, mix, square};
use crate::ui::theme::{space, time};

/// The switch itself.
const WIDTH: f32 = 76.0;
const HEIGHT: f32 = 44.0;
/// Side of the icon before the words.
const SIDE: f32 = 34.0;

impl Kit<'_> {
    /// What it is switched to, when it was tapped.
    pub fn toggle(
        &mut self,
        salt: impl AsIdSalt,
        rect: Rect,
        icon: Option<Icon>,
        words: &str,
        on: bool,
    ) -> Option<bool> {
        let response = self.tap(salt, rect);
        let palette = self.theme.palette;
        let eased = self.eased(response.id.with("on"), on, time::QUICK);
        let down = self.eased(response.id.with("down"), response.is_pointer_button_down_on(), time::QUICK);
        self.fill(rect, RADIUS, palette.sunk.gamma_multiply(0.7 * down));
        self.focus_ring(&response, rect, RADIUS);
        let mut row = self.flow.row(rect.shrink2(egui::vec2(space::M, 0.0)), space::M);
        if let Some(icon) = icon {
            let at = row.take(SIDE);
            self.icon(icon, at.center(), SIDE, palette.ink);
        }
        let track = Rect::from_center_size(row.take_end(WIDTH).center(), egui::vec2(WIDTH, HEIGHT));
        self.fill(track, HEIGHT / 2.0, mix(palette.soft_ink, palette.accent, eased));
        let travel = WIDTH - HEIGHT;
        let offset = if self.flow.rtl { 1.0 - eased } else { eased } * travel;
        let knob = egui::pos2(track.left() + HEIGHT / 2.0 + offset, track.center().y);
        self.fill(square(knob, HEIGHT - 10.0), HEIGHT, palette.surface);
        let lines = if rect.height() >= 2.0 * self.theme.line(self.theme.label()) { 2 } else { 1 };
        self.ink_block(words, self.theme.label(), palette.ink, row.rest(), Lay::Start, lines, 0.5);
        response.widget_info(|| WidgetInfo::selected(Role::Switch, true, on, words));
        response.clicked().then_some(!on)
    }
}
