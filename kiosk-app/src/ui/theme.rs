//! Measures and styles. Lengths are points: the shorter side of the window is 1080 of them.

use egui::{Color32, Vec2};

use crate::palette::Palette;
use crate::text::{Style, Voice};

/// Distance from the screen's edge.
pub const MARGIN: f32 = 48.0;

/// Distances: each is used, no other is.
pub mod space {
    /// A hair.
    pub const XS: f32 = 4.0;
    /// Between what belongs together.
    pub const S: f32 = 8.0;
    /// Between controls.
    pub const M: f32 = 16.0;
    /// Between groups; a card's inset.
    pub const L: f32 = 24.0;
    /// A panel's inset.
    pub const XL: f32 = 32.0;
    /// A screen's margin.
    pub const XXL: f32 = 48.0;
    /// Between a title and what it is about.
    pub const HUGE: f32 = 72.0;
}

/// How soon what moves is at rest, in seconds.
pub mod time {
    /// A press, a choice.
    pub const QUICK: f32 = 0.18;
    /// A sheet, a page of a rail.
    pub const CALM: f32 = 0.28;
}

/// What the measures depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// The screen in points.
    pub screen: Vec2,
    /// Physical pixels for a point.
    pub pixels_per_point: f32,
    /// The size of a physical pixel in millimetres.
    pub mm_per_px: f32,
    /// Text larger by [`LARGE`].
    pub large_text: bool,
    /// All controls in the lower band.
    pub reach: bool,
    /// The shop's colour.
    pub accent: Color32,
}

/// How much larger large text is.
pub const LARGE: f32 = 1.3;
/// What a finger needs, in millimetres.
const FINGER_MM: f32 = 20.0;
/// Nothing that is touched is smaller, in points.
const LEAST_TOUCH: f32 = 72.0;
/// In reach mode no control is higher than this part of a portrait screen.
pub const REACH: f32 = 0.55;

/// Colours, sizes and distances of one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// The colours.
    pub palette: Palette,
    /// Height of everything that is touched.
    pub touch: f32,
    /// Higher than wide.
    pub portrait: bool,
    /// All controls in the lower band.
    pub reach: bool,
    /// Text is larger.
    pub large_text: bool,
    text_scale: f32,
}

impl Theme {
    /// For this screen and shopper.
    pub fn new(measures: Measures) -> Self {
        let points = FINGER_MM / (measures.mm_per_px * measures.pixels_per_point);
        Self {
            palette: Palette::new(measures.accent),
            touch: if points.is_finite() { points.max(LEAST_TOUCH).ceil() } else { LEAST_TOUCH },
            portrait: measures.screen.y > measures.screen.x,
            reach: measures.reach,
            large_text: measures.large_text,
            text_scale: if measures.large_text { LARGE } else { 1.0 },
        }
    }

    fn style(&self, voice: Voice, size: f32) -> Style {
        Style { voice, size: size * self.text_scale }
    }

    /// The one great word of a screen.
    pub fn display(&self) -> Style {
        self.style(Voice::Display, 76.0)
    }

    /// A screen's or a sheet's title.
    pub fn title(&self) -> Style {
        self.style(Voice::Display, 48.0)
    }

    /// A section's head, a product's name.
    pub fn heading(&self) -> Style {
        self.style(Voice::Label, 32.0)
    }

    /// What can be touched.
    pub fn label(&self) -> Style {
        self.style(Voice::Label, 26.0)
    }

    /// Running text.
    pub fn body(&self) -> Style {
        self.style(Voice::Body, 26.0)
    }

    /// What steps back; never smaller.
    pub fn small(&self) -> Style {
        self.style(Voice::Body, 21.0)
    }

    /// A small word on something that is touched.
    pub fn small_label(&self) -> Style {
        self.style(Voice::Label, 21.0)
    }

    /// The height of a line of this style.
    pub fn line(&self, style: Style) -> f32 {
        (style.size * 1.3).round()
    }
}

/// Physical pixels for a point.
pub fn pixels_per_point(width_px: u32, height_px: u32) -> f32 {
    (width_px.min(height_px) as f32 / 1080.0).clamp(0.62, 4.0)
}

#[cfg(test)]
mod tests;
