//! One product in one picture: how it is seen, whether its masstone shows, and what it leaks.
//!
//! In: the pictures before and after, the place where the product belongs, and the true light. Out: a [`Worn`].
//!
//! 1. The mean colour of squares inside the place's core, before and after: ΔE00 between them is how it is seen.
//! 2. For opaque products the same against the masstone, as seen and with the true light divided out.
//! 3. Pixels that changed beyond the place's margin are leaked.

use carmine_shaders::cpu::{delta_e2000, lab_from_linear_srgb, linear_from_srgb, luminance};
use glam::Vec3;

use super::region::Region;
use super::{Mode, VIEW, Wear};

/// What one product in one picture measured.
#[derive(Clone, Copy, Debug)]
pub struct Worn {
    /// Which.
    pub wear: Wear,
    /// In whose light.
    pub mode: Mode,
    /// ΔE00 between before and after in the place's core.
    pub visibility: f32,
    /// ΔE00 to the masstone in the core, of opaque products: as an albedo under D65 (the true light divided out), and
    /// as it is seen under the true light.
    pub masstone: Option<Masstone>,
    /// Of all changed pixels, the share beyond the place's margin.
    pub leaked: f32,
    /// Mean ΔE00 of the leaked pixels; 0 of none.
    pub leak_delta_e: f32,
}

/// Errors of a masstone, ΔE00.
#[derive(Clone, Copy, Debug)]
pub struct Masstone {
    /// After dividing out the true light.
    pub albedo: f32,
    /// As seen.
    pub seen: f32,
    /// Luminance of what is seen over that of what should be: above 1, the light was taken for too strong.
    pub level: f32,
}

/// Pixels are compared as the means of squares this wide, which the camera's noise does not reach.
const SQUARE: usize = 6;
/// A square with fewer core pixels is left out.
const PIXELS_MIN: f32 = 8.0;

/// Means over one square's core, linear.
#[derive(Clone, Copy, Default)]
struct Square {
    before: Vec3,
    after: Vec3,
    light: Vec3,
    pixels: f32,
}

impl Worn {
    pub(super) fn measure(
        (wear, mode): (&Wear, Mode),
        [before, after]: [&[u8]; 2],
        region: &Region,
        light_linear: &[Vec3],
    ) -> Self {
        let squares = squares([before, after], &region.core, light_linear);
        let mean = |difference: &dyn Fn(&Square) -> f32| {
            let pixels: f32 = squares.iter().map(|square| square.pixels).sum();
            squares.iter().map(|square| difference(square) * square.pixels).sum::<f32>() / pixels.max(1.0)
        };
        let masstone_linear = wear.masstone_linear();
        let albedo = |square: &Square| between(square.after / square.light, masstone_linear);
        let seen = |square: &Square| between(square.after, masstone_linear * square.light);
        let level = |square: &Square| luminance(square.after) / luminance(masstone_linear * square.light).max(1e-5);
        let (leaked, leak_delta_e) = leak([before, after], &region.grown);
        Self {
            wear: *wear,
            mode,
            visibility: mean(&|square| between(square.before, square.after)),
            masstone: wear.is_opaque().then(|| Masstone {
                albedo: mean(&albedo),
                seen: mean(&seen),
                level: mean(&level),
            }),
            leaked,
            leak_delta_e,
        }
    }
}

fn between(one_linear: Vec3, two_linear: Vec3) -> f32 {
    delta_e2000(lab_from_linear_srgb(one_linear), lab_from_linear_srgb(two_linear))
}

fn linear(rgba: &[u8], pixel: usize) -> Vec3 {
    let [r, g, b] = [0, 1, 2].map(|channel| f32::from(rgba[pixel * 4 + channel]) / 255.0);
    linear_from_srgb(Vec3::new(r, g, b))
}

fn squares([before, after]: [&[u8]; 2], core: &[bool], light_linear: &[Vec3]) -> Vec<Square> {
    let width = VIEW.width as usize;
    let across = width.div_ceil(SQUARE);
    let mut squares = vec![Square::default(); across * (VIEW.height as usize).div_ceil(SQUARE)];
    for pixel in (0..core.len()).filter(|&pixel| core[pixel]) {
        let square = &mut squares[pixel / width / SQUARE * across + pixel % width / SQUARE];
        square.before += linear(before, pixel);
        square.after += linear(after, pixel);
        square.light += light_linear[pixel];
        square.pixels += 1.0;
    }
    squares.retain(|square| square.pixels >= PIXELS_MIN);
    for square in &mut squares {
        square.before /= square.pixels;
        square.after /= square.pixels;
        square.light /= square.pixels;
    }
    squares
}

/// Share of the changed pixels that lie outside `grown`, and their mean difference.
fn leak([before, after]: [&[u8]; 2], grown: &[bool]) -> (f32, f32) {
    let (mut changed, mut leaked, mut sum) = (0.0, 0.0, 0.0);
    for (pixel, (one, two)) in before.chunks_exact(4).zip(after.chunks_exact(4)).enumerate() {
        if one != two {
            changed += 1.0;
            if !grown[pixel] {
                leaked += 1.0;
                sum += between(linear(before, pixel), linear(after, pixel));
            }
        }
    }
    (leaked / f32::max(changed, 1.0), sum / f32::max(leaked, 1.0))
}
