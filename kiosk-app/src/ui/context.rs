//! egui's context, as the screens need it.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily, TextureHandle};

use crate::text::SANS;

/// A context that draws nothing but what the kit draws.
pub fn new_context() -> Context {
    let context = Context::default();
    set_up(&context);
    context
}

/// Another one after the loss of a graphics device: pages and lists stay where the shopper left them. The textures of the old
/// one are gone, and so is its clock.
pub fn renewed_context(old: &Context) -> Context {
    let mut places = old.data_mut(std::mem::take);
    places.remove_by_type::<TextureHandle>();
    places.remove_by_type::<f64>();
    let context = new_context();
    context.data_mut(|data| *data = places);
    context
}

/// Fonts, colours and the ways of a finger.
pub fn set_up(context: &Context) {
    let mut fonts = FontDefinitions::empty();
    fonts.font_data.insert("sans".into(), Arc::new(FontData::from_static(SANS)));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["sans".into()]);
    }
    context.set_fonts(fonts);
    context.set_theme(egui::Theme::Light);
    context.all_styles_mut(|style| {
        // What a sheet covers is dimmed by its veil, not twice.
        style.visuals.disabled_alpha = 1.0;
        style.interaction.interact_radius = 0.0;
    });
    context.options_mut(|options| {
        // A tap may tremble, and take its time.
        options.input_options.max_click_dist = 22.0;
        options.input_options.max_click_duration = 30.0;
    });
}

/// Makes the interface as large as suits a window of this size.
pub fn fit_to(context: &Context, width_px: u32, height_px: u32, native_scale: f32) {
    let zoom = super::theme::pixels_per_point(width_px, height_px) / native_scale.max(0.1);
    if (context.zoom_factor() - zoom).abs() > 1e-4 {
        context.set_zoom_factor(zoom);
    }
}

#[cfg(test)]
mod tests {
    use egui::{ColorImage, Id, ScrollArea, TextureOptions, Ui, Vec2};

    use super::*;

    /// Lays a long list out, scrolled to `to` where that is given; returns how far it is scrolled.
    fn list(context: &Context, to: Option<f32>) -> f32 {
        let mut offset = 0.0;
        let mut show = |ui: &mut Ui| {
            let area = ScrollArea::vertical().max_height(100.0);
            let area = if let Some(to) = to { area.vertical_scroll_offset(to) } else { area };
            offset = area.show(ui, |ui| ui.allocate_space(Vec2::new(10.0, 5000.0))).state.unclamped_offset().y;
        };
        let _ = context.run_ui(egui::RawInput::default(), |ui| show(ui));
        offset
    }

    #[test]
    fn lists_and_pages_stay_where_they_were_and_no_texture_does() {
        let old = new_context();
        list(&old, Some(700.0));
        let (page, code) = (Id::unique("page"), Id::unique("code"));
        let texture = old.load_texture("code", ColorImage::example(), TextureOptions::LINEAR);
        old.data_mut(|data| {
            data.insert_temp(page, 3_usize);
            data.insert_temp(code, texture);
        });
        let context = renewed_context(&old);
        assert_eq!(list(&context, None), 700.0);
        assert_eq!(context.data(|data| data.get_temp::<usize>(page)), Some(3));
        assert!(context.data(|data| data.get_temp::<TextureHandle>(code)).is_none());
        assert_eq!(list(&new_context(), None), 0.0, "a session that begins");
    }
}
