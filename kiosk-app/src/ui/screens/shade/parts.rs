//! What the panels of this screen share.

use egui::{Rect, Vec2};

use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::screens::page;
use crate::ui::stage::Stage;
use crate::ui::theme::{MARGIN, space};

/// Width of a panel's content.
pub fn room(canvas: &Canvas<'_>) -> f32 {
    let screen = canvas.screen();
    if canvas.theme.portrait { screen.width() - 2.0 * MARGIN } else { page::panel_width(canvas) - 2.0 * space::XL }
}

/// Suggestions on or off.
pub fn suggest_switch(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let words = canvas.say("shade-suggest");
    let place = place.expand2(Vec2::new(space::M, 0.0));
    if let Some(on) = canvas.toggle("suggest", place, None, &words, stage.session.suggest()) {
        canvas.act(Action::Suggest(on));
    }
}
