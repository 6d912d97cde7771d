//! A page's pixels, and how text, pictures, swatches and codes are laid onto them.
//!
//! In: boxes from the page's start, so that a page read from the right is the mirror of one read from the left. Out:
//! opaque RGBA8, rows from the top, overwritten when it is dropped.

use egui::Color32;
use image::{Rgb, RgbaImage};
use zeroize::Zeroize;

use crate::take_home::photo::Snapshot;
use crate::take_home::print::Swatch;
use crate::take_home::qr::Qr;
use crate::text::Voice;
use crate::text::lettering::{Anchor, Ink, Lettering};

/// A box in pixels from the page's start: left, or right where the page is read from there.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    pub start: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

/// Where a line of text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Start,
    Centre,
    End,
}

/// White paper to be drawn on. Zeroized when it is dropped.
pub struct PageRaster {
    pub image: RgbaImage,
    letters: Lettering,
    is_rtl: bool,
}

impl Drop for PageRaster {
    fn drop(&mut self) {
        std::mem::take(&mut self.image).into_raw().zeroize();
    }
}

impl PageRaster {
    pub fn new(width: u32, height: u32, is_rtl: bool) -> Self {
        let image = RgbaImage::from_pixel(width, height, image::Rgba([255; 4]));
        Self { image, letters: Lettering::default(), is_rtl }
    }

    /// Left edge of something `width` wide that starts there.
    fn left(&self, start: f32, width: f32) -> f32 {
        if self.is_rtl { self.image.width() as f32 - start - width } else { start }
    }

    /// One line; what does not fit ends in an ellipsis.
    pub fn write(&mut self, text: &str, ink: Ink, side: Side, area: Area) {
        let left = self.left(area.start, area.width);
        let (anchor, x) = match (side, self.is_rtl) {
            (Side::Centre, _) => (Anchor::Centre, left + 0.5 * area.width),
            (Side::Start, false) | (Side::End, true) => (Anchor::Left, left),
            (Side::End, false) | (Side::Start, true) => (Anchor::Right, left + area.width),
        };
        self.letters.write(&mut self.image, text, ink, anchor, (x, area.top + 0.5 * area.height), area.width);
    }

    /// How wide a line of text is.
    pub fn width(&mut self, text: &str, voice: Voice, size_px: f32) -> f32 {
        self.letters.width(text, voice, size_px)
    }

    /// The text in lines that fit, at spaces where there are some.
    pub fn lines(&mut self, text: &str, voice: Voice, size_px: f32, room: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace() {
            let mut fits = |line: &str| self.letters.width(line, voice, size_px) <= room;
            let line = lines.last_mut().map(std::mem::take).unwrap_or_default();
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            let parts = if fits(&longer) {
                vec![longer]
            } else if fits(word) {
                vec![line, word.to_owned()]
            } else {
                // A script without spaces.
                let mut parts = vec![if line.is_empty() { line } else { line + " " }];
                for letter in word.chars() {
                    let part = parts.last().map_or("", String::as_str);
                    match format!("{part}{letter}") {
                        longer if part.is_empty() || fits(&longer) => _ = parts.pop().map(|_| parts.push(longer)),
                        _ => parts.push(letter.into()),
                    }
                }
                parts
            };
            lines.pop();
            lines.extend(parts);
        }
        lines
    }

    /// A line of one colour.
    pub fn rule(&mut self, area: Area, color: [u8; 3]) {
        let left = self.left(area.start, area.width);
        self.paint(left, area, |_, _| (color, 1.0));
    }

    /// As much of the picture as fills the area, with the face as near to the middle as that allows; with round
    /// corners.
    pub fn picture(&mut self, picture: &Snapshot, face: [f32; 2], area: Area, radius: f32) {
        let (width, height) = (picture.width as f32, picture.height as f32);
        let scale = (width / area.width).min(height / area.height);
        let origin =
            |face: f32, length: f32, shown: f32| (face * length - 0.5 * shown).clamp(0.0, (length - shown).max(0.0));
        let origin = (origin(face[0], width, scale * area.width), origin(face[1], height, scale * area.height));
        let left = self.left(area.start, area.width);
        self.paint(left, area, |x, y| {
            let (from_x, from_y) = (origin.0 + scale * (x - 0.5), origin.1 + scale * (y - 0.5));
            (mean(picture, [from_x, from_y, from_x + scale, from_y + scale]), corner(x, y, area, radius))
        });
    }

    /// A disc of a product's swatch.
    pub fn swatch(&mut self, swatch: &Swatch, area: Area) {
        let left = self.left(area.start, area.width);
        self.paint(left, area, |x, y| {
            let cover = corner(x, y, area, 0.5 * area.height);
            match swatch {
                Swatch::Colour(color) => (*color, cover),
                Swatch::Picture { rgba, side_px } => {
                    let at = |at: f32, of: f32| ((at / of * *side_px as f32) as usize).min(side_px.saturating_sub(1));
                    let index = (at(y, area.height) * side_px + at(x, area.width)) * 4;
                    let pixel = rgba.get(index..index + 4).unwrap_or(&[255; 4]);
                    ([pixel[0], pixel[1], pixel[2]], cover * f32::from(pixel[3]) / 255.0)
                }
            }
        });
    }

    /// The code with its start and top at the area's, its quiet zone around that; returns its width.
    pub fn code(&mut self, qr: &Qr, area: Area) -> f32 {
        let scale = (area.width.min(area.height) as usize / qr.side()).max(1);
        let side = (scale * qr.side()) as f32;
        let left = self.left(area.start, side);
        let dark = Color32::BLACK.to_array();
        self.paint(left, Area { width: side, height: side, ..area }, |x, y| {
            let is_dark = qr.is_dark(x as usize / scale, y as usize / scale);
            ([dark[0], dark[1], dark[2]], f32::from(u8::from(is_dark)))
        });
        side
    }

    /// Lays colour and opacity on every pixel of an area; both are asked for at the pixel's middle from its left and
    /// top.
    fn paint(&mut self, left: f32, area: Area, ink: impl Fn(f32, f32) -> ([u8; 3], f32)) {
        let (left, top) = (left.round() as i64, area.top.round() as i64);
        for (row, column) in (0..area.height as i64).flat_map(|row| (0..area.width as i64).map(move |c| (row, c))) {
            let (Ok(x), Ok(y)) = (u32::try_from(left + column), u32::try_from(top + row)) else { continue };
            let Some(pixel) = self.image.get_pixel_mut_checked(x, y) else { continue };
            let (color, opacity) = ink(column as f32 + 0.5, row as f32 + 0.5);
            for (below, above) in pixel.0.iter_mut().zip(color) {
                *below = (f32::from(*below) + (f32::from(above) - f32::from(*below)) * opacity).round() as u8;
            }
        }
    }
}

/// An ink of a colour.
pub fn ink(voice: Voice, size_px: f32, color: [u8; 3]) -> Ink {
    Ink { voice, size_px, color: Rgb(color) }
}

/// How much of a pixel lies in a box with round corners.
fn corner(x: f32, y: f32, area: Area, radius: f32) -> f32 {
    let off = |at: f32, length: f32| at - at.clamp(radius.min(0.5 * length), (length - radius).max(0.5 * length));
    (radius - off(x, area.width).hypot(off(y, area.height)) + 0.5).clamp(0.0, 1.0)
}

/// Mean colour of a box of the picture, in its encoded values; of the nearest pixel where the box is smaller.
fn mean(picture: &Snapshot, [left, top, right, bottom]: [f32; 4]) -> [u8; 3] {
    let span = |from: f32, to: f32, length: u32| {
        let first = (from.round().max(0.0) as u32).min(length.saturating_sub(1));
        first..(to.round().max(0.0) as u32).clamp(first + 1, length.max(first + 1))
    };
    let (columns, rows) = (span(left, right, picture.width), span(top, bottom, picture.height));
    let (mut sum, mut count) = ([0_u32; 3], 0);
    for (x, y) in rows.flat_map(|y| columns.clone().map(move |x| (x, y))) {
        let at = (y as usize * picture.width as usize + x as usize) * 4;
        let Some(pixel) = picture.rgba.get(at..at + 3) else { continue };
        sum = std::array::from_fn(|channel| sum[channel] + u32::from(pixel[channel]));
        count += 1;
    }
    sum.map(|sum| (sum / count.max(1)) as u8)
}
