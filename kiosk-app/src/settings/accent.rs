//! The brand's colour, on which text must be readable.

use egui::Color32;
use serde::{Deserialize, Deserializer};

use crate::palette::{COCOA, IVORY, LEAST_CONTRAST, contrast};

/// A colour for what matters most on a screen; ivory or cocoa can be read on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// sRGB.
    pub rgb: [u8; 3],
}

impl Accent {
    /// Refuses a colour on which neither text can be read, and names the nearest darker one that will do.
    pub fn new(rgb: [u8; 3]) -> Result<Self, String> {
        let reached = text_contrast(rgb);
        if reached >= LEAST_CONTRAST {
            return Ok(Self { rgb });
        }
        let darker = |percent: u32| rgb.map(|side| (u32::from(side) * percent / 100) as u8);
        let mend = (0..100).rev().map(darker).find(|rgb| text_contrast(*rgb) >= LEAST_CONTRAST).unwrap_or([0; 3]);
        Err(format!(
            "neither light nor dark text is readable on {} (contrast {reached:.1}, at least {LEAST_CONTRAST} is needed): \
             take a darker one such as {}",
            hex(rgb),
            hex(mend)
        ))
    }
}

/// The contrast of ivory or cocoa on this colour, whichever has more.
fn text_contrast([r, g, b]: [u8; 3]) -> f32 {
    let ground = Color32::from_rgb(r, g, b);
    contrast(IVORY, ground).max(contrast(COCOA, ground))
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
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
        // Dark enough for ivory, light enough for cocoa.
        assert!(Accent::new([0x8F, 0x23, 0x38]).is_ok() && Accent::new([0xF4, 0xB6, 0xC2]).is_ok());
        let mut refused = 0;
        for rgb in (0..=255_u8).step_by(15).flat_map(|r| (0..=255).step_by(15).map(move |g| [r, g, 128])) {
            match Accent::new(rgb) {
                Ok(accent) => assert!(text_contrast(accent.rgb) >= LEAST_CONTRAST),
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
