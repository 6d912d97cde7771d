//! The mirror: the face, and everything to put on it.

mod controls;
mod looks;
mod marked;
mod over;
mod parts;
mod places;
mod products;
mod tools;

use egui::Rect;

pub(super) use self::over::doubt_words;
use self::places::Places;
use super::{brand, corner};
use crate::session::{Screen, Shelf};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, ButtonStyle, Icon, PANEL_RADIUS};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Shows it; returns where the live picture belongs.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    let places = Places::new(canvas);
    over::show(canvas, stage, &places);
    canvas.panel(places.panel, places.picture);
    parts::show(canvas, stage, places.parts);
    match stage.session.shelf() {
        Shelf::Looks => looks::show(canvas, stage, places.shelf),
        Shelf::Products(category) => products::show(canvas, stage, &places, *category),
        Shelf::Favourites => marked::show(canvas, stage, places.shelf),
    }
    ways(canvas, stage, places.ways);
    tools::show(canvas, stage, &places);
    let look = if places.corner_floats { ButtonStyle::Floating } else { ButtonStyle::Quiet };
    if !places.corner_floats && places.corner != places.tools {
        let mut row = canvas.flow.row(places.corner, space::L);
        let corner = corner::width(canvas, true);
        row.take_end(corner);
        brand::show(canvas, stage, row.rest());
    }
    corner::show(canvas, stage, places.corner, look, true);
    Some(places.picture)
}

/// The ways on from here.
fn ways(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let mut row = canvas.flow.row(place, space::M);
    let home = canvas.say("mirror-take-home");
    let button = Button::primary(&home).icon(Icon::Phone);
    let wide = canvas.button_width(&button).max(place.width() * 0.3).min(place.width() * 0.42);
    let at = row.take_end(wide);
    if canvas.button("take-home", at, &button) {
        canvas.act(crate::session::Action::Go(Screen::TakeHome));
    }
    let others = [
        ("mirror-compare", Icon::Compare, Screen::Compare),
        ("mirror-my-shade", Icon::Shade, Screen::Shade),
        ("mirror-changed", Icon::Layers, Screen::Changed),
    ];
    let places: Vec<Rect> = canvas.flow.split(row.rest(), others.len(), space::S).collect();
    for ((id, icon, screen), at) in others.into_iter().zip(places) {
        let words = canvas.say(id);
        let button = Button::new(&words).icon(icon).look(ButtonStyle::Bare);
        if canvas.place_button(id, at, &button) {
            if screen == Screen::Compare {
                begin_to_compare(canvas, stage);
            }
            canvas.act(crate::session::Action::Go(screen));
        }
    }
}

/// What is worn is the first to be compared.
fn begin_to_compare(canvas: &mut Canvas<'_>, stage: &Stage<'_>) {
    let session = stage.session;
    if let (true, Shelf::Products(category)) = (session.compare().is_empty(), session.shelf())
        && let Some(id) = session.people().leader().of(*category).and_then(|worn| worn.product_id.clone())
    {
        canvas.act(crate::session::Action::CompareToggle(id));
    }
}

impl Canvas<'_> {
    /// The panel beside or below the picture, with round corners where it meets it.
    pub fn panel(&mut self, panel: Rect, picture: Rect) {
        let color = self.theme.palette.ground;
        let below = panel.top() > picture.center().y;
        let radius = PANEL_RADIUS as u8;
        let corners =
            if below { egui::CornerRadius { nw: radius, ne: radius, sw: 0, se: 0 } } else { egui::CornerRadius::ZERO };
        self.ui.painter().rect_filled(panel, corners, color);
    }
}
