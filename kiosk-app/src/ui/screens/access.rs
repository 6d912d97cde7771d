//! Larger text, and everything within reach: two buttons that stay pressed.

use egui::Rect;

use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Icon};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// How wide the two are for their words.
pub fn width(canvas: &mut Canvas<'_>) -> f32 {
    let words = [canvas.say("access-large-text"), canvas.say("access-reach")];
    let icons = [Icon::TextSize, Icon::Reach];
    let widths = words.iter().zip(icons).map(|(word, icon)| canvas.button_width(&Button::new(word).icon(icon)));
    2.0 * widths.fold(0.0, f32::max) + space::M
}

/// Both, as wide as the place.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let session = stage.session;
    let both = [
        ("access-large-text", Icon::TextSize, session.large_text, Action::LargeText(!session.large_text)),
        ("access-reach", Icon::Reach, session.reach, Action::Reach(!session.reach)),
    ];
    let places: Vec<Rect> = canvas.flow.split(place, 2, space::M).collect();
    for ((id, icon, on, action), place) in both.into_iter().zip(places) {
        let words = canvas.say(id);
        if canvas.button(id, place, &Button::new(&words).icon(icon).pressed(on)) {
            canvas.act(action);
        }
    }
}
