//! A text laid out in lines and drawn.
//!
//! In: a text, its voice and size, and how wide and in how many lines it may lie. Out: its coverage as white with
//! alpha, and the size of its advance box.
//! 1. The text is cut at a length that no screen needs.
//! 2. Paragraphs that mix reading directions get a right-to-left mark (Unicode bidirectional algorithm, UAX 9) where
//!    the language is read from the right.
//! 3. cosmic-text shapes and breaks it; only where it does not fit is it shaped anew with an ellipsis.
//! 4. Each line is moved to the side that it leans to, and its glyphs are laid over each other by their greatest
//!    coverage.

use cosmic_text::{
    Align, Attrs, Buffer, Color, Ellipsize, EllipsizeHeightLimit, Family, FontSystem, LayoutGlyph, LayoutRun, Metrics,
    Shaping, SwashCache, Weight, Wrap,
};
use egui::{Color32, ColorImage, Vec2};

use super::Voice;

/// Where a block's lines lean; already mirrored for the reading direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lean {
    /// To the left.
    #[default]
    Left,
    /// To the middle.
    Middle,
    /// To the right.
    Right,
}

/// How a text is laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// Most that it may be wide.
    pub room: f32,
    /// Most lines; the last ends in an ellipsis if there were more.
    pub lines: u8,
    /// Where the lines lean.
    pub lean: Lean,
    /// Whether the language is read from the right, so that a sentence which begins with a foreign name is too.
    pub rtl: bool,
}

/// No text is longer on any screen; what a file says may be.
const MAX_CHARS: usize = 400;
/// For texts of several lines.
const MAX_CHARS_OF_PARAGRAPHS: usize = 4000;
/// Tells the direction of what follows, and draws nothing.
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';

/// White text with its coverage as alpha. Lengths are pixels.
#[derive(Clone, Debug)]
pub struct DrawnText {
    /// The text with a margin of `pad` around its advance box.
    pub image: ColorImage,
    /// Size of the advance box.
    pub advance: Vec2,
    /// For ink that reaches out of the advance box.
    pub pad: f32,
    /// Whether it ends in an ellipsis, since not all of it fitted.
    pub is_cut: bool,
}

/// Lays a text out and draws it.
pub(super) fn draw(
    fonts: &mut FontSystem,
    swash: &mut SwashCache,
    text: &str,
    voice: Voice,
    pixels: f32,
    block: &Block,
) -> DrawnText {
    let mut buffer = Buffer::new(fonts, Metrics::new(pixels, (pixels * 1.3).round()));
    let attrs = match voice {
        Voice::Display => Attrs::new().family(Family::Name("Noto Serif Display")).weight(Weight::NORMAL),
        Voice::Label => Attrs::new().family(Family::Name("Noto Sans")).weight(Weight::SEMIBOLD),
        Voice::Body => Attrs::new().family(Family::Name("Noto Sans")).weight(Weight::NORMAL),
    };
    let most = if block.lines > 1 { MAX_CHARS_OF_PARAGRAPHS } else { MAX_CHARS };
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let marked = directed(&text[..end], block.rtl);
    let text = marked.as_deref().unwrap_or(&text[..end]);
    buffer.set_wrap(if block.lines > 1 { Wrap::WordOrGlyph } else { Wrap::None });
    buffer.set_size(Some(block.room), None);
    buffer.set_text(text, &attrs, Shaping::Advanced, Some(Align::Left));
    buffer.shape_until_scroll(fonts, false);
    let lines = usize::from(block.lines.max(1));
    let fits = buffer.layout_runs().all(|run| run.line_w <= block.room) && buffer.layout_runs().count() <= lines;
    if !fits {
        // Asked for from the start, it would shorten lines that just fit, too.
        buffer.set_ellipsize(Ellipsize::End(EllipsizeHeightLimit::Lines(lines)));
        buffer.shape_until_scroll(fonts, false);
    }
    let extents = buffer.layout_runs().map(|run| extent(&run));
    let measured = extents.map(|[from, to]| to - from).fold(1.0, f32::max).min(block.room).ceil();
    let height = buffer.layout_runs().map(|run| run.line_top + run.line_height).fold(1.0, f32::max).ceil();
    let pad = pad_of(pixels);
    let (columns, rows) = ((measured + 2.0 * pad) as usize, (height + 2.0 * pad) as usize);
    let mut coverage = vec![0_u8; columns * rows];
    let white = Color::rgb(255, 255, 255);
    for run in buffer.layout_runs() {
        let [from, to] = extent(&run);
        let shift = match block.lean {
            Lean::Left => -from,
            Lean::Middle => (measured - (to - from)) / 2.0 - from,
            Lean::Right => measured - to,
        };
        for glyph in run.glyphs {
            let glyph = glyph.physical((pad + shift.round(), pad + run.line_y), 1.0);
            swash.with_pixels(fonts, glyph.cache_key, white, |x, y, color| {
                let (x, y) = (x + glyph.x, y + glyph.y);
                if let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y))
                    && x < columns
                    && y < rows
                {
                    let at = &mut coverage[y * columns + x];
                    *at = (*at).max(color.a());
                }
            });
        }
    }
    let pixels = coverage.into_iter().map(Color32::from_white_alpha).collect();
    DrawnText {
        image: ColorImage::new([columns, rows], pixels),
        advance: Vec2::new(measured, height),
        pad,
        is_cut: !fits,
    }
}

/// From where a line's first word begins to where its last ends: the space at which it was broken can lie on either
/// line, and must not move its words.
fn extent(run: &LayoutRun<'_>) -> [f32; 2] {
    let is_space = |glyph: &&LayoutGlyph| {
        let text = run.text.get(glyph.start..glyph.end).unwrap_or_default();
        !text.is_empty() && text.chars().all(char::is_whitespace)
    };
    let words = run.glyphs.iter().filter(|glyph| !is_space(glyph));
    let [from, to] =
        words.fold([f32::MAX, f32::MIN], |[from, to], glyph| [from.min(glyph.x), to.max(glyph.x + glyph.w)]);
    if from < to { [from, to] } else { [0.0, run.line_w] }
}

/// The text with a mark before every paragraph that mixes directions, where the language is read from the right.
fn directed(text: &str, rtl: bool) -> Option<String> {
    let is_rtl =
        |letter: char| matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}');
    let reads_rtl = |line: &str| line.chars().find(|c| c.is_alphabetic()).is_some_and(is_rtl);
    // cosmic-text loses a number that a line from the right begins with; behind a mark it is kept.
    let numbered = |line: &str| line.chars().find(|c| !c.is_whitespace()).is_some_and(char::is_numeric);
    let needed = |line: &str| match reads_rtl(line) {
        true => numbered(line),
        false => rtl && line.contains(is_rtl),
    };
    if !text.lines().any(needed) {
        return None;
    }
    let mut marked = String::with_capacity(text.len() + 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            marked.push('\n');
        }
        if needed(line) {
            marked.push(RIGHT_TO_LEFT_MARK);
        }
        marked.push_str(line);
    }
    Some(marked)
}

/// For ink that reaches out of the advance box.
pub(super) fn pad_of(pixels: f32) -> f32 {
    (pixels * 0.25).ceil()
}
