//! The widgets of all screens. They depend on texts, colours and touches, not on session, catalogue or language.

pub mod button;
pub mod chip;
pub mod flow;
pub mod icon;
pub mod motion;
pub mod pill;
pub mod progress;
pub mod qr;
pub mod rail;
pub mod segmented;
pub mod sheet;
pub mod slider;
pub mod swatches;
pub mod tile;
pub mod toggle;
pub mod words;

use egui::{AsIdSalt, Color32, CornerRadius, Id, Rect, Response, Sense, Shadow, Stroke, StrokeKind, Ui, Vec2};

pub use self::button::{Button, ButtonStyle, IconButton};
pub use self::chip::Chip;
pub use self::flow::{Column, Flow, Row};
pub use self::icon::Icon;
pub use self::motion::Motion;
pub use self::pill::Pill;
pub use self::rail::Rail;
pub use self::slider::Slider;
pub use self::swatches::Swatches;
pub use self::tile::{Tile, Touched};
pub use self::words::Lay;
use super::theme::Theme;
use crate::palette;
use crate::text::TextShaper;

/// What a widget draws with.
pub struct Kit<'a> {
    /// Egui's part: input, painter, focus, accessibility.
    pub ui: &'a mut Ui,
    /// Shapes every word.
    pub text: &'a mut TextShaper,
    /// Colours and measures.
    pub theme: &'a Theme,
    /// The reading direction.
    pub flow: Flow,
    /// Pictures of products.
    pub swatches: &'a mut Swatches,
    /// What moves, and what is held open.
    pub motion: &'a mut Motion,
}

impl Kit<'_> {
    /// The whole screen in points.
    pub fn screen(&self) -> Rect {
        self.ui.ctx().content_rect()
    }

    /// An id for a widget, by what it is.
    pub fn id(&self, salt: impl AsIdSalt) -> Id {
        self.ui.scope_id().with(salt)
    }

    /// The same kit on another ui.
    pub fn on<'b>(&'b mut self, ui: &'b mut Ui) -> Kit<'b> {
        Kit { ui, text: self.text, theme: self.theme, flow: self.flow, swatches: self.swatches, motion: self.motion }
    }

    /// Draws with everything outside of `clip` cut off.
    pub fn clipped<R>(&mut self, clip: Rect, draw: impl FnOnce(&mut Kit<'_>) -> R) -> R {
        let before = self.ui.clip_rect();
        self.ui.set_clip_rect(before.intersect(clip));
        let mut kit = Kit {
            ui: self.ui,
            text: self.text,
            theme: self.theme,
            flow: self.flow,
            swatches: self.swatches,
            motion: self.motion,
        };
        let result = draw(&mut kit);
        self.ui.set_clip_rect(before);
        result
    }

    /// Something that can be tapped.
    pub(super) fn tap(&mut self, salt: impl AsIdSalt, rect: Rect) -> Response {
        self.ui.interact(rect, self.id(salt), Sense::click())
    }

    /// A filled surface with round corners.
    pub fn fill(&self, rect: Rect, radius: f32, color: Color32) {
        self.ui.painter().rect_filled(rect, rounding(rect, radius), color);
    }

    /// A surface with a hairline around it.
    pub fn outlined(&self, rect: Rect, radius: f32, fill: Color32, line: Color32) {
        self.ui.painter().rect(rect, rounding(rect, radius), fill, Stroke::new(1.5, line), StrokeKind::Inside);
    }

    /// A soft shadow for what floats.
    pub fn shadow(&self, rect: Rect, radius: f32) {
        let shadow = Shadow { offset: [0, 4], blur: 24, spread: 0, color: palette::glass(0.18) };
        self.ui.painter().add(shadow.as_shape(rect, rounding(rect, radius)));
    }

    /// A ring around what has the keyboard's focus: dark and light, so that it is seen on any ground.
    pub fn focus_ring(&self, response: &Response, rect: Rect, radius: f32) {
        if response.has_focus() {
            let mut painter = self.ui.painter().clone();
            painter.set_clip_rect(painter.clip_rect().expand(12.0));
            let inner = rect.expand(3.0);
            let outer = rect.expand(7.0);
            let palette = &self.theme.palette;
            painter.rect_stroke(
                inner,
                rounding(inner, radius + 3.0),
                Stroke::new(4.0, palette.surface),
                StrokeKind::Outside,
            );
            painter.rect_stroke(
                outer,
                rounding(outer, radius + 7.0),
                Stroke::new(4.0, palette.ink),
                StrokeKind::Outside,
            );
        }
    }

    /// A part that eases between 0 and 1 with what is chosen.
    pub fn eased(&self, id: Id, on: bool, seconds: f32) -> f32 {
        self.ui.ctx().animate_bool_with_time_and_easing(id, on, seconds, egui::emath::easing::cubic_out)
    }

    /// A hairline across.
    pub fn rule(&self, rect: Rect) {
        self.ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.5, self.theme.palette.line));
    }
}

/// Corners that never exceed half of a side.
pub fn rounding(rect: Rect, radius: f32) -> CornerRadius {
    let most = rect.size().min_elem() / 2.0;
    CornerRadius::same(radius.min(most).clamp(0.0, 255.0) as u8)
}

/// The corners of cards and tiles.
pub const RADIUS: f32 = 18.0;
/// The corners of panels and sheets.
pub const PANEL_RADIUS: f32 = 36.0;

/// A colour between two.
pub fn mix(a: Color32, b: Color32, part: f32) -> Color32 {
    a.lerp_to_gamma(b, part)
}

/// A square of this side around a point.
pub fn square(centre: egui::Pos2, side: f32) -> Rect {
    Rect::from_center_size(centre, Vec2::splat(side))
}
