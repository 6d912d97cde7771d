//! The language switch: each by its own name, all in sight.

use egui::Rect;

use super::wrap;
use crate::l10n::Language;
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Chip, Icon};
use crate::ui::theme::space;

/// Side of the globe before the names.
const GLOBE: f32 = 38.0;

/// How high the switch is in a place of this width.
pub fn height(canvas: &mut Canvas<'_>, languages: &[Language], width: f32) -> f32 {
    let widths = widths(canvas, languages);
    wrap::height(width - before(width, &widths), &widths, canvas.theme.touch, space::S)
}

/// The switch in a place of that height.
pub fn show(canvas: &mut Canvas<'_>, languages: &[Language], spoken: Language, place: Rect) {
    let widths = widths(canvas, languages);
    let before = before(place.width(), &widths);
    let mut row = canvas.flow.row(place, 0.0);
    let globe = row.take(before);
    if before > 0.0 {
        let ink = canvas.theme.palette.soft_ink;
        let at = canvas.flow.at_start(globe, egui::Vec2::splat(GLOBE)).center();
        canvas.icon(Icon::Language, at, GLOBE, ink);
    }
    let (pieces, _) = wrap::laid(canvas.flow, row.rest(), &widths, canvas.theme.touch, space::S);
    for (language, piece) in languages.iter().zip(pieces) {
        let chip = Chip::new(language.endonym(), *language == spoken);
        if canvas.chip(("language", language.code()), piece, &chip).clicked() {
            canvas.act(Action::Speak(*language));
        }
    }
}

/// Room for the globe, where all names fit on one line beside it.
fn before(width: f32, widths: &[f32]) -> f32 {
    let room = GLOBE + space::M;
    if wrap::fits(width - room, widths, space::S) { room } else { 0.0 }
}

fn widths(canvas: &mut Canvas<'_>, languages: &[Language]) -> Vec<f32> {
    languages.iter().map(|language| canvas.chip_width(&Chip::new(language.endonym(), false))).collect()
}
