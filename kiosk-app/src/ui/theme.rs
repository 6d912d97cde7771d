//! Colours and measures. Lengths are points: the shorter side of the window is 1080 of them.

mod contrast;

use egui::{Color32, Vec2};

pub use self::contrast::contrast;
use super::text::{Style, Voice};

/// Behind everything, before the first picture.
pub const BACKGROUND_WGPU: wgpu::Color = wgpu::Color { r: 0.075, g: 0.055, b: 0.055, a: 1.0 };
/// Light text and filled controls: warm ivory.
pub const IVORY: Color32 = Color32::from_rgb(0xFC, 0xF6, 0xF0);
/// Text on ivory: dark cocoa.
pub const COCOA: Color32 = Color32::from_rgb(0x2B, 0x1A, 0x1B);
/// A light that warns without alarming.
pub const AMBER: Color32 = Color32::from_rgb(0xF0, 0xB4, 0x5C);
/// Carmine: the accent of a shop that has none of its own.
pub const CARMINE: Color32 = Color32::from_rgb(0xA3, 0x12, 0x2F);

/// Distance from the screen's edge.
pub const MARGIN: f32 = 48.0;
/// Height of everything that is touched (at least 64).
pub const TOUCH: f32 = 84.0;
/// Between chips.
pub const GAP: f32 = 14.0;

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

/// The colours. Every text's colour reaches 4.5:1 on every ground it is laid on: see [`Palette::pairs`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Panels and whole screens.
    pub ground: Color32,
    /// Cards and controls on the ground.
    pub surface: Color32,
    /// What is pressed; tracks.
    pub sunk: Color32,
    /// Controls over the picture: lets it shine through a little.
    pub over_picture: Color32,
    /// Text.
    pub ink: Color32,
    /// Text that steps back, and what is off.
    pub soft_ink: Color32,
    /// Hairlines.
    pub line: Color32,
    /// What is chosen, and the one main button.
    pub accent: Color32,
    /// The accent, pressed.
    pub accent_deep: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Text in the accent's colour.
    pub accent_ink: Color32,
    /// Over the screen, under a sheet.
    pub veil: Color32,
    /// A light that something lacks.
    pub warn: Color32,
    /// All is well.
    pub good: Color32,
}

impl Palette {
    /// With this accent, darkened where text on it or in it could not be read.
    pub fn new(accent: Color32) -> Self {
        let ground = Color32::from_rgb(0xF5, 0xED, 0xE5);
        let surface = Color32::from_rgb(0xFD, 0xF9, 0xF5);
        let sunk = Color32::from_rgb(0xE9, 0xDD, 0xD2);
        let (accent, on_accent) = contrast::with_text(accent, [surface, COCOA]);
        let accent_deep = contrast::towards(accent, on_accent, -0.18);
        Self {
            ground,
            surface,
            sunk,
            over_picture: Color32::from_rgba_unmultiplied(0xFD, 0xF9, 0xF5, 0xEE),
            ink: COCOA,
            soft_ink: Color32::from_rgb(0x66, 0x4F, 0x4C),
            line: Color32::from_rgb(0xDF, 0xD0, 0xC3),
            accent,
            accent_deep,
            on_accent,
            accent_ink: contrast::darkened_for(accent, sunk),
            veil: Color32::from_rgba_unmultiplied(0x1E, 0x12, 0x12, 0x9C),
            warn: AMBER,
            good: Color32::from_rgb(0x3F, 0x7A, 0x4E),
        }
    }

    /// Every text on every ground it is laid on, with a name for each. Over the picture: on black, the worst it can be.
    pub fn pairs(&self) -> Vec<(&'static str, Color32, Color32)> {
        let over = contrast::over(self.over_picture, Color32::BLACK);
        let mut pairs = Vec::new();
        for (name, ground) in
            [("ground", self.ground), ("surface", self.surface), ("sunk", self.sunk), ("over picture", over)]
        {
            pairs.extend([(name, self.ink, ground), (name, self.soft_ink, ground), (name, self.accent_ink, ground)]);
        }
        pairs.extend([("accent", self.on_accent, self.accent), ("pressed accent", self.on_accent, self.accent_deep)]);
        pairs.push(("ink", self.surface, self.ink));
        pairs
    }
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

/// `color` with this much opacity.
pub fn faded(color: Color32, opacity: f32) -> Color32 {
    color.gamma_multiply(opacity)
}

/// Dark glass: what light text lies on over any picture.
pub fn glass(opacity: f32) -> Color32 {
    Color32::from_rgba_unmultiplied(0x1E, 0x12, 0x12, (opacity * 255.0) as u8)
}

/// Physical pixels for a point.
pub fn pixels_per_point(width_px: u32, height_px: u32) -> f32 {
    (width_px.min(height_px) as f32 / 1080.0).clamp(0.62, 4.0)
}

#[cfg(test)]
mod tests;
