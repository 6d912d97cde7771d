//! Contrast of colours, and colours mended until text can be read on them.
//!
//! In: sRGB colours. Out: their contrast ratio (WCAG 2.2, relative luminance and success criterion 1.4.3), or colours
//! that reach [`LEAST_CONTRAST`].
//! 1. Relative luminance of a colour: 0.2126 R + 0.7152 G + 0.0722 B in linear light.
//! 2. Contrast of two: (brighter + 0.05) / (darker + 0.05).
//! 3. Mending: the colour is darkened by 4 % at a time until the contrast is enough.

use egui::{Color32, Rgba};

/// What a text needs on its ground.
pub const LEAST_CONTRAST: f32 = 4.5;
/// A step of mending.
const STEP: f32 = 0.04;

/// Contrast of two opaque colours, 1–21.
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(color: Color32) -> f32 {
    let linear = Rgba::from(color);
    0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
}

/// A colour that lets its ground shine through, laid on it.
pub(super) fn over(color: Color32, ground: Color32) -> Color32 {
    let through = 1.0 - f32::from(color.a()) / 255.0;
    let mix = |color: u8, ground: u8| (f32::from(color) + through * f32::from(ground)).round() as u8;
    Color32::from_rgb(mix(color.r(), ground.r()), mix(color.g(), ground.g()), mix(color.b(), ground.b()))
}

/// The accent and the text that is read best on it; between the two, where neither could be read, the accent is
/// darkened until the light one can.
pub(super) fn with_text(accent: Color32, [light, dark]: [Color32; 2]) -> (Color32, Color32) {
    let accent = accent.to_opaque();
    // A little room, so that the pressed accent may move either way.
    if contrast(accent, dark) >= 1.5 * LEAST_CONTRAST {
        return (accent, dark);
    }
    (darkened(accent, |accent| contrast(accent, light) >= LEAST_CONTRAST), light)
}

/// The colour, darkened until it can be read on a ground.
pub(super) fn darkened_for(color: Color32, ground: Color32) -> Color32 {
    darkened(color, |color| contrast(color, ground) >= LEAST_CONTRAST)
}

fn darkened(mut color: Color32, enough: impl Fn(Color32) -> bool) -> Color32 {
    while !enough(color) && color != Color32::BLACK {
        let darker = |channel: u8| (f32::from(channel) * (1.0 - STEP)) as u8;
        color = Color32::from_rgb(darker(color.r()), darker(color.g()), darker(color.b()));
    }
    color
}

/// The colour moved by this part of the way to another, or away from it where the part is negative.
pub(super) fn towards(color: Color32, other: Color32, part: f32) -> Color32 {
    let away = if luminance(other) > 0.3 { Color32::BLACK } else { Color32::WHITE };
    let target = if part < 0.0 { away } else { other };
    let mix = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * part.abs()).round() as u8;
    Color32::from_rgb(mix(color.r(), target.r()), mix(color.g(), target.g()), mix(color.b(), target.b()))
}
