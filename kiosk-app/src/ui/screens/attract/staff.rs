//! An unmarked corner of the attract screen; holding it asks for the merchant's PIN.

use std::time::Duration;

use egui::{Rect, Sense, Vec2};

use crate::session::Action;
use crate::ui::canvas::Canvas;

/// How long it is held, in seconds.
const HOLD: f64 = 3.0;
/// Side of the corner, in touches.
const SIDE: f32 = 1.5;

/// The corner at the top, at the reading end. A short touch begins, as everywhere.
pub(super) fn corner(canvas: &mut Canvas<'_>) {
    let screen = canvas.screen();
    let side = canvas.theme.touch * SIDE;
    let corner = Rect::from_min_size(egui::pos2(screen.right() - side, screen.top()), Vec2::splat(side));
    let corner = canvas.flow.mirror(corner, screen);
    let id = canvas.id("staff");
    let response = canvas.ui.interact(corner, id, Sense::CLICK | Sense::DRAG);
    let fired = id.with("fired");
    let since = canvas.ui.input(|input| {
        let down =
            response.is_pointer_button_down_on() && input.pointer.hover_pos().is_some_and(|at| corner.contains(at));
        input.pointer.press_start_time().filter(|_| down).map(|since| (since, input.time - since))
    });
    let done = canvas.ui.ctx().data(|data| data.get_temp::<f64>(fired));
    match since {
        // Once for each time that it is held.
        Some((since, held)) if held >= HOLD && done != Some(since) => {
            canvas.ui.ctx().data_mut(|data| data.insert_temp(fired, since));
            canvas.act(Action::Staff);
        }
        Some((_, held)) if held >= HOLD => {}
        Some((_, held)) => canvas.ui.ctx().request_repaint_after(Duration::from_secs_f64(HOLD - held)),
        None if done.is_some() => canvas.ui.ctx().data_mut(|data| data.remove::<f64>(fired)),
        None if response.clicked() => canvas.act(Action::Begin),
        None => {}
    }
}
