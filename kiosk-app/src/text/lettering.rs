//! Words and labels on RGBA pictures, shaped as those on the screen are.

use image::{Rgb, RgbaImage};

use super::{DrawnText, TextShaper, Voice};

/// Smaller letters cannot be read.
const LEAST_PX: f32 = 4.0;

/// Where a text or label is anchored across.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Left,
    /// Its middle is there.
    Centre,
    /// It ends there.
    Right,
}

/// How a text is written.
#[derive(Clone, Copy, Debug)]
pub struct Ink {
    /// Which voice.
    pub voice: Voice,
    /// Size of the letters in pixels.
    pub size_px: f32,
    /// sRGB.
    pub color: Rgb<u8>,
}

/// Writes on pictures.
#[derive(Default)]
pub struct Lettering(TextShaper);

impl Lettering {
    /// One line with its middle at height `y`, at most `room` pixels wide: what does not fit ends in an ellipsis.
    pub fn write(&mut self, on: &mut RgbaImage, text: &str, ink: Ink, anchor: Anchor, (x, y): (f32, f32), room: f32) {
        if ink.size_px < LEAST_PX || room < 1.0 {
            return;
        }
        let DrawnText { image: letters, advance: size, pad, .. } =
            self.0.draw(text, ink.voice, ink.size_px, room.floor());
        let left = (x - part(anchor) * size.x).round() as i64 - pad as i64;
        let top = (y - 0.5 * size.y).round() as i64 - pad as i64;
        for (index, letter) in letters.pixels.iter().enumerate() {
            let at = (left + (index % letters.width()) as i64, top + (index / letters.width()) as i64);
            mix(on, at, ink.color, f32::from(letter.a()) / 255.0);
        }
    }

    /// How wide a line of text is without an end, in pixels.
    pub fn width(&mut self, text: &str, voice: Voice, size_px: f32) -> f32 {
        if size_px < LEAST_PX { 0.0 } else { self.0.draw(text, voice, size_px, f32::from(u16::MAX)).advance.x }
    }

    /// A light text on a pill of dark glass, whose lower edge is at `y`.
    pub fn label(&mut self, on: &mut RgbaImage, text: &str, size_px: f32, anchor: Anchor, (x, y): (f32, f32)) {
        if size_px < LEAST_PX {
            return;
        }
        let inset = (0.8 * size_px).round();
        let room = on.width() as f32 - 2.0 * inset;
        let size = self.0.draw(text, Voice::Label, size_px, room.max(1.0).floor()).advance;
        let (width, height) = (size.x + 2.0 * inset, (2.0 * size_px).round());
        let (left, top) = ((x - part(anchor) * width).round(), (y - height).round());
        pill(on, [left, top, width, height]);
        let ink = Ink { voice: Voice::Label, size_px, color: Rgb([0xFC, 0xF6, 0xF0]) };
        self.write(on, text, ink, Anchor::Left, (left + inset, top + 0.5 * height), size.x + 1.0);
    }
}

fn part(anchor: Anchor) -> f32 {
    match anchor {
        Anchor::Left => 0.0,
        Anchor::Centre => 0.5,
        Anchor::Right => 1.0,
    }
}

/// Dark glass with round ends.
fn pill(on: &mut RgbaImage, [left, top, width, height]: [f32; 4]) {
    let radius = 0.5 * height;
    let (first, last) = (left + radius, left + width - radius);
    for y in top as i64..(top + height).ceil() as i64 {
        for x in left as i64..(left + width).ceil() as i64 {
            // Of the pixel's middle from the line between the ends' centres.
            let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
            let distance = (px - px.clamp(first, last.max(first))).hypot(py - (top + radius));
            mix(on, (x, y), Rgb([0x1E, 0x12, 0x12]), 0.62 * (radius - distance + 0.5).clamp(0.0, 1.0));
        }
    }
}

/// Lays `opacity` of a colour on one pixel, if it is in the picture.
fn mix(on: &mut RgbaImage, (x, y): (i64, i64), color: Rgb<u8>, opacity: f32) {
    let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
    if let Some(pixel) = on.get_pixel_mut_checked(x, y) {
        for (channel, ink) in pixel.0.iter_mut().zip(color.0) {
            let below = f32::from(*channel);
            *channel = (below + (f32::from(ink) - below) * opacity).round() as u8;
        }
    }
}
