//! The brand: its logo, or its name.

use egui::{Color32, Pos2, Rect, Role, Sense, Vec2, WidgetInfo};

use crate::ui::canvas::Canvas;
use crate::ui::kit::Lay;
use crate::ui::stage::Stage;

/// Shows it at the reading start of `place`, as large as fits.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let name = &*stage.settings.brand.name;
    let Some(logo) = stage.pictures.logo else {
        let (style, ink) = (canvas.theme.title(), canvas.theme.palette.ink);
        canvas.line(name, style, ink, place, Lay::Start);
        return;
    };
    let scale = (place.width() / logo.size.x.max(1.0)).min(place.height() / logo.size.y.max(1.0));
    let rect = canvas.flow.at_start(place, Vec2::new(logo.size.x, logo.size.y) * scale);
    let uv = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
    canvas.ui.painter().image(logo.texture, rect, uv, Color32::WHITE);
    let id = canvas.id("brand");
    let response = canvas.ui.interact(rect, id, Sense::empty());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
}
