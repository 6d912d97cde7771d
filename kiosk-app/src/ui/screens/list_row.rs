//! A row of a list of products: swatch, name over a line about it, and a figure at the reading end.

use carmine::look::Product;
use egui::{AsIdSalt, Rect, Response, Role, Sense, WidgetInfo};

use super::goods;
use crate::ui::kit::{Kit, Lay, RADIUS};
use crate::ui::theme::space;

/// The figure is never wider.
const FIGURE_WIDTH: f32 = 240.0;

/// What a row tells.
pub struct ListRow<'a> {
    /// For the swatch.
    pub product: &'a Product,
    /// Side of the swatch.
    pub swatch_side: f32,
    /// Its name.
    pub name: &'a str,
    /// What is said below the name.
    pub about: &'a str,
    /// Such as a price; nothing where it is empty.
    pub figure: &'a str,
}

/// Lays it out, and tells it to a screen reader.
pub fn show(kit: &mut Kit<'_>, salt: impl AsIdSalt, rect: Rect, row: &ListRow<'_>) -> Response {
    let (palette, label, small) = (kit.theme.palette, kit.theme.label(), kit.theme.small());
    let (name_high, about_high) = (kit.theme.line(label), kit.theme.line(small));
    let mut places = kit.flow.row(rect, space::M);
    let at = places.take(row.swatch_side);
    kit.swatch(row.product, Rect::from_center_size(at.center(), egui::Vec2::splat(row.swatch_side)), RADIUS - 4.0);
    if !row.figure.is_empty() {
        let wide = kit.measure(row.figure, label, FIGURE_WIDTH).x + 1.0;
        let end = places.take_end(wide);
        kit.ink(row.figure, label, palette.ink, end, Lay::End);
    }
    let words = places.rest();
    let words = Rect::from_center_size(words.center(), egui::vec2(words.width(), name_high + about_high));
    let mut lines = kit.flow.column(words, 0.0);
    let (first, second) = (lines.take(name_high), lines.rest());
    kit.ink(row.name, label, palette.ink, first, Lay::Start);
    kit.ink(row.about, small, palette.soft_ink, second, Lay::Start);
    let response = kit.ui.interact(rect, kit.id(salt), Sense::empty());
    let told = goods::dotted(&[Some(row.name), Some(row.about), Some(row.figure)]);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    response
}
