//! What the quiet screens share: a ground with a title and the way back, a panel beside the picture, texts under one
//! another, rendered pictures.

use carmine::look::Product;
use egui::epaint::RectShape;
use egui::{Color32, CornerRadius, Pos2, Rect, Role, Sense, Vec2, WidgetInfo};

use crate::session::Action;
use crate::text::Style;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, ButtonStyle, Icon, IconButton, Kit, Lay, PANEL_RADIUS, RADIUS};
use crate::ui::stage::PictureTexture;
use crate::ui::theme::{MARGIN, REACH, space};

/// A screen of its own ground.
pub struct Page {
    /// Where its content goes.
    pub body: Rect,
    /// In reach mode: beside the way back, at the bottom.
    pub foot: Option<Rect>,
}

/// Lays the ground, the title and the way back: above, or in reach mode at the bottom.
pub fn open(canvas: &mut Canvas<'_>, title: &str, about: &str) -> Page {
    let (theme, screen) = (*canvas.theme, canvas.screen());
    let palette = theme.palette;
    canvas.ui.painter().rect_filled(screen, 0.0, palette.ground);
    let inset = if theme.portrait { MARGIN } else { space::XL };
    let mut column = canvas.flow.column(screen.shrink2(Vec2::new(MARGIN, inset)), space::L);
    let (high, small) = (theme.line(theme.title()), theme.line(theme.small()));
    let about_high = if about.is_empty() { 0.0 } else { small };
    let head = column.take((high + about_high).max(theme.touch));
    let low = is_low(canvas);
    let mut row = canvas.flow.row(head, space::L);
    if !low {
        back(canvas, row.take(theme.touch), ButtonStyle::Quiet);
    }
    let words = row.rest();
    let middle = Rect::from_center_size(words.center(), Vec2::new(words.width(), high + about_high));
    let mut lines = canvas.flow.column(middle, 0.0);
    let at = lines.take(high);
    canvas.line(title, theme.title(), palette.ink, at, Lay::Start);
    if !about.is_empty() {
        canvas.line(about, theme.small(), palette.soft_ink, lines.rest(), Lay::Start);
    }
    let foot = low.then(|| {
        let mut row = canvas.flow.row(column.take_bottom(theme.touch), space::M);
        back_in_words(canvas, &mut row);
        row.rest()
    });
    Page { body: column.rest(), foot }
}

/// Whether all controls are wanted in the lower band.
pub fn is_low(canvas: &Canvas<'_>) -> bool {
    canvas.theme.reach && canvas.theme.portrait
}

/// No control lies above this in reach mode.
pub fn band_top(canvas: &Canvas<'_>) -> f32 {
    canvas.screen().top() + canvas.screen().height() * REACH
}

/// The way back as an icon.
pub fn back(canvas: &mut Canvas<'_>, place: Rect, look: ButtonStyle) {
    let name = canvas.say("word-back");
    let place = Rect::from_center_size(place.center(), Vec2::splat(canvas.theme.touch.min(place.width())));
    if canvas.icon_button("back", place, &IconButton::new(Icon::Back, &name).look(look)) {
        canvas.act(Action::Back);
    }
}

/// The way back with its word, at the start of a row.
pub fn back_in_words(canvas: &mut Canvas<'_>, row: &mut crate::ui::kit::Row) {
    let name = canvas.say("word-back");
    let button = Button::new(&name).icon(Icon::Back);
    let width = canvas.button_width(&button);
    let place = row.take(width);
    if canvas.button("back", place, &button) {
        canvas.act(Action::Back);
    }
}

/// Width of the panel beside the picture of a wide screen: large text needs more of it.
pub fn panel_width(canvas: &Canvas<'_>) -> f32 {
    (canvas.screen().width() * if canvas.theme.large_text { 0.56 } else { 0.5 }).round()
}

/// A screen that is the live picture and a panel: below it, `high` points, or at the reading end of a wide screen.
/// Returns where the picture is to be shown and where the panel's content goes.
pub fn beside_picture(canvas: &mut Canvas<'_>, high: f32) -> (Rect, Rect) {
    let (theme, screen) = (*canvas.theme, canvas.screen());
    let radius = PANEL_RADIUS as u8;
    let (picture, panel, corners) = if theme.portrait {
        let top = (screen.bottom() - high).max(screen.top() + screen.height() * 0.28);
        let panel = Rect::from_min_max(Pos2::new(screen.left(), top), screen.max);
        let picture = Rect::from_min_max(screen.min, Pos2::new(screen.right(), top + PANEL_RADIUS));
        (picture, panel, CornerRadius { nw: radius, ne: radius, sw: 0, se: 0 })
    } else {
        let width = panel_width(canvas);
        let mut row = canvas.flow.row(screen, 0.0);
        let panel = row.take_end(width);
        let picture = row.rest();
        let picture = if canvas.flow.rtl {
            picture.with_min_x(picture.left() - PANEL_RADIUS)
        } else {
            picture.with_max_x(picture.right() + PANEL_RADIUS)
        };
        let corners = match canvas.flow.rtl {
            true => CornerRadius { nw: 0, ne: radius, sw: 0, se: radius },
            false => CornerRadius { nw: radius, ne: 0, sw: radius, se: 0 },
        };
        (picture, panel, corners)
    };
    canvas.ui.painter().rect_filled(panel, corners, theme.palette.ground);
    if !is_low(canvas) {
        let corner = Rect::from_min_size(screen.min + Vec2::splat(space::XL), Vec2::splat(theme.touch));
        let corner = canvas.flow.mirror(corner, screen);
        back(canvas, corner, ButtonStyle::Floating);
    }
    (picture, panel.shrink2(Vec2::new(if theme.portrait { MARGIN } else { space::XL }, space::XL)))
}

/// Texts under one another, from the top of a place.
pub struct Texts {
    rest: Rect,
}

impl Texts {
    /// In this place.
    pub fn new(place: Rect) -> Self {
        Self { rest: place }
    }

    /// Lays the next text down, as many lines as there is room for, and leaves a gap below it.
    pub fn lay(&mut self, canvas: &mut Canvas<'_>, text: &str, style: Style, color: Color32, gap: f32) {
        if self.rest.height() + 1.0 < canvas.theme.line(style) {
            return;
        }
        let laid = canvas.fitting(text, style, color, self.rest.expand2(Vec2::new(0.0, 0.5)), Lay::Start);
        self.rest.min.y = (laid.bottom() + gap).min(self.rest.max.y);
    }
}

/// How high a text is in a room, whatever it needs.
pub fn height_of(kit: &mut Kit<'_>, text: &str, style: Style, room: f32) -> f32 {
    if text.is_empty() {
        return 0.0;
    }
    let line = kit.theme.line(style);
    (kit.measure_block(text, style, room, 24).y / line).round().max(1.0) * line
}

/// A rendered picture that fills its place, cropped evenly on both sides; calm until it is there.
pub fn picture(
    canvas: &mut Canvas<'_>,
    name: &str,
    picture: Option<PictureTexture>,
    place: Rect,
    corners: CornerRadius,
) {
    let palette = canvas.theme.palette;
    match picture {
        Some(PictureTexture { texture, size }) if size.min_elem() > 0.0 => {
            let scale = (place.width() / size.x).max(place.height() / size.y);
            let shown = place.size() / (size * scale);
            let uv = Rect::from_center_size(Pos2::new(0.5, 0.5), shown);
            let shape = RectShape::filled(place, corners, Color32::WHITE).with_texture(texture, uv);
            canvas.ui.painter().add(shape);
        }
        _ => {
            canvas.ui.painter().rect_filled(place, corners, palette.sunk);
            let wait = canvas.say("page-wait");
            let style = canvas.theme.small();
            canvas.line(&wait, style, palette.soft_ink, place, Lay::Middle);
        }
    }
    let response = canvas.ui.interact(place, canvas.id(("picture", name)), Sense::empty());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
}

/// Equal corners of a card.
pub fn card_corners() -> CornerRadius {
    CornerRadius::same(RADIUS as u8)
}

/// A product's picture from near, in the middle of a white place of any shape.
pub fn swatch_across(canvas: &mut Canvas<'_>, product: &Product, place: Rect) {
    /// How much larger than the place is high: what lies around the product is left out.
    const NEAR: f32 = 1.4;
    canvas.fill(place, RADIUS - 4.0, Color32::WHITE);
    let side = (place.height() * NEAR).min(place.width());
    let context = canvas.ui.ctx().clone();
    if let Some(texture) = canvas.swatches.get(&context, product, side) {
        let shown = Rect::from_center_size(place.center(), Vec2::new(side, side.min(place.height())));
        let uv = Rect::from_center_size(Pos2::new(0.5, 0.5), shown.size() / side);
        canvas.ui.painter().image(texture, shown, uv, Color32::WHITE);
    }
}
