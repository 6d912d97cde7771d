//! The pill that says why the shopper does not see herself.

use egui::{Align2, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::text::{Shaped, Style, TextShaper, Voice};
use super::theme;
use crate::app::capture::{Showing, Why};

const STYLE: Style = Style { voice: Voice::Body, size: 24.0 };
const HEIGHT: f32 = 60.0;

/// What there is to say about where the picture comes from: in full, and for a narrow window.
pub fn words(showing: Showing) -> Option<[&'static str; 2]> {
    match showing {
        Showing::Camera | Showing::File | Showing::Model => None,
        Showing::Demo(Why::NotFound) => Some(["No camera found. Showing a demo clip.", "No camera found"]),
        Showing::Demo(Why::Busy) => {
            Some(["The camera is in use elsewhere. Showing a demo clip.", "The camera is in use elsewhere"])
        }
        Showing::Demo(Why::Lost) => Some(["The camera has stopped. Showing a demo clip.", "The camera has stopped"]),
        Showing::Demo(Why::Off) => Some(["The camera is off. Showing a demo clip.", "The camera is off"]),
    }
}

/// What to say when nobody is seen.
pub fn alone(showing: Showing) -> Option<&'static str> {
    match showing {
        Showing::Camera => Some("Look into the mirror to begin"),
        Showing::File => Some("No face found in this picture"),
        Showing::Demo(_) | Showing::Model => None,
    }
}

/// A pill's text, size and light before it has a place.
pub struct Pill<'a> {
    text: &'a str,
    shaped: Shaped,
    light: bool,
    /// Size in points.
    pub size: Vec2,
}

impl<'a> Pill<'a> {
    /// At most `room` points wide; with an amber light if it tells of something lacking.
    pub fn new(ui: &Ui, shaper: &mut TextShaper, text: &'a str, light: bool, room: f32) -> Self {
        let around = inset(light) + 32.0;
        let shaped = shaper.shape(ui.ctx(), text, STYLE, room - around);
        let size = Vec2::new(shaped.size.x + around, HEIGHT);
        Self { text, shaped, light, size }
    }

    /// The first of two texts if it fits, else the second.
    pub fn fitting(ui: &Ui, shaper: &mut TextShaper, [full, short]: [&'a str; 2], light: bool, room: f32) -> Self {
        let pill = Self::new(ui, shaper, full, light, f32::INFINITY);
        if pill.size.x <= room { pill } else { Self::new(ui, shaper, short, light, room) }
    }

    /// Lays it down by its anchor and returns where it lies.
    pub fn show(&self, ui: &Ui, at: Pos2, anchor: Align2) -> Rect {
        let rect = anchor.anchor_size(at, self.size);
        draw(ui, rect, self.light);
        let left = Pos2::new(rect.left() + inset(self.light), rect.center().y);
        self.shaped.left(ui, left, theme::IVORY);
        let response = ui.interact(rect, ui.scope_id().with(self.text), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.text));
        rect
    }
}

fn inset(light: bool) -> f32 {
    if light { 62.0 } else { 32.0 }
}

fn draw(ui: &Ui, rect: Rect, light: bool) {
    ui.painter().rect_filled(rect, HEIGHT / 2.0, theme::glass(0.66));
    if light {
        let at = Pos2::new(rect.left() + 36.0, rect.center().y);
        ui.painter().circle_filled(at, 12.0, theme::faded(theme::AMBER, 0.22));
        ui.painter().circle_filled(at, 6.0, theme::AMBER);
    }
}
