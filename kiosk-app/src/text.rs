//! Every text a shopper reads, shaped by cosmic-text (any script, either direction) and kept as a texture.

mod block;
pub mod lettering;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use cosmic_text::{FontSystem, SwashCache, fontdb};
use egui::{Color32, Context, Pos2, Rect, TextureHandle, TextureId, TextureOptions, Ui, Vec2};

pub use self::block::{Block, DrawnText, Lean};

/// The fonts, subset and embedded: no system font is ever used, so every machine looks the same.
pub const SANS: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
pub(crate) const FONTS: [&[u8]; 8] = [
    SANS,
    include_bytes!("../../assets/fonts/NotoSans-SemiBold.ttf"),
    include_bytes!("../../assets/fonts/NotoSansMath-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansSymbols2-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSerifDisplay-Light.ttf"),
    include_bytes!("../../assets/fonts/NotoSerifDisplay-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansCJKsc-Regular.otf"),
];

/// A typeface with its role in the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// Names of looks, the wordmark.
    Display,
    /// What can be touched.
    Label,
    /// Everything else.
    Body,
}

/// Voice and size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Which voice.
    pub voice: Voice,
    /// Size in points.
    pub size: f32,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct ShapeKey {
    voice: Voice,
    /// Size in 1/64 pixels, so that a resized window shapes anew.
    size: u32,
    /// Most pixels it may be wide.
    room: u32,
    lines: u8,
    lean: Lean,
    rtl: bool,
}

/// A shaped text, ready to be laid down.
#[derive(Clone)]
pub struct Shaped {
    texture: TextureHandle,
    /// Advance width and height of all lines in points.
    pub size: Vec2,
    /// Around the advance box, for ink that reaches out of it, in pixels.
    pad: f32,
    pixels_per_point: f32,
    /// Whether it ends in an ellipsis, since not all of it fitted.
    pub is_cut: bool,
}

/// A text that is kept: with it the places of all words on a screen can be found among what was painted, and checked.
#[derive(Clone, Copy, Debug)]
pub struct KeptText<'a> {
    /// All of it.
    pub text: &'a str,
    /// What it is painted from.
    pub texture: TextureId,
    /// The picture's margin around the advance box, in points.
    pub pad: f32,
    /// Whether it ends in an ellipsis, since not all of it fitted.
    pub is_cut: bool,
}

struct Kept {
    shaped: Shaped,
    /// The pass in which it was last shown.
    used: u64,
}

/// Shapes texts once and remembers them.
pub struct TextShaper {
    fonts: FontSystem,
    swash: SwashCache,
    /// By text last, so that looking for one allocates nothing.
    shaped: HashMap<ShapeKey, HashMap<String, Kept>>,
    count: usize,
}

/// Texts kept; a screen shows a few dozen.
const KEPT: usize = 384;

impl Default for TextShaper {
    fn default() -> Self {
        let mut database = fontdb::Database::new();
        for font in FONTS {
            database.load_font_data(font.to_vec());
        }
        let fonts = FontSystem::new_with_locale_and_db("en".into(), database);
        Self { fonts, swash: SwashCache::new(), shaped: HashMap::new(), count: 0 }
    }
}

impl TextShaper {
    /// Forgets every texture (their device is gone).
    pub fn clear(&mut self) {
        self.shaped.clear();
        self.count = 0;
    }

    /// One line of text, at most `room` points wide: what does not fit ends in an ellipsis.
    pub fn shape(&mut self, context: &Context, text: &str, style: Style, room: f32) -> Shaped {
        self.block(context, text, style, &Block { room, lines: 1, lean: Lean::Left, rtl: false })
    }

    /// Text in one or several lines. [`Block::room`] is in points.
    pub fn block(&mut self, context: &Context, text: &str, style: Style, block: &Block) -> Shaped {
        let pixels_per_point = context.pixels_per_point();
        let pixels = style.size * pixels_per_point;
        let most = context.input(|input| input.max_texture_side) as f32 - 2.0 * block::pad_of(pixels);
        let room = (block.room * pixels_per_point).min(most).max(1.0).floor();
        let Block { lines, lean, rtl, .. } = *block;
        let key = ShapeKey { voice: style.voice, size: (pixels * 64.0) as u32, room: room as u32, lines, lean, rtl };
        let pass = context.cumulative_pass_nr();
        if let Some(kept) = self.shaped.get_mut(&key).and_then(|texts| texts.get_mut(text)) {
            kept.used = pass;
            return kept.shaped.clone();
        }
        if self.count >= KEPT {
            self.drop_unused(pass);
        }
        let DrawnText { image, advance, pad, is_cut } =
            self.draw_block(text, style.voice, pixels, &Block { room, ..*block });
        let texture = context.load_texture("text", image, TextureOptions::LINEAR);
        let shaped = Shaped { texture, size: advance / pixels_per_point, pad, pixels_per_point, is_cut };
        self.shaped.entry(key).or_default().insert(text.to_owned(), Kept { shaped: shaped.clone(), used: pass });
        self.count += 1;
        shaped
    }

    /// Every text that is kept, shown or not.
    pub fn kept(&self) -> impl Iterator<Item = KeptText<'_>> {
        self.shaped.values().flatten().map(|(text, Kept { shaped, .. })| KeptText {
            text,
            texture: shaped.texture.id(),
            pad: shaped.pad / shaped.pixels_per_point,
            is_cut: shaped.is_cut,
        })
    }

    /// Drops texts that the last passes did not show, so that a full cache never has to shape a whole screen again.
    fn drop_unused(&mut self, pass: u64) {
        for texts in self.shaped.values_mut() {
            texts.retain(|_, kept| kept.used + 2 > pass);
        }
        self.shaped.retain(|_, texts| !texts.is_empty());
        self.count = self.shaped.values().map(HashMap::len).sum();
    }

    /// One line of text, at most `room` pixels wide.
    pub fn draw(&mut self, text: &str, voice: Voice, pixels: f32, room: f32) -> DrawnText {
        self.draw_block(text, voice, pixels, &Block { room, lines: 1, lean: Lean::Left, rtl: false })
    }

    /// The same in one or several lines. [`Block::room`] is in pixels.
    pub fn draw_block(&mut self, text: &str, voice: Voice, pixels: f32, block: &Block) -> DrawnText {
        block::draw(&mut self.fonts, &mut self.swash, text, voice, pixels, block)
    }
}

impl Shaped {
    /// Lays the text down with its advance box's left centre at `at`.
    pub fn left(&self, ui: &Ui, at: Pos2, color: Color32) {
        self.at(ui, Pos2::new(at.x, at.y - self.size.y / 2.0), color);
    }

    /// Lays the text down with its advance box's left top at `at`.
    pub fn at(&self, ui: &Ui, at: Pos2, color: Color32) {
        let snap = |points: f32| (points * self.pixels_per_point).round() / self.pixels_per_point;
        let pad = self.pad / self.pixels_per_point;
        let min = Pos2::new(snap(at.x), snap(at.y)) - Vec2::splat(pad);
        let pixels = self.texture.size_vec2();
        let rect = Rect::from_min_size(min, pixels / self.pixels_per_point);
        let uv = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
        ui.painter().image(self.texture.id(), rect, uv, color);
    }
}
