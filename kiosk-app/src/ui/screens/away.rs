//! In the place of the live picture while none comes: friendly words, and the way to a model.

use egui::layers::ShapeIdx;
use egui::{Pos2, Rect, Shape, Vec2};

use super::page;
use crate::session::{Action, Screen};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, ButtonStyle, Icon, Lay};
use crate::ui::theme::space;

/// Shows it in the picture's place; `ground` was kept free below what floats there.
pub fn show(canvas: &mut Canvas<'_>, picture: Rect, ground: ShapeIdx) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    canvas.ui.painter().set(ground, Shape::rect_filled(picture, 0.0, palette.ground));
    let (title, text, model) =
        (canvas.say("mirror-away-title"), canvas.say("mirror-away-text"), canvas.say("consent-model"));
    let button = Button::new(&model).icon(Icon::Person).look(ButtonStyle::Other);
    let room = picture.width() - 4.0 * space::XL;
    let (wide, touch) = (canvas.button_width(&button).min(room), theme.touch);
    let title_high = page::height_of(canvas, &title, theme.title(), room);
    let text_high = page::height_of(canvas, &text, theme.body(), room);
    let high = title_high + space::M + text_high + space::XL + touch;
    // Clear of the tools at the lower edge.
    let top = picture.center().y - high / 2.0 - space::XL;
    let at = |y: f32, high: f32| {
        Rect::from_center_size(Pos2::new(picture.center().x, y + high / 2.0), Vec2::new(room, high))
    };
    canvas.paragraph(&title, theme.title(), palette.ink, at(top, title_high), Lay::Middle, 3);
    let below = top + title_high + space::M;
    canvas.paragraph(&text, theme.body(), palette.ink, at(below, text_high), Lay::Middle, 4);
    let place = at(below + text_high + space::XL, touch);
    let place = Rect::from_center_size(place.center(), Vec2::new(wide, touch));
    if canvas.button("away-model", place, &button) {
        canvas.act(Action::Go(Screen::Models));
    }
}
