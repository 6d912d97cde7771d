//! Reads the YUV coding from an H.264 sequence parameter set.
//!
//! In: the set's bytes. Out: matrix and range, if it has them. The fields are parsed in the order of ITU-T H.264,
//! 7.3.2.1.1 and Annex E (video usability information), reading only their lengths until the colour description.

use carmine::frame::YuvCoding;

/// Reads bits, most significant first; `None` at the end.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: u32) -> Option<u32> {
        (0..count).try_fold(0, |value, _| {
            let byte = *self.bytes.get(self.at / 8)?;
            let bit = byte >> (7 - self.at % 8) & 1;
            self.at += 1;
            Some(value << 1 | u32::from(bit))
        })
    }

    fn flag(&mut self) -> Option<bool> {
        Some(self.take(1)? == 1)
    }

    /// An Exp-Golomb number; a signed one has the same length.
    fn golomb(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while !self.flag()? {
            zeros += 1;
            if zeros > 31 {
                return None;
            }
        }
        Some((1 << zeros) - 1 + self.take(zeros)?)
    }

    fn skip_golombs(&mut self, count: u32) -> Option<()> {
        (0..count).try_for_each(|_| self.golomb().map(drop))
    }
}

/// The coding in the set's video usability information; `None` if there is none or it cannot be read.
pub fn coding(unit: &[u8]) -> Option<YuvCoding> {
    // Within a unit, 0 0 3 stands for 0 0.
    let mut bytes = Vec::with_capacity(unit.len());
    for &byte in unit {
        if byte != 3 || !bytes.ends_with(&[0, 0]) {
            bytes.push(byte);
        }
    }
    let mut bits = Bits { bytes: &bytes, at: 8 };
    let profile = bits.take(8)?;
    bits.take(16)?;
    bits.golomb()?;
    if [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135].contains(&profile) {
        if bits.golomb()? == 3 {
            bits.flag()?;
        }
        bits.skip_golombs(2)?;
        bits.flag()?;
        // Scaling matrices are rare, and long to read.
        if bits.flag()? {
            return None;
        }
    }
    bits.golomb()?;
    match bits.golomb()? {
        0 => bits.skip_golombs(1)?,
        1 => {
            bits.flag()?;
            bits.skip_golombs(2)?;
            let cycle = bits.golomb()?.min(255);
            bits.skip_golombs(cycle)?;
        }
        _ => {}
    }
    bits.golomb()?;
    bits.flag()?;
    bits.skip_golombs(2)?;
    if !bits.flag()? {
        bits.flag()?;
    }
    bits.flag()?;
    if bits.flag()? {
        bits.skip_golombs(4)?;
    }
    let has_usability = bits.flag()?;
    if !has_usability {
        return None;
    }
    let has_aspect = bits.flag()?;
    if has_aspect && bits.take(8)? == 255 {
        bits.take(32)?;
    }
    let has_overscan = bits.flag()?;
    if has_overscan {
        bits.flag()?;
    }
    let has_signal = bits.flag()?;
    if !has_signal {
        return None;
    }
    bits.take(3)?;
    let full_range = bits.flag()?;
    let has_matrix = bits.flag()?;
    let matrix = if has_matrix { bits.take(24)? & 0xFF } else { 2 };
    Some(YuvCoding { bt709: matrix == 1, full_range })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As x264 writes them: 320×240, tagged BT.709, tagged full range, untagged.
    const TAGGED: &[u8] =
        b"\x67\x64\x00\x0D\xAC\xD9\x41\x41\xFB\x01\x6A\x02\x02\x02\x80\x00\x00\x03\x00\x80\x00\x00\x19\x07\x8A\x14\xCB";
    const FULL: &[u8] =
        b"\x67\x64\x00\x0D\xAC\xD9\x41\x41\xFB\x01\x6C\x80\x00\x00\x03\x00\x80\x00\x00\x19\x07\x8A\x14\xCB";
    const UNTAGGED: &[u8] =
        b"\x67\x64\x00\x0D\xAC\xD9\x41\x41\xFB\x01\x10\x00\x00\x03\x00\x10\x00\x00\x03\x03\x20\xF1\x42\x99\x60";

    #[test]
    fn tells_matrix_and_range() {
        assert_eq!(coding(TAGGED), Some(YuvCoding { bt709: true, full_range: false }));
        assert_eq!(coding(FULL), Some(YuvCoding { bt709: false, full_range: true }));
        assert_eq!(coding(UNTAGGED), None);
        for bytes in [TAGGED, FULL] {
            for length in 0..bytes.len() {
                let _ = coding(&bytes[..length]);
            }
        }
        assert_eq!(coding(&[0; 400]), None);
    }
}
