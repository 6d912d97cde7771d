//! The brand's colour, on which text must be readable.

use serde::{Deserialize, Deserializer};

use crate::ui::theme;

/// WCAG 2.2, success criterion 1.4.3.
pub const LEAST_CONTRAST: f32 = 4.5;

/// A colour for what matters most on a screen, with the text that can be read on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accent {
    /// sRGB.
    pub rgb: [u8; 3],
    /// Ivory or cocoa, whichever has more contrast; at least 4.5:1.
    pub text: [u8; 3],
}

impl Accent {
    /// Refuses a colour on which neither text can be read, and names the nearest darker one that will do.
    pub fn new(rgb: [u8; 3]) -> Result<Self, String> {
        let best = |rgb: [u8; 3]| {
            let texts = [theme::IVORY, theme::COCOA].map(|color| [color.r(), color.g(), color.b()]);
            let contrasts = texts.map(|text| contrast(text, rgb));
            if contrasts[0] >= contrasts[1] { (texts[0], contrasts[0]) } else { (texts[1], contrasts[1]) }
        };
        let (text, reached) = best(rgb);
        if reached >= LEAST_CONTRAST {
            return Ok(Self { rgb, text });
        }
        let darker = |percent: u32| rgb.map(|side| (u32::from(side) * percent / 100) as u8);
        let mend = (0..100).rev().map(darker).find(|rgb| best(*rgb).1 >= LEAST_CONTRAST).unwrap_or([0; 3]);
        Err(format!(
            "neither light nor dark text is readable on {} (contrast {reached:.1}, at least {LEAST_CONTRAST} is needed): \
             take a darker one such as {}",
            hex(rgb),
            hex(mend)
        ))
    }
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Contrast of two sRGB colours, 1 to 21 (WCAG 2.2).
pub fn contrast(a: [u8; 3], b: [u8; 3]) -> f32 {
    let luminance = |rgb: [u8; 3]| {
        let [r, g, b] = rgb.map(|side| {
            let side = f32::from(side) / 255.0;
            if side <= 0.040_45 { side / 12.92 } else { ((side + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

impl<'de> Deserialize<'de> for Accent {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii());
        let side = |at: usize| u8::from_str_radix(digits?.get(at..at + 2)?, 16).ok();
        let rgb = match (side(0), side(2), side(4)) {
            (Some(r), Some(g), Some(b)) if !text.contains('+') => [r, g, b],
            _ => return Err(serde::de::Error::custom("this is no colour: give \"#rrggbb\", such as \"#8f2338\"")),
        };
        Self::new(rgb).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_readable_or_the_colour_is_refused() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-3);
        let ivory = [theme::IVORY.r(), theme::IVORY.g(), theme::IVORY.b()];
        assert_eq!(Accent::new([0x8F, 0x23, 0x38]).unwrap().text, ivory);
        assert_ne!(Accent::new([0xF4, 0xB6, 0xC2]).unwrap().text, ivory);
        let mut refused = 0;
        for rgb in (0..=255_u8).step_by(15).flat_map(|r| (0..=255).step_by(15).map(move |g| [r, g, 128])) {
            match Accent::new(rgb) {
                Ok(accent) => assert!(contrast(accent.rgb, accent.text) >= LEAST_CONTRAST),
                Err(why) => {
                    refused += 1;
                    let mend = why.rsplit('#').next().unwrap();
                    let side = |at: usize| u8::from_str_radix(&mend[at..at + 2], 16).unwrap();
                    assert!(Accent::new([side(0), side(2), side(4)]).is_ok(), "{why}");
                }
            }
        }
        assert!(refused > 3, "{refused}");
    }
}
