//! The merchant's PIN: a pad of digits, and a dot for each that was typed.

use egui::{Event, Rect, Role, Sense, Vec2, WidgetInfo};

use crate::l10n::Value;
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, ButtonStyle, Flow, Icon, IconButton, Lay, square};
use crate::ui::theme::space;

/// The pad as on every phone, in every language.
const PAD: [[PinKey; 3]; 4] = [
    [PinKey::Digit('1'), PinKey::Digit('2'), PinKey::Digit('3')],
    [PinKey::Digit('4'), PinKey::Digit('5'), PinKey::Digit('6')],
    [PinKey::Digit('7'), PinKey::Digit('8'), PinKey::Digit('9')],
    [PinKey::Cancel, PinKey::Digit('0'), PinKey::Erase],
];
/// Places shown before anything is typed: a PIN may be longer.
const PLACES: usize = 4;
/// A dot's radius.
const DOT: f32 = 13.0;

#[derive(Clone, Copy)]
enum PinKey {
    Digit(char),
    Erase,
    Cancel,
}

/// The sheet; `typed` is what there is so far.
pub fn show(canvas: &mut Canvas<'_>, typed: &str) {
    let (title, close) = (canvas.say("pin-title"), canvas.say("word-close"));
    let key = (canvas.theme.touch * 1.3).max(108.0).min(canvas.screen().height() * 0.115);
    let (style, gap) = (canvas.theme.title(), space::M);
    let title_height = canvas.theme.line(style).max(canvas.theme.touch);
    let wide = if canvas.theme.portrait { 1.8 } else { 1.35 };
    let pad = Vec2::new(3.0 * key * wide + 2.0 * gap, 4.0 * key + 3.0 * gap);
    let inset = space::XL + space::S;
    let height = 2.0 * inset + title_height + space::L + 2.0 * DOT + space::XL + pad.y;
    let sheet = canvas.sheet(&title, &close, Vec2::new(pad.x + 2.0 * inset + 2.0 * space::HUGE, height));
    let palette = canvas.theme.palette;
    let mut column = canvas.flow.column(sheet.content, 0.0);
    // The title stands level with the cross.
    let head = column.take(title_height).translate(Vec2::new(0.0, space::M - inset));
    // The cross stands at the reading end.
    let mut row = canvas.flow.row(head, space::M);
    row.take_end(canvas.theme.touch);
    canvas.line(&title, style, palette.ink, row.rest(), Lay::Start);
    column.skip(space::L);
    dots(canvas, typed.chars().count(), column.take(2.0 * DOT));
    column.skip(space::XL);
    let mut asked = typed_keys(canvas);
    let place = Rect::from_center_size(column.take(pad.y).center(), pad);
    for (row, keys) in PAD.iter().enumerate() {
        let line = Rect::from_min_size(place.min + Vec2::new(0.0, row as f32 * (key + gap)), Vec2::new(pad.x, key));
        for (key, place) in keys.iter().zip(Flow::default().split(line, 3, gap)) {
            asked.extend(pressed(canvas, *key, place, !typed.is_empty()));
        }
    }
    if sheet.closed {
        asked.push(Action::Close);
    }
    for action in asked {
        canvas.act(action);
    }
}

fn pressed(canvas: &mut Canvas<'_>, key: PinKey, place: Rect, erasable: bool) -> Option<Action> {
    match key {
        PinKey::Digit(digit) => {
            let words = canvas.locale.number(f64::from(digit.to_digit(10).unwrap_or_default()), 0);
            let tapped = canvas.button(("pin", digit), place, &Button::new("").name(&words));
            let (style, ink) = (canvas.theme.title(), canvas.theme.palette.ink);
            canvas.ink(&words, style, ink, place, Lay::Middle);
            tapped.then_some(Action::PinDigit(digit))
        }
        PinKey::Erase => {
            let name = canvas.say("pin-erase");
            let button = IconButton::new(Icon::Erase, &name).look(ButtonStyle::Bare).enabled(erasable);
            canvas.icon_button("pin erase", place, &button).then_some(Action::PinErase)
        }
        PinKey::Cancel => {
            let words = canvas.say("word-cancel");
            let button = Button::new(&words).look(ButtonStyle::Bare);
            canvas.button("pin cancel", place, &button).then_some(Action::Close)
        }
    }
}

/// A keyboard's digits.
fn typed_keys(canvas: &Canvas<'_>) -> Vec<Action> {
    canvas.ui.input(|input| {
        let digits = input.events.iter().filter_map(|event| match event {
            Event::Text(text) => Some(text.chars().filter(char::is_ascii_digit)),
            _ => None,
        });
        let mut asked: Vec<Action> = digits.flatten().map(Action::PinDigit).collect();
        if input.key_pressed(egui::Key::Backspace) {
            asked.push(Action::PinErase);
        }
        asked
    })
}

/// How much was typed, never what.
fn dots(canvas: &mut Canvas<'_>, typed: usize, place: Rect) {
    let count = typed.max(PLACES);
    let step = 2.0 * DOT + space::L;
    let palette = canvas.theme.palette;
    let first = -(count as f32 - 1.0) / 2.0;
    for index in 0..count {
        let offset = (first + index as f32) * step * canvas.flow.sign();
        let dot = square(place.center() + Vec2::new(offset, 0.0), 2.0 * DOT);
        if index < typed {
            canvas.fill(dot, DOT, palette.ink);
        } else {
            canvas.outlined(dot, DOT, palette.surface, palette.soft_ink);
        }
    }
    let words = canvas.say_with("pin-typed", &[("count", Value::Number(typed as f64))]);
    let id = canvas.id("pin dots");
    let response = canvas.ui.interact(place, id, Sense::empty());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}
