//! What the camera would do, in plain words, and two answers of the same weight.

mod points;
pub(super) mod wording;

use egui::{Pos2, Rect, Vec2};

use self::points::Form;
pub(super) use self::wording::minutes;
use self::wording::text;
use super::{access, language, paper};
use crate::l10n::Value;
use crate::session::{Action, Screen};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, ButtonStyle, Icon, Lay};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Asks; shows no live picture: the camera is off.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    let page = paper::ground(canvas);
    if canvas.theme.portrait {
        portrait(canvas, stage, page)
    } else {
        landscape(canvas, stage, page)
    }
    None
}

fn portrait(canvas: &mut Canvas<'_>, stage: &Stage<'_>, page: Rect) {
    let touch = canvas.theme.touch;
    let languages = &stage.rules().languages;
    let switch = language::height(canvas, languages, page.width());
    let mut column = canvas.flow.column(page, 0.0);
    let foot = canvas.theme.line(canvas.theme.small());
    let foot = column.take_bottom(foot);
    column.take_bottom(space::L);
    answers(canvas, stage, column.take_bottom(answer_height(canvas)), true);
    column.take_bottom(space::M);
    retention(canvas, column.take_bottom(touch));
    let (bar, switch) = if canvas.theme.reach {
        column.take_bottom(space::XL);
        let switch = column.take_bottom(switch);
        column.take_bottom(space::M);
        (column.take_bottom(touch), switch)
    } else {
        let bar = column.take(touch);
        column.skip(space::L);
        (bar, column.take(switch))
    };
    paper::bar(canvas, stage, bar);
    language::show(canvas, languages, stage.session.language(), switch);
    version(canvas, stage, foot);
    column.skip(space::XL);
    column.take_bottom(space::XL);
    let rest = column.rest();
    let style = canvas.theme.display();
    let (title, lede) = (text(canvas, stage, "title", "consent-title"), text(canvas, stage, "lede", "consent-lede"));
    let style = paper::fitted_word(canvas, &title, style, rest.width());
    let head = paper::head_height(canvas, &title, &lede, style, rest.width());
    let points = points::all(canvas, stage);
    let cards = points::cards_height(canvas, &points, rest.width());
    if head + space::XXL + cards > rest.height() {
        return tight(canvas, [&*title, &*lede], &points, rest);
    }
    // What is to spare lies above and below, a little more below.
    let spare = (rest.height() - head - space::XXL - cards).max(0.0);
    let top = rest.top() + (spare * 0.42).min(160.0);
    let end = paper::head(canvas, &title, &lede, style, Rect::from_min_max(Pos2::new(rest.left(), top), rest.max));
    let gap = if spare > 0.0 { space::XXL } else { space::L };
    let place = Rect::from_min_max(Pos2::new(rest.left(), end + gap), rest.max);
    points::cards(canvas, &points, place);
}

/// Long words in large text: smaller heads, and no cards.
fn tight(canvas: &mut Canvas<'_>, [title, lede]: [&str; 2], points: &[points::Point], place: Rect) {
    let style = canvas.theme.title();
    let end = paper::head(canvas, title, lede, style, place);
    let rest = Rect::from_min_max(Pos2::new(place.left(), end + space::XL), place.max);
    let form = fitting(canvas, points, rest.width(), rest.height());
    points::rows(canvas, points, form, rest);
}

fn landscape(canvas: &mut Canvas<'_>, stage: &Stage<'_>, page: Rect) {
    let (touch, screen) = (canvas.theme.touch, canvas.screen());
    let palette = canvas.theme.palette;
    let mut row = canvas.flow.row(screen, 0.0);
    let panel = row.take_end((screen.width() * 0.4).clamp(620.0, 760.0));
    canvas.fill(panel, 0.0, palette.surface);
    let languages = &stage.rules().languages;
    let inner = panel.shrink(space::XXL);
    let switch = language::height(canvas, languages, inner.width());
    let mut column = canvas.flow.column(inner, 0.0);
    let foot = canvas.theme.line(canvas.theme.small());
    let foot = column.take_bottom(foot);
    version(canvas, stage, foot);
    column.take_bottom(space::L);
    let height = 2.0 * answer_height(canvas) + space::M;
    answers(canvas, stage, column.take_bottom(height), false);
    let access = access::height(canvas, inner.width());
    let (switch, access_at) = if canvas.theme.reach {
        column.take_bottom(space::XXL);
        let access_at = column.take_bottom(access);
        column.take_bottom(space::L);
        (column.take_bottom(switch), access_at)
    } else {
        let switch = column.take(switch);
        column.skip(space::L);
        (switch, column.take(access))
    };
    language::show(canvas, languages, stage.session.language(), switch);
    access::show(canvas, stage, access_at);
    let text_at = row.rest();
    let text_at = Rect::from_min_max(
        Pos2::new(text_at.left() + space::XXL, page.top()),
        Pos2::new(text_at.right() - space::XXL, page.bottom()),
    );
    let mut column = canvas.flow.column(text_at, 0.0);
    let back = if canvas.theme.reach { column.take_bottom(touch) } else { column.take(touch) };
    let taken = paper::back(canvas, stage, back);
    let mut beside = canvas.flow.row(back, space::L);
    beside.take(taken);
    retention(canvas, beside.rest());
    column.skip(space::L);
    column.take_bottom(space::L);
    let rest = column.rest();
    let (title, lede) = (text(canvas, stage, "title", "consent-title"), text(canvas, stage, "lede", "consent-lede"));
    let points = points::all(canvas, stage);
    let mut room = rest.height() - points::rows_height(canvas, &points, Form::Row, rest.width()) - space::L;
    let mut style = paper::fitted_word(canvas, &title, canvas.theme.display(), rest.width());
    if paper::head_height(canvas, &title, &lede, style, rest.width()) > room {
        style = canvas.theme.title();
    }
    let mut head = paper::head_height(canvas, &title, &lede, style, rest.width());
    let form = fitting(canvas, &points, rest.width(), rest.height() - head - space::L);
    let rows = points::rows_height(canvas, &points, form, rest.width());
    room = rest.height() - rows - space::L;
    if head > room {
        style = canvas.theme.heading();
        head = paper::head_height(canvas, &title, &lede, style, rest.width());
    }
    let spare = (rest.height() - head - rows).max(0.0);
    let top = rest.top() + spare * 0.3;
    let end = paper::head(canvas, &title, &lede, style, Rect::from_min_max(Pos2::new(rest.left(), top), rest.max));
    let top = end + (spare * 0.4).clamp(space::L, space::HUGE);
    points::rows(canvas, &points, form, Rect::from_min_max(Pos2::new(rest.left(), top), rest.max));
}

/// Rows as large as there is room for, the gaps between them at their smallest.
fn fitting(canvas: &mut Canvas<'_>, points: &[points::Point], width: f32, room: f32) -> Form {
    let least = points::rows_height(canvas, points, Form::Row, width) - 2.0 * (space::XL - space::S);
    if least > room { Form::Small } else { Form::Row }
}

/// High enough for two lines.
fn answer_height(canvas: &Canvas<'_>) -> f32 {
    let words = 2.0 * canvas.theme.line(canvas.theme.label()) + space::XL;
    words.max(canvas.theme.touch * 1.25).ceil()
}

/// Yes and no: one size, one weight, neither hidden.
fn answers(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect, beside: bool) {
    let places: Vec<Rect> = if beside {
        canvas.flow.split(place, 2, space::M).collect()
    } else {
        let height = (place.height() - space::M) / 2.0;
        let below = Vec2::new(0.0, height + space::M);
        let first = Rect::from_min_size(place.min, Vec2::new(place.width(), height));
        vec![first, first.translate(below)]
    };
    let answers = [
        ("consent-yes", Icon::Camera, ButtonStyle::Primary, Action::Agree),
        ("consent-model", Icon::Person, ButtonStyle::Other, Action::Go(Screen::Models)),
    ];
    for ((id, icon, look, action), place) in answers.into_iter().zip(places) {
        let words = if id == "consent-yes" { text(canvas, stage, "yes", "consent-yes") } else { canvas.say(id) };
        if canvas.button(id, place, &Button::new(&words).icon(icon).look(look)) {
            canvas.act(action);
        }
    }
}

/// Leads to what is kept, at the end of `place` that is opposite to the way back.
fn retention(canvas: &mut Canvas<'_>, place: Rect) {
    let words = canvas.say("consent-retention");
    let button = Button::new(&words).icon(Icon::Info);
    let width = canvas.button_width(&button).min(place.width());
    let mut row = canvas.flow.row(place, 0.0);
    let at = if canvas.theme.portrait { place } else { row.take_end(width) };
    if canvas.button("retention", at, &button) {
        canvas.act(Action::Retention);
    }
}

/// Which text this is, in words.
pub(super) fn version_text(canvas: &Canvas<'_>, stage: &Stage<'_>) -> String {
    let rules = stage.rules();
    let market = rules.market.to_uppercase();
    let version = Value::Number(f64::from(rules.consent_version));
    canvas.say_with("consent-version", &[("market", Value::Text(&market)), ("version", version)])
}

/// Which text this is.
fn version(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let words = version_text(canvas, stage);
    let (style, color) = (canvas.theme.small(), canvas.theme.palette.soft_ink);
    canvas.line(&words, style, color, place, Lay::Middle);
}
