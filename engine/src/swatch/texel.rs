//! A form's output for one pixel, and where pixels lie.

use glam::Vec2;

/// The product at one pixel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ProductTexel {
    /// Above the card, as long as the picture's half side is 1.
    pub height: f32,
    /// Part of the pixel that is covered, 0–1.
    pub cover: f32,
    /// Amount of product here, 0–1 of the most: a transparent product is paler where it is thin.
    pub depth: f32,
    /// Lightness of the masstone here: 1, but less in a crease or between fibres.
    pub shade: f32,
}

/// What a form needs to know of the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct FormContext {
    /// Width of a pixel, in picture units.
    pub pixel: f32,
    /// Makes one product's grain unlike another's.
    pub seed: u32,
}

impl FormContext {
    /// Soft edge of one pixel: 1 inside, where `distance` is negative.
    pub fn inside(self, distance: f32) -> f32 {
        (0.5 - distance / self.pixel).clamp(0.0, 1.0)
    }
}

/// Fills the picture from what a form says of every pixel's middle.
pub(super) fn fill(texels: &mut [ProductTexel], side: usize, at: impl Fn(Vec2) -> ProductTexel) {
    for (number, texel) in texels.iter_mut().enumerate() {
        *texel = at(place(number, side));
    }
}

/// Middle of a pixel.
pub(super) fn place(number: usize, side: usize) -> Vec2 {
    let (x, y) = ((number % side) as f32 + 0.5, (number / side) as f32 + 0.5);
    Vec2::new(2.0 * x / side as f32 - 1.0, 1.0 - 2.0 * y / side as f32)
}
