//! The curtain's picture, composed like the attract screen, which comes after it: the brand above, the invitation's band
//! in the shop's colour below, and between them, where a model will be, a stroke of lipstick in that colour.
//!
//! In: a [`Poster`] and a size in pixels. Out: pixels, and where the words lie.

use carmine::look::{Category, Finish, Mask, Product, Shade};
use carmine::swatch;
use egui::{Pos2, Rect, Vec2};

use super::brush::Brush;
pub use super::brush::Laid;
use super::poster::Poster;
use crate::palette::Palette;
use crate::text::{Block, Lean, Style, Voice};
use crate::ui::kit::Flow;
use crate::ui::screens::wrap;
use crate::ui::theme::{self, space};

/// Sizes of the attract screen, in points.
const MASTHEAD: f32 = 148.0;
const MASTHEAD_HIGH: f32 = 216.0;
const TITLE: f32 = 112.0;
const OTHERS: f32 = 30.0;
/// Height of a line, in parts of the letters' size.
const LINE: f32 = 1.3;
/// The stroke's side, in parts of the shorter side of its place.
const STROKE: f32 = 0.86;

/// A drawn curtain.
pub struct Picture {
    /// Rows from the top: red, green and blue in the low three bytes, as softbuffer takes them.
    pub pixels: Vec<u32>,
    /// Its size in pixels.
    pub size: [u32; 2],
    /// Its words and where they lie, in pixels.
    pub laid: Vec<Laid>,
}

/// Draws it.
pub fn paint(poster: &Poster, [width, height]: [u32; 2]) -> Picture {
    let size = [width.max(1), height.max(1)];
    let point = theme::pixels_per_point(size[0], size[1]);
    let screen = Rect::from_min_size(Pos2::ZERO, Vec2::new(size[0] as f32, size[1] as f32));
    let flow = Flow { rtl: poster.first.language.is_rtl() };
    let mut composer = Composer { brush: Brush::new(size[0] as usize, size[1] as usize), point, flow };
    composer.compose(poster, screen);
    Picture { pixels: composer.brush.pixels, size, laid: composer.brush.laid }
}

struct Composer {
    brush: Brush,
    /// Pixels in a point.
    point: f32,
    flow: Flow,
}

/// The title as it fits.
struct Title {
    style: Style,
    lines: u8,
    high: f32,
}

impl Composer {
    fn compose(&mut self, poster: &Poster, screen: Rect) {
        let palette = Palette::new(poster.accent);
        let portrait = screen.height() > screen.width();
        let (mut panel, mut stage) = (screen, screen);
        if !portrait {
            let mut row = self.flow.row(screen, 0.0);
            panel = row.take_end((screen.width() * 0.42).min(840.0 * self.point).round());
            stage = row.rest();
        }
        let inset = space::XXL * self.point;
        let room = panel.width() - 2.0 * inset;
        let title = self.title(poster, room, if portrait { 1 } else { 3 });
        let (pieces, others_high) = self.others(poster, room);
        let mut foot_high = inset + title.high + space::XL * self.point + others_high + inset;
        if !portrait {
            foot_high = foot_high.max(panel.height() * 0.56);
        }
        let foot = Rect::from_min_max(Pos2::new(panel.left(), (panel.bottom() - foot_high).round()), panel.max);
        let head_high = if portrait { MASTHEAD_HIGH * self.point } else { foot.top() - panel.top() };
        let head = Rect::from_min_size(panel.min, Vec2::new(panel.width(), head_high.round()));
        if portrait {
            stage = Rect::from_min_max(head.left_bottom(), foot.right_top());
        }
        self.brush.fill(stage, palette.sunk, palette.ground);
        self.brush.fill(head, palette.ground, palette.ground);
        self.brush.fill(foot, palette.accent, palette.accent);
        self.stroke(poster, stage);
        self.masthead(poster, head.shrink2(Vec2::new(inset, 0.0)), &palette);
        // Everything in the band stands on its lower edge, as on the attract screen.
        let others_top = foot.bottom() - inset - others_high;
        let title_top = others_top - space::XL * self.point - title.high;
        let left = foot.left() + inset;
        let at = Rect::from_min_size(Pos2::new(left, title_top), Vec2::new(room, title.high));
        let block = Block { room, lines: title.lines, lean: self.flow.lean_start(), rtl: self.flow.rtl };
        self.brush.words(&poster.first.words, title.style, palette.on_accent, at, &block);
        let style = self.other_style();
        for (said, piece) in poster.others.iter().zip(pieces) {
            let block = Block { room, lines: 1, lean: self.flow.lean_start(), rtl: said.language.is_rtl() };
            let place = piece.translate(Vec2::new(left, others_top));
            self.brush.words(&said.words, style, palette.on_accent, place, &block);
        }
    }

    /// As large as it fits: no word is broken.
    fn title(&mut self, poster: &Poster, room: f32, lines: u8) -> Title {
        let words = &poster.first.words;
        let mut style = Style { voice: Voice::Display, size: TITLE * self.point };
        if lines > 1 {
            let longest = words.split_whitespace().max_by_key(|word| word.chars().count()).unwrap_or_default();
            style = self.fitted(longest, style, room);
        } else {
            style = self.fitted(words, style, room);
        }
        let block = Block { room, lines, lean: Lean::Left, rtl: self.flow.rtl };
        loop {
            let (laid, is_cut) = self.brush.measure(words, style, &block);
            if !is_cut || style.size < 12.0 {
                return Title { style, lines, high: laid.y };
            }
            style.size = (style.size * 0.94).floor();
        }
    }

    /// The style, smaller where the words would be wider than `room` on one line.
    fn fitted(&mut self, words: &str, style: Style, room: f32) -> Style {
        let wide = self.brush.width(words, style);
        let size = if wide > room { (style.size * room / wide).floor() } else { style.size };
        Style { size, ..style }
    }

    fn other_style(&self) -> Style {
        Style { voice: Voice::Body, size: OTHERS * self.point }
    }

    /// Where the other languages' words lie, from the left top of their room, and how high all of them are.
    fn others(&mut self, poster: &Poster, room: f32) -> (Vec<Rect>, f32) {
        let style = self.other_style();
        let widths: Vec<f32> = poster.others.iter().map(|said| self.brush.width(&said.words, style) + 2.0).collect();
        let place = Rect::from_min_size(Pos2::ZERO, Vec2::new(room, 0.0));
        wrap::laid(self.flow, place, &widths, (style.size * LINE).round(), space::L * self.point)
    }

    fn masthead(&mut self, poster: &Poster, head: Rect, palette: &Palette) {
        let style = Style { voice: Voice::Display, size: MASTHEAD * self.point };
        let style = self.fitted(&poster.brand, style, head.width());
        let high = (style.size * LINE).round();
        let at = Rect::from_center_size(head.center(), Vec2::new(head.width(), high));
        let block = Block { room: head.width(), lines: 1, lean: Lean::Middle, rtl: false };
        self.brush.words(&poster.brand, style, palette.ink, at, &block);
    }

    /// Lipstick in the shop's colour, spread on the ground.
    fn stroke(&mut self, poster: &Poster, stage: Rect) {
        let side = (stage.size().min_elem() * STROKE) as usize;
        let [r, g, b, _] = poster.accent.to_array();
        let shade = Shade::from_hex(&format!("#{r:02x}{g:02x}{b:02x}"));
        let (Ok(shade), Some(mask), 16..) = (shade, Mask::built_in("lips"), side) else { return };
        let lipstick = Product {
            name: poster.brand.clone(),
            category: Category::Lipstick,
            shade,
            coverage: 1.0,
            finish: Finish::Satin,
            flakes: None,
            mask,
        };
        self.brush.picture(&swatch::paint(&lipstick, side), side, stage.center());
    }
}
