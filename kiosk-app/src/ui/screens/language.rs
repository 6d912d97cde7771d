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
    wrap::height(width, &widths, canvas.theme.touch, space::S)
}

/// The switch in a place of that height.
pub fn show(canvas: &mut Canvas<'_>, languages: &[Language], spoken: Language, place: Rect) {
    let widths = widths(canvas, languages);
    let (pieces, _) = wrap::wrapped(canvas.flow, place, &widths, canvas.theme.touch, space::S);
    let Some((globe, pieces)) = pieces.split_first() else { return };
    let ink = canvas.theme.palette.soft_ink;
    canvas.icon(Icon::Language, canvas.flow.at_start(*globe, egui::Vec2::splat(GLOBE)).center(), GLOBE, ink);
    for (language, piece) in languages.iter().zip(pieces) {
        let chip = Chip::new(language.endonym(), *language == spoken);
        if canvas.chip(("language", language.code()), *piece, &chip).clicked() {
            canvas.act(Action::Speak(*language));
        }
    }
}

/// Of the globe and of each name.
fn widths(canvas: &mut Canvas<'_>, languages: &[Language]) -> Vec<f32> {
    let mut widths = vec![GLOBE + space::S];
    widths.extend(languages.iter().map(|language| canvas.chip_width(&Chip::new(language.endonym(), false))));
    widths
}
