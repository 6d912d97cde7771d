//! Press and hold to see the bare face, let go to see the look.

use egui::{Color32, CornerRadius, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};

use super::text::{Style, TextShaper, Voice};
use super::theme;

const LABEL: Style = Style { voice: Voice::Label, size: 27.0 };
const WORDS: &str = "Hold to compare";
const ICON: f32 = 17.0;

/// The button's width for its words.
pub fn width(ui: &Ui, shaper: &mut TextShaper) -> f32 {
    shaper.shape(ui.ctx(), WORDS, LABEL, f32::INFINITY).size.x + 116.0
}

/// Shows the button in `place`; true while it is held.
pub fn show(ui: &Ui, shaper: &mut TextShaper, place: Rect) -> bool {
    let response = ui.interact(place, ui.scope_id().with("compare"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, WORDS));
    let key = response.has_focus() && ui.input(|input| input.key_down(egui::Key::Space));
    let held = response.is_pointer_button_down_on() || key;
    let radius = CornerRadius::same((place.height() / 2.0) as u8);
    let (fill, color) = if held { (theme::IVORY, theme::COCOA) } else { (theme::glass(0.50), theme::IVORY) };
    let rim = Stroke::new(1.5, theme::faded(theme::IVORY, if held { 0.0 } else { 0.26 }));
    ui.painter().rect(place, radius, fill, rim, StrokeKind::Inside);
    if response.has_focus() {
        ui.painter().rect_stroke(place.expand(5.0), radius, Stroke::new(3.0, theme::IVORY), StrokeKind::Outside);
    }
    let centre = Pos2::new(place.left() + 48.0, place.center().y);
    half_disc(ui, centre, color);
    let words = shaper.shape(ui.ctx(), WORDS, LABEL, f32::INFINITY);
    words.left(ui, Pos2::new(place.left() + 82.0, centre.y), color);
    held
}

/// A circle of which one half is filled: with and without.
fn half_disc(ui: &Ui, centre: Pos2, color: Color32) {
    ui.painter().circle_stroke(centre, ICON, Stroke::new(2.5, color));
    let quarter = std::f32::consts::FRAC_PI_2;
    let arc = (0..=24).map(|step| {
        let angle = -quarter + std::f32::consts::PI * step as f32 / 24.0;
        centre + Vec2::angled(angle) * ICON
    });
    ui.painter().add(Shape::convex_polygon(arc.collect(), color, Stroke::NONE));
}
