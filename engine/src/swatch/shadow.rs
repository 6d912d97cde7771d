//! The soft contact shadow that a product throws on the card.

use glam::Vec2;

use super::texel::ProductTexel;

/// Of the contact shadow at its darkest.
pub(super) const OPACITY: f32 = 0.26;
/// Half the width of its soft edge, in picture units.
const WIDTH: f32 = 0.045;
/// In picture units.
const SHIFT: Vec2 = Vec2::new(0.022, -0.030);
/// What covers the light from above, blurred and shifted: 0–1.
pub(super) fn of(texels: &[ProductTexel], side: usize) -> Vec<f32> {
    let pixels = |units: f32| (units * side as f32 / 2.0).round() as isize;
    let (dx, dy, radius) = (pixels(SHIFT.x), -pixels(SHIFT.y), pixels(WIDTH).max(1));
    let at = |x: isize, y: isize| {
        let inside = (0..side as isize).contains(&x) && (0..side as isize).contains(&y);
        if inside { texels[y as usize * side + x as usize].cover } else { 0.0 }
    };
    let mut shifted = Vec::with_capacity(texels.len());
    for y in 0..side as isize {
        shifted.extend((0..side as isize).map(|x| at(x - dx, y - dy)));
    }
    for _ in 0..2 {
        blur(&mut shifted, side, radius as usize, 1, side);
        blur(&mut shifted, side, radius as usize, side, 1);
    }
    shifted
}

/// A running mean along lines of `side` values that lie `step` apart; the lines themselves lie `line` apart.
fn blur(values: &mut [f32], side: usize, radius: usize, step: usize, line: usize) {
    let mut copy = vec![0.0; side];
    for start in (0..side).map(|number| number * line) {
        for (number, copy) in copy.iter_mut().enumerate() {
            *copy = values[start + number * step];
        }
        let mut sum: f32 = copy.iter().take(radius).sum();
        for number in 0..side {
            sum += copy.get(number + radius).copied().unwrap_or(0.0);
            sum -= if number > radius { copy[number - radius - 1] } else { 0.0 };
            values[start + number * step] = sum / (2 * radius + 1) as f32;
        }
    }
}
