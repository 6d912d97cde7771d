//! Glints of flakes in shimmering products. Twin of `wgsl/shared/flakes.wgsl`, which lists the steps.

use glam::{UVec3, Vec2, Vec3};

use super::smoothstep;

/// Jarzynski & Olano, "Hash Functions for GPU Rendering", JCGT 2020: pcg3d.
fn hash3(value: UVec3) -> [u32; 3] {
    let [mut x, mut y, mut z] = value.to_array().map(|v| v.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    let mut mix = || {
        x = x.wrapping_add(y.wrapping_mul(z));
        y = y.wrapping_add(z.wrapping_mul(x));
        z = z.wrapping_add(x.wrapping_mul(y));
        (x, y, z) = (x ^ (x >> 16), y ^ (y >> 16), z ^ (z >> 16));
    };
    mix();
    x = x.wrapping_add(y.wrapping_mul(z));
    y = y.wrapping_add(z.wrapping_mul(x));
    z = z.wrapping_add(x.wrapping_mul(y));
    [x, y, z]
}

fn halves(word: u32) -> Vec2 {
    Vec2::new((word >> 16) as f32, (word & 0xffff) as f32) / 65535.0
}

/// Cells per unit of canonical uv where a pixel is `uv_per_px` wide. A lid is stretched skin: there, more of them in
/// that direction keep flakes round, in whole steps from the face's own `cells`.
pub fn local_cells(cells: f32, blend: f32, uv_per_px: Vec2) -> Vec2 {
    const FINEST_PX: f32 = 1.8;
    let finer = |width: f32| -(FINEST_PX * width.max(1e-6)).log2() - cells.log2() + blend;
    let finer = Vec2::new(finer(uv_per_px.x), finer(uv_per_px.y));
    cells * finer.round().clamp(Vec2::splat(-2.0), Vec2::splat(4.0)).exp2()
}

/// How flakes lie at a point of a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flakes {
    /// Cells per unit of canonical uv.
    pub cells: Vec2,
    /// How far the next coarser size of cells is crossed over to, 0–1.
    pub blend: f32,
    /// Part of the cells that hold a flake, 0–1.
    pub density: f32,
    /// How coarse the flakes are, 0–1.
    pub coarse: f32,
}

/// A flake's flash.
#[derive(Clone, Copy)]
struct Flash {
    /// How tight round the mirror image of the key light.
    exponent: f32,
    /// Of the flake, in cells.
    radius: f32,
}

/// How bright the flake in this point's cell flashes, about 0–1. `uv`: canonical; `cells` per unit of it; `half_vector`
/// between the key light and the viewer.
fn flake_glint(uv: Vec2, cells: Vec2, density: f32, flash: Flash, normal: Vec3, half_vector: Vec3) -> f32 {
    const TILT: f32 = 0.55;
    let Flash { exponent, radius } = flash;
    let at = uv * cells;
    let cell = at.floor();
    let bits = hash3(UVec3::new(cell.x as u32, cell.y as u32, (cells.x + 3.0 * cells.y) as u32));
    let place = halves(bits[0]);
    let lean = halves(bits[1]) * 2.0 - 1.0;
    let chance = halves(bits[2]);
    let distance = (at - cell - (Vec2::splat(0.35) + place * 0.3)).length();
    let body = 1.0 - smoothstep(0.3 * radius, radius, distance);
    let facing = (normal + (lean * TILT).extend(0.0)).normalize_or_zero();
    let flash = facing.dot(half_vector).max(0.0).powf(exponent);
    if chance.x < density { body * flash * (0.5 + chance.y) } else { 0.0 }
}

/// Coarse flakes lie farther apart and flash more sharply; none is larger than a point.
pub fn sparkle(uv: Vec2, flakes: &Flakes, normal: Vec3, half_vector: Vec3) -> f32 {
    let Flakes { cells, blend, density, coarse } = *flakes;
    let flash = Flash { exponent: 24.0 + 36.0 * coarse, radius: 0.5 - 0.16 * coarse };
    let size = if coarse > 0.5 { 0.5 } else { 1.0 };
    let fine = flake_glint(uv, cells * size, density, flash, normal, half_vector);
    let wide = flake_glint(uv, cells * size * 0.5, density, flash, normal, half_vector);
    (fine + (wide - fine) * blend) * (0.7 + 0.9 * coarse)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glints(half_vector: Vec3) -> Vec<f32> {
        let at = |i: usize| Vec2::new((i % 64) as f32 + 0.5, (i / 64) as f32 + 0.5) / 64.0;
        let flakes = Flakes { cells: Vec2::splat(64.0), blend: 0.0, density: 0.6, coarse: 0.0 };
        (0..64 * 64).map(|i| sparkle(at(i), &flakes, Vec3::Z, half_vector)).collect()
    }

    #[test]
    fn some_flakes_flash_and_others_when_the_head_turns() {
        let (one, two) = (glints(Vec3::Z), glints(Vec3::new(0.3, 0.1, 0.95).normalize_or_zero()));
        let flashing = |glints: &[f32]| glints.iter().filter(|&&g| g > 0.1).count();
        assert!((40..1600).contains(&flashing(&one)), "{}", flashing(&one));
        let both = one.iter().zip(&two).filter(|&(&a, &b)| a > 0.1 && b > 0.1).count();
        assert!(both < flashing(&one), "they change with the light");
    }

    #[test]
    fn stretched_skin_has_more_cells_that_way() {
        let nominal = 1.0 / (1.8 * 256.0);
        assert_eq!(local_cells(256.0, 0.0, Vec2::splat(nominal)), Vec2::splat(256.0));
        assert_eq!(local_cells(256.0, 0.0, Vec2::new(nominal, nominal / 4.0)), Vec2::new(256.0, 1024.0));
    }

    #[test]
    fn no_density_no_flakes() {
        let none = Flakes { cells: Vec2::splat(256.0), blend: 0.4, density: 0.0, coarse: 0.0 };
        assert_eq!(sparkle(Vec2::splat(0.3), &none, Vec3::Z, Vec3::Z), 0.0);
    }
}
