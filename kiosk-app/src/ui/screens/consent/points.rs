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

/// Side of the disc that an icon lies on.
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

/// A card has room for a larger head.
fn head_of(canvas: &Canvas<'_>, card: bool) -> Style {
    if card { canvas.theme.title() } else { canvas.theme.heading() }
}

fn words_height(canvas: &mut Canvas<'_>, point: &Point, width: f32, card: bool) -> f32 {
    let (head, body) = (head_of(canvas, card), canvas.theme.body());
    canvas.measure_block(&point.head, head, width, 3).y
        + space::XS
        + canvas.measure_block(&point.body, body, width, 5).y
}

fn height(canvas: &mut Canvas<'_>, point: &Point, width: f32, card: bool) -> f32 {
    let inset = if card { INSET } else { 0.0 };
    words_height(canvas, point, width - DISC - space::L - 2.0 * inset, card).max(DISC) + 2.0 * inset
}

/// The height of [`cards`].
pub(super) fn cards_height(canvas: &mut Canvas<'_>, points: &[Point], width: f32) -> f32 {
    points.iter().map(|point| height(canvas, point, width, true)).sum::<f32>() + 2.0 * space::M
}

/// The height of [`rows`].
pub(super) fn rows_height(canvas: &mut Canvas<'_>, points: &[Point], width: f32) -> f32 {
    points.iter().map(|point| height(canvas, point, width, false)).sum::<f32>() + 2.0 * space::XL
}

/// Each on a card, from the top of `place`.
pub(super) fn cards(canvas: &mut Canvas<'_>, points: &[Point], place: Rect) {
    let mut top = place.top();
    for point in points {
        let height = height(canvas, point, place.width(), true);
        let card = Rect::from_min_size(Pos2::new(place.left(), top), Vec2::new(place.width(), height));
        let palette = canvas.theme.palette;
        canvas.fill(card, RADIUS, palette.surface);
        lay(canvas, point, card.shrink(INSET), true);
        top = card.bottom() + space::M;
    }
}

/// One below the other, from the top of `place`; closer where they would not fit.
pub(super) fn rows(canvas: &mut Canvas<'_>, points: &[Point], place: Rect) {
    let mut top = place.top();
    let missing = (rows_height(canvas, points, place.width()) - place.height()).max(0.0);
    let gap = (space::XL - missing / 2.0).max(space::XS);
    for point in points {
        let height = height(canvas, point, place.width(), false);
        lay(canvas, point, Rect::from_min_size(Pos2::new(place.left(), top), Vec2::new(place.width(), height)), false);
        top += height + gap;
    }
}

fn lay(canvas: &mut Canvas<'_>, point: &Point, place: Rect, card: bool) {
    let palette = canvas.theme.palette;
    let mut row = canvas.flow.row(place, space::L);
    let disc = square(row.take(DISC).center(), DISC);
    canvas.fill(disc, DISC, palette.sunk);
    canvas.icon(point.icon, disc.center(), DISC * 0.52, palette.accent_ink);
    let words = row.rest();
    let height = words_height(canvas, point, words.width(), card);
    let (head, body) = (head_of(canvas, card), canvas.theme.body());
    let top = words.center().y - height / 2.0;
    let at = Rect::from_min_max(Pos2::new(words.left(), top), Pos2::new(words.right(), top + height));
    let laid = canvas.paragraph(&point.head, head, palette.ink, at, Lay::Start, 3);
    let at = Rect::from_min_max(Pos2::new(words.left(), laid.bottom() + space::XS), at.max);
    canvas.paragraph(&point.body, body, palette.soft_ink, at, Lay::Start, 5);
}
