//! Whether a camera that sends pictures also sees: a driver may repeat its last picture for ever, and a capped or dead
//! sensor sends black ones.
//!
//! In: every picture of an open camera, with its time. Out: whether it may be shown.
//!
//! *Frozen*: pictures that equal one another bit by bit. No two pictures of a real sensor do, since each of its pixels
//! has noise. *Black*: the mean of the brightness is at most 8 of 255 above black, and its standard deviation at most 4.
//! In such a picture no face can be made out by anybody; in a shop at night, where the screen alone lights a face, the
//! brightness of face and room differs by far more. Only rows spread over the picture are read, so that a check of a
//! picture of 1280×720 takes some 10 µs.

use std::time::{Duration, Instant};

use carmine::frame::PixelFormat;

use super::Picture;
use super::feed::CameraError;

/// A camera is called frozen or black after this long, so that a shopper sees another picture within two seconds.
const DEAD_AFTER: Duration = Duration::from_millis(1500);
/// Equal pictures that are needed for it, however slow the camera.
const EQUAL: u32 = 8;
/// Many cameras send black pictures for some seconds after they were opened, while their exposure adapts.
const WARM_UP: Duration = Duration::from_secs(4);
/// Limits of a black picture, of 255: the mean above black, and the standard deviation.
const BLACK_MEAN: f32 = 8.0;
const BLACK_DEVIATION: f32 = 4.0;
/// Rows that are read.
const ROWS: usize = 16;
/// Of every so manieth pixel of such a row the brightness is read.
const BRIGHTNESS_STEP: usize = 8;

/// What to do with a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be shown.
    Good,
    /// It is passed over: nothing says yet that the camera sees.
    Wait,
    /// The camera does not see.
    Dead(CameraError),
}

/// What is known of an open camera's pictures.
#[derive(Debug)]
pub struct PictureCheck {
    /// It has shown that it sees since it was opened.
    trusted: bool,
    /// It was frozen when it was closed: one picture proves nothing.
    doubted: bool,
    hash: Option<u64>,
    /// Equal pictures in a row, and the time of the first.
    equal: u32,
    changed: Instant,
    black_since: Option<Instant>,
}

impl PictureCheck {
    /// For a camera that was opened at `now`; `before` is what was wrong with it before that, if anything.
    pub fn new(before: Option<&CameraError>, now: Instant) -> Self {
        let doubted = before == Some(&CameraError::Frozen);
        Self { trusted: false, doubted, hash: None, equal: 0, changed: now, black_since: None }
    }

    /// Judges the next picture.
    pub fn judge(&mut self, picture: &Picture, now: Instant) -> Verdict {
        let Sample { hash, mean, deviation } = Sample::of(picture);
        let before = self.hash.replace(hash);
        if mean <= BLACK_MEAN && deviation <= BLACK_DEVIATION {
            (self.equal, self.changed) = (0, now);
            let since = *self.black_since.get_or_insert(now);
            let limit = if self.trusted { DEAD_AFTER } else { WARM_UP };
            return if now.saturating_duration_since(since) >= limit {
                Verdict::Dead(CameraError::Black)
            } else {
                self.shown_if_trusted()
            };
        }
        self.black_since = None;
        if before == Some(hash) {
            self.equal += 1;
            if self.equal >= EQUAL && now.saturating_duration_since(self.changed) >= DEAD_AFTER {
                return Verdict::Dead(CameraError::Frozen);
            }
            return self.shown_if_trusted();
        }
        (self.equal, self.changed) = (0, now);
        self.trusted |= before.is_some() || !self.doubted;
        self.shown_if_trusted()
    }

    fn shown_if_trusted(&self) -> Verdict {
        if self.trusted { Verdict::Good } else { Verdict::Wait }
    }
}

/// What is read of a picture.
struct Sample {
    hash: u64,
    /// Of the brightness, above black.
    mean: f32,
    deviation: f32,
}

impl Sample {
    fn of(picture: &Picture) -> Self {
        // Where the brightness lies: green in RGB, Y in YUV.
        let (bytes_a_pixel, offset, is_yuv) = match picture.format {
            PixelFormat::Rgba8 | PixelFormat::Bgra8 => (4, 1, false),
            PixelFormat::Rgb8 => (3, 1, false),
            PixelFormat::Yuyv => (2, 0, true),
            _ => (1, 0, true),
        };
        let (stride, height) = (picture.width as usize * bytes_a_pixel, picture.height as usize);
        let (mut hash, mut count, mut sum, mut squares) = (0, 0_u64, 0_u64, 0_u64);
        for index in 0..ROWS.min(height) {
            let y = (2 * index + 1) * height / (2 * ROWS.min(height));
            let Some(row) = picture.data.get(y * stride..(y + 1) * stride) else { break };
            hash = hash_on(hash, row);
            for byte in row.iter().skip(offset).step_by(bytes_a_pixel * BRIGHTNESS_STEP) {
                let value = u64::from(*byte);
                (count, sum, squares) = (count + 1, sum + value, squares + value * value);
            }
        }
        let count = count.max(1) as f32;
        let (mean, square) = (sum as f32 / count, squares as f32 / count);
        let black = if is_yuv && !picture.yuv.full_range { 16.0 } else { 0.0 };
        Self { hash, mean: mean - black, deviation: (square - mean * mean).max(0.0).sqrt() }
    }
}

/// Multiply and rotate, eight bytes at a time, in two lanes that do not wait for each other. It need not withstand
/// anybody: it tells noise from a repeated picture.
fn hash_on(hash: u64, bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
    let (pairs, rest) = bytes.as_chunks::<16>();
    let (mut even, mut odd) = (hash, hash ^ FACTOR);
    for pair in pairs {
        let [first, second] = [0, 8].map(|at| {
            let mut half = [0; 8];
            half.copy_from_slice(&pair[at..at + 8]);
            u64::from_le_bytes(half)
        });
        even = (even ^ first).wrapping_mul(FACTOR).rotate_left(29);
        odd = (odd ^ second).wrapping_mul(FACTOR).rotate_left(29);
    }
    for bytes in rest.chunks(8) {
        even = (even ^ word(bytes)).wrapping_mul(FACTOR).rotate_left(29);
    }
    (even ^ odd.rotate_left(32)).wrapping_mul(FACTOR)
}

#[cfg(test)]
#[path = "picture_check_tests.rs"]
mod tests;
