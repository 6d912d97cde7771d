//! Pictures in MP4's form (HEIF, ISO/IEC 23008-12): HEIC, as phones write it, and AVIF.
//!
//! In: a file's bytes. Out: its primary picture, upright, opaque, in sRGB.
//!
//! 1. The container (`heifer-isobmff`) says how large the picture is, what its numbers mean, and how it is coded.
//! 2. HEVC is decoded by `heic`, AV1 by `avif`. Others are named.
//! 3. Its colours are converted as any picture's.
//!
//! Its EXIF block's orientation is only for the record: what turns it is in the container.

use std::path::Path;

use carmine::frame::PixelFormat;
use heifer_isobmff::boxes::{ColorInfo, Property};
use heifer_isobmff::{HeifFile, ItemId};

use super::colour::{Channels, Meaning, Pixels, unreadable};
use super::{MEND, Picture, SourceError, avif};

/// Pictures of pictures are followed so far down.
const DEEPEST: usize = 4;

/// An upright picture as a decoder gives it: red, green, blue, alpha.
pub struct Decoded {
    /// Width and height in pixels.
    pub size: [u32; 2],
    /// Its pixels.
    pub bytes: Vec<u8>,
    /// Each channel has 16 bits, the high byte first; else 8.
    pub is_deep: bool,
    /// What the numbers mean.
    pub meaning: Meaning,
}

/// An opened container.
pub struct Container<'a> {
    /// For messages, and for decoders that read it themselves.
    pub path: &'a Path,
    /// The whole file.
    pub bytes: &'a [u8],
    /// It lies at its path, and not only here.
    pub is_on_disk: bool,
    /// Its parts.
    pub file: HeifFile<'a>,
    /// What its colour profile says, if it has one.
    pub profile: Option<Meaning>,
}

impl Container<'_> {
    /// What the primary picture has besides its pixels.
    pub fn properties(&self) -> impl Iterator<Item = &Property> {
        self.file.item_properties(self.file.primary_id).into_iter().flatten()
    }

    /// Its size before it is turned, in pixels.
    pub fn stored_size(&self) -> Option<(u32, u32)> {
        self.file.image_size(self.file.primary_id).ok().flatten()
    }

    /// What its code points (ITU-T H.273) say of its numbers.
    pub fn code_points(&self) -> Option<Meaning> {
        let mut properties = chain(&self.file).filter_map(|item| self.file.item_properties(item).ok()).flatten();
        properties.find_map(|property| match property {
            Property::Color(ColorInfo::Nclx { primaries, transfer, .. }) => {
                Some(Meaning::of_code_points(u8::try_from(*primaries).ok()?, u8::try_from(*transfer).ok()?))
            }
            _ => None,
        })
    }

    /// The error of a file that is broken.
    pub fn damaged(&self, why: impl std::fmt::Display) -> SourceError {
        SourceError::damaged(self.path, format!("{why}; copy it again, or {MEND}"))
    }

    /// The error of a kind that is not read.
    pub fn unsupported(&self, kind: &'static str, mend: &'static str) -> SourceError {
        SourceError::Unsupported { path: self.path.into(), kind, mend }
    }
}

/// Decodes the primary picture of a file, which lies at its path or only in memory. Returns what the user should know
/// although it can be used.
pub fn decode(path: &Path, bytes: &[u8], is_on_disk: bool, into: &mut Picture) -> Result<Option<String>, SourceError> {
    let file = HeifFile::parse(bytes)
        .map_err(|error| SourceError::damaged(path, format!("{error}; copy it again, or {MEND}")))?;
    let (profile, fault) = match file.icc_profile(file.primary_id).ok().flatten().map(Meaning::of_icc) {
        Some(Ok(meaning)) => (Some(meaning), None),
        Some(Err(why)) => (None, Some(unreadable(&why))),
        None => (None, None),
    };
    let container = Container { path, bytes, is_on_disk, file, profile };
    if let Some((width, height)) = container.stored_size() {
        SourceError::check_size(path, width.into(), height.into())?;
    }
    let decoded = match coding(&container.file) {
        Some(b"hvc1" | b"hev1") => heic(&container)?,
        Some(b"av01") => avif::decode(&container)?,
        Some(b"jpeg" | b"avc1" | b"unci" | b"j2k1") => {
            return Err(container.unsupported("a HEIF picture of a rare coding", MEND));
        }
        _ => return Err(container.damaged("it holds no picture")),
    };
    let Decoded { size: [width, height], bytes, is_deep, meaning } = decoded;
    // A file can ask for sides that no picture may have.
    let (width, height) = SourceError::check_size(path, width.into(), height.into())?;
    let pixels = Pixels { bytes: &bytes, channels: Channels::Rgb, has_alpha: true, is_deep };
    into.data.clear();
    let warning = meaning.convert(pixels, &mut into.data).or(fault);
    let filled = into.data.len();
    into.shape(PixelFormat::Rgba8, width, height);
    if filled != into.data.len() {
        return Err(SourceError::damaged(path, format!("it has too few pixels; copy it again, or {MEND}")));
    }
    Ok(warning)
}

#[cfg(feature = "heic")]
fn heic(container: &Container<'_>) -> Result<Decoded, SourceError> {
    super::heic::decode(container)
}

#[cfg(not(feature = "heic"))]
fn heic(container: &Container<'_>) -> Result<Decoded, SourceError> {
    Err(container.unsupported("a HEIC picture", super::kind::HEIC_MEND))
}

/// The picture and those that it is put together from, each time the first.
fn chain<'a>(file: &'a HeifFile<'_>) -> impl Iterator<Item = ItemId> + 'a {
    let next = move |item: &ItemId| file.referenced_items(*item, b"dimg").first().copied();
    std::iter::successors(Some(file.primary_id), next).take(DEEPEST)
}

/// How the primary picture, or what it is put together from, is coded.
fn coding<'a>(file: &'a HeifFile<'_>) -> Option<&'a [u8; 4]> {
    let kind = move |item| file.item(item).ok().map(|item| &item.item_type.0);
    chain(file).filter_map(kind).find(|kind| !matches!(*kind, b"grid" | b"iovl" | b"iden"))
}

#[cfg(test)]
#[path = "heif_tests.rs"]
mod tests;
