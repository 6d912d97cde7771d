//! Optics of a layer: converts a product's parameters to the numbers that the shaders compute with.
//!
//! In: a product (category, shade, coverage, finish, flakes), an amount, and the preview light.
//! Out: [`LayerUniforms`].
//!
//! 1. The shade is the masstone, the colour of an infinitely thick layer; K/S follows from it (Kubelka & Munk 1931).
//! 2. The thickness of one coat is the one at which it hides as much of a black and white card as its coverage says
//!    (contrast ratio, ISO 6504-3), by bisection.
//! 3. The finish's five numbers are copied; reflections take the flakes' colour if there are flakes, else none.
//! 4. Skin products that hide even out the skin's fine relief.

use carmine_shaders::LayerUniforms;
use carmine_shaders::cpu::{film, k_over_s_from_masstone, luminance, over};
use glam::{Mat3, Vec3};

use crate::look::{Category, Finish, Layer, Product};

/// Masstones are kept this far from 0 and 1, where K/S has its poles. In linear light; #0a0a0a is 0.003.
const MASSTONE_MIN: f32 = 0.003;
const MASSTONE_MAX: f32 = 0.97;
/// No real coat hides more, and full coverage would need infinite thickness.
const COVERAGE_MAX: f32 = 0.998;

/// Share of the skin's fine relief that one coat of a fully covering skin product evens out.
const EVEN_MAX: f32 = 0.6;
/// How far flakes without a colour of their own are lightened from the shade towards white, 0–1.
const FLAKES_LIGHTER: f32 = 0.45;
/// The same for the metallic finish, whose flakes have the shade's colour.
const FOIL_LIGHTER: f32 = 0.2;

/// Absorption over scattering of a pigment with this masstone (linear light, each channel), finite for any.
pub fn k_over_s(masstone: Vec3) -> Vec3 {
    k_over_s_from_masstone(masstone.clamp(Vec3::splat(MASSTONE_MIN), Vec3::splat(MASSTONE_MAX)))
}

/// A layer's numbers for the shaders. `light_from_neutral` shows its colours in another light than D65.
pub fn layer_optics(layer: &Layer, light_from_neutral: Mat3) -> LayerUniforms {
    let optics = product_optics(&layer.product, layer.amount, light_from_neutral);
    LayerUniforms { chart: layer.mask.chart.shader_id(), ..optics }
}

/// The same of `amount` coats of a product where it usually lies.
pub fn product_optics(product: &Product, amount: f32, light_from_neutral: Mat3) -> LayerUniforms {
    let masstone = light_from_neutral * product.shade.masstone_linear();
    let k_over_s = k_over_s(masstone);
    let finish = product.finish.optics();
    LayerUniforms {
        k_over_s,
        scattering_thickness: scattering_thickness(k_over_s, product.coverage),
        tint: reflections_tint(product, masstone, light_from_neutral),
        gain: finish.gain,
        soft: finish.soft,
        sharp: finish.sharp,
        flakes: finish.flakes,
        coarse: finish.coarse,
        amount,
        chart: product.mask.chart.shader_id(),
        even: match product.category {
            Category::Foundation | Category::Concealer => EVEN_MAX * product.coverage,
            _ => 0.0,
        },
        fine: if is_fine(product) { 1.0 } else { 0.0 },
    }
}

/// Linear colour that tints the surface's reflections.
fn reflections_tint(product: &Product, masstone: Vec3, light_from_neutral: Mat3) -> Vec3 {
    if !product.finish.has_flakes() {
        return Vec3::ONE;
    }
    let tint = match (product.finish, &product.flakes) {
        (Finish::Metallic, None) => masstone.lerp(Vec3::ONE, FOIL_LIGHTER),
        (_, None) => masstone.lerp(Vec3::ONE, FLAKES_LIGHTER),
        (_, Some(flakes)) => light_from_neutral * flakes.masstone_linear(),
    };
    tint.clamp(Vec3::ZERO, Vec3::ONE)
}

/// Whether the product's flakes are too fine to be seen one by one: products on the cheeks would otherwise look wet or
/// dusty.
fn is_fine(product: &Product) -> bool {
    product.category == Category::Highlighter && product.finish != Finish::Glitter
}

/// The thickness, as [`film`] takes it, at which one coat has the contrast ratio `coverage` (0–1): its luminance over a
/// black card by that over a white one (reflectances 0 and 1), as hiding power is measured (ISO 6504-3).
pub fn scattering_thickness(k_over_s: Vec3, coverage: f32) -> f32 {
    let wanted = coverage.clamp(0.0, COVERAGE_MAX);
    let hidden = |thickness: f32| {
        let coat = film(k_over_s, thickness);
        luminance(over(coat, Vec3::ZERO)) / luminance(over(coat, Vec3::ONE))
    };
    let (mut low, mut high) = (0.0, 1.0);
    while hidden(high) < wanted && high < 1e4 {
        high *= 2.0;
    }
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if hidden(middle) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_coat_hides_what_its_coverage_says(masstone in 0.005f32..0.95, coverage in 0.01f32..0.99) {
            let k_over_s = k_over_s_from_masstone(Vec3::new(masstone, 0.5 * masstone, 0.3 * masstone));
            let coat = film(k_over_s, scattering_thickness(k_over_s, coverage));
            let ratio = luminance(over(coat, Vec3::ZERO)) / luminance(over(coat, Vec3::ONE));
            prop_assert!((ratio - coverage).abs() < 5e-3, "{ratio} {coverage}");
        }
    }

    #[test]
    fn no_coverage_is_no_coat() {
        assert!(scattering_thickness(Vec3::splat(0.5), 0.0) < 1e-6);
    }
}
