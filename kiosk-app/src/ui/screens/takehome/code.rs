//! The codes to scan: the look's, and beside it the photo's while it is offered.

use std::time::Duration;

use egui::{Rect, Vec2};

use crate::l10n::Value;
use crate::session::{Action, PhotoHandOver, Screen};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Icon, Lay, PANEL_RADIUS};
use crate::ui::screens::page;
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Largest side of a code.
const SIDE: f32 = 560.0;

struct Code<'a> {
    name: String,
    url: &'a str,
    title: String,
    about: String,
}

fn codes<'a>(canvas: &Canvas<'_>, stage: &Stage<'a>) -> Vec<Code<'a>> {
    let mut codes = Vec::new();
    if let Some(url) = &stage.live.look_url {
        codes.push(Code {
            name: canvas.say("takehome-code-spoken").to_string(),
            url,
            title: canvas.say("takehome-scan").to_string(),
            about: canvas.say("takehome-scan-about").to_string(),
        });
    }
    if let PhotoHandOver::Offered { url, until } = stage.session.photo() {
        for code in &mut codes {
            code.title = canvas.say("takehome-look").to_string();
            code.about = canvas.say("takehome-look-about").to_string();
        }
        let left = until.saturating_sub(stage.now);
        canvas.ui.ctx().request_repaint_after(Duration::from_millis(1000 - u64::from(stage.now.subsec_millis())));
        codes.push(Code {
            name: canvas.say("takehome-photo-code-spoken").to_string(),
            url,
            title: canvas.say("takehome-photo-scan").to_string(),
            about: canvas.say_with("takehome-photo-left", &[("time", Value::Text(&clock(canvas, left)))]),
        });
    }
    codes
}

/// Minutes and seconds.
fn clock(canvas: &Canvas<'_>, left: Duration) -> String {
    let seconds = left.as_secs();
    let two = |part: u64| {
        let tens = canvas.locale.number((part / 10) as f64, 0);
        format!("{tens}{}", canvas.locale.number((part % 10) as f64, 0))
    };
    format!("{}:{}", canvas.locale.number((seconds / 60) as f64, 0), two(seconds % 60))
}

/// How high the card would like to be.
pub fn height(canvas: &mut Canvas<'_>, stage: &Stage<'_>, room: f32) -> f32 {
    let codes = codes(canvas, stage);
    let count = codes.len().max(1) as f32;
    let inner = (room - 2.0 * space::XL - space::XL * (count - 1.0)) / count;
    if codes.len() < 2 {
        return (inner * 0.5).min(SIDE) + 2.0 * space::XL;
    }
    inner.min(SIDE) + space::M + words_height(canvas, &codes, inner) + 2.0 * space::XL
}

fn words_height(canvas: &mut Canvas<'_>, codes: &[Code<'_>], room: f32) -> f32 {
    let theme = *canvas.theme;
    let high = |code: &Code<'_>| {
        page::height_of(canvas, &code.title, theme.heading(), room)
            + space::S
            + page::height_of(canvas, &code.about, theme.body(), room)
    };
    codes.iter().map(high).fold(0.0, f32::max)
}

/// Lays the card out.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let palette = canvas.theme.palette;
    canvas.fill(place, PANEL_RADIUS, palette.surface);
    let inner = place.shrink(space::XL);
    let codes = codes(canvas, stage);
    match codes.as_slice() {
        [] => {
            let text = canvas.say("takehome-no-code");
            let style = canvas.theme.body();
            canvas.ink_block(&text, style, palette.soft_ink, inner, Lay::Middle, 4, 0.5);
            canvas.tell(&text, inner);
        }
        [code] if inner.width() > inner.height() * 1.4 => {
            let mut row = canvas.flow.row(inner, space::XL);
            let at = row.take(inner.height().min(SIDE));
            canvas.qr(&code.name, code.url, at);
            words(canvas, code, row.rest(), true);
        }
        codes => {
            let places: Vec<Rect> = canvas.flow.split(inner, codes.len(), space::XL).collect();
            let words_high = words_height(canvas, codes, places[0].width());
            let side = (inner.height() - words_high - space::M).min(places[0].width()).clamp(120.0, SIDE);
            let high = side + space::M + words_high;
            let top = inner.top() + ((inner.height() - high) / 2.0).max(0.0);
            for (code, place) in codes.iter().zip(places) {
                let at = Rect::from_min_size(egui::pos2(place.center().x - side / 2.0, top), Vec2::splat(side));
                canvas.qr(&code.name, code.url, at);
                words(canvas, code, place.with_min_y(at.bottom() + space::M), false);
            }
        }
    }
}

/// Under a code in the middle, or beside it from its start.
fn words(canvas: &mut Canvas<'_>, code: &Code<'_>, place: Rect, beside: bool) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let (heading, body) = (theme.heading(), theme.body());
    let lay = if beside { Lay::Start } else { Lay::Middle };
    let title = page::height_of(canvas, &code.title, heading, place.width());
    let about = page::height_of(canvas, &code.about, body, place.width());
    let spare = (place.height() - title - space::S - about).max(0.0);
    let mut column = canvas.flow.column(place, space::S);
    if beside {
        column.take(spare / 2.0);
    }
    let at = column.take(title);
    canvas.fitting(&code.title, heading, palette.ink, at.expand2(Vec2::new(0.0, 0.5)), lay);
    let at = column.take(about);
    canvas.fitting(&code.about, body, palette.ink, at.expand2(Vec2::new(0.0, 0.5)), lay);
}

/// Nothing is worn: said kindly, with the way to change it.
pub fn nothing(canvas: &mut Canvas<'_>, place: Rect) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let (title, about, button) =
        (canvas.say("takehome-bare-title"), canvas.say("takehome-bare"), canvas.say("takehome-to-mirror"));
    let wide = place.width().min(760.0);
    let words = page::height_of(canvas, &title, theme.title(), wide)
        + space::M
        + page::height_of(canvas, &about, theme.body(), wide);
    let icon = 120.0;
    let high = icon + space::XL + words + space::XL + theme.touch;
    let upright = if page::is_low(canvas) { 1.0 } else { 0.42 };
    let top = place.top() + (place.height() - high).max(0.0) * upright;
    let at = Rect::from_min_size(egui::pos2(place.center().x - wide / 2.0, top), Vec2::new(wide, high));
    let mut column = canvas.flow.column(at, 0.0);
    let centre = column.take(icon).center();
    canvas.icon(Icon::Lips, centre, icon, palette.soft_ink);
    column.take(space::XL);
    let text = column.take(words);
    let laid = canvas.fitting(&title, theme.title(), palette.ink, text, Lay::Middle);
    canvas.fitting(&about, theme.body(), palette.soft_ink, text.with_min_y(laid.bottom() + space::M), Lay::Middle);
    column.take(space::XL);
    let button = Button::new(&button).icon(Icon::Looks);
    let width = canvas.button_width(&button).min(wide);
    let place = Rect::from_center_size(column.rest().center(), Vec2::new(width, theme.touch));
    if canvas.button("to-mirror", place, &button) {
        canvas.act(Action::Go(Screen::Mirror));
    }
}
