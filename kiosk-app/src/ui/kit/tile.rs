//! A product as a swatch that can be tapped, or held to learn more.

use carmine::look::Product;
use egui::epaint::RectShape;
use egui::{AsIdSalt, Color32, Pos2, Rect, Response, Role, Stroke, StrokeKind, WidgetInfo};

use super::{Icon, Kit, RADIUS, mix, rounding, square};
use crate::ui::theme::{space, time};

/// How long a finger rests before the card opens, in seconds.
const HOLD: f64 = 0.6;

/// A mark in a tile's corner.
const BADGE: f32 = 28.0;
/// A smaller tile shows no mark for what its rim says already.
const ROOMY: f32 = 100.0;

/// What was done to a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Nothing.
    No,
    /// A tap.
    Tapped,
    /// A long press: a shortcut to its card.
    Held,
}

/// A swatch to choose.
#[derive(Clone, Copy, Debug)]
pub struct Tile<'a> {
    /// What it is of.
    pub product: &'a Product,
    /// What a screen reader says.
    pub name: &'a str,
    /// Whether it is worn.
    pub chosen: bool,
    /// Whether it is marked with a heart.
    pub marked: bool,
    /// Whether the shop has it.
    pub sold_out: bool,
}

impl Kit<'_> {
    /// The picture of a product.
    pub fn swatch(&mut self, product: &Product, rect: Rect, radius: f32) {
        let rounding = rounding(rect, radius);
        // The picture is the product alone: it lies on a white card.
        self.fill(rect, radius, Color32::WHITE);
        if let Some(texture) = self.swatches.get(self.ui.ctx(), product, rect.width().max(rect.height())) {
            let uv = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
            let shape = RectShape::filled(rect, rounding, Color32::WHITE).with_texture(texture, uv);
            self.ui.painter().add(shape);
        }
    }

    /// A tile, and what was done to it.
    pub fn tile(&mut self, salt: impl AsIdSalt, rect: Rect, tile: &Tile<'_>) -> (Response, Touched) {
        let response = self.tap(salt, rect);
        let palette = self.theme.palette;
        let on = self.eased(response.id.with("on"), tile.chosen, time::QUICK);
        let down = self.eased(response.id.with("down"), response.is_pointer_button_down_on(), time::QUICK);
        let body = rect.shrink(space::XS + 3.0 * on + 3.0 * down);
        self.swatch(tile.product, body, RADIUS - 4.0);
        self.ui.painter().rect_stroke(
            body,
            rounding(body, RADIUS - 4.0),
            Stroke::new(1.5, mix(palette.line, Color32::TRANSPARENT, on)),
            StrokeKind::Inside,
        );
        if on > 0.0 {
            let ring = Stroke::new(4.0, mix(Color32::TRANSPARENT, palette.accent, on));
            self.ui.painter().rect_stroke(rect, rounding(rect, RADIUS), ring, StrokeKind::Inside);
        }
        if tile.sold_out {
            self.badge(body.left_bottom(), [1.0, -1.0], Icon::Close);
        }
        if tile.chosen && rect.width() >= ROOMY {
            self.badge(body.right_bottom(), [-1.0, -1.0], Icon::Check);
        }
        if tile.marked {
            self.badge(body.right_top(), [-1.0, 1.0], Icon::Heart);
        }
        self.focus_ring(&response, rect, RADIUS);
        let name = tile.name;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, tile.chosen, name));
        let touched = self.touched(&response);
        (response, touched)
    }

    /// A small mark in a corner of a tile.
    fn badge(&mut self, corner: Pos2, inwards: [f32; 2], icon: Icon) {
        let palette = self.theme.palette;
        let inset = BADGE / 2.0 + space::XS;
        let centre = corner + egui::vec2(inwards[0] * inset, inwards[1] * inset);
        self.fill(square(centre, BADGE), BADGE / 2.0, palette.surface);
        match icon {
            Icon::Heart => self.full_heart(centre, BADGE * 0.58, palette.accent),
            Icon::Check => self.icon(icon, centre, BADGE * 0.72, palette.accent),
            other => self.icon(other, centre, BADGE * 0.66, palette.ink),
        }
    }

    /// Tells a tap from a long press.
    pub(super) fn touched(&mut self, response: &Response) -> Touched {
        let fired = response.id.with("held");
        let (held_for, now) = self.ui.input(|input| {
            let since = input.pointer.press_start_time().filter(|_| response.is_pointer_button_down_on());
            (since.map(|since| input.time - since), input.time)
        });
        let key = self.ui.ctx().data(|data| data.get_temp::<f64>(fired));
        match held_for {
            Some(held_for) if held_for >= HOLD => {
                let began = now - held_for;
                if key == Some(began) {
                    return Touched::No;
                }
                self.ui.ctx().data_mut(|data| data.insert_temp(fired, began));
                return Touched::Held;
            }
            Some(held_for) => {
                self.ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(HOLD - held_for));
            }
            None if key.is_some() => {
                self.ui.ctx().data_mut(|data| data.remove::<f64>(fired));
                return Touched::No;
            }
            None => {}
        }
        if response.secondary_clicked() {
            return Touched::Held;
        }
        if response.clicked() { Touched::Tapped } else { Touched::No }
    }
}

impl Kit<'_> {
    /// A tile for nothing: a ring struck through.
    pub fn none_tile(&mut self, salt: impl AsIdSalt, rect: Rect, name: &str, chosen: bool) -> Response {
        let response = self.tap(salt, rect);
        let palette = self.theme.palette;
        let down = self.eased(response.id.with("down"), response.is_pointer_button_down_on(), time::QUICK);
        let on = self.eased(response.id.with("on"), chosen, time::QUICK);
        let body = rect.shrink(space::XS + 3.0 * down);
        self.outlined(body, RADIUS - 4.0, mix(palette.surface, palette.sunk, down), palette.line);
        if on > 0.0 {
            let ring = Stroke::new(4.0, mix(Color32::TRANSPARENT, palette.ink, on));
            self.ui.painter().rect_stroke(rect, rounding(rect, RADIUS), ring, StrokeKind::Inside);
        }
        let (centre, radius) = (rect.center(), rect.height() * 0.18);
        let stroke = Stroke::new(3.0, palette.soft_ink);
        self.ui.painter().circle_stroke(centre, radius, stroke);
        let slant = egui::Vec2::angled(-std::f32::consts::FRAC_PI_4) * radius;
        self.ui.painter().line_segment([centre - slant, centre + slant], stroke);
        self.focus_ring(&response, rect, RADIUS);
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
        response
    }
}
