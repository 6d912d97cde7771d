//! One PNG picture, with what its chunks say of its colours and its turn (PNG specification, third edition).

use std::io::{BufRead, ErrorKind, Read, Seek};
use std::path::Path;

use moxcms::{Chromaticity, ColorPrimaries, ColorProfile, DataColorSpace, ToneReprCurve};
use png::{ColorType, Decoder, DecodingError, Info, Limits, Transformations};

use super::colour::{Channels, Meaning, Pixels, unreadable};
use super::exif::Exif;
use super::{MAX_DECODED_BYTES, Picture, SourceError};

/// The exponent that sRGB's curve is nearest to, in hundred thousandths.
const SRGB_GAMMA: u32 = 45_455;
/// How far from that a file may be that means sRGB: programs round.
const SRGB_GAMMA_SPREAD: u32 = 500;
/// The same for chromaticities.
const SRGB_CHROMATICITY_SPREAD: f64 = 0.0015;
/// Exponents that a file can mean.
const GAMMAS: std::ops::RangeInclusive<f64> = 0.1..=10.0;

/// A decoded picture and what else is known of it.
pub struct Decoded {
    /// What EXIF says.
    pub exif: Exif,
    /// What the user should know although the picture can be used.
    pub warning: Option<String>,
}

/// Decodes a PNG into `into`, as opaque RGBA8 in sRGB, not yet turned.
pub fn decode(path: &Path, mut bytes: impl BufRead + Seek, into: &mut Picture) -> Result<Decoded, SourceError> {
    let read = |error| SourceError::Read { path: path.into(), error };
    let Head { width, height, bits_per_pixel } = Head::read(&mut bytes).map_err(read)?.unwrap_or_default();
    let size = SourceError::check_size(path, width, height)?;
    let decoded_bytes = width * height * bits_per_pixel / 8;
    if decoded_bytes > MAX_DECODED_BYTES {
        return Err(SourceError::TooHeavy { path: path.into(), mib: decoded_bytes >> 20 });
    }
    let failed = |error: DecodingError| match error {
        DecodingError::LimitsExceeded => SourceError::TooLarge { path: path.into(), width, height },
        DecodingError::IoError(error) if error.kind() != ErrorKind::UnexpectedEof => read(error),
        other => SourceError::damaged(path, format!("{other}; copy or export it again")),
    };
    let mut decoder = Decoder::new_with_limits(bytes, Limits { bytes: MAX_DECODED_BYTES as usize });
    decoder.set_transformations(Transformations::EXPAND);
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(failed)?;
    let Some(length) = reader.output_buffer_size().filter(|length| *length as u64 <= MAX_DECODED_BYTES) else {
        return Err(SourceError::TooLarge { path: path.into(), width, height });
    };
    let mut encoded = vec![0; length];
    let frame = reader.next_frame(&mut encoded).map_err(failed)?;
    // What stands behind the picture, such as its turn, is read as far as it is whole.
    let _ = reader.finish();
    let (channels, has_alpha) = match frame.color_type {
        ColorType::Grayscale => (Channels::Grey, false),
        ColorType::GrayscaleAlpha => (Channels::Grey, true),
        ColorType::Rgba => (Channels::Rgb, true),
        _ => (Channels::Rgb, false),
    };
    let pixels = Pixels { bytes: &encoded, channels, has_alpha, is_deep: frame.bit_depth == png::BitDepth::Sixteen };
    let info = reader.info();
    let (meaning, fault) = match meaning(info, channels) {
        Ok(meaning) => (meaning, None),
        Err(why) => (Meaning::Srgb, Some(unreadable(&why))),
    };
    into.data.clear();
    let warning = meaning.convert(pixels, &mut into.data).or(fault);
    let filled = into.data.len();
    into.shape(carmine::frame::PixelFormat::Rgba8, size.0, size.1);
    if filled != into.data.len() {
        return Err(SourceError::damaged(path, "it has too few pixels; copy or export it again"));
    }
    let exif = info.exif_metadata.as_deref().map(Exif::read).unwrap_or_default();
    Ok(Decoded { exif, warning })
}

/// What the file says of its numbers. Of several chunks the first one counts, in the specification's order (4.3).
fn meaning(info: &Info<'_>, channels: Channels) -> Result<Meaning, String> {
    if let Some(points) = &info.coding_independent_code_points {
        return Ok(Meaning::of_code_points(points.color_primaries, points.transfer_function));
    }
    if let Some(icc) = &info.icc_profile {
        return Meaning::of_icc(icc);
    }
    if info.srgb.is_some() {
        return Ok(Meaning::Srgb);
    }
    let gamma = info.gama_chunk.map(png::ScaledFloat::into_scaled).filter(|gamma| *gamma > 0);
    let place = |(x, y): (png::ScaledFloat, png::ScaledFloat)| [x, y].map(|value| f64::from(value.into_value()));
    let primaries = info.chrm_chunk.map(|chrm| [chrm.white, chrm.red, chrm.green, chrm.blue].map(place));
    Ok(of_gamma(gamma, primaries.filter(|_| channels == Channels::Rgb), channels))
}

/// `gAMA` in hundred thousandths; `cHRM` as x and y of white, red, green and blue. What is missing is sRGB's.
fn of_gamma(gamma: Option<u32>, primaries: Option<[[f64; 2]; 4]>, channels: Channels) -> Meaning {
    const SRGB: [[f64; 2]; 4] = [[0.3127, 0.3290], [0.64, 0.33], [0.30, 0.60], [0.15, 0.06]];
    let near = |given: &[[f64; 2]; 4]| {
        given.iter().flatten().zip(SRGB.iter().flatten()).all(|(a, b)| (a - b).abs() <= SRGB_CHROMATICITY_SPREAD)
    };
    let primaries = primaries.filter(|given| !near(given));
    // Programs that mean sRGB write its nearest exponent, and readers of the format take it so.
    let gamma = gamma.filter(|gamma| primaries.is_some() || gamma.abs_diff(SRGB_GAMMA) > SRGB_GAMMA_SPREAD);
    let exponent = gamma.map(|gamma| 100_000.0 / f64::from(gamma)).filter(|exponent| GAMMAS.contains(exponent));
    if exponent.is_none() && primaries.is_none() {
        return Meaning::Srgb;
    }
    let mut profile = ColorProfile::new_srgb();
    if let Some([white, red, green, blue]) = primaries {
        let place = |[x, y]: [f64; 2]| Chromaticity { x: x as f32, y: y as f32 };
        let primaries = ColorPrimaries { red: place(red), green: place(green), blue: place(blue) };
        profile.update_rgb_colorimetry(place(white).to_xyyb(), primaries);
    }
    if let Some(exponent) = exponent {
        let curve = Some(ToneReprCurve::Parametric(vec![exponent as f32]));
        (profile.red_trc, profile.green_trc, profile.blue_trc) = (curve.clone(), curve.clone(), curve.clone());
        if channels == Channels::Grey {
            (profile.gray_trc, profile.color_space) = (curve, DataColorSpace::Gray);
        }
    }
    Meaning::Profile(Box::new(profile))
}

/// What a PNG claims of itself.
struct Head {
    width: u64,
    height: u64,
    bits_per_pixel: u64,
}

impl Default for Head {
    /// Of a file whose head cannot be read: within every limit, for the decoder to refuse.
    fn default() -> Self {
        Self { width: 1, height: 1, bits_per_pixel: 1 }
    }
}

impl Head {
    /// Reads the header chunk (11.2.1) and goes back to the start; `None` where the file is too short for one.
    fn read(bytes: &mut (impl BufRead + Seek)) -> std::io::Result<Option<Self>> {
        let mut head = Vec::with_capacity(26);
        bytes.take(26).read_to_end(&mut head)?;
        bytes.rewind()?;
        Ok(Self::of(&head))
    }

    fn of(head: &[u8]) -> Option<Self> {
        let side = |at: usize| Some(u64::from(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?)));
        // Grey, colour, palette (decoded to colour), grey and alpha, colour and alpha.
        let channels = match head.get(25)? {
            2 | 3 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        let bits_per_pixel = channels * u64::from(*head.get(24)?).max(8);
        Some(Self { width: side(16)?, height: side(20)?, bits_per_pixel })
    }
}
