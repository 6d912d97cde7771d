//! Buttons: with words, or an icon alone.

use egui::{AsIdSalt, Color32, Pos2, Rect, Response, Role, WidgetInfo};

use super::{Icon, Kit, Lay, RADIUS, mix};
use crate::text::Style;
use crate::ui::theme::{space, time};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonStyle {
    /// The one main thing to do on a screen.
    Primary,
    /// As strong as the main one: the other answer to a question.
    Other,
    /// Everything else.
    #[default]
    Quiet,
    /// Words alone, without a surface.
    Bare,
    /// Over the picture: a surface with a shadow.
    Floating,
}

/// A button with words.
#[derive(Clone, Copy, Debug)]
pub struct Button<'a> {
    /// What it says.
    pub text: &'a str,
    /// What a screen reader says, where the words alone would not do.
    pub name: Option<&'a str>,
    /// Before the words.
    pub icon: Option<Icon>,
    /// How it looks.
    pub look: ButtonStyle,
    /// Whether it can be tapped.
    pub enabled: bool,
    /// For a button that stays pressed.
    pub pressed: Option<bool>,
}

impl<'a> Button<'a> {
    /// A quiet one.
    pub fn new(text: &'a str) -> Self {
        Self { text, name: None, icon: None, look: ButtonStyle::Quiet, enabled: true, pressed: None }
    }

    /// The main one.
    pub fn primary(text: &'a str) -> Self {
        Self { look: ButtonStyle::Primary, ..Self::new(text) }
    }

    /// With this look.
    pub fn look(self, look: ButtonStyle) -> Self {
        Self { look, ..self }
    }

    /// With an icon before the words.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// Whether it can be tapped.
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// A button that stays pressed.
    pub fn pressed(self, pressed: bool) -> Self {
        Self { pressed: Some(pressed), ..self }
    }

    /// What a screen reader says.
    pub fn name(self, name: &'a str) -> Self {
        Self { name: Some(name), ..self }
    }
}

/// An icon alone; the name is for those who do not see it.
#[derive(Clone, Copy, Debug)]
pub struct IconButton<'a> {
    /// What it shows.
    pub icon: Icon,
    /// What it does.
    pub name: &'a str,
    /// How it looks.
    pub look: ButtonStyle,
    /// Whether it can be tapped.
    pub enabled: bool,
    /// For a button that stays pressed.
    pub pressed: Option<bool>,
}

impl<'a> IconButton<'a> {
    /// A quiet one.
    pub fn new(icon: Icon, name: &'a str) -> Self {
        Self { icon, name, look: ButtonStyle::Quiet, enabled: true, pressed: None }
    }

    /// With this look.
    pub fn look(self, look: ButtonStyle) -> Self {
        Self { look, ..self }
    }

    /// Whether it can be tapped.
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// A button that stays pressed.
    pub fn pressed(self, pressed: bool) -> Self {
        Self { pressed: Some(pressed), ..self }
    }
}

/// What a word under an icon shrinks to before it is cut.
const SMALLEST: f32 = 18.0;
/// An icon over its word: the same beside one line and beside two.
const PLACE_ICON: f32 = 36.0;

/// Side of an icon beside words, for a text of this style.
fn icon_side(style: Style) -> f32 {
    (style.size * 1.25).round()
}

impl Kit<'_> {
    /// How wide a button is for its words.
    pub fn button_width(&mut self, button: &Button<'_>) -> f32 {
        let style = self.theme.label();
        let icon = button.icon.map_or(0.0, |_| icon_side(style) + space::M);
        self.measure(button.text, style, f32::INFINITY).x + icon + 2.0 * space::XL
    }

    /// A button; true when it was tapped.
    pub fn button(&mut self, salt: impl AsIdSalt, rect: Rect, button: &Button<'_>) -> bool {
        let (response, tapped) = self.button_body(salt, rect, button.look, button.enabled, button.pressed);
        let color = self.button_color(button.look, button.enabled, button.pressed == Some(true));
        self.button_words(rect, button, color);
        let name = button.name.unwrap_or(button.text);
        tell(&response, button.enabled, button.pressed, name);
        tapped
    }

    /// Icon and words, together in the middle.
    fn button_words(&mut self, rect: Rect, button: &Button<'_>, color: Color32) {
        let style = self.theme.label();
        let inner = rect.shrink2(egui::vec2(space::M.min(rect.width() * 0.1), 0.0));
        let Some(icon) = button.icon else {
            // Beside nothing, words may take two lines before they are cut.
            let lines = if rect.height() >= 2.0 * self.theme.line(style) + space::S { 2 } else { 1 };
            self.ink_block(button.text, style, color, inner, Lay::Middle, lines, 0.5);
            return;
        };
        let (side, gap) = (icon_side(style), space::S + space::XS);
        let room = (inner.width() - side - gap).max(0.0);
        let lines = if rect.height() >= 2.0 * self.theme.line(style) + space::S { 2 } else { 1 };
        let size = self.measure_block(button.text, style, room, lines);
        let whole = Rect::from_center_size(inner.center(), egui::vec2(side + gap + size.x, rect.height()));
        let mut row = self.flow.row(whole, gap);
        let at = row.take(side);
        if icon == Icon::Heart && button.pressed == Some(true) {
            self.full_heart(at.center(), side, color);
        } else {
            self.icon(icon, at.center(), side, color);
        }
        self.ink_block(button.text, style, color, row.rest().expand2(egui::vec2(1.0, 0.0)), Lay::Start, lines, 0.5);
    }

    /// A button with an icon alone; true when it was tapped.
    pub fn icon_button(&mut self, salt: impl AsIdSalt, rect: Rect, button: &IconButton<'_>) -> bool {
        // A heart fills; everything else that is pressed turns dark.
        let heart = button.icon == Icon::Heart && button.pressed == Some(true);
        let dark = if heart { None } else { button.pressed };
        let (response, tapped) = self.button_body(salt, rect, button.look, button.enabled, dark);
        let color = self.button_color(button.look, button.enabled, dark == Some(true));
        let side = (rect.size().min_elem() * 0.46).round();
        if heart {
            let accent = self.theme.palette.accent;
            self.full_heart(rect.center(), side, accent);
        } else {
            self.icon(button.icon, rect.center(), side, color);
        }
        tell(&response, button.enabled, button.pressed, button.name);
        tapped
    }

    /// An icon over a small word, for the rail of places to go to; true when it was tapped.
    pub fn place_button(&mut self, salt: impl AsIdSalt, rect: Rect, button: &Button<'_>) -> bool {
        let (response, tapped) = self.button_body(salt, rect, button.look, button.enabled, button.pressed);
        let color = self.button_color(button.look, button.enabled, button.pressed == Some(true));
        let mut style = self.theme.small_label();
        let room = rect.width() - space::S;
        // Two lines where there is a gap between words; where a word is too long by itself, its letters give way.
        let lines = if self.measure(button.text, style, f32::INFINITY).x > room { 2 } else { 1 };
        let longest = |kit: &mut Self, word| kit.measure(word, style, f32::INFINITY).x;
        let widest = button.text.split(' ').map(|word| longest(self, word)).fold(1.0, f32::max);
        style.size = (style.size * (0.96 * room / widest).min(1.0)).max(SMALLEST.min(style.size));
        let lines = if button.text.contains(' ') { lines } else { 1 };
        let side = PLACE_ICON;
        let size = self.measure_block(button.text, style, room, lines);
        let top = rect.center().y - (side + space::XS + size.y) / 2.0;
        if let Some(icon) = button.icon {
            let centre = Pos2::new(rect.center().x, top + side / 2.0);
            if icon == Icon::Heart && button.pressed == Some(true) {
                self.full_heart(centre, side, color);
            } else {
                self.icon(icon, centre, side, color);
            }
        }
        let words = Rect::from_min_max(Pos2::new(rect.left(), top + side + space::XS), rect.max);
        self.ink_block(button.text, style, color, words.shrink2(egui::vec2(space::XS, 0.0)), Lay::Middle, lines, 0.0);
        tell(&response, button.enabled, button.pressed, button.name.unwrap_or(button.text));
        tapped
    }

    fn button_color(&self, look: ButtonStyle, enabled: bool, pressed: bool) -> Color32 {
        let palette = &self.theme.palette;
        match (look, enabled, pressed) {
            (_, false, _) => palette.soft_ink.gamma_multiply(0.7),
            (ButtonStyle::Primary, ..) => palette.on_accent,
            (ButtonStyle::Other, ..) => palette.surface,
            (_, _, true) => palette.surface,
            _ => palette.ink,
        }
    }

    /// The surface of a button, and whether it was tapped.
    fn button_body(
        &mut self,
        salt: impl AsIdSalt,
        rect: Rect,
        look: ButtonStyle,
        enabled: bool,
        pressed: Option<bool>,
    ) -> (Response, bool) {
        let response = self.tap(salt, rect);
        let palette = self.theme.palette;
        let down = self.eased(response.id.with("down"), enabled && response.is_pointer_button_down_on(), time::QUICK);
        let on = self.eased(response.id.with("on"), pressed == Some(true), time::QUICK);
        let radius =
            if rect.width() < rect.height() * 1.3 && look != ButtonStyle::Bare { rect.height() / 2.0 } else { RADIUS };
        match look {
            ButtonStyle::Primary => {
                let fill = if enabled { mix(palette.accent, palette.accent_deep, down) } else { palette.sunk };
                self.fill(rect, radius, fill);
            }
            ButtonStyle::Other => {
                let fill = if enabled { mix(palette.ink, palette.soft_ink, down) } else { palette.sunk };
                self.fill(rect, radius, fill);
            }
            ButtonStyle::Quiet => {
                let fill = mix(mix(palette.surface, palette.sunk, down), palette.ink, on);
                self.outlined(rect, radius, fill, mix(palette.line, palette.ink, on));
            }
            ButtonStyle::Bare => {
                let fill = mix(Color32::TRANSPARENT, palette.sunk, down);
                self.fill(rect, radius, mix(fill, palette.ink, on));
            }
            ButtonStyle::Floating => {
                self.shadow(rect, radius);
                self.fill(rect, radius, mix(mix(palette.over_picture, palette.sunk, down), palette.ink, on));
            }
        }
        self.focus_ring(&response, rect, radius);
        let tapped = enabled && response.clicked();
        (response, tapped)
    }
}

fn tell(response: &Response, enabled: bool, pressed: Option<bool>, name: &str) {
    response.widget_info(|| match pressed {
        Some(pressed) => WidgetInfo::selected(Role::Button, enabled, pressed, name),
        None => WidgetInfo::labeled(Role::Button, enabled, name),
    });
}

impl Kit<'_> {
    /// One line of a menu; true when it was tapped.
    pub fn row_button(&mut self, salt: impl AsIdSalt, rect: Rect, words: &str, chosen: bool) -> bool {
        let (response, tapped) = self.button_body(salt, rect, ButtonStyle::Bare, true, None);
        let palette = self.theme.palette;
        let mut row = self.flow.row(rect.shrink2(egui::vec2(space::M, 0.0)), space::S);
        let mark = row.take_end(32.0);
        let color = if chosen { palette.accent_ink } else { palette.ink };
        if chosen {
            self.icon(Icon::Check, mark.center(), 30.0, color);
        }
        let style = self.theme.label();
        self.ink(words, style, color, row.rest(), super::Lay::Start);
        response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, chosen, words));
        tapped
    }
}
