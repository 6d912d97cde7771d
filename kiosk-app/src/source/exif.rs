//! What a picture's EXIF block says that changes how its pixels are read: the turn that makes it upright, and Adobe
//! RGB.
//!
//! In: the block, as JPEG, PNG and WebP carry it (CIPA DC-008). Out: what it says; where it is broken or says nothing,
//! that the picture is upright and sRGB. No offset in it is trusted.

use image::metadata::Orientation;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exif {
    /// The turn that makes the picture upright.
    pub orientation: Orientation,
    /// Its numbers are Adobe RGB's. Cameras say so here and leave the profile out (DCF 2.0, "R03").
    pub adobe_rgb: bool,
}

impl Default for Exif {
    fn default() -> Self {
        Self { orientation: Orientation::NoTransforms, adobe_rgb: false }
    }
}

/// Tags of the first folder.
const ORIENTATION: u16 = 0x0112;
const EXIF_FOLDER: u16 = 0x8769;
/// Tags of the folder of EXIF's own.
const COLOUR_SPACE: u16 = 0xA001;
const INTEROPERABILITY_FOLDER: u16 = 0xA005;
/// A tag of the folder of interoperability.
const INTEROPERABILITY_INDEX: u16 = 0x0001;
/// What some cameras write for Adobe RGB in the place where the standard knows sRGB alone.
const COLOUR_SPACE_ADOBE: u32 = 2;
const COLOUR_SPACE_SRGB: u32 = 1;

impl Exif {
    /// Reads a block, with or without the name that it has in JPEG.
    pub fn read(block: &[u8]) -> Self {
        let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        let Some(tiff) = Tiff::of(block) else { return Self::default() };
        let first = tiff.long_at(4);
        let orientation = first.and_then(|at| tiff.number(at, ORIENTATION));
        let orientation = orientation.and_then(|value| Orientation::from_exif(u8::try_from(value).ok()?));
        let own = first.and_then(|at| tiff.number(at, EXIF_FOLDER));
        let space = own.and_then(|at| tiff.number(at, COLOUR_SPACE));
        let index = own
            .and_then(|at| tiff.number(at, INTEROPERABILITY_FOLDER))
            .and_then(|at| tiff.field(at, INTEROPERABILITY_INDEX));
        let is_r03 = index.is_some_and(|field| field.value.starts_with(b"R03"));
        Self {
            orientation: orientation.unwrap_or(Orientation::NoTransforms),
            adobe_rgb: space == Some(COLOUR_SPACE_ADOBE) || (is_r03 && space != Some(COLOUR_SPACE_SRGB)),
        }
    }
}

/// A block in TIFF's form.
struct Tiff<'a> {
    bytes: &'a [u8],
    is_little: bool,
}

/// A field whose value lies in the field itself.
struct Field {
    kind: u16,
    value: [u8; 4],
}

impl<'a> Tiff<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        match bytes.get(..4)? {
            b"II*\0" => Some(Self { bytes, is_little: true }),
            b"MM\0*" => Some(Self { bytes, is_little: false }),
            _ => None,
        }
    }

    /// The field of this tag in the folder at `folder`.
    fn field(&self, folder: u32, tag: u16) -> Option<Field> {
        let folder = folder as usize;
        let count = usize::from(self.short(self.bytes.get(folder..)?.first_chunk()?));
        let fields = self.bytes.get(folder + 2..)?.chunks_exact(12).take(count);
        fields.filter_map(|field| field.first_chunk::<12>()).find_map(|field| {
            let [tag_high, tag_low, kind_high, kind_low, _, _, _, _, value @ ..] = *field;
            (self.short(&[tag_high, tag_low]) == tag).then(|| Field { kind: self.short(&[kind_high, kind_low]), value })
        })
    }

    /// The whole number of this tag, whichever of TIFF's kinds of whole number it was written as.
    fn number(&self, folder: u32, tag: u16) -> Option<u32> {
        let Field { kind, value } = self.field(folder, tag)?;
        match kind {
            // BYTE and SBYTE, SHORT and SSHORT, LONG, SLONG and IFD.
            1 | 6 => Some(u32::from(value[0])),
            3 | 8 => Some(u32::from(self.short(&[value[0], value[1]]))),
            4 | 9 | 13 => Some(self.long(&value)),
            _ => None,
        }
    }

    fn long_at(&self, at: usize) -> Option<u32> {
        self.bytes.get(at..)?.first_chunk().map(|bytes| self.long(bytes))
    }

    fn short(&self, bytes: &[u8; 2]) -> u16 {
        if self.is_little { u16::from_le_bytes(*bytes) } else { u16::from_be_bytes(*bytes) }
    }

    fn long(&self, bytes: &[u8; 4]) -> u32 {
        if self.is_little { u32::from_le_bytes(*bytes) } else { u32::from_be_bytes(*bytes) }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A block with one field in its first folder, of a kind (3 SHORT, 4 LONG).
    pub fn block(is_little: bool, tag: u16, kind: u16, value: u32) -> Vec<u8> {
        let short = |value: u16| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
        let long = |value: u32| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
        let mut bytes = if is_little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        bytes.extend(long(8));
        bytes.extend(short(1));
        bytes.extend([short(tag), short(kind)].concat());
        bytes.extend(long(1));
        // A short value stands in the field's first two bytes.
        bytes.extend(if kind == 3 { [short(value as u16), [0; 2]].concat() } else { long(value).to_vec() });
        bytes.extend(long(0));
        bytes
    }

    #[test]
    fn every_turn_in_every_kind_of_number_and_order_of_bytes() {
        for turn in 1..=8 {
            for (is_little, kind) in [(true, 3), (true, 4), (false, 3), (false, 4)] {
                let block = block(is_little, ORIENTATION, kind, turn);
                let named = [b"Exif\0\0", &block[..]].concat();
                for block in [block, named] {
                    assert_eq!(u32::from(Exif::read(&block).orientation.to_exif()), turn, "{is_little} {kind}");
                }
            }
        }
    }

    #[test]
    fn no_turn_or_a_strange_one_is_upright() {
        for (tag, kind, value) in [(ORIENTATION, 3, 0), (ORIENTATION, 4, 9), (ORIENTATION, 2, 6), (0x0110, 3, 6)] {
            assert_eq!(Exif::read(&block(true, tag, kind, value)), Exif::default(), "{tag} {kind} {value}");
        }
        assert_eq!(Exif::read(b""), Exif::default());
    }

    #[test]
    fn adobe_rgb_is_told_by_the_index_that_cameras_write() {
        let mut bytes = block(false, EXIF_FOLDER, 4, 26);
        // EXIF's own folder with a colour space and a pointer, then interoperability's.
        for (index, space, expected) in
            [("R03", 0xFFFF_u16, true), ("R98", 0xFFFF, false), ("R03", 1, false), ("R98", 2, true)]
        {
            bytes.truncate(26);
            bytes.extend([0, 2, 0xA0, 1, 0, 3, 0, 0, 0, 1]);
            bytes.extend([&space.to_be_bytes()[..], &[0; 2]].concat());
            bytes.extend([0xA0, 5, 0, 4, 0, 0, 0, 1, 0, 0, 0, 52]);
            bytes.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 4]);
            bytes.extend(index.as_bytes());
            bytes.push(0);
            assert_eq!(Exif::read(&bytes).adobe_rgb, expected, "{index} {space}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(tail in prop::collection::vec(any::<u8>(), 0..200)) {
            Exif::read(&tail);
            Exif::read(&[b"II*\0", &tail[..]].concat());
            Exif::read(&[b"MM\0*\0\0\0\x08", &tail[..]].concat());
        }
    }
}
