//! Log chroma: ln(red / green) and ln(blue / green) of linear colours. Brightness cancels out of it, and a coloured
//! light shifts all of it by the same amount.

use std::sync::LazyLock;

use glam::{Vec2, Vec3};

use crate::srgb;

/// Added to linear values before their logarithm, so that the noise of dark pixels does not become colour.
pub(super) const NOISE_FLOOR: f32 = 0.004;

/// A linear value and its logarithm.
#[derive(Clone, Copy)]
struct Decoded {
    linear: f32,
    ln: f32,
}

/// Of every 8-bit sRGB value.
static DECODED: LazyLock<[Decoded; 256]> =
    LazyLock::new(|| srgb::LINEAR.map(|linear| Decoded { linear, ln: (linear + NOISE_FLOOR).ln() }));

/// ln(red / green) and ln(blue / green) of a linear colour.
pub(super) fn log_chroma(linear: Vec3) -> Vec2 {
    let log = (linear.max(Vec3::ZERO) + NOISE_FLOOR).map(f32::ln);
    Vec2::new(log.x - log.y, log.z - log.y)
}

/// Linear colour and log chroma of an 8-bit sRGB one.
#[inline]
pub(super) fn linear_and_log_chroma(rgb: [u8; 3]) -> (Vec3, Vec2) {
    let [red, green, blue] = rgb.map(|value| DECODED[usize::from(value)]);
    (Vec3::new(red.linear, green.linear, blue.linear), Vec2::new(red.ln - green.ln, blue.ln - green.ln))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_formula_agree() {
        for rgb in [[0, 0, 0], [200, 150, 125], [255, 1, 90]] {
            let (linear, chroma) = linear_and_log_chroma(rgb);
            assert_eq!((linear, chroma), (srgb::linear(rgb), log_chroma(linear)));
        }
    }
}
