//! Chromatic adaptation by Bradford's method (Lam 1985): how a colour changes with the light it is seen in.
//!
//! In: the white of a light, linear sRGB. Out: a matrix from colours under D65 to those under that light.
//! 1. Linear sRGB to XYZ (IEC 61966-2-1) and on to cone responses.
//! 2. Each response grows as the white's does.
//! 3. Back.
//! 4. Bradford's cones fit lamps and daylight. Under a strongly coloured light they would still show red where there is
//!    next to none, so there the camera's own channels grow as the white's do.

use glam::{Mat3, Vec3};

use super::white_point::slope;

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

/// Least part of a channel in a light.
const CHANNEL_MIN: f32 = 1e-2;
/// Distance of a light from the line of lamps and daylight, in ln(red / green): up to which it is one of them, and from
/// which it surely is none. Bluer than the sky counts alike.
const LOCUS_TINT: f32 = 0.3;
const COLOURED_TINT: f32 = 0.7;
const SKY: f32 = -0.25;

/// Linear sRGB of what is seen under D65 to the same under a light whose white is `white_linear` (Bradford). Its
/// inverse takes the light away.
pub fn light_from_neutral(white_linear: Vec3) -> Mat3 {
    let cone_from_rgb = CONE_FROM_XYZ * XYZ_FROM_RGB;
    let gain = (cone_from_rgb * white_linear).max(Vec3::splat(1e-3)) / (cone_from_rgb * Vec3::ONE);
    let bradford = cone_from_rgb.inverse() * Mat3::from_diagonal(gain) * cone_from_rgb;
    let coloured = how_coloured(white_linear);
    if coloured > 0.0 {
        let per_channel = Mat3::from_diagonal(white_linear.max(Vec3::splat(CHANNEL_MIN)));
        return bradford * (1.0 - coloured) + per_channel * coloured;
    }
    bradford
}

/// 0 for lamps and daylight, 1 for a light that is neither.
fn how_coloured(white_linear: Vec3) -> f32 {
    let log = white_linear.max(Vec3::splat(CHANNEL_MIN)).map(f32::ln);
    let (red, place) = (log.x - log.y, log.y - log.z);
    let tint = (red - slope(place) * place).abs();
    let part = ((tint.max(SKY - place) - LOCUS_TINT) / (COLOURED_TINT - LOCUS_TINT)).clamp(0.0, 1.0);
    part * part * (3.0 - 2.0 * part)
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

    #[test]
    fn in_strong_light_each_channel_shows_what_light_there_is_of_it() {
        let skin = Vec3::new(0.5, 0.3, 0.22);
        for light in [Vec3::new(3.3, 0.4, 0.33), Vec3::new(0.2, 1.3, 0.26), Vec3::new(0.5, 0.83, 4.1)] {
            let matrix = light_from_neutral(light);
            assert!((matrix * skin).abs_diff_eq(light * skin, 1e-4), "{light}: {}", matrix * skin);
            assert!((matrix * Vec3::ONE).abs_diff_eq(light, 1e-4), "{light}");
            assert!((matrix.inverse() * (matrix * skin)).abs_diff_eq(skin, 1e-4), "{light}");
        }
        let nearly = [0.02, 0.04].map(|step| light_from_neutral(Vec3::new(1.6 + step, 0.8, 0.75)) * skin);
        assert!(nearly[0].abs_diff_eq(nearly[1], 0.02), "a small change of the light is a small change: {nearly:?}");
    }

    #[test]
    fn lamps_and_daylight_are_adapted_to_as_eyes_do() {
        for light in [Vec3::ONE, Vec3::new(1.45, 0.95, 0.42), Vec3::new(0.9, 1.0, 1.25), Vec3::new(1.15, 0.97, 0.72)] {
            assert_eq!(how_coloured(light), 0.0, "{light}");
        }
    }
}
