//! The colour of a lamp in a picture.
//!
//! In: a colour temperature, 1667 to 25000 K. Out: linear sRGB of a white card under it, of luminance 1.
//!
//! 1. Chromaticity of the Planckian locus: the cubic fit of Kang et al. 2002.
//! 2. From xyY to linear sRGB (IEC 61966-2-1).
//! 3. The camera's automatic white balance takes out most of the cast.

use carmine_shaders::cpu::luminance;
use glam::Vec3;

/// Share of a light's cast that the camera's automatic white balance takes out; the rest is what the picture shows.
const BALANCED: f32 = 0.7;

/// Linear sRGB of a black body at `kelvin` as the camera shows it on a white card, of luminance 1.
pub(crate) fn cast(kelvin: f32) -> Vec3 {
    let t = 1000.0 / kelvin;
    let x = if kelvin < 4000.0 {
        -0.266_123_9 * t.powi(3) - 0.234_358_9 * t.powi(2) + 0.877_695_6 * t + 0.179_910
    } else {
        -3.025_847 * t.powi(3) + 2.107_037_9 * t.powi(2) + 0.222_634_7 * t + 0.240_390
    };
    let y = if kelvin < 4000.0 {
        -0.954_947_6 * x.powi(3) - 1.374_185_9 * x.powi(2) + 2.091_37 * x - 0.167_488_67
    } else {
        3.081_758 * x.powi(3) - 5.873_387 * x.powi(2) + 3.751_13 * x - 0.370_014_83
    };
    let xyz = Vec3::new(x / y, 1.0, (1.0 - x - y) / y);
    let rgb = Vec3::new(
        xyz.dot(Vec3::new(3.240_454_2, -1.537_138_5, -0.498_531_4)),
        xyz.dot(Vec3::new(-0.969_266, 1.876_010_8, 0.041_556)),
        xyz.dot(Vec3::new(0.055_643_4, -0.204_025_9, 1.057_225_2)),
    );
    let left = rgb.max(Vec3::splat(1e-3)).map(|channel| channel.powf(1.0 - BALANCED));
    left / luminance(left)
}
