//! Larger text, and everything within reach: two buttons that stay pressed.

use egui::Rect;

use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Icon, IconButton};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// How wide the two are for their words.
pub fn width(canvas: &mut Canvas<'_>) -> f32 {
    let words = [canvas.say("access-large-text"), canvas.say("access-reach")];
    let icons = [Icon::TextSize, Icon::Reach];
    let widths = words.iter().zip(icons).map(|(word, icon)| canvas.button_width(&Button::new(word).icon(icon)));
    2.0 * widths.fold(0.0, f32::max) + space::M
}

/// How high they are in a place of this width: one below the other where they do not fit beside each other.
pub fn height(canvas: &mut Canvas<'_>, room: f32) -> f32 {
    let touch = canvas.theme.touch;
    if width(canvas) <= room { touch } else { 2.0 * touch + space::M }
}

/// Both, as wide as the place; icons alone where there is no room for the words.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let session = stage.session;
    let both = [
        ("access-large-text", Icon::TextSize, session.large_text(), Action::LargeText(!session.large_text())),
        ("access-reach", Icon::Reach, session.reach(), Action::Reach(!session.reach())),
    ];
    let (touch, fits) = (canvas.theme.touch, width(canvas) <= place.width() + 0.5);
    let stacked = !fits && place.height() >= 2.0 * touch;
    let mut column = canvas.flow.column(place, space::M);
    let mut row = canvas.flow.row(place, space::M);
    let mut places: Vec<Rect> = if fits {
        canvas.flow.split(place, 2, space::M).collect()
    } else if stacked {
        vec![column.take(touch), column.take(touch)]
    } else {
        vec![row.take_end(touch), row.take_end(touch)]
    };
    if !fits && !stacked {
        places.reverse();
    }
    for ((id, icon, on, action), place) in both.into_iter().zip(places) {
        let words = canvas.say(id);
        let tapped = if fits || stacked {
            canvas.button(id, place, &Button::new(&words).icon(icon).pressed(on))
        } else {
            canvas.icon_button(id, place, &IconButton::new(icon, &words).pressed(on))
        };
        if tapped {
            canvas.act(action);
        }
    }
}
