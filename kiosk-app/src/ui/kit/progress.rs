//! A ring that fills as something gets done.

use egui::{Pos2, Role, Sense, Stroke, Vec2, WidgetInfo};

use super::icon::round_line;
use super::{Kit, square};

impl Kit<'_> {
    /// A ring around `centre` of which `part` (0–1) is done; `name` says what it measures.
    pub fn progress_ring(&mut self, name: &str, centre: Pos2, radius: f32, part: f32) {
        let palette = self.theme.palette;
        let width = (radius * 0.14).clamp(4.0, 14.0);
        self.ui.painter().circle_stroke(centre, radius, Stroke::new(width, palette.sunk));
        let part = if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 };
        if part > 0.0 {
            let steps = (96.0 * part).ceil().max(2.0) as usize;
            let arc = (0..=steps).map(|step| {
                let turn = std::f32::consts::TAU * part * step as f32 / steps as f32;
                centre + Vec2::angled(turn * self.flow.sign() - std::f32::consts::FRAC_PI_2) * radius
            });
            round_line(self.ui.painter(), arc.collect(), Stroke::new(width, palette.accent));
        }
        let response = self.ui.interact(square(centre, 2.0 * radius), self.id(("ring", name)), Sense::empty());
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, name);
            info.value = Some(f64::from(part));
            info
        });
    }
}
