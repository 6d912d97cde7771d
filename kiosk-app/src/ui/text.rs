//! Every text a shopper reads, shaped by cosmic-text (any script, either direction) and kept as a texture.

use std::collections::HashMap;

use cosmic_text::{
    Attrs, Buffer, Color, Ellipsize, EllipsizeHeightLimit, Family, FontSystem, Metrics, Shaping, SwashCache, Weight,
    Wrap, fontdb,
};
use egui::{Color32, ColorImage, Context, Pos2, Rect, TextureHandle, TextureOptions, Ui, Vec2};

use super::theme;

/// The fonts, subset and embedded: no system font is ever used, so every machine looks the same.
pub const SANS: &[u8] = include_bytes!("../../../assets/fonts/NotoSans-Regular.ttf");
const FONTS: [&[u8]; 8] = [
    SANS,
    include_bytes!("../../../assets/fonts/NotoSans-SemiBold.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansMath-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansSymbols2-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSerifDisplay-Light.ttf"),
    include_bytes!("../../../assets/fonts/NotoSerifDisplay-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansCJKsc-Regular.otf"),
];

/// A voice of the interface.
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
struct Key {
    voice: Voice,
    /// Size in 1/64 pixels, so that a resized window shapes anew.
    size: u32,
    /// Most pixels it may be wide.
    room: u32,
}

/// A shaped text, ready to be laid down.
#[derive(Clone)]
pub struct Shaped {
    texture: TextureHandle,
    /// Advance width and line height in points.
    pub size: Vec2,
    /// Around the advance box, for ink that reaches out of it, in pixels.
    pad: f32,
    pixels_per_point: f32,
}

/// Shapes texts once and remembers them.
pub struct TextShaper {
    fonts: FontSystem,
    swash: SwashCache,
    /// By text last, so that looking for one allocates nothing.
    shaped: HashMap<Key, HashMap<String, Shaped>>,
}

/// Texts kept; a mirror shows a few dozen.
const KEPT: usize = 256;
/// No text is longer on any screen; what a file says may be.
const MAX_CHARS: usize = 400;

impl Default for TextShaper {
    fn default() -> Self {
        let mut database = fontdb::Database::new();
        for font in FONTS {
            database.load_font_data(font.to_vec());
        }
        let fonts = FontSystem::new_with_locale_and_db("en".into(), database);
        Self { fonts, swash: SwashCache::new(), shaped: HashMap::new() }
    }
}

impl TextShaper {
    /// Forgets every texture (their device is gone).
    pub fn forget(&mut self) {
        self.shaped.clear();
    }

    /// One line of text, at most `room` points wide: what does not fit ends in an ellipsis.
    pub fn shape(&mut self, context: &Context, text: &str, style: Style, room: f32) -> Shaped {
        let pixels_per_point = context.pixels_per_point();
        let pixels = style.size * pixels_per_point;
        let most = context.input(|input| input.max_texture_side) as f32 - 2.0 * pad_of(pixels);
        let room = (room * pixels_per_point).min(most).max(1.0).floor();
        let key = Key { voice: style.voice, size: (pixels * 64.0) as u32, room: room as u32 };
        if let Some(shaped) = self.shaped.get(&key).and_then(|texts| texts.get(text)) {
            return shaped.clone();
        }
        if self.shaped.values().map(HashMap::len).sum::<usize>() >= KEPT {
            self.shaped.clear();
        }
        let (image, advance, pad) = self.draw(text, style.voice, pixels, room);
        let texture = context.load_texture("text", image, TextureOptions::LINEAR);
        let shaped = Shaped { texture, size: advance / pixels_per_point, pad, pixels_per_point };
        self.shaped.entry(key).or_default().insert(text.to_owned(), shaped.clone());
        shaped
    }

    /// One line of white text with its coverage as alpha, the size of its advance box and the margin around that, all in
    /// pixels.
    pub fn draw(&mut self, text: &str, voice: Voice, pixels: f32, room: f32) -> (ColorImage, Vec2, f32) {
        let mut buffer = Buffer::new(&mut self.fonts, Metrics::new(pixels, (pixels * 1.3).round()));
        let attrs = match voice {
            Voice::Display => Attrs::new().family(Family::Name("Noto Serif Display")).weight(Weight::NORMAL),
            Voice::Label => Attrs::new().family(Family::Name("Noto Sans")).weight(Weight::SEMIBOLD),
            Voice::Body => Attrs::new().family(Family::Name("Noto Sans")).weight(Weight::NORMAL),
        };
        let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
        buffer.set_wrap(Wrap::None);
        buffer.set_ellipsize(Ellipsize::End(EllipsizeHeightLimit::Lines(1)));
        buffer.set_size(Some(room), None);
        buffer.set_text(&text[..end], &attrs, Shaping::Advanced, None);
        buffer.shape_until_scroll(&mut self.fonts, false);
        let measured = buffer.layout_runs().map(|run| run.line_w).fold(1.0, f32::max).min(room).ceil();
        if buffer.layout_runs().any(|run| run.rtl) {
            // A right-to-left line starts at the right edge: bring that to what was measured.
            buffer.set_size(Some(measured), None);
            buffer.shape_until_scroll(&mut self.fonts, false);
        }
        let height = buffer.layout_runs().map(|run| run.line_top + run.line_height).fold(1.0, f32::max).ceil();
        let pad = pad_of(pixels);
        let (columns, rows) = ((measured + 2.0 * pad) as usize, (height + 2.0 * pad) as usize);
        let mut coverage = vec![0_u8; columns * rows];
        let white = Color::rgb(255, 255, 255);
        buffer.draw(&mut self.fonts, &mut self.swash, white, |x, y, w, h, color| {
            for (dx, dy) in (0..h as i32).flat_map(|dy| (0..w as i32).map(move |dx| (dx, dy))) {
                let (x, y) = (x + dx + pad as i32, y + dy + pad as i32);
                if let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y))
                    && x < columns
                    && y < rows
                {
                    let at = &mut coverage[y * columns + x];
                    *at = (*at).max(color.a());
                }
            }
        });
        let pixels = coverage.into_iter().map(Color32::from_white_alpha).collect();
        (ColorImage::new([columns, rows], pixels), Vec2::new(measured, height), pad)
    }
}

/// For ink that reaches out of the advance box.
fn pad_of(pixels: f32) -> f32 {
    (pixels * 0.25).ceil()
}

impl Shaped {
    /// Lays the text down with its advance box's left centre at `at`.
    pub fn left(&self, ui: &Ui, at: Pos2, color: Color32) {
        let snap = |points: f32| (points * self.pixels_per_point).round() / self.pixels_per_point;
        let pad = self.pad / self.pixels_per_point;
        let min = Pos2::new(snap(at.x), snap(at.y - self.size.y / 2.0)) - Vec2::splat(pad);
        let pixels = self.texture.size_vec2();
        let rect = Rect::from_min_size(min, pixels / self.pixels_per_point);
        let uv = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
        ui.painter().image(self.texture.id(), rect, uv, color);
    }

    /// The same with a soft shadow, for text that lies on the picture itself.
    pub fn shadowed(&self, ui: &Ui, at: Pos2, color: Color32) {
        self.left(ui, at + Vec2::new(0.0, 1.6), theme::glass(0.36));
        self.left(ui, at, color);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_ink_and_widths() {
        let mut shaper = TextShaper::default();
        let (short, advance, _) = shaper.draw("Rose", Voice::Label, 32.0, 900.0);
        let (_, longer, _) = shaper.draw("Everyday Rose", Voice::Label, 32.0, 900.0);
        assert!(longer.x > 2.0 * advance.x, "{advance:?} {longer:?}");
        let ink: u32 = short.pixels.iter().map(|p| u32::from(p.a() > 128)).sum();
        assert!(ink > 150, "{ink} dark pixels");
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let mut shaper = TextShaper::default();
        let (full, ..) = shaper.draw("Everyday Rose", Voice::Label, 32.0, 900.0);
        let (cut, advance, pad) = shaper.draw("Everyday Rose", Voice::Label, 32.0, 120.0);
        assert!((60.0..=121.0).contains(&advance.x), "{advance:?}");
        assert!(cut.width() < full.width() && cut.height() == full.height());
        // The dots are on the base line: no ink above them.
        let right = (pad + advance.x) as usize - 14..(pad + advance.x) as usize;
        let ink = |rows: std::ops::Range<usize>| {
            rows.flat_map(|y| right.clone().map(move |x| (x, y))).filter(|&(x, y)| cut[(x, y)].a() > 128).count()
        };
        let (upper, lower) = (ink(0..cut.height() / 2), ink(cut.height() / 2..cut.height()));
        assert!(upper == 0 && lower > 0, "{upper} above, {lower} below");
        let endless = "مرحبا".repeat(9000);
        assert!(shaper.draw(&endless, Voice::Label, 32.0, 300.0).1.x <= 301.0);
    }

    #[test]
    fn names_in_arabic_and_chinese_are_no_boxes() {
        let mut shaper = TextShaper::default();
        let mut image = |text: &str| shaper.draw(text, Voice::Label, 32.0, 900.0).0;
        // A face that lacks a letter draws the same box for it as for any other.
        for [a, b] in [["ليلة", "ذهبي"], ["朱", "园"], ["پ", "ژ"]] {
            assert!(image(a).pixels != image(b).pixels, "{a} {b}");
        }
        // Letters join: apart they are wider.
        assert!(image("ليلة").width() < image("ل ي ل ة").width());
    }

    #[test]
    fn nothing_is_drawn_for_nothing() {
        let (image, advance, _) = TextShaper::default().draw("", Voice::Body, 20.0, 900.0);
        assert!(image.pixels.iter().all(|p| p.a() == 0) && advance.x <= 1.0);
    }
}
