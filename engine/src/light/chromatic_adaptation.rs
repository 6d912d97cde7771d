//! Chromatic adaptation by Bradford's method (Lam 1985): how a colour changes with the light it is seen in.
//!
//! In: the white of a light, linear sRGB. Out: a matrix from colours under D65 to those under that light.
//! 1. Linear sRGB to XYZ (IEC 61966-2-1) and on to cone responses.
//! 2. Each response grows as the white's does.
//! 3. Back.

use glam::{Mat3, Vec3};

/// XYZ from linear sRGB, D65 (IEC 61966-2-1), columns.
pub(super) const XYZ_FROM_RGB: Mat3 = Mat3::from_cols(
    Vec3::new(0.412_456_4, 0.212_672_9, 0.019_333_9),
    Vec3::new(0.357_576_1, 0.715_152_2, 0.119_192),
    Vec3::new(0.180_437_5, 0.072_175, 0.950_304_1),
);
/// The Bradford cone responses from XYZ (Lam 1985), columns.
const CONE_FROM_XYZ: Mat3 = Mat3::from_cols(
    Vec3::new(0.8951, -0.7502, 0.0389),
    Vec3::new(0.2664, 1.7135, -0.0685),
    Vec3::new(-0.1614, 0.0367, 1.0296),
);

/// Linear sRGB of what is seen under D65 to the same under a light whose white is `white_linear` (Bradford). Its
/// inverse takes the light away.
pub fn light_from_neutral(white_linear: Vec3) -> Mat3 {
    let cone_from_rgb = CONE_FROM_XYZ * XYZ_FROM_RGB;
    let gain = (cone_from_rgb * white_linear).max(Vec3::splat(1e-3)) / (cone_from_rgb * Vec3::ONE);
    cone_from_rgb.inverse() * Mat3::from_diagonal(gain) * cone_from_rgb
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_becomes_the_light_and_white_light_changes_nothing() {
        let warm = Vec3::new(1.15, 0.98, 0.75);
        assert!((light_from_neutral(warm) * Vec3::ONE).abs_diff_eq(warm, 1e-4));
        let red = Vec3::new(0.4, 0.05, 0.06);
        assert!((light_from_neutral(Vec3::ONE) * red).abs_diff_eq(red, 1e-5));
    }
}
