//! The curtain's picture: the attract screen's poster by the same measures, since that comes after it. Above lies the
//! brand, below the invitation's band in the shop's colour, and where a model will be, a stroke of lipstick in it.
//!
//! In: a [`Poster`] and a size in pixels. Out: pixels, and where the words lie.

use carmine::look::{Category, Finish, Mask, Product, Shade};
use carmine::swatch;
use egui::{Pos2, Rect, Vec2};

use super::brush::Brush;
pub use super::brush::Laid;
use super::poster::Poster;
use crate::text::{Block, Lean, Style, Voice};
use crate::ui::kit::Flow;
use crate::ui::screens::parts::{self, Parts};
use crate::ui::screens::wrap;
use crate::ui::theme::{self, Measures, Theme, space};

/// Sizes of the other languages' words and the gap between them, in points: the first with which they leave the title
/// its room.
const OTHERS: [(f32, f32); 3] = [(30.0, space::L), (26.0, space::M), (22.0, space::S)];
/// The part of the band that they may take.
const OTHERS_HIGH: f32 = 0.345;
/// Height of a line, in parts of the letters' size.
const LINE: f32 = 1.3;
/// The stroke's side, in parts of the shorter side of its place.
const STROKE: f32 = 0.86;
/// No title's letters are made smaller, in pixels.
const SMALLEST: f32 = 12.0;

/// A drawn curtain.
pub struct Picture {
    /// Rows from the top: red, green and blue in the low three bytes, as softbuffer takes them.
    pub pixels: Vec<u32>,
    /// Its size in pixels.
    pub size: [u32; 2],
    /// Its words and where they lie, in pixels.
    pub laid: Vec<Laid>,
    /// Its parts, in pixels.
    pub parts: Parts,
}

/// Draws it.
pub fn paint(poster: &Poster, [width, height]: [u32; 2]) -> Picture {
    let size = [width.max(1), height.max(1)];
    let point = theme::pixels_per_point(size[0], size[1]);
    let screen = Rect::from_min_size(Pos2::ZERO, Vec2::new(size[0] as f32, size[1] as f32) / point);
    let theme = Theme::new(Measures {
        screen: screen.size(),
        pixels_per_point: point,
        mm_per_px: poster.mm_per_px,
        large_text: false,
        reach: false,
        accent: poster.accent,
    });
    let flow = Flow { rtl: poster.first.language.is_rtl() };
    let mut brush = Brush::new(size[0] as usize, size[1] as usize);
    let label = Style { size: theme.label().size * point, ..theme.label() };
    let widths = parts::language_widths(&theme, &poster.languages, |name| brush.width(name, label) / point);
    let parts = Parts::of(&theme, flow, screen, parts::languages_high(&theme, screen, &widths));
    let mut composer = Composer { brush, point, flow, theme };
    composer.compose(poster, &parts);
    let Brush { pixels, laid, .. } = composer.brush;
    Picture { pixels, size, laid, parts: parts.scaled(point) }
}

struct Composer {
    brush: Brush,
    /// Pixels in a point.
    point: f32,
    flow: Flow,
    theme: Theme,
}

/// Words as they fit.
struct Fitted {
    style: Style,
    lines: u8,
    high: f32,
}

impl Composer {
    fn compose(&mut self, poster: &Poster, parts: &Parts) {
        let palette = self.theme.palette;
        let px = parts.scaled(self.point);
        self.brush.fill(px.picture, palette.sunk, palette.ground);
        self.brush.fill(px.masthead, palette.ground, palette.ground);
        self.brush.fill(px.foot, palette.accent, palette.accent);
        self.stroke(poster, px.picture);
        self.masthead(poster, parts);
        // The other languages stand on the band's lower edge, the title where the invitation will be.
        let inset = space::XXL * self.point;
        let gap = space::XL * self.point;
        let inner = px.foot.shrink(inset);
        let (style, pieces, others_high) = self.others(poster, inner.width(), px.foot.height() * OTHERS_HIGH);
        let others_top = inner.bottom() - others_high;
        let room = Rect::from_min_max(
            Pos2::new(inner.left(), px.foot.top() + space::M * self.point),
            Pos2::new(inner.right(), others_top - gap),
        );
        let title = self.title(poster, room.size().max(Vec2::ZERO));
        let most = (room.bottom() - title.high).max(room.top());
        let top = (px.invitation.center().y - title.high / 2.0).clamp(room.top(), most);
        let at = Rect::from_min_size(Pos2::new(room.left(), top), Vec2::new(room.width(), title.high));
        let lean = self.flow.lean_start();
        let block = Block { room: room.width(), lines: title.lines, lean, rtl: self.flow.rtl };
        self.brush.words(&poster.first.words, title.style, palette.on_accent, at, &block);
        for (said, piece) in poster.others.iter().zip(pieces) {
            let block = Block { room: piece.width(), lines: 1, lean, rtl: said.language.is_rtl() };
            let place = piece.translate(Vec2::new(inner.left(), others_top));
            self.brush.words(&said.words, style, palette.on_accent, place, &block);
        }
    }

    /// As large as it fits: no word is broken.
    fn title(&mut self, poster: &Poster, room: Vec2) -> Fitted {
        let words = &poster.first.words;
        let mut style = Style { voice: Voice::Display, size: parts::INVITATION * self.point };
        let lines = if self.theme.portrait { 1 } else { 3 };
        if lines > 1 {
            let longest = words.split_whitespace().max_by_key(|word| word.chars().count()).unwrap_or_default();
            style = self.fitted(longest, style, room.x);
        } else {
            style = self.fitted(words, style, room.x);
        }
        let block = Block { room: room.x, lines, lean: Lean::Left, rtl: self.flow.rtl };
        loop {
            let (laid, is_cut) = self.brush.measure(words, style, &block);
            if (!is_cut && laid.y <= room.y) || style.size < SMALLEST {
                return Fitted { style, lines, high: laid.y };
            }
            style.size = (style.size * 0.94).floor();
        }
    }

    /// The style, smaller where the words would be wider than `room` on one line; never of no size.
    fn fitted(&mut self, words: &str, style: Style, room: f32) -> Style {
        let style = Style { size: style.size.max(1.0), ..style };
        let wide = self.brush.width(words, style);
        let size = if wide > room { (style.size * room / wide).floor() } else { style.size };
        Style { size: size.max(1.0), ..style }
    }

    /// How the other languages' words look, where they lie from the left top of their room, and how high all of them
    /// are: at most so high, if they can be.
    fn others(&mut self, poster: &Poster, room: f32, most: f32) -> (Style, Vec<Rect>, f32) {
        let place = Rect::from_min_size(Pos2::ZERO, Vec2::new(room, 0.0));
        let mut laid = (Style { voice: Voice::Body, size: 0.0 }, Vec::new(), 0.0);
        for (size, gap) in OTHERS {
            let mut style = Style { voice: Voice::Body, size: size * self.point };
            for said in &poster.others {
                style = self.fitted(&said.words, style, room - 2.0);
            }
            let widths: Vec<f32> =
                poster.others.iter().map(|said| self.brush.width(&said.words, style) + 2.0).collect();
            let line = (style.size * LINE).round();
            let (pieces, high) = wrap::laid(self.flow, place, &widths, line, gap * self.point);
            laid = (style, pieces, high);
            if high <= most {
                break;
            }
        }
        laid
    }

    /// The brand's logo, else its name.
    fn masthead(&mut self, poster: &Poster, parts: &Parts) {
        if let Some(logo) = poster.logo.as_ref().filter(|logo| logo.size.iter().all(|side| *side > 0)) {
            let size = Vec2::new(logo.size[0] as f32, logo.size[1] as f32);
            return self.brush.logo(logo, parts.logo(size) * self.point);
        }
        let place = parts.brand() * self.point;
        let style = Style { voice: Voice::Display, size: parts.name_size(&self.theme) * self.point };
        let style = self.fitted(&poster.brand, style, place.width());
        let block = Block { room: place.width(), lines: 1, lean: Lean::Middle, rtl: false };
        let high = self.brush.measure(&poster.brand, style, &block).0.y;
        let at = Rect::from_center_size(place.center(), Vec2::new(place.width(), high));
        self.brush.words(&poster.brand, style, self.theme.palette.ink, at, &block);
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
