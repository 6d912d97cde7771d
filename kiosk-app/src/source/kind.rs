//! What a file is, by its first bytes: its name may be wrong.

use super::{MEND, SourceError};

/// What to do with iPhones' pictures that are not read.
pub const HEIC_MEND: &str = "export it as JPEG or PNG (on an iPhone: Settings, Camera, Formats, Most Compatible)";
const SOUND_MEND: &str = "pass a clip with a video in it, or a photo";

/// A picture that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
    /// In MP4's form: HEIC, AVIF.
    Heif,
}

impl PictureKind {
    /// The kind that these first bytes announce.
    pub fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if head.starts_with(b"\xFF\xD8\xFF") {
            Some(Self::Jpeg)
        } else if head.starts_with(b"RIFF") && head.get(8..).is_some_and(|kind| kind.starts_with(b"WEBP")) {
            Some(Self::WebP)
        } else if is_heif(head) {
            Some(Self::Heif)
        } else {
            None
        }
    }
}

/// What a file is.
#[derive(Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Nothing.
    Empty,
    /// A picture that is read.
    Still(PictureKind),
    /// A picture or file that is known and not read: its name with its article, and the mend.
    Named(&'static str, &'static str),
    /// Microsoft's container.
    Avi,
    /// YUV4MPEG2.
    Y4m,
    /// MP4 and QuickTime.
    Mp4,
    /// Another container of clips, for ffmpeg.
    Container,
    /// None of these.
    Unknown,
}

impl FileKind {
    /// Only what announces itself as a container goes to ffmpeg, which would make a film out of a text file.
    pub fn of(head: &[u8]) -> Self {
        let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(magic));
        if head.is_empty() {
            return Self::Empty;
        }
        if let Some(kind) = PictureKind::of(head) {
            return Self::Still(kind);
        }
        let riff = at(0, b"RIFF") || at(0, b"RIFX");
        if riff && at(8, b"AVI ") {
            Self::Avi
        } else if at(0, b"YUV4MPEG2") {
            Self::Y4m
        } else if has_brand(head, &[b"crx "]) {
            Self::Named("a camera's raw picture", MEND)
        } else if at(4, b"ftypM4A ") || at(4, b"ftypM4B ") || (riff && at(8, b"WAVE")) || is_sound(head) {
            Self::Named("a sound recording", SOUND_MEND)
        } else if at(4, b"ftyp") {
            Self::Mp4
        } else if let Some(name) = other_picture(head) {
            Self::Named(name, MEND)
        } else if is_container(head) {
            Self::Container
        } else {
            Self::Unknown
        }
    }

    /// The error of a kind that is not read; `None` for one that is.
    pub fn refusal(&self, path: &std::path::Path) -> Option<SourceError> {
        match self {
            Self::Empty => Some(SourceError::Empty { path: path.into() }),
            Self::Unknown => Some(SourceError::Unknown { path: path.into() }),
            Self::Named(kind, mend) => Some(SourceError::Unsupported { path: path.into(), kind, mend }),
            Self::Still(_) | Self::Avi | Self::Y4m | Self::Mp4 | Self::Container => None,
        }
    }
}

/// HEIC, AVIF and their like (ISO/IEC 23008-12): pictures in MP4's form, told by their brands.
fn is_heif(head: &[u8]) -> bool {
    let coded = [b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"];
    has_brand(head, &coded)
        || (has_brand(head, &[b"mif1", b"msf1"]) && !has_brand(head, &[b"isom", b"mp41", b"mp42", b"crx "]))
}

/// Whether the first box of MP4's form names one of these brands: the major one, or one that the file agrees with.
fn has_brand(head: &[u8], names: &[&[u8; 4]]) -> bool {
    let Some(length) = head.first_chunk().map(|length| u32::from_be_bytes(*length) as usize) else { return false };
    let brands = head.get(4..length.min(head.len())).and_then(|first| first.strip_prefix(b"ftyp")).unwrap_or_default();
    brands.chunks_exact(4).any(|brand| names.iter().any(|name| brand == *name))
}

fn other_picture(head: &[u8]) -> Option<&'static str> {
    const PICTURES: [(&[u8], &str); 16] = [
        (b"II*\0\x10\0\0\0CR", "a camera's raw picture"),
        (b"II*\0", "a TIFF picture or a camera's raw one"),
        (b"MM\0*", "a TIFF picture or a camera's raw one"),
        (b"II\xBC\x01", "a JPEG XR picture"),
        (b"IIU\0", "a camera's raw picture"),
        (b"FUJIFILMCCD-RAW", "a camera's raw picture"),
        (b"\0\0\0\x0CJXL ", "a JPEG XL picture"),
        (b"\xFF\x0A", "a JPEG XL picture"),
        (b"\0\0\0\x0CjP  ", "a JPEG 2000 picture"),
        (b"\xFF\x4F\xFF\x51", "a JPEG 2000 picture"),
        (b"8BPS", "a Photoshop document"),
        (b"%PDF", "a PDF document"),
        (b"<svg", "an SVG drawing"),
        (b"\0\0\x01\0", "an icon"),
        (b"qoif", "a QOI picture"),
        (b"P6", "a PPM picture"),
    ];
    if head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]) {
        return Some("a BMP picture");
    }
    PICTURES.into_iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| name)
}

/// MP3 with or without its tag, AAC, FLAC, AMR.
fn is_sound(head: &[u8]) -> bool {
    let starts = [&b"ID3"[..], b"fLaC", b"#!AMR"];
    // MPEG's frame header: eleven bits set, a version, layer II or III, a rate in bits and one in samples.
    let frame = matches!(head, [0xFF, second, third, ..]
        if second & 0xE0 == 0xE0
            && second & 0x18 != 0x08
            && matches!(second & 0x06, 0x02 | 0x04)
            && third & 0xF0 != 0xF0
            && third & 0x0C != 0x0C);
    let adts = matches!(head, [0xFF, 0xF0 | 0xF1 | 0xF8 | 0xF9, ..]);
    starts.iter().any(|start| head.starts_with(start)) || frame || adts
}

/// Old QuickTime, Matroska and WebM, GIF, Ogg, FLV, ASF, MPEG program, video and transport streams.
fn is_container(head: &[u8]) -> bool {
    let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    let atoms = [&b"moov"[..], b"mdat", b"wide", b"free", b"skip"];
    let starts =
        [&b"\x1A\x45\xDF\xA3"[..], b"GIF8", b"OggS", b"FLV\x01", b"\x30\x26\xB2\x75", b"\0\0\x01\xBA", b"\0\0\x01\xB3"];
    let transport_stream = at(0, b"G") && at(188, b"G");
    atoms.iter().any(|atom| at(4, atom)) || starts.iter().any(|start| at(0, start)) || transport_stream
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        assert_eq!(FileKind::of(b""), FileKind::Empty);
        assert_eq!(FileKind::of(b"RIFF\0\0\0\0AVI LIST"), FileKind::Avi);
        assert_eq!(FileKind::of(b"YUV4MPEG2 W4"), FileKind::Y4m);
        assert_eq!(FileKind::of(b"RIFF\0\0\0\0WEBPVP8 "), FileKind::Still(PictureKind::WebP));
        for container in
            [&b"\x1A\x45\xDF\xA3\x01"[..], b"GIF89a", b"OggS\0", b"\0\0\0\x08wide\0\0\0\0mdat", b"\0\0\x01\xBA"]
        {
            assert_eq!(FileKind::of(container), FileKind::Container, "{container:?}");
        }
        for text in
            [&b"hello, I am a text file"[..], b"#!/bin/sh", b"GET / HTTP/1.1", b"#EXTM3U\nhttp://x", b"\xFF\xFEh\0"]
        {
            assert_eq!(FileKind::of(text), FileKind::Unknown, "{text:?}");
        }
    }

    fn ftyp(brands: &[u8]) -> Vec<u8> {
        [&(brands.len() as u32 + 8).to_be_bytes()[..], b"ftyp", brands, b"\0\0\0\x08mdat"].concat()
    }

    #[test]
    fn pictures_in_the_form_of_mp4_are_told_from_clips() {
        for brands in [
            &b"heic\0\0\0\0mif1heic"[..],
            b"heix\0\0\0\0mif1heix",
            b"mif1\0\0\0\0mif1heic",
            b"mif1\0\0\0\0mif1",
            b"avif\0\0\0\0avifmif1miaf",
            b"mif1\0\0\0\0avifmif1",
            b"avis\0\0\0\0avifmsf1iso8",
        ] {
            assert_eq!(FileKind::of(&ftyp(brands)), FileKind::Still(PictureKind::Heif), "{brands:?}");
        }
        for (brands, name) in [
            (&b"crx \0\0\0\x01crx isom"[..], "raw"),
            (b"crx \0\0\0\x01mif1", "raw"),
            (b"M4A \0\0\x02\0isomiso2", "sound"),
        ] {
            let kind = FileKind::of(&ftyp(brands));
            assert!(matches!(kind, FileKind::Named(told, _) if told.contains(name)), "{name}: {kind:?}");
        }
        for brands in
            [&b"isom\0\0\x02\0isomiso2avc1mp41"[..], b"qt  \0\0\0\0qt  ", b"mp42\0\0\0\0mp42isom", b"dash\0\0\0\0"]
        {
            assert_eq!(FileKind::of(&ftyp(brands)), FileKind::Mp4);
        }
    }

    #[test]
    fn kinds_that_are_not_read_are_named() {
        for (head, name) in [
            (&b"BM\x36\0\0\0\0\0\0\0"[..], "BMP"),
            (b"II*\0\x08\0\0\0", "TIFF"),
            (b"II*\0\x10\0\0\0CR\x02\0", "raw"),
            (b"\0\0\0\x0CJXL \r\n\x87\n", "JPEG XL"),
            (b"\xFF\x0A\xFA", "JPEG XL"),
            (b"\0\0\0\x0CjP  \r\n", "JPEG 2000"),
            (b"8BPS\0\x01", "Photoshop"),
            (b"%PDF-1.7", "PDF"),
            (b"RIFF\x24\0\0\0WAVEfmt ", "sound"),
            (b"ID3\x04\0", "sound"),
            (b"\xFF\xFB\x90\x64", "sound"),
            (b"\xFF\xF1\x50\x80", "sound"),
            (b"fLaC\0\0", "sound"),
        ] {
            let kind = FileKind::of(head);
            assert!(matches!(kind, FileKind::Named(told, _) if told.contains(name)), "{name}: {kind:?}");
            assert!(kind.refusal("a".as_ref()).is_some());
        }
    }
}
