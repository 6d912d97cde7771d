//! A word over the picture: a hint, a notice, a warning.

use egui::{Align2, Color32, Pos2, Rect, Vec2};

use super::{Icon, Kit, Lay, RADIUS};
use crate::ui::theme::space;

/// A word on a surface of its own.
#[derive(Clone, Copy, Debug)]
pub struct Pill<'a> {
    /// What it says.
    pub text: &'a str,
    /// Before the words.
    pub icon: Option<Icon>,
    /// A small light before the words.
    pub light: Option<Color32>,
    /// Most lines.
    pub lines: u8,
}

impl<'a> Pill<'a> {
    /// A pill of at most two lines.
    pub fn new(text: &'a str) -> Self {
        Self { text, icon: None, light: None, lines: 2 }
    }

    /// With an icon before the words.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// With a small light before the words.
    pub fn light(self, light: Color32) -> Self {
        Self { light: Some(light), ..self }
    }
}

/// Side of the icon.
const SIDE: f32 = 34.0;
/// Room for the light.
const LIGHT: f32 = 16.0;

impl Kit<'_> {
    /// Lays a pill down by its anchor, at most `room` wide, and returns where it lies.
    pub fn pill(&mut self, pill: &Pill<'_>, at: Pos2, anchor: Align2, room: f32) -> Rect {
        let style = self.theme.label();
        let before = if pill.icon.is_some() {
            SIDE + space::M
        } else if pill.light.is_some() {
            LIGHT + space::M
        } else {
            0.0
        };
        let around = Vec2::new(before + 2.0 * space::XL, 2.0 * space::M);
        let words = self.measure_block(pill.text, style, (room - around.x).max(40.0), pill.lines);
        let rect = anchor.anchor_size(at, words + around);
        let palette = self.theme.palette;
        let radius = if words.y > 1.5 * self.theme.line(style) { RADIUS + 8.0 } else { rect.height() / 2.0 };
        self.shadow(rect, radius);
        self.fill(rect, radius, palette.over_picture);
        let mut row = self.flow.row(rect.shrink2(egui::vec2(space::XL, 0.0)), space::M);
        if let Some(icon) = pill.icon {
            let at = row.take(SIDE).center();
            self.icon(icon, at, SIDE, palette.accent_ink);
        } else if let Some(light) = pill.light {
            let at = row.take(LIGHT).center();
            self.ui.painter().circle_filled(at, 7.0, light);
        }
        let place = row.rest().expand2(egui::vec2(1.0, 0.0));
        let laid = self.ink_block(pill.text, style, palette.ink, place, Lay::Start, pill.lines, 0.5);
        self.tell(pill.text, laid);
        rect
    }
}
