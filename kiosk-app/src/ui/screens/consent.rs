//! What the camera would do, in plain words, and two answers of the same weight.

mod points;
mod wording;

use egui::{Pos2, Rect, Vec2};

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
    answers(canvas, column.take_bottom(answer_height(canvas)), true);
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
    points::rows(canvas, points, Rect::from_min_max(Pos2::new(place.left(), end + space::XL), place.max));
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
    answers(canvas, column.take_bottom(height), false);
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
    paper::back(canvas, stage, back);
    column.skip(space::L);
    column.take_bottom(space::L);
    let rest = column.rest();
    let (title, lede) = (text(canvas, stage, "title", "consent-title"), text(canvas, stage, "lede", "consent-lede"));
    let points = points::all(canvas, stage);
    let rows = points::rows_height(canvas, &points, rest.width());
    let room = (rest.height() - rows - space::L).max(0.0);
    let mut style = paper::fitted_word(canvas, &title, canvas.theme.display(), rest.width());
    if paper::head_height(canvas, &title, &lede, style, rest.width()) > room {
        style = canvas.theme.title();
    }
    let head = paper::head_height(canvas, &title, &lede, style, rest.width());
    let spare = (rest.height() - head - rows).max(0.0);
    let top = rest.top() + spare * 0.3;
    let end = paper::head(canvas, &title, &lede, style, Rect::from_min_max(Pos2::new(rest.left(), top), rest.max));
    let top = end + (spare * 0.4).clamp(space::L, space::HUGE);
    points::rows(canvas, &points, Rect::from_min_max(Pos2::new(rest.left(), top), rest.max));
}

/// High enough for two lines.
fn answer_height(canvas: &Canvas<'_>) -> f32 {
    let words = 2.0 * canvas.theme.line(canvas.theme.label()) + space::XL;
    words.max(canvas.theme.touch * 1.25).ceil()
}

/// Yes and no: one size, one weight, neither hidden.
fn answers(canvas: &mut Canvas<'_>, place: Rect, beside: bool) {
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
        let words = canvas.say(id);
        if canvas.button(id, place, &Button::new(&words).icon(icon).look(look)) {
            canvas.act(action);
        }
    }
}

/// Which text this is.
fn version(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let rules = stage.rules();
    let market = rules.market.to_uppercase();
    let version = Value::Number(f64::from(rules.consent_version));
    let words = canvas.say_with("consent-version", &[("market", Value::Text(&market)), ("version", version)]);
    let (style, color) = (canvas.theme.small(), canvas.theme.palette.soft_ink);
    canvas.line(&words, style, color, place, Lay::Middle);
}
