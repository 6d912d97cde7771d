use super::grid::{FRACTION_BITS, ONE};
use crate::frame::{RUN, Words};

/// Channels of a word: three colours and one that means nothing.
const CHANNELS: usize = 4;

/// Mixes the colours around each place by its distances to them, rounded to 8 bits: bit for bit
/// (Σ weight · colour + 512) / 1024 with whole weights of 1/32 · 1/32.
///
/// All in 16 bits, so that vectors hold twice as many: of the sum's last step, a product of 18 bits, only the high bits count,
/// and 16-bit multiplication has those.
#[inline(always)]
pub(super) fn blend(quads: &[Words; 4], places: &[[i32; RUN]; 2], colours: &mut Words) {
    let [rights, lowers] = [weights(&places[0]), weights(&places[1])];
    let [rights, lowers]: [&[i16; RUN * CHANNELS]; 2] = [bytemuck::cast_ref(&rights), bytemuck::cast_ref(&lowers)];
    let [a, b, c, d] = quads.each_ref().map(bytemuck::cast_ref::<Words, [u8; RUN * CHANNELS]>);
    let mixed: &mut [u8; RUN * CHANNELS] = bytemuck::cast_mut(colours);
    let mix = |left: u8, right: u8, weight: i16| {
        let (left, right) = (i16::from(left), i16::from(right));
        (left << FRACTION_BITS).wrapping_add((right - left).wrapping_mul(weight))
    };
    for at in 0..RUN * CHANNELS {
        let above = mix(a[at], b[at], rights[at]);
        let below = mix(c[at], d[at], rights[at]);
        // Times 4 and 512, over 65 536: over 32, rounded down. At most 32 · 255 · 4 and 32 · 512, so nothing is lost.
        let (slope, weight) = (below.wrapping_sub(above) << 2, lowers[at] << 9);
        let change = ((i32::from(slope) * i32::from(weight)) >> 16) as i16;
        mixed[at] = (above.wrapping_add(change).wrapping_add(ONE as i16 / 2) >> FRACTION_BITS) as u8;
    }
}

/// Each place's distance from the pixel it is in, once per channel.
#[inline(always)]
fn weights(places: &[i32; RUN]) -> [u64; RUN] {
    let mut weights = [0; RUN];
    for (weight, place) in weights.iter_mut().zip(places) {
        let once = (place & (ONE - 1)) as u64;
        let twice = once << 16 | once;
        *weight = twice << 32 | twice;
    }
    weights
}

/// Writes colours as RGB numbers, `scale` a level from `offset` on.
#[inline(always)]
pub(super) fn emit(colours: &Words, scale: f32, offset: f32, pixels: &mut [f32]) {
    for (pixel, colour) in pixels.as_chunks_mut::<3>().0.iter_mut().zip(colours) {
        let [r, g, b, _] = colour.to_le_bytes();
        *pixel = [r, g, b].map(|level| f32::from(level) * scale + offset);
    }
}
