//! The three things to know before saying yes.

use std::sync::Arc;

use egui::{Pos2, Rect, Vec2};

use super::wording::text;
use crate::text::Style;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Icon, Lay, RADIUS, square};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// One of them.
pub(super) struct Point {
    icon: Icon,
    head: Arc<str>,
    body: Arc<str>,
}

/// Side of the disc that an icon lies on, in rows and on cards.
const DISC: f32 = 96.0;
/// A card's inset.
const INSET: f32 = space::XL;

/// What the camera does, what is kept, how long.
pub(super) fn all(canvas: &Canvas<'_>, stage: &Stage<'_>) -> [Point; 3] {
    let say = |part: &str, general| text(canvas, stage, part, general);
    [
        Point { icon: Icon::Eyes, head: say("what", "consent-what"), body: say("what-more", "consent-what-more") },
        Point { icon: Icon::Lock, head: say("kept", "consent-kept"), body: say("kept-more", "consent-kept-more") },
        Point { icon: Icon::Clock, head: say("long", "consent-long"), body: say("long-more", "consent-long-more") },
    ]
}

/// How a point is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// On a card, with a large head.
    Card,
    /// A plain row.
    Row,
    /// A row in small text, for long words in large text on a low screen.
    Small,
}

impl Form {
    /// Styles of head and body.
    fn styles(self, canvas: &Canvas<'_>) -> (Style, Style) {
        let theme = canvas.theme;
        match self {
            Self::Card => (theme.title(), theme.body()),
            Self::Row => (theme.heading(), theme.body()),
            Self::Small => (theme.label(), theme.small()),
        }
    }

    /// Side of the disc that an icon lies on.
    fn disc(self) -> f32 {
        if self == Self::Small { 0.75 * DISC } else { DISC }
    }

    fn inset(self) -> f32 {
        if self == Self::Card { INSET } else { 0.0 }
    }
}

fn words_height(canvas: &mut Canvas<'_>, point: &Point, width: f32, form: Form) -> f32 {
    let (head, body) = form.styles(canvas);
    canvas.measure_block(&point.head, head, width, 3).y
        + space::XS
        + canvas.measure_block(&point.body, body, width, 5).y
}

fn height(canvas: &mut Canvas<'_>, point: &Point, width: f32, form: Form) -> f32 {
    let (disc, inset) = (form.disc(), form.inset());
    words_height(canvas, point, width - disc - space::L - 2.0 * inset, form).max(disc) + 2.0 * inset
}

/// The height of [`cards`].
pub(super) fn cards_height(canvas: &mut Canvas<'_>, points: &[Point], width: f32) -> f32 {
    points.iter().map(|point| height(canvas, point, width, Form::Card)).sum::<f32>() + 2.0 * space::M
}

/// The height of [`rows`].
pub(super) fn rows_height(canvas: &mut Canvas<'_>, points: &[Point], form: Form, width: f32) -> f32 {
    points.iter().map(|point| height(canvas, point, width, form)).sum::<f32>() + 2.0 * space::XL
}

/// Each on a card, from the top of `place`.
pub(super) fn cards(canvas: &mut Canvas<'_>, points: &[Point], place: Rect) {
    let mut top = place.top();
    for point in points {
        let height = height(canvas, point, place.width(), Form::Card);
        let card = Rect::from_min_size(Pos2::new(place.left(), top), Vec2::new(place.width(), height));
        let palette = canvas.theme.palette;
        canvas.fill(card, RADIUS, palette.surface);
        lay(canvas, point, card.shrink(INSET), Form::Card);
        top = card.bottom() + space::M;
    }
}

/// One below the other, from the top of `place`; closer where they would not fit.
pub(super) fn rows(canvas: &mut Canvas<'_>, points: &[Point], form: Form, place: Rect) {
    let mut top = place.top();
    let missing = (rows_height(canvas, points, form, place.width()) - place.height()).max(0.0);
    let gap = (space::XL - missing / 2.0).max(space::XS);
    for point in points {
        let height = height(canvas, point, place.width(), form);
        lay(canvas, point, Rect::from_min_size(Pos2::new(place.left(), top), Vec2::new(place.width(), height)), form);
        top += height + gap;
    }
}

fn lay(canvas: &mut Canvas<'_>, point: &Point, place: Rect, form: Form) {
    let palette = canvas.theme.palette;
    let mut row = canvas.flow.row(place, space::L);
    let side = form.disc();
    let disc = square(row.take(side).center(), side);
    canvas.fill(disc, side, palette.sunk);
    canvas.icon(point.icon, disc.center(), side * 0.52, palette.accent_ink);
    let words = row.rest();
    let height = words_height(canvas, point, words.width(), form);
    let (head, body) = form.styles(canvas);
    let top = words.center().y - height / 2.0;
    let at = Rect::from_min_max(Pos2::new(words.left(), top), Pos2::new(words.right(), top + height));
    let laid = canvas.paragraph(&point.head, head, palette.ink, at, Lay::Start, 3);
    let at = Rect::from_min_max(Pos2::new(words.left(), laid.bottom() + space::XS), at.max);
    canvas.paragraph(&point.body, body, palette.soft_ink, at, Lay::Start, 5);
}
