//! A look as a link: nothing but products, amounts, masks and wings. No face, no time, no name of shopper or kiosk.
//!
//! `https://example.com/look#1AwAB…`: a base of the market's choice, `#`, and the code. What stands behind `#` is never
//! sent to a server. The code is one character for the version, here `1`, and then bytes in base64url (RFC 4648 §5)
//! without padding:
//!
//! | bytes | what |
//! |---|---|
//! | 1 | `n`, the number of layers, 0 to 24 |
//! | ⌈n/4⌉ | flags, two bits a layer, the first layer's in the lowest bits: 1 = a mask follows, 2 = a wing follows |
//! | per layer: 4 | the product: the first four bytes of SHA-256 of its id in UTF-8 (`velvet-rose`) |
//! | 1 | amount in hundredths of a coat, 0 to 200 |
//! | 2, if flagged | the mask, where it is not the product's own: the first two bytes of SHA-256 of its name (`lips-centre`) |
//! | 1, if flagged | the wing's angle in half degrees above −10°, 0 to 140 |
//! | 1, if flagged | the wing's length in 1/200 of the eye's width, 0 to 160 |
//! | 2 | CRC-16 (polynomial 0x1021, start 0xFFFF, no reflection, high byte first) of the version's character and every byte before |
//!
//! Layers come in the order in which they are put on. Every later version keeps the first character, base64url and the
//! CRC's place, so that a mistyped code and a newer one can be told apart.
//!
//! A layer takes 5 bytes, a mask and a wing 2 more each: the longest look, 24 layers each with a mask of its own, is a
//! link of 298 bytes on a base of [`MAX_BASE_BYTES`].

use carmine::look::{Layer, MAX_LAYERS, Wing};
use data_encoding::BASE64URL_NOPAD;
use thiserror::Error;

pub use super::base::MAX_BASE_BYTES;
use super::{base, mangled};
use crate::catalogue::{MaskHash, ProductHash};

/// The version that is written.
const VERSION: char = '1';
/// Longer texts are no look's code.
const MAX_TEXT_BYTES: usize = 4096;
const AMOUNT_STEPS: f32 = 100.0;
const ANGLE_STEPS: f32 = 2.0;
const LENGTH_STEPS: f32 = 200.0;
const HAS_MASK: u8 = 1;
const HAS_WING: u8 = 2;

/// Why a look has no code, or a text is none.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CodeError {
    /// There is nothing like a code in the text.
    #[error("there is no look in this text: give the whole link, with what stands behind its '#'")]
    NoCode,
    /// Something that is no code of this app, or one with a wrong character.
    #[error("the look's code is damaged or mistyped: scan it again, or copy the whole link")]
    Damaged,
    /// The code is sound, but of a later version.
    #[error("the look's code is of the newer version '{0}': update Carmine to read it")]
    Newer(char),
    /// The look is too long.
    #[error("the look has {0} layers, but a code holds at most {MAX_LAYERS}: leave some out")]
    TooManyLayers(usize),
    /// The base cannot carry a code.
    #[error("'{base}' cannot be the start of a look's link: {why}")]
    Base {
        /// What was given.
        base: String,
        /// What is wrong with it, and the mend.
        why: String,
    },
}

/// One layer as a code holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CodedLayer {
    /// Which product.
    pub product: ProductHash,
    /// Coats, 0 to 2; kept to a hundredth.
    pub amount: f32,
    /// Which mask, where it is not the product's own.
    pub mask: Option<MaskHash>,
    /// An eyeliner's wing; kept to half a degree and 1/200 of the eye's width.
    pub wing: Option<Wing>,
}

impl CodedLayer {
    /// A layer as a code holds it; `None` where the layer has no id to be named by.
    pub fn of(layer: &Layer) -> Option<Self> {
        let product = ProductHash::of(layer.product_id.as_deref()?);
        let own_mask = (layer.mask != layer.product.mask).then(|| MaskHash::of(&layer.mask.name));
        Some(Self { product, amount: layer.amount, mask: own_mask, wing: layer.wing })
    }
}

/// The link of a look: `base`, `#` and the code. The base is an address of at most [`MAX_BASE_BYTES`] without a
/// fragment.
pub fn encode(base: &str, layers: impl IntoIterator<Item = CodedLayer>) -> Result<String, CodeError> {
    base::check(base).map_err(|why| CodeError::Base { base: base.chars().take(80).collect(), why })?;
    Ok(format!("{base}#{}", fragment(layers)?))
}

/// The code alone, as it stands behind `#`.
pub fn fragment(layers: impl IntoIterator<Item = CodedLayer>) -> Result<String, CodeError> {
    let layers: Vec<_> = layers.into_iter().collect();
    let count = u8::try_from(layers.len()).ok().filter(|&count| usize::from(count) <= MAX_LAYERS);
    let mut bytes = vec![count.ok_or(CodeError::TooManyLayers(layers.len()))?];
    for four in layers.chunks(4) {
        let flags =
            |layer: &CodedLayer| u8::from(layer.mask.is_some()) * HAS_MASK + u8::from(layer.wing.is_some()) * HAS_WING;
        bytes.push(four.iter().rev().fold(0, |byte, layer| byte << 2 | flags(layer)));
    }
    for layer in &layers {
        bytes.extend(layer.product.0);
        bytes.push(steps(layer.amount, 0.0, 2.0, AMOUNT_STEPS));
        bytes.extend(layer.mask.map(|mask| mask.0).into_iter().flatten());
        if let Some(wing) = layer.wing {
            bytes.push(steps(wing.angle_deg, *Wing::ANGLE_DEG.start(), *Wing::ANGLE_DEG.end(), ANGLE_STEPS));
            bytes.push(steps(wing.length, *Wing::LENGTH.start(), *Wing::LENGTH.end(), LENGTH_STEPS));
        }
    }
    bytes.extend(crc16(VERSION, &bytes).to_be_bytes());
    Ok(format!("{VERSION}{}", BASE64URL_NOPAD.encode(&bytes)))
}

/// Reads a link, or a code alone, also where it was mangled on its way.
pub fn decode(text: &str) -> Result<Vec<CodedLayer>, CodeError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(CodeError::NoCode);
    }
    // Something behind a '#' is meant to be a code, whatever became of it.
    let is_meant = text.rsplit_once('#').is_some_and(|(_, behind)| !behind.trim().is_empty());
    let mut trouble = if is_meant { CodeError::Damaged } else { CodeError::NoCode };
    for code in mangled::readings(text) {
        match read(&code) {
            Ok(layers) => return Ok(layers),
            // A newer one is worth more to know than that other readings are none.
            Err(CodeError::Damaged) if trouble != CodeError::NoCode => {}
            Err(error) => trouble = error,
        }
    }
    Err(trouble)
}

/// Reads one code.
fn read(code: &str) -> Result<Vec<CodedLayer>, CodeError> {
    let mut characters = code.chars();
    let version = characters.next().ok_or(CodeError::NoCode)?;
    let bytes = BASE64URL_NOPAD.decode(characters.as_str().as_bytes()).map_err(|_| CodeError::Damaged)?;
    let (bytes, check) = bytes.split_last_chunk::<2>().ok_or(CodeError::Damaged)?;
    if crc16(version, bytes) != u16::from_be_bytes(*check) {
        return Err(CodeError::Damaged);
    }
    if version != VERSION {
        return Err(CodeError::Newer(version));
    }
    layers(bytes).ok_or(CodeError::Damaged)
}

fn layers(bytes: &[u8]) -> Option<Vec<CodedLayer>> {
    let (&count, bytes) = bytes.split_first()?;
    let count = usize::from(count);
    let (flags, mut bytes) = bytes.split_at_checked(count.div_ceil(4)).filter(|_| count <= MAX_LAYERS)?;
    let mut take = |wanted| {
        let (taken, rest) = bytes.split_at_checked(wanted)?;
        bytes = rest;
        Some(taken)
    };
    let mut layers = Vec::with_capacity(count);
    for index in 0..count {
        let flags = flags[index / 4] >> (2 * (index % 4));
        layers.push(CodedLayer {
            product: ProductHash(take(4)?.try_into().ok()?),
            amount: value(take(1)?[0], 0.0, 2.0, AMOUNT_STEPS)?,
            mask: if flags & HAS_MASK != 0 { Some(MaskHash(take(2)?.try_into().ok()?)) } else { None },
            wing: if flags & HAS_WING != 0 {
                Some(Wing {
                    angle_deg: value(take(1)?[0], *Wing::ANGLE_DEG.start(), *Wing::ANGLE_DEG.end(), ANGLE_STEPS)?,
                    length: value(take(1)?[0], *Wing::LENGTH.start(), *Wing::LENGTH.end(), LENGTH_STEPS)?,
                })
            } else {
                None
            },
        });
    }
    bytes.is_empty().then_some(layers)
}

/// Steps above `least`; a value out of range or none at all becomes the nearest that is.
fn steps(value: f32, least: f32, most: f32, per_unit: f32) -> u8 {
    ((value.clamp(least, most) - least) * per_unit).round() as u8
}

fn value(steps: u8, least: f32, most: f32, per_unit: f32) -> Option<f32> {
    // Divided, so that a hundredth comes back as the number that a file's "0.35" is.
    let value = (least * per_unit + f32::from(steps)) / per_unit;
    (value <= most).then_some(value)
}

/// CRC-16/IBM-3740 (known as CCITT-FALSE) of the version's character in UTF-8, then `bytes`.
fn crc16(version: char, bytes: &[u8]) -> u16 {
    let mut utf8 = [0; 4];
    let version = version.encode_utf8(&mut utf8).as_bytes();
    version.iter().chain(bytes).fold(0xFFFF, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 })
    })
}

#[cfg(test)]
#[path = "code_tests.rs"]
mod tests;
