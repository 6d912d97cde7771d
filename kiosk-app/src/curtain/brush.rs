//! Draws plain colours, pictures and words into pixels, without a graphics device.

use egui::{Color32, ColorImage, Pos2, Rect, Vec2};
use image::RgbaImage;
use image::imageops::{self, FilterType};

use crate::text::{Block, DrawnText, Lean, Style, TextShaper};

/// A picture being drawn. Lengths are pixels.
pub(super) struct Brush {
    /// Rows from the top: red, green and blue in the low three bytes.
    pub(super) pixels: Vec<u32>,
    width: usize,
    height: usize,
    text: TextShaper,
    /// The words that were laid down, in order.
    pub(super) laid: Vec<Laid>,
}

/// Words that were laid down.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    /// All of them.
    pub words: String,
    /// Where.
    pub place: Rect,
    /// Whether they end in an ellipsis, since not all of them fitted.
    pub is_cut: bool,
}

impl Brush {
    pub(super) fn new(width: usize, height: usize) -> Self {
        let (pixels, laid) = (vec![0; width * height], Vec::new());
        Self { pixels, width, height, text: TextShaper::default(), laid }
    }

    /// Fills a place, from one colour at its top to another at its foot. The steps between are dithered, so that no
    /// bands are seen.
    pub(super) fn fill(&mut self, place: Rect, top: Color32, foot: Color32) {
        let (columns, rows) = self.span(place);
        let high = rows.len().max(1) as f32;
        for (index, y) in rows.enumerate() {
            let part = (index as f32 + 0.5) / high;
            let channels = [top.r(), top.g(), top.b()].into_iter().zip([foot.r(), foot.g(), foot.b()]);
            let mut row = [0.0; 3];
            for (side, (from, to)) in row.iter_mut().zip(channels) {
                *side = f32::from(from) + (f32::from(to) - f32::from(from)) * part;
            }
            for (x, pixel) in columns.clone().zip(&mut self.pixels[y * self.width..][columns.clone()]) {
                let step = if top == foot { 0.5 } else { threshold(x, y) };
                *pixel = packed(row.map(|side| (side + step) as u32));
            }
        }
    }

    /// Lays a square picture (RGBA, straight alpha) into the middle of a place.
    pub(super) fn picture(&mut self, rgba: &[u8], side: usize, centre: Pos2) {
        let (left, top) = ((centre.x - side as f32 / 2.0).round(), (centre.y - side as f32 / 2.0).round());
        for (index, &[r, g, b, a]) in rgba.as_chunks::<4>().0.iter().enumerate() {
            let at = (left as i64 + (index % side) as i64, top as i64 + (index / side) as i64);
            self.mix(at, Color32::from_rgb(r, g, b), a);
        }
    }

    /// Lays a logo into a place.
    pub(super) fn logo(&mut self, logo: &ColorImage, place: Rect) {
        let [width, height] = logo.size.map(|side| u32::try_from(side).unwrap_or_default());
        let Some(whole) = RgbaImage::from_raw(width, height, logo.as_raw().to_vec()) else { return };
        let (columns, rows) = self.span(place);
        let [wide, high] = [&columns, &rows].map(|side| u32::try_from(side.len()).unwrap_or_default());
        if wide == 0 || high == 0 {
            return;
        }
        // Its colours are multiplied by their alpha, so that what is clear has none to mix in.
        let sized = imageops::resize(&whole, wide, high, FilterType::Triangle);
        for (x, y, pixel) in sized.enumerate_pixels() {
            let [r, g, b, a] = pixel.0;
            let [r, g, b, a] =
                Color32::from_rgba_premultiplied(r.min(a), g.min(a), b.min(a), a).to_srgba_unmultiplied();
            let at = (columns.start as i64 + i64::from(x), rows.start as i64 + i64::from(y));
            self.mix(at, Color32::from_rgb(r, g, b), a);
        }
    }

    /// How wide a line of words is.
    pub(super) fn width(&mut self, words: &str, style: Style) -> f32 {
        self.text.draw(words, style.voice, style.size, f32::from(u16::MAX)).advance.x
    }

    /// How high words are in a room of this width, and whether they are cut in these lines.
    pub(super) fn measure(&mut self, words: &str, style: Style, block: &Block) -> (Vec2, bool) {
        let drawn = self.text.draw_block(words, style.voice, style.size, block);
        (drawn.advance, drawn.is_cut)
    }

    /// Lays words down from the top of a place, leaning to a side of it.
    pub(super) fn words(&mut self, words: &str, style: Style, color: Color32, place: Rect, block: &Block) {
        let block = Block { room: place.width().floor(), ..*block };
        let DrawnText { image, advance, pad, is_cut } = self.text.draw_block(words, style.voice, style.size, &block);
        let left = match block.lean {
            Lean::Left => place.left(),
            Lean::Middle => place.center().x - advance.x / 2.0,
            Lean::Right => place.right() - advance.x,
        }
        .round();
        let top = place.top().round();
        for (index, letter) in image.pixels.iter().enumerate() {
            let (x, y) = (index % image.width(), index / image.width());
            self.mix((left as i64 - pad as i64 + x as i64, top as i64 - pad as i64 + y as i64), color, letter.a());
        }
        let place = Rect::from_min_size(Pos2::new(left, top), advance);
        self.laid.push(Laid { words: words.to_owned(), place, is_cut });
    }

    /// The pixels of a place within the picture.
    fn span(&self, place: Rect) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let within = |from: f32, to: f32, most: usize| {
            let [from, to] = [from, to].map(|at| (at.round().max(0.0) as usize).min(most));
            from..to.max(from)
        };
        (within(place.left(), place.right(), self.width), within(place.top(), place.bottom(), self.height))
    }

    fn mix(&mut self, (x, y): (i64, i64), color: Color32, alpha: u8) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if alpha == 0 || x >= self.width || y >= self.height {
            return;
        }
        let pixel = &mut self.pixels[y * self.width + x];
        let below = [16, 8, 0].map(|shift| *pixel >> shift & 0xFF);
        let (over, alpha) = ([color.r(), color.g(), color.b()].map(u32::from), u32::from(alpha));
        let mut mixed = [0; 3];
        for (mixed, (below, over)) in mixed.iter_mut().zip(below.into_iter().zip(over)) {
            *mixed = (below * (255 - alpha) + over * alpha + 127) / 255;
        }
        *pixel = packed(mixed);
    }
}

fn packed([r, g, b]: [u32; 3]) -> u32 {
    r.min(255) << 16 | g.min(255) << 8 | b.min(255)
}

/// From 0 to 1, other for each of 8 × 8 neighbours: an ordered dither (Bayer).
fn threshold(x: usize, y: usize) -> f32 {
    // The bits of x ^ y and y, in turn from the lowest to the highest.
    let mixed = (0..3).fold(0, |mixed, bit| mixed << 2 | ((x ^ y) >> bit & 1) << 1 | y >> bit & 1);
    (mixed as f32 + 0.5) / 64.0
}
