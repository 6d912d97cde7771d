//! Bilinear interpolation of a batch of samples in 16-bit fixed point.
//!
//! In: the 2 × 2 pixels around each sample, and the samples' positions in 1/32 pixels. Out: their colours, rounded to 8
//! bits: bit for bit (Σ weight · colour + 512) / 1024 with whole weights of 1/32 · 1/32, as OpenCV computes it under
//! MediaPipe.
//!
//! 1. Two horizontal interpolations, above and below.
//! 2. A vertical one between them.
//!
//! All in 16 bits, so that vectors hold twice as many: of the last step, a product of 18 bits, only the high bits
//! count, and 16-bit multiplication has those.

use super::sample_grid::{FRACTION_BITS, ONE, Positions};
use crate::frame::{BATCH, PixelBatch};

/// Bytes of a pixel word: three colours and one that means nothing.
const CHANNELS: usize = 4;

/// Interpolates between the pixels above left, above right, below left and below right of each position.
#[inline(always)]
pub(super) fn interpolate(quads: &[PixelBatch; 4], positions: &Positions, colours: &mut PixelBatch) {
    let [rights, lowers] = [weights(&positions[0]), weights(&positions[1])];
    let [rights, lowers]: [&[i16; BATCH * CHANNELS]; 2] = [bytemuck::cast_ref(&rights), bytemuck::cast_ref(&lowers)];
    let [a, b, c, d] = quads.each_ref().map(bytemuck::cast_ref::<PixelBatch, [u8; BATCH * CHANNELS]>);
    let mixed: &mut [u8; BATCH * CHANNELS] = bytemuck::cast_mut(colours);
    let mix = |left: u8, right: u8, weight: i16| {
        let (left, right) = (i16::from(left), i16::from(right));
        (left << FRACTION_BITS).wrapping_add((right - left).wrapping_mul(weight))
    };
    for at in 0..BATCH * CHANNELS {
        let above = mix(a[at], b[at], rights[at]);
        let below = mix(c[at], d[at], rights[at]);
        // Times 4 and 512, over 65 536: over 32, rounded down. At most 32 · 255 · 4 and 32 · 512, so nothing is lost.
        let (slope, weight) = (below.wrapping_sub(above) << 2, lowers[at] << 9);
        let change = ((i32::from(slope) * i32::from(weight)) >> 16) as i16;
        mixed[at] = (above.wrapping_add(change).wrapping_add(ONE as i16 / 2) >> FRACTION_BITS) as u8;
    }
}

/// Each position's distance from the pixel it is in, once per channel.
#[inline(always)]
fn weights(positions: &[i32; BATCH]) -> [u64; BATCH] {
    let mut weights = [0; BATCH];
    for (weight, position) in weights.iter_mut().zip(positions) {
        let once = (position & (ONE - 1)) as u64;
        let twice = once << 16 | once;
        *weight = twice << 32 | twice;
    }
    weights
}

/// Writes colours as RGB numbers, `scale` a level from `offset` on.
#[inline(always)]
pub(super) fn write_rgb(colours: &PixelBatch, scale: f32, offset: f32, pixels: &mut [f32]) {
    for (pixel, colour) in pixels.as_chunks_mut::<3>().0.iter_mut().zip(colours) {
        let [r, g, b, _] = colour.to_le_bytes();
        *pixel = [r, g, b].map(|level| f32::from(level) * scale + offset);
    }
}
