//! The strip of looks: a swatch of what it puts on, and its name. A touch wears it.

use egui::{Color32, CornerRadius, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};

use carmine::look::{Category, Finish, Layer, Look};

use super::text::{Shaped, Style, TextShaper, Voice};
use super::theme;

const LABEL: Style = Style { voice: Voice::Label, size: 27.0 };
const DOT: f32 = 26.0;
/// How much of a neighbour is seen beside the chosen chip.
const PEEK: f32 = 72.0;
/// Longer names end in an ellipsis.
const NAME_ROOM: f32 = 22.0 * LABEL.size;

/// A colour of a look and how it shines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swatch {
    /// The product's own colour.
    pub color: Color32,
    /// Its finish.
    pub finish: Finish,
}

/// What a look is known by, at most three: its colour on the lids, the cheeks and the lips. Of several the one that
/// hides most; where none of these is worn, the one of all.
pub fn key_layers(look: &Look) -> Vec<&Layer> {
    let strongest = |categories: &[Category]| {
        let layers = look.layers.iter().filter(|layer| categories.contains(&layer.product.category));
        layers.max_by(|a, b| (a.amount * a.product.coverage).total_cmp(&(b.amount * b.product.coverage)))
    };
    let places =
        [&[Category::Eyeshadow][..], &[Category::Blush], &[Category::Lipstick, Category::LipGloss, Category::LipLiner]];
    let layers: Vec<&Layer> = places.into_iter().filter_map(strongest).collect();
    if layers.is_empty() { strongest(&Category::ALL).into_iter().collect() } else { layers }
}

/// The swatches of a look. A gloss over the lips only changes their shine.
pub fn swatches(look: &Look) -> Vec<Swatch> {
    let glossed = look.layers.iter().any(|layer| layer.product.category == Category::LipGloss);
    let swatch = |layer: &Layer| {
        let product = &layer.product;
        let encode = |linear: f32| Color32::from(egui::Rgba::from_rgb(linear, linear, linear)).r();
        let [r, g, b] = product.shade.masstone_linear().to_array().map(encode);
        let glossed = glossed && product.category == Category::Lipstick;
        Swatch { color: Color32::from_rgb(r, g, b), finish: if glossed { Finish::Gloss } else { product.finish } }
    };
    key_layers(look).into_iter().map(swatch).collect()
}

/// One chip's content.
pub struct Chip {
    /// Its name.
    pub name: String,
    /// Its colours; none for "None".
    pub swatches: Vec<Swatch>,
}

/// The strip: chips side by side, dragged sideways where they are wider than their place.
#[derive(Default)]
pub struct Strip {
    scroll: f32,
    /// The chip that was brought into sight last, and the width that it was done for.
    revealed: Option<(usize, f32)>,
    /// The names on show; kept so that a frame allocates nothing.
    shaped: Vec<Shaped>,
}

impl Strip {
    /// Shows the chips in `place`; returns the one touched.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        shaper: &mut TextShaper,
        chips: &[Chip],
        worn: usize,
        place: Rect,
    ) -> Option<usize> {
        self.shaped.clear();
        let room = NAME_ROOM.min(place.width() - 190.0);
        self.shaped.extend(chips.iter().map(|chip| shaper.shape(ui.ctx(), &chip.name, LABEL, room)));
        let widths = chips.iter().zip(&self.shaped).map(|(chip, text)| width(chip, text.size.x));
        let (mut total, mut chosen) = (-theme::GAP, (0.0, 0.0));
        for (index, width) in widths.enumerate() {
            total += theme::GAP + width;
            if index == worn {
                chosen = (total - width, total);
            }
        }
        let reveal = Some((worn, place.width()));
        if std::mem::replace(&mut self.revealed, reveal) != reveal {
            // With a part of its neighbours, which shows that there are more.
            self.scroll = self.scroll.min(chosen.0 - PEEK).max(chosen.1 + PEEK - place.width());
        }
        let most = (total - place.width()).max(0.0);
        self.scroll = self.scroll.clamp(0.0, most);
        // Chips that do not fit slide under the screen's edges.
        let clip = place.expand2(Vec2::new(2.0 * theme::MARGIN, 20.0));
        let mut touched = None;
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
        inner.set_clip_rect(clip.intersect(ui.clip_rect()));
        let mut x = place.left() - self.scroll;
        for (index, (chip, text)) in chips.iter().zip(&self.shaped).enumerate() {
            let rect =
                Rect::from_min_size(Pos2::new(x, place.top()), Vec2::new(width(chip, text.size.x), place.height()));
            x = rect.right() + theme::GAP;
            let response =
                inner.interact(rect.intersect(clip), inner.scope_id().with(("chip", index)), Sense::click_and_drag());
            let selected = index == worn;
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, selected, &chip.name));
            self.scroll -= response.drag_delta().x;
            if response.clicked() {
                touched = Some(index);
            }
            body(&inner, rect, &response, selected);
            let dots = draw_swatches(&inner, rect, &chip.swatches);
            let color = if selected { theme::COCOA } else { theme::IVORY };
            text.left(&inner, Pos2::new(dots + 16.0, rect.center().y), color);
        }
        touched
    }
}

fn width(chip: &Chip, text: f32) -> f32 {
    let dots = DOT * 2.0 + chip.swatches.len().saturating_sub(1) as f32 * DOT;
    16.0 + dots + 16.0 + text + 32.0
}

fn body(ui: &Ui, rect: Rect, response: &Response, selected: bool) {
    let radius = CornerRadius::same((rect.height() / 2.0) as u8);
    let pressed = response.is_pointer_button_down_on();
    let fill = match (selected, pressed) {
        (true, _) => theme::IVORY,
        (false, true) => theme::faded(theme::IVORY, 0.34),
        (false, false) => theme::glass(0.50),
    };
    let rim = if selected { Color32::TRANSPARENT } else { theme::faded(theme::IVORY, 0.26) };
    ui.painter().rect(rect, radius, fill, Stroke::new(1.5, rim), StrokeKind::Inside);
    if response.has_focus() {
        ui.painter().rect_stroke(rect.expand(5.0), radius, Stroke::new(3.0, theme::IVORY), StrokeKind::Outside);
    }
}

/// Draws the dots and returns where they end.
fn draw_swatches(ui: &Ui, rect: Rect, swatches: &[Swatch]) -> f32 {
    let mut centre = Pos2::new(rect.left() + 16.0 + DOT, rect.center().y);
    if swatches.is_empty() {
        let stroke = Stroke::new(2.5, Color32::from_rgb(0xA8, 0x94, 0x8E));
        ui.painter().circle_stroke(centre, DOT - 4.0, stroke);
        let slant = Vec2::angled(-std::f32::consts::FRAC_PI_4) * (DOT - 4.0);
        ui.painter().line_segment([centre - slant, centre + slant], stroke);
        return centre.x + DOT;
    }
    for swatch in swatches {
        draw_dot(ui, centre, *swatch);
        centre.x += DOT;
    }
    centre.x
}

fn draw_dot(ui: &Ui, centre: Pos2, swatch: Swatch) {
    let painter = ui.painter();
    painter.circle_filled(centre, DOT, Color32::from_white_alpha(235));
    painter.circle_filled(centre, DOT - 3.0, swatch.color);
    // Matte and sheer show no light; satin and cream a soft one; what shines most a small sharp one.
    let light = centre + Vec2::new(-7.0, -8.0);
    match swatch.finish {
        Finish::Matte | Finish::Sheer => {}
        Finish::Satin | Finish::Cream => {
            for (radius, alpha) in [(11.0, 16), (8.0, 22), (5.0, 30)] {
                painter.circle_filled(light, radius, Color32::from_white_alpha(alpha));
            }
        }
        Finish::Gloss | Finish::Metallic | Finish::Shimmer | Finish::Glitter => {
            painter.circle_filled(light, 8.0, Color32::from_white_alpha(70));
            painter.circle_filled(light, 4.5, Color32::from_white_alpha(225));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clear_coat_changes_the_shine_not_the_colour() {
        let looks = crate::catalogue::looks().unwrap();
        for (name, look) in &looks {
            let swatches = swatches(look);
            assert!((1..=3).contains(&swatches.len()), "{name}: {swatches:?}");
        }
        let glazed = &looks.iter().find(|(name, _)| *name == "glazed-nude").unwrap().1;
        assert_eq!(swatches(glazed).len(), 1);
        assert_eq!(swatches(glazed)[0].finish, Finish::Gloss);
    }
}
