//! A product's colour: its masstone, read from `#rrggbb`, CIE L\*a\*b\* or OKLCH.
//!
//! In: a colour in one of the three notations. Out: linear sRGB, or an error. Lab and OKLCH have a larger gamut than
//! sRGB: colours that round into it are accepted, others refused. OKLCH: Ottosson 2020, "A perceptual color space for
//! image processing".

use carmine_shaders::cpu::{delta_e2000, lab_from_linear_srgb, linear_from_srgb, linear_srgb_from_lab};
use glam::Vec3;

/// A product's masstone: the colour of a layer so thick that nothing below it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Shade {
    masstone_linear: Vec3,
}

/// Tolerance by which a Lab or OKLCH shade may exceed sRGB, in linear light.
const GAMUT_SLACK: f32 = 0.002;

impl Shade {
    /// Reads `#rrggbb`.
    pub fn from_hex(hex: &str) -> Result<Self, String> {
        let digits = hex.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let value = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        let Some(value) = value else {
            return Err(format!("shade '{hex}' is not a colour: write it as \"#rrggbb\", such as \"#a8323e\""));
        };
        let [_, r, g, b] = value.to_be_bytes();
        let encoded = Vec3::new(f32::from(r), f32::from(g), f32::from(b)) / 255.0;
        Ok(Self { masstone_linear: linear_from_srgb(encoded) })
    }

    /// From CIE L\*a\*b\* (D65). Refused where sRGB cannot show it.
    pub fn from_lab(lab: [f32; 3]) -> Result<Self, String> {
        Self::in_gamut(linear_srgb_from_lab(lab.into()))
    }

    /// From OKLCH: lightness 0–1, chroma, hue in degrees. Refused where sRGB cannot show it.
    pub fn from_oklch(oklch: [f32; 3]) -> Result<Self, String> {
        Self::in_gamut(linear_srgb_from_oklch(oklch))
    }

    /// The masstone R∞ in linear sRGB, each channel in 0–1.
    pub fn masstone_linear(&self) -> Vec3 {
        self.masstone_linear
    }

    /// The masstone as CIE L\*a\*b\* (D65, 2°).
    pub fn masstone_lab(&self) -> Vec3 {
        lab_from_linear_srgb(self.masstone_linear)
    }

    /// How different two masstones look: CIEDE2000.
    pub fn delta_e00(&self, other: &Self) -> f32 {
        delta_e2000(self.masstone_lab(), other.masstone_lab())
    }

    fn in_gamut(linear: Vec3) -> Result<Self, String> {
        let low = linear.min_element();
        let high = linear.max_element();
        if !(low >= -GAMUT_SLACK && high <= 1.0 + GAMUT_SLACK) {
            return Err(format!(
                "the shade lies outside sRGB (its linear RGB would be {:.3} {:.3} {:.3}): lower its chroma",
                linear.x, linear.y, linear.z
            ));
        }
        Ok(Self { masstone_linear: linear.clamp(Vec3::ZERO, Vec3::ONE) })
    }
}

fn linear_srgb_from_oklch([lightness, chroma, hue_deg]: [f32; 3]) -> Vec3 {
    let (sin, cos) = hue_deg.to_radians().sin_cos();
    let (a, b) = (chroma * cos, chroma * sin);
    let lms = Vec3::new(
        lightness + 0.396_337_78 * a + 0.215_803_76 * b,
        lightness - 0.105_561_346 * a - 0.063_854_17 * b,
        lightness - 0.089_484_18 * a - 1.291_485_5 * b,
    );
    let lms = lms * lms * lms;
    Vec3::new(
        lms.dot(Vec3::new(4.076_741_7, -3.307_711_6, 0.230_969_94)),
        lms.dot(Vec3::new(-1.268_438, 2.609_757_4, -0.341_319_4)),
        lms.dot(Vec3::new(-0.004_196_086_3, -0.703_418_6, 1.707_614_7)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_red_in_three_notations() {
        let hex = Shade::from_hex("#c80815").unwrap().masstone_linear();
        let lab = Shade::from_lab([41.998, 65.785, 48.187]);
        let oklch = Shade::from_oklch([0.5265, 0.2107, 26.97]);
        for shade in [lab, oklch] {
            let other = shade.unwrap().masstone_linear();
            assert!(other.abs_diff_eq(hex, 0.01), "{other} {hex}");
        }
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for hex in ["c80815", "#c808", "#zzzzzz", "#c808150", "red", ""] {
            assert!(Shade::from_hex(hex).unwrap_err().contains("#rrggbb"), "{hex}");
        }
        assert!(Shade::from_lab([50.0, 120.0, -90.0]).unwrap_err().contains("outside sRGB"));
        assert!(Shade::from_oklch([f32::NAN, 0.0, 0.0]).is_err());
    }
}
