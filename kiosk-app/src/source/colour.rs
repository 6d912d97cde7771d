//! What a picture file's numbers mean, and the same colours as sRGB, which the engine takes every picture for.
//!
//! In: pixels as they lie in a file, and what the file says of them. Out: opaque RGBA8 in sRGB.
//!
//! 1. A profile whose conversion changes no colour by more than a step of rounding is sRGB, and the numbers stay as
//!    they are.
//! 2. Others are converted by `moxcms`, 16 bits a channel in 16. High dynamic range is [tone-mapped](hdr).
//! 3. Where a picture is transparent it is laid on [`PAPER`], since the colours below are what nobody was meant to see.

use moxcms::{
    CicpProfile, CmsError, ColorProfile, DataColorSpace, Layout, MatrixCoefficients, Transform8BitExecutor,
    Transform16BitExecutor, TransformOptions,
};

use super::hdr::{self, Hdr};

/// What transparent pixels are laid on: without hue, so that it tints nothing at a cut-out's edge, and light, as the
/// paper of a sheet is.
pub const PAPER: u8 = 0xEE;
/// Pixels that are converted at once.
const PIXELS: usize = 4096;
/// Steps of each channel that are tried to find out whether a profile is sRGB.
const PROBES: u8 = 8;

/// How a pixel's colour lies in a file, without its alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channels {
    /// One channel.
    Grey,
    /// Red, green, blue.
    Rgb,
    /// Cyan, magenta, yellow, black; 0 is no ink.
    Cmyk,
}

impl Channels {
    fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

/// Pixels as they lie in a file, tightly packed.
#[derive(Clone, Copy)]
pub struct Pixels<'a> {
    /// Their bytes.
    pub bytes: &'a [u8],
    /// Their colour's channels.
    pub channels: Channels,
    /// Alpha follows the colour.
    pub has_alpha: bool,
    /// Each channel has 16 bits, the high byte first; else 8.
    pub is_deep: bool,
}

/// What the numbers mean.
#[derive(Clone, Debug, Default)]
pub enum Meaning {
    /// sRGB; of grey and CMYK what is usual without a profile.
    #[default]
    Srgb,
    /// A profile says.
    Profile(Box<ColorProfile>),
    /// High dynamic range over these primaries.
    Hdr(Hdr, Box<ColorProfile>),
}

impl Meaning {
    /// From the bytes of an ICC profile (ICC.1); else what is wrong with them.
    pub fn of_icc(bytes: &[u8]) -> Result<Self, String> {
        let profile = ColorProfile::new_from_slice(bytes).map_err(|error| error.to_string())?;
        Ok(match profile.cicp.as_ref().and_then(|cicp| Hdr::of(cicp.transfer_characteristics as u8)) {
            Some(hdr) if profile.color_space == DataColorSpace::Rgb => Self::Hdr(hdr, Box::new(profile)),
            _ => Self::Profile(Box::new(profile)),
        })
    }

    /// From numbers of ITU-T H.273.
    pub fn of_code_points(primaries: u8, transfer: u8) -> Self {
        let mut profile = ColorProfile::new_srgb();
        // The curves of video are those of cameras: what they are shown with is sRGB's as nearly as anything, and
        // viewers and this app's clips take them so. 2 says that nothing is known.
        let transfer_in_use = if matches!(transfer, 1 | 2 | 6 | 13 | 14 | 15 | 16 | 18) { 13 } else { transfer };
        let primaries_in_use = if primaries == 2 { 1 } else { primaries };
        if let (Ok(color_primaries), Ok(transfer_characteristics)) =
            (primaries_in_use.try_into(), transfer_in_use.try_into())
        {
            profile.update_rgb_colorimetry_from_cicp(CicpProfile {
                color_primaries,
                transfer_characteristics,
                matrix_coefficients: MatrixCoefficients::Identity,
                full_range: true,
            });
        }
        match Hdr::of(transfer) {
            Some(hdr) => Self::Hdr(hdr, Box::new(profile)),
            None => Self::Profile(Box::new(profile)),
        }
    }

    /// Adobe RGB (1998).
    pub fn adobe_rgb() -> Self {
        Self::Profile(Box::new(ColorProfile::new_adobe_rgb()))
    }

    /// The pixels as opaque RGBA8 in sRGB, appended to `out`. Where the meaning does not fit them they are taken as
    /// sRGB, and the reason is returned.
    pub fn convert(&self, pixels: Pixels<'_>, out: &mut Vec<u8>) -> Option<String> {
        let converter = Converter::of(self, pixels);
        let (converter, fault) = match converter {
            Ok(converter) => (converter, None),
            Err(why) => (Converter::Plain, Some(why)),
        };
        let begin = out.len();
        let fault = match converter.run(pixels, out) {
            Ok(()) => fault,
            Err(error) => {
                out.truncate(begin);
                // Taking numbers as they are cannot fail.
                let _ = Converter::Plain.run(pixels, out);
                Some(error.to_string())
            }
        };
        fault.map(|why| format!("its colour profile cannot be used ({why}), so its colours are taken as sRGB"))
    }
}

/// What is said of a profile that is none.
pub fn unreadable(why: &str) -> String {
    format!("its colour profile cannot be read ({why}), so its colours are taken as sRGB")
}

/// Ready to convert.
enum Converter {
    Plain,
    Eight(std::sync::Arc<Transform8BitExecutor>, Channels),
    Sixteen(std::sync::Arc<Transform16BitExecutor>, Channels),
    Hdr(hdr::ToneMap),
}

impl Converter {
    fn of(meaning: &Meaning, pixels: Pixels<'_>) -> Result<Self, String> {
        let (profile, hdr) = match meaning {
            Meaning::Srgb => return Ok(Self::Plain),
            Meaning::Profile(profile) => (profile, None),
            Meaning::Hdr(hdr, profile) => (profile, Some(*hdr)),
        };
        let channels = match profile.color_space {
            DataColorSpace::Rgb if pixels.channels != Channels::Cmyk => Channels::Rgb,
            DataColorSpace::Gray if pixels.channels == Channels::Grey => Channels::Grey,
            DataColorSpace::Cmyk if pixels.channels == Channels::Cmyk => Channels::Cmyk,
            other => return Err(format!("it is for {other:?} and the picture is {:?}", pixels.channels)),
        };
        let srgb = ColorProfile::new_srgb();
        if channels == Channels::Rgb && profile.is_matrix_shaper() {
            let cells = profile.transform_matrix(&srgb).v;
            if !cells.iter().flatten().all(|cell| cell.is_finite()) {
                return Err("its primaries are no colours".into());
            }
        }
        if let Some(hdr) = hdr {
            return Ok(Self::Hdr(hdr::ToneMap::new(hdr, &profile.transform_matrix(&srgb).v)));
        }
        let layout = match channels {
            Channels::Grey => Layout::Gray,
            Channels::Rgb => Layout::Rgb,
            // Of the same shape.
            Channels::Cmyk => Layout::Rgba,
        };
        let options =
            TransformOptions { allow_use_cicp_transfer: false, prefer_fixed_point: false, ..Default::default() };
        let words = |error: CmsError| error.to_string();
        let eight = profile.create_transform_8bit(layout, &srgb, Layout::Rgb, options).map_err(words)?;
        if channels == Channels::Rgb && changes_nothing(eight.as_ref()) {
            return Ok(Self::Plain);
        }
        if pixels.is_deep {
            let deep = profile.create_transform_16bit(layout, &srgb, Layout::Rgb, options).map_err(words)?;
            return Ok(Self::Sixteen(deep, channels));
        }
        Ok(Self::Eight(eight, channels))
    }

    fn run(&self, pixels: Pixels<'_>, out: &mut Vec<u8>) -> Result<(), CmsError> {
        let Pixels { bytes, channels, has_alpha, is_deep } = pixels;
        let (samples, width) = (channels.count() + usize::from(has_alpha), if is_deep { 2 } else { 1 });
        out.reserve(bytes.len() / (samples * width) * 4);
        let (mut eight, mut deep) = (Vec::new(), Vec::new());
        let (mut rgb, mut deep_rgb) = (Vec::new(), Vec::new());
        for chunk in bytes.chunks(PIXELS * samples * width) {
            let count = chunk.len() / (samples * width);
            let pixels = chunk.chunks_exact(samples * width);
            // What one pixel's channel is, in 16 and in 8 bits.
            let wide = |pixel: &[u8], channel: usize| match is_deep {
                true => u16::from_be_bytes([pixel[2 * channel], pixel[2 * channel + 1]]),
                false => u16::from(pixel[channel]) * 257,
            };
            let narrow = |pixel: &[u8], channel: usize| match is_deep {
                true => narrowed(wide(pixel, channel)),
                false => pixel[channel],
            };
            // As many channels as the conversion takes: a grey pixel may be asked for as red, green and blue.
            let at = |channel: usize| if channels == Channels::Grey { 0 } else { channel };
            rgb.clear();
            match self {
                Self::Eight(transform, taken) => {
                    eight.clear();
                    for pixel in pixels.clone() {
                        eight.extend((0..taken.count()).map(|channel| narrow(pixel, at(channel))));
                    }
                    rgb.resize(count * 3, 0);
                    transform.transform(&eight, &mut rgb)?;
                }
                Self::Sixteen(transform, taken) => {
                    deep.clear();
                    for pixel in pixels.clone() {
                        deep.extend((0..taken.count()).map(|channel| wide(pixel, at(channel))));
                    }
                    deep_rgb.resize(count * 3, 0);
                    transform.transform(&deep, &mut deep_rgb)?;
                    rgb.extend(deep_rgb.iter().map(|value| narrowed(*value)));
                }
                Self::Hdr(tone_map) => {
                    for pixel in pixels.clone() {
                        rgb.extend(tone_map.srgb([0, 1, 2].map(|channel| wide(pixel, at(channel)))));
                    }
                }
                Self::Plain if channels == Channels::Cmyk => {
                    for pixel in pixels.clone() {
                        let [c, m, y, k] = [0, 1, 2, 3].map(|channel| 255 - u32::from(narrow(pixel, channel)));
                        rgb.extend([c, m, y].map(|light| ((light * k + 127) / 255) as u8));
                    }
                }
                Self::Plain => {
                    for pixel in pixels.clone() {
                        rgb.extend([0, 1, 2].map(|channel| narrow(pixel, at(channel))));
                    }
                }
            }
            for (rgb, pixel) in rgb.chunks_exact(3).zip(pixels) {
                let alpha = if has_alpha { narrow(pixel, channels.count()) } else { u8::MAX };
                out.extend([rgb[0], rgb[1], rgb[2]].map(|value| over_paper(value, alpha)));
                out.push(u8::MAX);
            }
        }
        Ok(())
    }
}

/// 16 bits as 8, rounded.
fn narrowed(value: u16) -> u8 {
    ((u32::from(value) + 128) / 257) as u8
}

/// The mean by alpha, of the encoded values, as picture viewers do it.
fn over_paper(value: u8, alpha: u8) -> u8 {
    let (alpha, value) = (u32::from(alpha), u32::from(value));
    ((value * alpha + u32::from(PAPER) * (255 - alpha) + 127) / 255) as u8
}

/// Whether no colour of a coarse cube, nor a grey, changes by more than a step.
fn changes_nothing(transform: &Transform8BitExecutor) -> bool {
    let steps = || (0..=PROBES).map(|step| (u16::from(step) * 255 / u16::from(PROBES)) as u8);
    let cube = steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| [r, g, b])));
    let colours: Vec<u8> = cube.chain((0..=255).map(|grey| [grey; 3])).flatten().collect();
    let mut converted = vec![0; colours.len()];
    transform.transform(&colours, &mut converted).is_ok()
        && colours.iter().zip(&converted).all(|(before, after)| before.abs_diff(*after) <= 1)
}

#[cfg(test)]
#[path = "colour_tests.rs"]
pub(crate) mod tests;
