//! What is kept of a visit, for how long, and how it is erased: a sheet that the consent leads to, so that it can be read
//! before saying yes.

use std::sync::Arc;

use egui::{Pos2, Rect, Vec2};

use super::consent;
use crate::l10n::Value;
use crate::session::Action;
use crate::text::Style;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Icon, Lay};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// The sheet's width where it does not fill the screen's.
const WIDTH: f32 = 1480.0;
/// Most lines of a part.
const LINES: u8 = 8;

/// A head and what is said under it.
struct Part {
    head: Arc<str>,
    body: Arc<str>,
}

/// Styles of title, head and body.
struct Styles([Style; 3]);

impl Styles {
    fn large(canvas: &Canvas<'_>) -> Self {
        Self([canvas.theme.title(), canvas.theme.heading(), canvas.theme.body()])
    }

    /// For long words in large text on a low screen.
    fn small(canvas: &Canvas<'_>) -> Self {
        Self([canvas.theme.heading(), canvas.theme.label(), canvas.theme.small()])
    }
}

/// Shows it over the screen.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) {
    let parts = parts(canvas, stage);
    let columns = if canvas.theme.portrait { 1 } else { 2 };
    let screen = canvas.screen();
    let inset = 2.0 * (space::XL + space::S);
    let width =
        if columns == 1 { screen.width() - 2.0 * space::M } else { WIDTH.min(screen.width() - 2.0 * space::XL) };
    let inner = width - inset;
    let most = screen.height() - 2.0 * space::XL;
    let mut styles = Styles::large(canvas);
    if height(canvas, stage, &styles, &parts, columns, inner) + inset > most {
        styles = Styles::small(canvas);
    }
    let height = height(canvas, stage, &styles, &parts, columns, inner) + inset;
    let (title, close) = (canvas.say("retention-title"), canvas.say("word-close"));
    let sheet = canvas.sheet(&title, &close, Vec2::new(width, height));
    if sheet.closed {
        canvas.act(Action::Close);
    }
    lay(canvas, stage, &styles, &parts, columns, sheet.content);
}

fn parts(canvas: &Canvas<'_>, stage: &Stage<'_>) -> Vec<Part> {
    let minutes = |number: f64| [("minutes", Value::Number(number))];
    let visit = minutes(f64::from(consent::minutes(stage)));
    let photo = minutes((stage.settings.photo.lifetime.as_secs_f64() / 60.0).ceil());
    let part = |head, body: &str| Part { head: canvas.say(head), body: body.into() };
    let mut parts = vec![
        part("retention-kept", &canvas.say("retention-kept-more")),
        part("retention-long", &canvas.say_with("retention-long-more", &visit)),
        part("retention-erase", &canvas.say("retention-erase-more")),
    ];
    if stage.rules().photo {
        parts.push(part("retention-photo", &canvas.say_with("retention-photo-more", &photo)));
    }
    let privacy = &stage.settings.privacy;
    if privacy.count_consents {
        parts.push(part("retention-counted", &canvas.say("retention-counted-more")));
    }
    if !privacy.contact.is_empty() {
        parts.push(part("retention-contact", &privacy.contact));
    }
    parts
}

/// How high a part is in a column.
fn part_height(canvas: &mut Canvas<'_>, Styles([_, head, body]): &Styles, part: &Part, width: f32) -> f32 {
    canvas.measure_block(&part.head, *head, width, 2).y
        + space::XS
        + canvas.measure_block(&part.body, *body, width, LINES).y
}

/// How high each row of parts is.
fn rows(canvas: &mut Canvas<'_>, styles: &Styles, parts: &[Part], columns: usize, inner: f32) -> Vec<f32> {
    let width = column_width(columns, inner);
    let rows = parts.chunks(columns);
    rows.map(|row| row.iter().map(|part| part_height(canvas, styles, part, width)).fold(0.0, f32::max)).collect()
}

fn column_width(columns: usize, inner: f32) -> f32 {
    (inner - space::XXL * (columns - 1) as f32) / columns as f32
}

/// The title's room: beside it lies the cross.
fn title_width(canvas: &Canvas<'_>, inner: f32) -> f32 {
    (inner - canvas.theme.touch).max(1.0)
}

fn height(
    canvas: &mut Canvas<'_>,
    stage: &Stage<'_>,
    styles: &Styles,
    parts: &[Part],
    columns: usize,
    inner: f32,
) -> f32 {
    let title = canvas.say("retention-title");
    let (wide, touch, small) = (title_width(canvas, inner), canvas.theme.touch, canvas.theme.small());
    let title = canvas.measure_block(&title, styles.0[0], wide, 3).y.max(touch);
    let rows = rows(canvas, styles, parts, columns, inner);
    let version = consent::version_text(canvas, stage);
    let version = canvas.measure_block(&version, small, inner / 2.0, 2).y.max(touch);
    title + rows.iter().map(|row| row + space::XL).sum::<f32>() + space::XL + version
}

fn lay(canvas: &mut Canvas<'_>, stage: &Stage<'_>, styles: &Styles, parts: &[Part], columns: usize, place: Rect) {
    let Styles([title_style, head, body]) = styles;
    let palette = canvas.theme.palette;
    let title = canvas.say("retention-title");
    let wide = Vec2::new(title_width(canvas, place.width()), place.height());
    let at = canvas.flow.at_start(place, wide);
    let laid = canvas.paragraph(&title, *title_style, palette.ink, at, Lay::Start, 3);
    let mut top = laid.bottom().max(place.top() + canvas.theme.touch) + space::XL;
    let heights = rows(canvas, styles, parts, columns, place.width());
    for (row, height) in parts.chunks(columns).zip(heights) {
        let at = Rect::from_min_size(Pos2::new(place.left(), top), Vec2::new(place.width(), height));
        let width = column_width(columns, place.width());
        let mut across = canvas.flow.row(at, space::XXL);
        for part in row {
            let at = across.take(width);
            let laid = canvas.paragraph(&part.head, *head, palette.ink, at, Lay::Start, 2);
            let rest = Rect::from_min_max(Pos2::new(at.left(), laid.bottom() + space::XS), at.max);
            canvas.paragraph(&part.body, *body, palette.soft_ink, rest, Lay::Start, LINES);
        }
        top += height + space::XL;
    }
    let version = consent::version_text(canvas, stage);
    // Within reach, as the cross may not be.
    let (small, touch) = (canvas.theme.small(), canvas.theme.touch);
    let foot = Rect::from_min_max(Pos2::new(place.left(), place.bottom() - touch), place.max);
    let mut row = canvas.flow.row(foot, space::L);
    let words = canvas.say("word-close");
    let close = Button::new(&words).icon(Icon::Check);
    let width = canvas.button_width(&close).min(foot.width() / 2.0);
    if canvas.button("close below", row.take_end(width), &close) {
        canvas.act(Action::Close);
    }
    let rest = row.rest();
    let high = canvas.measure_block(&version, small, rest.width(), 2).y;
    let at = Rect::from_center_size(rest.center(), Vec2::new(rest.width(), high));
    canvas.paragraph(&version, small, palette.soft_ink, at, Lay::Start, 2);
}
