//! My shade: the skin tone read from the live picture, and foundations for it.

mod card;
mod matches;
mod parts;
mod rest;
mod words;

use carmine::light::ToneRejection;
use egui::{Align2, Pos2, Rect};

use self::parts::room;
pub(super) use self::parts::suggest_switch;
use super::page::{self, Texts};
use crate::session::Action;
use crate::session::measure::Measure;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Icon, Lay, Pill};
use crate::ui::stage::Stage;
use crate::ui::theme::{MARGIN, space};

/// Lays the screen out; returns where the live picture belongs.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    if !stage.session.suggest() {
        return Some(off(canvas, stage));
    }
    let (picture, still) = match stage.session.measure() {
        Measure::Done(tone) => (matches::show(canvas, stage, tone), false),
        Measure::Idle => (idle(canvas, stage), false),
        Measure::Looking { done, hindered } => (looking(canvas, *done, *hindered), true),
        Measure::Failed(why) => (failed(canvas, stage, *why), false),
    };
    if let Some(framing) = stage.live.framing {
        let text = canvas.say(words::framing(framing));
        hint(canvas, picture, &text);
    } else if still {
        let text = canvas.say("shade-still");
        hint(canvas, picture, &text);
    } else if let (Some(doubt), Measure::Done(_)) = (stage.live.doubt, stage.session.measure()) {
        // The shades were ranked in better light; what they look like here is another matter.
        let text = canvas.say(super::mirror::doubt_words(doubt));
        hint(canvas, picture, &text);
    }
    Some(picture)
}

/// A word over the picture, clear of the way back.
fn hint(canvas: &mut Canvas<'_>, picture: Rect, text: &str) {
    let room = picture.width() - 2.0 * (canvas.theme.touch + space::XL + space::M);
    let at = Pos2::new(picture.center().x, picture.top() + MARGIN);
    canvas.pill(&Pill::new(text).icon(Icon::Info), at, Align2::CENTER_TOP, room);
}

/// The parts of a panel that says one thing and offers one button.
struct Offer<'a> {
    title: &'a str,
    body: &'a str,
    button: Option<&'a str>,
    ring: Option<f32>,
}

/// What every panel ends with: what was used, and the switch.
fn foot_height(canvas: &mut Canvas<'_>, stage: Option<&Stage<'_>>, room: f32) -> f32 {
    let style = canvas.theme.small();
    let used = canvas.say("shade-used");
    let text = page::height_of(canvas, &used, style, room);
    let switch = if stage.is_some() { canvas.theme.touch + space::S } else { 0.0 };
    text + switch + if page::is_low(canvas) { canvas.theme.touch + space::M } else { 0.0 }
}

fn offer(canvas: &mut Canvas<'_>, stage: Option<&Stage<'_>>, offer: &Offer<'_>) -> (Rect, bool) {
    let theme = *canvas.theme;
    let palette = theme.palette;
    let room = room(canvas);
    let beside = if offer.ring.is_some() { RING + space::XL } else { 0.0 };
    let title = page::height_of(canvas, offer.title, theme.title(), room - beside);
    let body = page::height_of(canvas, offer.body, theme.body(), room - beside);
    let head = (title + space::M + body).max(beside);
    let button = offer.button.map_or(0.0, |_| theme.touch * 1.2 + space::L);
    let foot = foot_height(canvas, stage, room);
    let high = head + space::L + button + foot + 2.0 * space::XL;
    let (picture, panel) = page::beside_picture(canvas, high);
    // On a wide screen the words stand in the middle of the panel, not at its top.
    let spare = (panel.height() - (high - 2.0 * space::XL)).max(0.0);
    let mut column = canvas.flow.column(panel, 0.0);
    column.take(if theme.portrait { 0.0 } else { spare * 0.42 });
    let place = column.take(head);
    let mut row = canvas.flow.row(place, space::XL);
    if let Some(done) = offer.ring {
        let at = row.take(RING);
        canvas.progress_ring(offer.title, at.center(), RING / 2.0 - 8.0, done);
        let part = canvas.locale.percent(f64::from(done));
        canvas.ink(&part, theme.label(), palette.ink, at, Lay::Middle);
    }
    let mut texts = Texts::new(row.rest());
    texts.lay(canvas, offer.title, theme.title(), palette.ink, space::M);
    texts.lay(canvas, offer.body, theme.body(), palette.ink, 0.0);
    column.take(space::L);
    let mut tapped = false;
    if let Some(text) = offer.button {
        let place = column.take(theme.touch * 1.2);
        tapped = canvas.button("measure", place, &Button::primary(text).icon(Icon::Shade));
        column.take(space::L);
    }
    self::foot(canvas, stage, column.rest());
    (picture, tapped)
}

/// Diameter of the ring.
const RING: f32 = 168.0;

/// What was used, the switch, and in reach mode the way back; from the bottom of a place.
fn foot(canvas: &mut Canvas<'_>, stage: Option<&Stage<'_>>, place: Rect) {
    let theme = *canvas.theme;
    let mut column = canvas.flow.column(place, space::S);
    if page::is_low(canvas) {
        let mut row = canvas.flow.row(column.take_bottom(theme.touch), space::M);
        page::back_in_words(canvas, &mut row);
    }
    if let Some(stage) = stage {
        suggest_switch(canvas, stage, column.take_bottom(theme.touch));
    }
    let used = canvas.say("shade-used");
    let high = page::height_of(canvas, &used, theme.small(), place.width());
    let at = column.take_bottom(high);
    canvas.fitting(&used, theme.small(), theme.palette.soft_ink, at, Lay::Start);
}

fn idle(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Rect {
    let (title, body, button) = (canvas.say("shade-title"), canvas.say("shade-about"), canvas.say("shade-read"));
    let (picture, tapped) =
        self::offer(canvas, Some(stage), &Offer { title: &title, body: &body, button: Some(&button), ring: None });
    if tapped {
        canvas.act(Action::Measure);
    }
    picture
}

fn looking(canvas: &mut Canvas<'_>, done: f32, hindered: Option<ToneRejection>) -> Rect {
    let title = canvas.say("shade-looking");
    let body = canvas.say(hindered.map_or("shade-looking-about", words::hindered));
    self::offer(canvas, None, &Offer { title: &title, body: &body, button: None, ring: Some(done) }).0
}

fn failed(canvas: &mut Canvas<'_>, stage: &Stage<'_>, why: ToneRejection) -> Rect {
    let (title, button) = (canvas.say(words::failed(why)), canvas.say("shade-again"));
    let body = canvas.say(words::hindered(why));
    let (picture, tapped) =
        self::offer(canvas, Some(stage), &Offer { title: &title, body: &body, button: Some(&button), ring: None });
    if tapped {
        canvas.act(Action::Measure);
    }
    picture
}

/// Suggestions are off: by her, or by the shop.
fn off(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Rect {
    let title = canvas.say("shade-off-title");
    let hers = stage.rules().suggestions;
    let body = canvas.say(if hers { "shade-off" } else { "shade-off-shop" });
    let with_switch = hers.then_some(stage);
    self::offer(canvas, with_switch, &Offer { title: &title, body: &body, button: None, ring: None }).0
}
