//! Splits what skin shows into its diffuse and its specular part, where the specular one is predicted.
//!
//! In: a luminance, the specular part predicted there, and the diffuse part that the light on the whole face makes
//! likely. Out: the diffuse luminance.
//! 1. Subtract the predicted specular part, limited because the prediction may exceed what is there.
//! 2. The larger the specular share, the less certain is the rest: its doubt follows from both relative errors.
//! 3. Move the rest towards the likely value by its doubt, on a logarithmic scale.

/// Least share of the seen luminance that counts as diffuse.
const DIFFUSE_MIN: f32 = 0.25;
/// Relative error of the predicted specular part, and of the likely diffuse one.
const SPECULAR_ERROR: f32 = 0.4;
const LIKELY_ERROR: f32 = 0.15;

/// A luminance without the specular part predicted there.
pub(super) fn diffuse(seen: f32, specular: f32) -> f32 {
    (seen - specular).max(DIFFUSE_MIN * seen)
}

/// Weight of the likely diffuse luminance over the measured one, 0–1.
pub(super) fn doubt(seen: f32, specular: f32) -> f32 {
    let off = SPECULAR_ERROR * specular / diffuse(seen, specular).max(1e-6);
    off * off / (off * off + LIKELY_ERROR * LIKELY_ERROR)
}

/// A diffuse luminance, moved towards the `likely` one by its doubt.
pub(super) fn believed_diffuse(seen: f32, specular: f32, likely: f32) -> f32 {
    let diffuse = diffuse(seen, specular).max(1e-6);
    diffuse * (likely.max(1e-6) / diffuse).powf(doubt(seen, specular))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_specular_light_all_is_diffuse_and_with_much_of_it_the_likely_one_counts() {
        assert_eq!((diffuse(0.3, 0.0), doubt(0.3, 0.0), believed_diffuse(0.3, 0.0, 0.9)), (0.3, 0.0, 0.3));
        assert_eq!(diffuse(0.04, 0.2), 0.01);
        let (little, much) = (believed_diffuse(0.3, 0.02, 0.2), believed_diffuse(0.03, 0.02, 0.02));
        assert!((0.27..0.281).contains(&little) && (0.015..0.02).contains(&much), "{little} {much}");
    }
}
