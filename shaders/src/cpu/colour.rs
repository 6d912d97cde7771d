//! Colour spaces and differences. White is D65, the observer 2°. The transfer functions and luminance are twins of
//! `wgsl/shared/colour.wgsl`; CIE L\*a\*b\* and CIEDE2000 are for the CPU alone.

use glam::Vec3;

/// CIE XYZ of D65, 2° observer, Y = 1.
const WHITE_D65: Vec3 = Vec3::new(0.950_47, 1.0, 1.088_83);

/// The Monk Skin Tone Scale (skintone.google, CC BY 4.0), tones 1 (lightest) to 10, as 8-bit sRGB.
pub const MONK_SRGB: [[u8; 3]; 10] = [
    [0xf6, 0xed, 0xe4],
    [0xf3, 0xe7, 0xdb],
    [0xf7, 0xea, 0xd0],
    [0xea, 0xda, 0xba],
    [0xd7, 0xbd, 0x96],
    [0xa0, 0x7e, 0x56],
    [0x82, 0x5c, 0x43],
    [0x60, 0x41, 0x34],
    [0x3a, 0x31, 0x2a],
    [0x29, 0x24, 0x20],
];

/// sRGB decoding (IEC 61966-2-1), per channel; 0–1 in and out.
pub fn linear_from_srgb(encoded: Vec3) -> Vec3 {
    encoded.map(|v| if v <= 0.04045 { v / 12.92 } else { ((v.max(0.0) + 0.055) / 1.055).powf(2.4) })
}

/// The same within 0.002, without powers: for what is only averaged or compared.
pub fn linear_from_srgb_roughly(encoded: Vec3) -> Vec3 {
    encoded * (encoded * (encoded * 0.305_306_01 + 0.682_171_1) + 0.012_522_878)
}

/// sRGB encoding (IEC 61966-2-1), per channel; clamped to 0–1.
pub fn srgb_from_linear(linear: Vec3) -> Vec3 {
    linear
        .clamp(Vec3::ZERO, Vec3::ONE)
        .map(|v| if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 })
}

/// Relative luminance of linear RGB (Rec. 709 primaries).
pub fn luminance(linear: Vec3) -> f32 {
    linear.dot(Vec3::new(0.2126, 0.7152, 0.0722))
}

/// CIE L\*a\*b\* (D65) of linear sRGB.
pub fn lab_from_linear_srgb(linear: Vec3) -> Vec3 {
    let xyz = Vec3::new(
        linear.dot(Vec3::new(0.412_456_4, 0.357_576_1, 0.180_437_5)),
        linear.dot(Vec3::new(0.212_672_9, 0.715_152_2, 0.072_175)),
        linear.dot(Vec3::new(0.019_333_9, 0.119_192, 0.950_304_1)),
    );
    let f = (xyz / WHITE_D65).map(|t| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 });
    Vec3::new(116.0 * f.y - 16.0, 500.0 * (f.x - f.y), 200.0 * (f.y - f.z))
}

/// Linear sRGB of CIE L\*a\*b\* (D65); outside 0–1 where sRGB cannot show the colour.
pub fn linear_srgb_from_lab(lab: Vec3) -> Vec3 {
    let y = (lab.x + 16.0) / 116.0;
    let f = Vec3::new(y + lab.y / 500.0, y, y - lab.z / 200.0);
    let xyz = f.map(|t| if t > 6.0 / 29.0 { t * t * t } else { (116.0 * t - 16.0) * 27.0 / 24389.0 }) * WHITE_D65;
    Vec3::new(
        xyz.dot(Vec3::new(3.240_454_2, -1.537_138_5, -0.498_531_4)),
        xyz.dot(Vec3::new(-0.969_266, 1.876_010_8, 0.041_556)),
        xyz.dot(Vec3::new(0.055_643_4, -0.204_025_9, 1.057_225_2)),
    )
}

/// CIEDE2000 between two CIE L\*a\*b\* colours (Sharma, Wu & Dalal 2005).
pub fn delta_e2000(one: Vec3, two: Vec3) -> f32 {
    let [l1, a1, b1] = one.as_dvec3().to_array();
    let [l2, a2, b2] = two.as_dvec3().to_array();
    let pow7 = |c: f64| c.powi(7);
    let twenty_five_7 = pow7(25.0);
    let mean_c = (a1.hypot(b1) + a2.hypot(b2)) / 2.0;
    let g = 0.5 * (1.0 - (pow7(mean_c) / (pow7(mean_c) + twenty_five_7)).sqrt());
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));

    let grey = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if grey => 0.0,
        d if d > 180.0 => d - 360.0,
        d if d < -180.0 => d + 360.0,
        d => d,
    };
    let delta_h = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let mean_h = match (h1 + h2, (h1 - h2).abs()) {
        (sum, _) if grey => sum,
        (sum, apart) if apart <= 180.0 => sum / 2.0,
        (sum, _) if sum < 360.0 => (sum + 360.0) / 2.0,
        (sum, _) => (sum - 360.0) / 2.0,
    };

    let (mean_l, mean_c) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(mean_h - 30.0) + 0.24 * cos(2.0 * mean_h) + 0.32 * cos(3.0 * mean_h + 6.0)
        - 0.20 * cos(4.0 * mean_h - 63.0);
    let from_50 = (mean_l - 50.0).powi(2);
    let s_l = 1.0 + 0.015 * from_50 / (20.0 + from_50).sqrt();
    let s_c = 1.0 + 0.045 * mean_c;
    let s_h = 1.0 + 0.015 * mean_c * t;
    let delta_theta = 30.0 * (-((mean_h - 275.0) / 25.0).powi(2)).exp();
    let r_c = 2.0 * (pow7(mean_c) / (pow7(mean_c) + twenty_five_7)).sqrt();
    let r_t = -(2.0 * delta_theta).to_radians().sin() * r_c;
    let (l, c, h) = ((l2 - l1) / s_l, (c2 - c1) / s_c, delta_h / s_h);
    (l * l + c * c + h * h + r_t * c * h).sqrt() as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// From the supplement of Sharma, Wu & Dalal 2005: pairs that exercise every branch.
    const SHARMA: [([f32; 3], [f32; 3], f32); 12] = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0009], 7.1792),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
        ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373),
        ([90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447], 1.4441),
        ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
    ];

    #[test]
    fn ciede2000_gives_the_published_differences() {
        for (one, two, expected) in SHARMA {
            let (one, two) = (Vec3::from(one), Vec3::from(two));
            assert!((delta_e2000(one, two) - expected).abs() < 1e-4, "{one} {two}: {}", delta_e2000(one, two));
            assert!((delta_e2000(two, one) - expected).abs() < 1e-4, "not symmetric");
        }
    }

    #[test]
    fn white_is_lab_100() {
        assert!(lab_from_linear_srgb(Vec3::ONE).abs_diff_eq(Vec3::new(100.0, 0.0, 0.0), 0.02));
    }

    #[test]
    fn the_rough_decoding_is_close() {
        for level in 0..=255u8 {
            let encoded = Vec3::splat(f32::from(level) / 255.0);
            assert!(linear_from_srgb(encoded).abs_diff_eq(linear_from_srgb_roughly(encoded), 2e-3), "{level}");
        }
    }

    proptest! {
        #[test]
        fn srgb_and_lab_round_trip(r in 0.0f32..1.0, g in 0.0f32..1.0, b in 0.0f32..1.0) {
            let colour = Vec3::new(r, g, b);
            prop_assert!(srgb_from_linear(linear_from_srgb(colour)).abs_diff_eq(colour, 1e-4));
            prop_assert!(linear_srgb_from_lab(lab_from_linear_srgb(colour)).abs_diff_eq(colour, 1e-4));
        }
    }
}
