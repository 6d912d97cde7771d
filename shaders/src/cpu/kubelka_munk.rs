//! Films of pigment, per linear RGB channel (Kubelka & Munk 1931). Twin of `wgsl/shared/kubelka_munk.wgsl`, which lists
//! the steps.

use glam::Vec3;

/// What one or more layers do to light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Film {
    /// Reflected part, 0–1 per channel.
    pub reflectance: Vec3,
    /// Transmitted part, 0–1 per channel.
    pub transmittance: Vec3,
}

impl Film {
    /// No layer at all.
    pub const NONE: Self = Self { reflectance: Vec3::ZERO, transmittance: Vec3::ONE };
}

/// A layer with absorption over scattering K/S > 0; `thickness` ≥ 0 is S·X for a colour that nothing absorbs.
///
/// Grains extinguish all wavelengths alike, and absorb what they do not scatter. With K = 2(1 − ω)σ and S = ¾ωσ
/// (Mudgett & Richards 1971; ω: single-scattering albedo) S is lower where more is absorbed, so that a thin coat of red
/// is a red haze, not a white one.
pub fn film(k_over_s: Vec3, thickness: f32) -> Film {
    let a = 1.0 + k_over_s;
    let b = (a * a - 1.0).map(f32::sqrt);
    let scattering_thickness = thickness / (1.0 + 0.375 * k_over_s);
    let e = (-b * scattering_thickness).exp();
    let rise = 1.0 - e * e;
    let divisor = a * rise + b * (1.0 + e * e);
    Film { reflectance: rise / divisor, transmittance: 2.0 * b * e / divisor }
}

/// `upper` lying on `lower`.
pub fn stack(upper: Film, lower: Film) -> Film {
    let bounce = 1.0 - upper.reflectance * lower.reflectance;
    let reflectance = upper.reflectance + upper.transmittance * upper.transmittance * lower.reflectance / bounce;
    Film { reflectance, transmittance: upper.transmittance * lower.transmittance / bounce }
}

/// What is seen of `upper` over an opaque backing.
pub fn over(upper: Film, backing: Vec3) -> Vec3 {
    upper.reflectance + upper.transmittance * upper.transmittance * backing / (1.0 - upper.reflectance * backing)
}

/// K/S of a pigment whose infinitely thick layer reflects `masstone` (linear RGB, each channel in 0–1 exclusive).
pub fn k_over_s_from_masstone(masstone: Vec3) -> Vec3 {
    (1.0 - masstone) * (1.0 - masstone) / (2.0 * masstone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(a: Vec3, b: Vec3) -> bool {
        a.abs_diff_eq(b, 2e-4)
    }

    #[test]
    fn no_thickness_shows_the_skin() {
        let skin = Vec3::new(0.4, 0.2, 0.1);
        assert!(close(over(film(Vec3::splat(0.5), 0.0), skin), skin));
        assert_eq!(over(Film::NONE, skin), skin);
    }

    #[test]
    fn endless_thickness_shows_the_masstone() {
        // R∞ of K/S = 0.5, in the literature 0.381966.
        assert!(close(over(film(Vec3::splat(0.5), 500.0), Vec3::ONE * 0.9), Vec3::splat(0.381_966)));
    }

    proptest! {
        #[test]
        fn two_halves_make_a_whole(ks in 0.001f32..50.0, sx in 0.0f32..20.0) {
            let (half, whole) = (film(Vec3::splat(ks), sx / 2.0), film(Vec3::splat(ks), sx));
            let two = stack(half, half);
            prop_assert!(close(two.reflectance, whole.reflectance), "{two:?} {whole:?}");
            prop_assert!(close(two.transmittance, whole.transmittance), "{two:?} {whole:?}");
        }

        #[test]
        fn a_thin_coat_has_its_own_colour(sx in 0.001f32..0.1) {
            let seen = film(k_over_s_from_masstone(Vec3::new(0.8, 0.1, 0.1)), sx).reflectance;
            prop_assert!(seen.x > 1.8 * seen.y, "{seen}");
        }

        #[test]
        fn masstone_round_trips(masstone in 0.005f32..0.98) {
            let thick = film(k_over_s_from_masstone(Vec3::splat(masstone)), 1e4);
            prop_assert!((thick.reflectance.x - masstone).abs() < 2e-3);
        }

        #[test]
        fn light_is_never_made(ks in 0.0001f32..1e3, sx in 0.0f32..1e3, skin in 0.0f32..0.95) {
            let layer = film(Vec3::splat(ks), sx);
            prop_assert!(layer.reflectance.x + layer.transmittance.x <= 1.001);
            let seen = over(layer, Vec3::splat(skin)).x;
            prop_assert!((0.0..=1.0).contains(&seen));
        }
    }
}
