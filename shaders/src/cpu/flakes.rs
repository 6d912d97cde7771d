//! Flakes lie in cells of the canonical face: a glint stays where it is on the skin, and comes and goes as the head turns.

use glam::{UVec3, Vec2, Vec3};

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

fn smoothstep(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// How bright the flake in this point's cell flashes, about 0–1. `uv`: canonical; `cells` per unit of it;
/// `half_vector` between the key light and the viewer.
pub fn flake_glint(uv: Vec2, cells: f32, density: f32, exponent: f32, normal: Vec3, half_vector: Vec3) -> f32 {
    const TILT: f32 = 0.55;
    let at = uv * cells;
    let cell = at.floor();
    let bits = hash3(UVec3::new(cell.x as u32, cell.y as u32, cells as u32));
    let place = halves(bits[0]);
    let lean = halves(bits[1]) * 2.0 - 1.0;
    let chance = halves(bits[2]);
    let distance = (at - cell - (Vec2::splat(0.35) + place * 0.3)).length();
    let body = 1.0 - smoothstep(0.15, 0.5, distance);
    let facing = (normal + (lean * TILT).extend(0.0)).normalize_or_zero();
    let flash = facing.dot(half_vector).max(0.0).powf(exponent);
    if chance.x < density { body * flash * (0.5 + chance.y) } else { 0.0 }
}

/// Fine flakes crossed over between two sizes, so that they neither crawl nor pop as the face comes nearer.
pub fn sparkle(
    uv: Vec2,
    (cells, blend): (f32, f32),
    (density, coarse): (f32, f32),
    normal: Vec3,
    half_vector: Vec3,
) -> f32 {
    let exponent = 30.0 + 40.0 * coarse;
    let size = if coarse > 0.5 { 0.5 } else { 1.0 };
    let fine = flake_glint(uv, cells * size, density, exponent, normal, half_vector);
    let wide = flake_glint(uv, cells * size * 0.5, density, exponent, normal, half_vector);
    (fine + (wide - fine) * blend) * (0.5 + 1.1 * coarse)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glints(half_vector: Vec3) -> Vec<f32> {
        let at = |i: usize| Vec2::new((i % 64) as f32 + 0.5, (i / 64) as f32 + 0.5) / 64.0;
        (0..64 * 64).map(|i| sparkle(at(i), (64.0, 0.0), (0.6, 0.0), Vec3::Z, half_vector)).collect()
    }

    #[test]
    fn some_flakes_flash_and_others_when_the_head_turns() {
        let (one, two) = (glints(Vec3::Z), glints(Vec3::new(0.3, 0.1, 0.95).normalize()));
        let flashing = |glints: &[f32]| glints.iter().filter(|&&g| g > 0.1).count();
        assert!((40..1600).contains(&flashing(&one)), "{}", flashing(&one));
        let both = one.iter().zip(&two).filter(|&(&a, &b)| a > 0.1 && b > 0.1).count();
        assert!(both < flashing(&one), "they change with the light");
    }

    #[test]
    fn no_density_no_flakes() {
        assert_eq!(sparkle(Vec2::splat(0.3), (256.0, 0.4), (0.0, 0.0), Vec3::Z, Vec3::Z), 0.0);
    }
}
