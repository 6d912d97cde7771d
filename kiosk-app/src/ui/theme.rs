//! Colours and measures. Lengths are points: pixels on a screen 1080 pixels high.

use egui::Color32;

/// Behind everything, before the first picture.
pub const BACKGROUND_WGPU: wgpu::Color = wgpu::Color { r: 0.075, g: 0.055, b: 0.055, a: 1.0 };
/// Light text and filled controls: warm ivory.
pub const IVORY: Color32 = Color32::from_rgb(0xFC, 0xF6, 0xF0);
/// Text on ivory: dark cocoa.
pub const COCOA: Color32 = Color32::from_rgb(0x2B, 0x1A, 0x1B);
/// A light that warns without alarming.
pub const AMBER: Color32 = Color32::from_rgb(0xF0, 0xB4, 0x5C);

/// Distance from the screen's edge.
pub const MARGIN: f32 = 48.0;
/// Height of everything that is touched (at least 64).
pub const TOUCH: f32 = 84.0;
/// Between chips.
pub const GAP: f32 = 14.0;

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
