//! The house's colours, and the palette that a shop's accent makes of them. Every text can be read on every ground that
//! it is laid on: [`contrast`] mends the accent until it can.

mod contrast;

use egui::Color32;

pub use self::contrast::{LEAST_CONTRAST, contrast};

/// Behind everything, before the first picture.
pub const BACKGROUND_WGPU: wgpu::Color = wgpu::Color { r: 0.075, g: 0.055, b: 0.055, a: 1.0 };
/// Where a picture is still to come: the light scheme's ground, as it is stored.
pub const PAPER_WGPU: wgpu::Color = wgpu::Color { r: 0.961, g: 0.929, b: 0.898, a: 1.0 };
/// Light text and filled controls: warm ivory.
pub const IVORY: Color32 = Color32::from_rgb(0xFC, 0xF6, 0xF0);
/// Text on ivory: dark cocoa.
pub const COCOA: Color32 = Color32::from_rgb(0x2B, 0x1A, 0x1B);
/// A light that warns without alarming.
const AMBER: Color32 = Color32::from_rgb(0xF0, 0xB4, 0x5C);
/// Carmine: the accent of a shop that sets none.
pub const CARMINE: Color32 = Color32::from_rgb(0x8F, 0x23, 0x38);

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

/// `color` with this much opacity.
pub fn faded(color: Color32, opacity: f32) -> Color32 {
    color.gamma_multiply(opacity)
}

/// Dark glass: what light text lies on over any picture.
pub fn glass(opacity: f32) -> Color32 {
    Color32::from_rgba_unmultiplied(0x1E, 0x12, 0x12, (opacity * 255.0) as u8)
}

#[cfg(test)]
mod tests;
