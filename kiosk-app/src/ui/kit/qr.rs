//! A QR code with its quiet zone, always dark on light: cameras expect it.

use egui::{Color32, ColorImage, Id, Rect, Role, Sense, TextureHandle, TextureOptions, WidgetInfo};

use super::{Kit, RADIUS};

/// Light modules around the code, as the standard asks.
const QUIET: usize = 4;

impl Kit<'_> {
    /// The code of `text` as large as fits; `name` says what it leads to. False if the text is too long for a code.
    pub fn qr(&mut self, name: &str, text: &str, place: Rect) -> bool {
        let Some(texture) = self.code(text) else { return false };
        let side = place.size().min_elem();
        let modules = (texture.size()[0] + 2 * QUIET) as f32;
        // Whole pixels for a module, so that its edges stay sharp.
        let scale = self.ui.ctx().pixels_per_point();
        let whole = ((side * scale / modules).floor().max(1.0) * modules / scale).min(side);
        self.fill(Rect::from_center_size(place.center(), egui::Vec2::splat(side)), RADIUS, Color32::WHITE);
        let quiet = whole * QUIET as f32 / modules;
        let rect = Rect::from_center_size(place.center(), egui::Vec2::splat(whole - 2.0 * quiet));
        let uv = Rect::from_min_max(egui::Pos2::ZERO, egui::Pos2::new(1.0, 1.0));
        self.ui.painter().image(texture.id(), rect, uv, Color32::WHITE);
        let response = self.ui.interact(rect, self.id(("qr", text)), Sense::empty());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
        true
    }

    fn code(&mut self, text: &str) -> Option<TextureHandle> {
        let id = Id::unique(("qr", text));
        if let Some(kept) = self.ui.ctx().data(|data| data.get_temp::<TextureHandle>(id)) {
            return Some(kept);
        }
        let code = fast_qr::QRBuilder::new(text).build().ok()?;
        let mut image = ColorImage::filled([code.size, code.size], Color32::WHITE);
        for (y, row) in (0..code.size).map(|y| (y, &code[y])) {
            for (x, module) in row.iter().take(code.size).enumerate() {
                if module.value() {
                    image[(x, y)] = Color32::BLACK;
                }
            }
        }
        let texture = self.ui.ctx().load_texture("qr", image, TextureOptions::NEAREST);
        self.ui.ctx().data_mut(|data| data.insert_temp(id, texture.clone()));
        Some(texture)
    }
}
