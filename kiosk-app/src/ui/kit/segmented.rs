//! A segmented control: one of a few choices, side by side.

use egui::{AsIdSalt, Rect, Role, WidgetInfo};

use super::{Kit, Lay, RADIUS, mix};
use crate::text::Style;
use crate::ui::theme::{space, time};

/// What a word shrinks to before it is cut.
const SMALLEST: f32 = 18.0;

impl Kit<'_> {
    /// Which of `words` was tapped. A segment is as wide as its word needs, and all fill the place.
    pub fn segmented(
        &mut self,
        salt: impl AsIdSalt,
        rect: Rect,
        words: &[&str],
        chosen: Option<usize>,
    ) -> Option<usize> {
        let palette = self.theme.palette;
        let id = self.id(salt);
        self.outlined(rect, RADIUS, palette.sunk, palette.line);
        let inner = rect.shrink(space::XS);
        let (style, padding) = self.segment_style(words, inner.width());
        let needs: Vec<f32> =
            words.iter().map(|word| self.measure(word, style, rect.width()).x + 2.0 * padding).collect();
        let spare = (inner.width() - needs.iter().sum::<f32>()) / words.len().max(1) as f32;
        let shrink = if spare < 0.0 { inner.width() / needs.iter().sum::<f32>().max(1.0) } else { 1.0 };
        let mut row = self.flow.row(inner, 0.0);
        let places: Vec<Rect> = needs.iter().map(|need| row.take(need * shrink + spare.max(0.0))).collect();
        if let Some(place) = chosen.and_then(|chosen| places.get(chosen)) {
            // The light surface glides to what is chosen.
            let context = self.ui.ctx();
            let left = context.animate_value_with_time(id.with("left"), place.left() - rect.left(), time::QUICK);
            let width = context.animate_value_with_time(id.with("width"), place.width(), time::QUICK);
            let thumb =
                Rect::from_min_size(egui::pos2(rect.left() + left, place.top()), egui::vec2(width, place.height()));
            self.fill(thumb, RADIUS - space::XS, palette.ink);
        }
        let mut tapped = None;
        for (index, (word, place)) in words.iter().zip(&places).enumerate() {
            // Its rim is touched, too.
            let touched = Rect::from_x_y_ranges(place.x_range(), rect.y_range());
            let response = self.tap((id, index), touched);
            let is_chosen = chosen == Some(index);
            let on = self.eased(response.id.with("on"), is_chosen, time::QUICK);
            let color = mix(palette.ink, palette.surface, on);
            self.ink(word, style, color, place.shrink2(egui::vec2(padding * shrink - 1.0, 0.0)), Lay::Middle);
            self.focus_ring(&response, *place, RADIUS - space::XS);
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, word));
            if response.clicked() {
                tapped = Some(index);
            }
        }
        tapped
    }

    /// The label's style, or a smaller one where the words would not fit side by side; and what is left beside a word.
    fn segment_style(&mut self, words: &[&str], room: f32) -> (Style, f32) {
        let mut style = self.theme.label();
        let total: f32 = words.iter().map(|word| self.measure(word, style, f32::INFINITY).x).sum();
        let count = words.len() as f32;
        if total + count * 2.0 * space::M <= room {
            return (style, space::M);
        }
        let fits = (room - count * 2.0 * space::S) / total.max(1.0);
        style.size = (style.size * (0.97 * fits).min(1.0)).max(SMALLEST);
        (style, space::S)
    }
}
