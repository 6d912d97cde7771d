//! The pill that says why the shopper does not see herself.

use egui::{Align2, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::text::{Style, TextShaper, Voice};
use super::theme;
use crate::app::capture::{Showing, Why};

const STYLE: Style = Style { voice: Voice::Body, size: 24.0 };
const HEIGHT: f32 = 60.0;

/// What there is to say about where the picture comes from.
pub fn words(showing: Showing) -> Option<&'static str> {
    match showing {
        Showing::Camera | Showing::File => None,
        Showing::Demo(Why::NotFound) => Some("No camera found. Showing a demo clip."),
        Showing::Demo(Why::Busy) => Some("The camera is in use elsewhere. Showing a demo clip."),
        Showing::Demo(Why::Lost) => Some("The camera has stopped. Showing a demo clip."),
        Showing::Demo(Why::Off) => Some("The camera is off. Showing a demo clip."),
    }
}

/// Lays the pill down by its anchor; with an amber light if it tells of something lacking.
pub fn pill(ui: &Ui, shaper: &mut TextShaper, text: &str, at: Pos2, anchor: Align2, light: bool) {
    let shaped = shaper.shape(ui.ctx(), text, STYLE);
    let inset = if light { 62.0 } else { 32.0 };
    let rect = anchor.anchor_size(at, Vec2::new(shaped.size.x + inset + 32.0, HEIGHT));
    draw(ui, rect, light);
    shaped.left(ui, Pos2::new(rect.left() + inset, rect.center().y), theme::IVORY);
    let response = ui.interact(rect, ui.scope_id().with(text), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
}

fn draw(ui: &Ui, rect: Rect, light: bool) {
    ui.painter().rect_filled(rect, HEIGHT / 2.0, theme::glass(0.66));
    if light {
        let at = Pos2::new(rect.left() + 36.0, rect.center().y);
        ui.painter().circle_filled(at, 12.0, theme::faded(theme::AMBER, 0.22));
        ui.painter().circle_filled(at, 6.0, theme::AMBER);
    }
}
