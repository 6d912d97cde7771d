//! One face to choose.

use carmine::light::MONK_SRGB;
use egui::epaint::RectShape;
use egui::{Color32, Pos2, Rect, Role, Sense, Vec2, WidgetInfo};

use crate::ui::canvas::Canvas;
use crate::ui::kit::{Icon, Lay, RADIUS, rounding, square};
use crate::ui::stage::PictureTexture;
use crate::ui::theme::{space, time};

/// What is known of it.
pub(super) struct ModelTile<'a> {
    pub name: &'a str,
    /// Monk tone, 1–10.
    pub tone: Option<u8>,
    pub picture: Option<PictureTexture>,
}

/// Side of the tone's dot.
const DOT: f32 = 26.0;

/// A face over its name, which is `name` high; true when it was tapped.
pub(super) fn show(canvas: &mut Canvas<'_>, rect: Rect, name: f32, face: &ModelTile<'_>) -> bool {
    let id = canvas.id(("face", face.name, rect.min.x as i32, rect.min.y as i32));
    let response = canvas.ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, face.name));
    let palette = canvas.theme.palette;
    let down = canvas.eased(id.with("down"), response.is_pointer_button_down_on(), time::QUICK);
    let place = Rect::from_min_max(rect.min, Pos2::new(rect.right(), rect.bottom() - name)).shrink(4.0 * down);
    match face.picture.filter(|picture| picture.size.min_elem() > 0.0) {
        Some(picture) => {
            let shape = RectShape::filled(place, rounding(place, RADIUS), Color32::WHITE);
            canvas.ui.painter().add(shape.with_texture(picture.texture, covering(picture.size, place.size())));
        }
        None => {
            canvas.fill(place, RADIUS, palette.sunk);
            canvas.icon(Icon::Person, place.center(), place.width() * 0.4, palette.soft_ink);
        }
    }
    let style = canvas.theme.label();
    let words = Rect::from_min_max(Pos2::new(rect.left(), rect.bottom() - name + space::S), rect.max);
    let tone = face.tone.and_then(|tone| MONK_SRGB.get(usize::from(tone).wrapping_sub(1)));
    let mut row = canvas.flow.row(words, space::S);
    if let Some(&[r, g, b]) = tone {
        let dot = square(row.take(DOT).center(), DOT);
        canvas.fill(dot, DOT, palette.line);
        canvas.fill(dot.shrink(1.5), DOT, Color32::from_rgb(r, g, b));
    }
    canvas.ink(face.name, style, palette.ink, row.rest(), Lay::Start);
    canvas.focus_ring(&response, place, RADIUS);
    response.clicked()
}

/// The part of a picture that fills a place without being stretched: its middle, or its upper part if it is too high,
/// where faces are.
fn covering(picture: Vec2, place: Vec2) -> Rect {
    let scale = (place.x / picture.x).max(place.y / picture.y);
    let shown = place / scale / picture;
    let min = Pos2::new((1.0 - shown.x) * 0.5, (1.0 - shown.y) * 0.3);
    Rect::from_min_size(min, shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_fills_its_place_unstretched() {
        for (picture, place) in
            [([300.0, 400.0], [200.0, 200.0]), ([400.0, 300.0], [200.0, 236.0]), ([9.0, 9.0], [9.0, 9.0])]
        {
            let (picture, place) = (Vec2::from(picture), Vec2::from(place));
            let part = covering(picture, place);
            assert!(Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0)).expand(1e-4).contains_rect(part));
            let shown = part.size() * picture;
            assert!((shown.x / shown.y - place.x / place.y).abs() < 1e-4);
            assert!((part.width() - 1.0).abs() < 1e-4 || (part.height() - 1.0).abs() < 1e-4);
        }
    }
}
