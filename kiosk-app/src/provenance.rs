//! How a picture that leaves the app says of itself, to machines, that make-up was laid on it by an algorithm: the
//! standard field for that, IPTC's digital source type, in an XMP packet; and that its colours are sRGB (1, as EXIF
//! writes it). Nothing else is in it: no time, place, machine or person.
//!
//! `compositeSynthetic` is IPTC's term for a picture put together from captured and synthetic elements
//! (<https://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic>; IPTC Photo Metadata 2025.1, "Digital Source Type").

use std::io::{self, Write};

/// The keyword of an XMP packet in a PNG's `iTXt` chunk (XMP specification part 3, 1.1.5).
pub const PNG_KEYWORD: &str = "XML:com.adobe.xmp";
/// What a JPEG's APP1 segment begins with if it holds an XMP packet (the same, 1.1.3).
const JPEG_NAMESPACE: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// The packet.
pub const XMP: &str = concat!(
    "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>",
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
    "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
    " xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"",
    " xmp:CreatorTool=\"Carmine\" exif:ColorSpace=\"1\"",
    " Iptc4xmpExt:DigitalSourceType=\"http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic\"/>",
    "</rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
);

/// Writes a JPEG with the packet after its first segment, which is JFIF's. Bytes that do not begin like a JPEG with a
/// segment are written as they are.
pub fn write_marked_jpeg(jpeg: &[u8], out: &mut impl Write) -> io::Result<()> {
    // Start of image (2 bytes), the segment's marker (2), its length (2, big-endian, its own two bytes included).
    let first = match jpeg {
        [0xFF, 0xD8, 0xFF, 0xE0, high, low, ..] => 4 + usize::from(u16::from_be_bytes([*high, *low])),
        _ => return out.write_all(jpeg),
    };
    let Some((head, rest)) = jpeg.split_at_checked(first) else { return out.write_all(jpeg) };
    out.write_all(head)?;
    out.write_all(&[0xFF, 0xE1])?;
    out.write_all(&SEGMENT_BYTES.to_be_bytes())?;
    out.write_all(JPEG_NAMESPACE)?;
    out.write_all(XMP.as_bytes())?;
    out.write_all(rest)
}

/// Length of the segment as it stands in it.
const SEGMENT_BYTES: u16 = {
    let bytes = 2 + JPEG_NAMESPACE.len() + XMP.len();
    assert!(bytes <= u16::MAX as usize, "a segment holds no more");
    bytes as u16
};

/// Bytes that marking adds to a JPEG.
pub const JPEG_BYTES: usize = 2 + SEGMENT_BYTES as usize;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_begins_like_a_jpeg_is_marked() {
        for bytes in [&b""[..], b"\xFF\xD8", b"\xFF\xD8\xFF\xE0\xFF\xFF short", b"\x89PNG\r\n\x1a\n"] {
            let mut out = Vec::new();
            write_marked_jpeg(bytes, &mut out).unwrap();
            assert_eq!(out, bytes);
        }
    }
}
