//! Chips: one of several, in a rail.

use carmine::look::Product;
use egui::{AsIdSalt, Rect, Response, Role, WidgetInfo};

use super::{Icon, Kit, Lay, mix};
use crate::ui::theme::{space, time};

/// A chip: a word, perhaps an icon before it.
#[derive(Clone, Copy, Debug)]
pub struct Chip<'a> {
    /// What it says.
    pub text: &'a str,
    /// Before the words.
    pub icon: Option<Icon>,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Over the picture.
    pub floating: bool,
}

impl<'a> Chip<'a> {
    /// A chip.
    pub fn new(text: &'a str, chosen: bool) -> Self {
        Self { text, icon: None, chosen, floating: false }
    }

    /// With an icon before the words.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// Over the picture.
    pub fn floating(self) -> Self {
        Self { floating: true, ..self }
    }
}

/// Side of a chip's icon.
const SIDE: f32 = 30.0;

impl Kit<'_> {
    /// How wide a chip is for its words.
    pub fn chip_width(&mut self, chip: &Chip<'_>) -> f32 {
        let icon = chip.icon.map_or(0.0, |_| SIDE + space::S);
        let style = self.theme.label();
        (self.measure(chip.text, style, 420.0).x + icon + 2.0 * space::L).ceil().max(self.theme.touch)
    }

    /// A chip; tapped when its response was clicked.
    pub fn chip(&mut self, salt: impl AsIdSalt, rect: Rect, chip: &Chip<'_>) -> Response {
        let response = self.tap(salt, rect);
        let palette = self.theme.palette;
        let radius = rect.height() / 2.0;
        let on = self.eased(response.id.with("on"), chip.chosen, time::QUICK);
        let down = self.eased(response.id.with("down"), response.is_pointer_button_down_on(), time::QUICK);
        let ground = if chip.floating { palette.over_picture } else { palette.surface };
        let fill = mix(mix(ground, palette.sunk, down), palette.ink, on);
        if chip.floating {
            self.shadow(rect, radius);
            self.fill(rect, radius, fill);
        } else {
            self.outlined(rect, radius, fill, mix(palette.line, palette.ink, on));
        }
        self.focus_ring(&response, rect, radius);
        let color = if chip.chosen { palette.surface } else { palette.ink };
        let style = self.theme.label();
        let mut inner = rect.shrink2(egui::vec2(space::L.min(rect.width() * 0.18), 0.0));
        if let Some(icon) = chip.icon {
            let mut row = self.flow.row(inner, space::S);
            let at = row.take(SIDE);
            self.icon(icon, at.center(), SIDE, color);
            inner = row.rest();
        }
        self.ink(chip.text, style, color, inner.expand2(egui::vec2(1.0, 0.0)), Lay::Middle);
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chip.chosen, chip.text));
        response
    }

    /// Up to three products overlapping like coins, from the reading start of `place`.
    fn coins<'p>(&mut self, products: impl Iterator<Item = &'p Product>, place: Rect) {
        let side = place.height();
        let surface = self.theme.palette.surface;
        for (index, product) in products.take(3).enumerate() {
            let left = place.left() + index as f32 * side * 0.68;
            let coin =
                self.flow.mirror(Rect::from_min_size(egui::pos2(left, place.top()), egui::Vec2::splat(side)), place);
            self.fill(coin, side / 2.0, surface);
            self.swatch(product, coin.shrink(3.0), side / 2.0);
        }
    }
}

/// How wide so many coins of this side are together.
fn coins_width(count: usize, side: f32) -> f32 {
    side * (1.0 + 0.68 * count.clamp(1, 3).saturating_sub(1) as f32)
}

/// How thick the line below a chosen tab is.
const UNDERLINE: f32 = 5.0;

impl Kit<'_> {
    /// How wide a tab is for its word.
    pub fn tab_width(&mut self, word: &str) -> f32 {
        let style = self.theme.label();
        (self.measure(word, style, 420.0).x + 2.0 * space::M).ceil().max(self.theme.touch)
    }

    /// A word among others, the chosen one underlined.
    pub fn tab(&mut self, salt: impl AsIdSalt, rect: Rect, word: &str, chosen: bool) -> Response {
        let response = self.tap(salt, rect);
        let palette = self.theme.palette;
        let on = self.eased(response.id.with("on"), chosen, time::QUICK);
        let down = self.eased(response.id.with("down"), response.is_pointer_button_down_on(), time::QUICK);
        self.fill(rect, super::RADIUS, palette.sunk.gamma_multiply(0.7 * down));
        let color = mix(palette.soft_ink, palette.accent_ink, on);
        let style = self.theme.label();
        let laid = self.ink(word, style, color, rect.shrink2(egui::vec2(space::S, 0.0)), Lay::Middle);
        if on > 0.0 {
            let half = laid.width() / 2.0 * on;
            let line = Rect::from_x_y_ranges(
                laid.center().x - half..=laid.center().x + half,
                rect.bottom() - UNDERLINE - space::XS..=rect.bottom() - space::XS,
            );
            self.fill(line, UNDERLINE / 2.0, palette.accent);
        }
        self.focus_ring(&response, rect, super::RADIUS);
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, word));
        response
    }
}

impl Kit<'_> {
    /// A card with three products as coins, and a name below.
    pub fn look_card(
        &mut self,
        salt: impl AsIdSalt,
        rect: Rect,
        name: &str,
        products: &[&Product],
        chosen: bool,
    ) -> Response {
        let response = self.tap(salt, rect);
        let palette = self.theme.palette;
        let on = self.eased(response.id.with("on"), chosen, time::QUICK);
        let down = self.eased(response.id.with("down"), response.is_pointer_button_down_on(), time::QUICK);
        self.outlined(rect, super::RADIUS, mix(palette.surface, palette.sunk, down), palette.line);
        if on > 0.0 {
            let ring = egui::Stroke::new(4.0, mix(egui::Color32::TRANSPARENT, palette.accent, on));
            let corners = super::rounding(rect, super::RADIUS);
            self.ui.painter().rect_stroke(rect, corners, ring, egui::StrokeKind::Inside);
        }
        let style = self.theme.label();
        let words = 2.0 * self.theme.line(style);
        let inner = rect.shrink(space::M);
        let room = inner.height() - words - space::S;
        // As large as three would be, however many there are.
        let side = room.min(inner.width() / coins_width(3, 1.0)).max(24.0);
        let mut column = self.flow.column(inner, space::S);
        let at = column.take(room);
        let coins = egui::vec2(coins_width(products.len(), side), side);
        self.coins(products.iter().copied(), Rect::from_center_size(at.center(), coins));
        let color = if chosen { palette.accent_ink } else { palette.ink };
        self.ink_block(name, style, color, column.rest(), Lay::Middle, 2, 0.5);
        self.focus_ring(&response, rect, super::RADIUS);
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
        response
    }
}
