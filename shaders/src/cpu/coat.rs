//! A coat: all that a point of skin wears, as a film of pigment and what happens at its surface. Twin of
//! `wgsl/shared/coat.wgsl`, which lists the steps.

use glam::Vec3;

use super::kubelka_munk::{Film, film, stack};
use super::reflection::Reflection;
use crate::layout::LayerUniforms;

/// One or more layers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coat {
    /// Pigment.
    pub film: Film,
    /// Part of what lies below that still shows at the surface; `surface` is added to it.
    pub keep: f32,
    /// What happens at the surface.
    pub surface: Reflection,
    /// How far fine relief is evened out, 0–1.
    pub even: f32,
}

impl Coat {
    /// Nothing worn.
    pub const BARE: Self = Self { film: Film::NONE, keep: 1.0, surface: Reflection::NONE, even: 0.0 };
}

/// The broad lobe of flakes that lie as densely as they can and are too fine to be seen one by one.
const FINE_GLOW: f32 = 0.3;

/// One layer, `thickness` coats of it.
pub fn coat(layer: &LayerUniforms, thickness: f32) -> Coat {
    let cover = thickness.min(1.0);
    let surface = Reflection {
        gain: layer.gain,
        soft: layer.soft + FINE_GLOW * layer.fine * layer.flakes,
        sharp: layer.sharp,
        flakes: (1.0 - layer.fine) * layer.flakes,
        coarse: layer.coarse,
        tint: layer.tint,
    };
    Coat {
        film: film(layer.k_over_s, thickness * layer.scattering_thickness),
        keep: 1.0 - cover,
        surface: surface.scaled(cover),
        even: layer.even * cover,
    }
}

/// `upper` lying on `lower`.
pub fn coat_over(upper: Coat, lower: Coat) -> Coat {
    Coat {
        film: stack(upper.film, lower.film),
        keep: upper.keep * lower.keep,
        surface: upper.surface.plus(lower.surface.scaled(upper.keep)),
        even: 1.0 - (1.0 - upper.even) * (1.0 - lower.even),
    }
}

/// A coat that covers the part `extent` of a pixel. Light passes twice, so it is the squares that share the area.
pub fn coat_in_part(whole: Coat, extent: f32) -> Coat {
    let twice = whole.film.transmittance * whole.film.transmittance;
    Coat {
        film: Film {
            reflectance: whole.film.reflectance * extent,
            transmittance: Vec3::ONE.lerp(twice, extent).map(f32::sqrt),
        },
        keep: 1.0 + (whole.keep - 1.0) * extent,
        surface: whole.surface.scaled(extent),
        even: whole.even * extent,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cpu::over;

    fn layer(k_over_s: f32, thickness: f32) -> LayerUniforms {
        LayerUniforms {
            k_over_s: Vec3::splat(k_over_s),
            scattering_thickness: thickness,
            tint: Vec3::ONE,
            gain: 0.18,
            amount: 1.0,
            ..Default::default()
        }
    }

    #[test]
    fn no_thickness_is_bare() {
        let flaky = LayerUniforms { soft: 0.2, sharp: 0.4, flakes: 0.7, coarse: 1.0, ..layer(2.0, 3.0) };
        let nothing = coat_over(coat(&flaky, 0.0), Coat::BARE);
        assert_eq!((nothing.keep, nothing.surface, nothing.even), (1.0, Reflection::NONE, 0.0));
        assert!(over(nothing.film, Vec3::splat(0.4)).abs_diff_eq(Vec3::splat(0.4), 1e-5));
    }

    #[test]
    fn a_full_coat_hides_the_surface_below() {
        let glossy = LayerUniforms { gain: 1.7, sharp: 0.36, ..layer(2.0, 3.0) };
        let worn = coat_over(coat(&layer(2.0, 3.0), 1.0), coat(&glossy, 1.0));
        assert!((worn.surface.gain - 0.18).abs() < 1e-6 && worn.surface.sharp == 0.0);
        assert_eq!(worn.surface.tint, Vec3::ONE);
    }

    #[test]
    fn flakes_too_fine_to_be_seen_glow_instead() {
        let flaky = LayerUniforms { flakes: 0.6, fine: 1.0, ..layer(2.0, 3.0) };
        let worn = coat(&flaky, 1.0).surface;
        assert_eq!((worn.flakes, worn.soft), (0.0, FINE_GLOW * 0.6));
    }

    proptest! {
        #[test]
        fn more_of_a_darker_product_is_darker(ks in 1.0f32..50.0, a in 0f32..1.0, b in 0f32..1.0, skin in 0.3f32..0.9) {
            let seen = |thickness| over(coat(&layer(ks, 2.0), thickness).film, Vec3::splat(skin)).x;
            let (thin, thick) = (a.min(b), a.max(b));
            prop_assert!(seen(thick) <= seen(thin) + 1e-5);
        }

        /// A pixel that is covered in part shows the mean of bare and covered, weighted by area, and at most the light more
        /// that one film over all of it sends back and forth: e(1 − e)·R·skin² / (1 − e·R·skin).
        #[test]
        fn half_a_pixel_lies_between(ks in 0.01f32..50.0, skin in 0.05f32..0.9, extent in 0f32..1.0) {
            let whole = coat(&layer(ks, 2.0), 1.0);
            let full = over(whole.film, Vec3::splat(skin)).x;
            let part = over(coat_in_part(whole, extent).film, Vec3::splat(skin)).x;
            let mean = skin + (full - skin) * extent;
            let reflectance = whole.film.reflectance.x;
            let more = extent * (1.0 - extent) * reflectance * skin * skin / (1.0 - extent * reflectance * skin);
            prop_assert!(part >= mean - 1e-4 && part <= mean + more + 1e-4, "{skin} {part} {full}, {mean} + {more}");
        }
    }
}
