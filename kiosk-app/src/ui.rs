//! What the shopper sees and touches. Layout and input are egui's; every word is shaped in [`text`].

pub mod chips;
pub mod compare;
pub mod kit;
pub mod mirror;
pub mod notice;
pub mod overlay;
pub mod shade;
pub mod stage;
pub mod text;
pub mod theme;
pub mod touch;

use egui::Context;

/// Makes the interface as large as suits a window of this size.
pub fn fit_to(context: &Context, width_px: u32, height_px: u32, native_scale: f32) {
    let zoom = theme::pixels_per_point(width_px, height_px) / native_scale.max(0.1);
    if (context.zoom_factor() - zoom).abs() > 1e-4 {
        context.set_zoom_factor(zoom);
    }
}
