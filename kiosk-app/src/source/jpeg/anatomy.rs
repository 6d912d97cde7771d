//! What kind of JPEG this is, by its segments alone (ITU-T T.81, annex B).

/// The segments up to the first scan, and whether the picture ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anatomy {
    /// The frame header's marker without its first byte; 0 where there is none.
    frame: u8,
    bits: u8,
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// Channels of the picture.
    pub components: u8,
    /// Channels of the first scan.
    scan_components: u8,
    tables: u8,
    /// The number of the way to encode colours, if Adobe's segment is there.
    pub adobe: Option<u8>,
    /// Apple's or CIPA's multi-picture segment is there: what follows the picture are its other versions.
    pub is_multi_picture: bool,
    /// The end marker follows the first scan.
    pub is_whole: bool,
}

impl Anatomy {
    /// Steps over the segments.
    pub fn of(bytes: &[u8]) -> Self {
        let mut anatomy = Self::default();
        let Some(at) = segments(bytes, |marker, body| anatomy.segment(marker, body)) else { return anatomy };
        // Inside the data a 0xFF is always stuffed, so the marker cannot occur by chance; an embedded thumbnail's
        // marker lies in a segment, which was stepped over.
        anatomy.is_whole = bytes.get(at..).unwrap_or_default().windows(2).rev().any(|pair| pair == [0xFF, 0xD9]);
        anatomy
    }

    fn segment(&mut self, marker: u8, body: &[u8]) {
        match (marker, body) {
            (0xC4, _) => self.tables = self.tables.saturating_add(tables_in(body)),
            (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xF7, &[bits, y1, y0, x1, x0, components, ..]) => {
                (self.frame, self.bits, self.components) = (marker, bits, components);
                (self.width, self.height) = (u16::from_be_bytes([x1, x0]), u16::from_be_bytes([y1, y0]));
            }
            (0xDA, &[components, ..]) => self.scan_components = components,
            (0xE2, _) if body.starts_with(b"MPF\0") => self.is_multi_picture = true,
            (0xEE, _) if body.starts_with(b"Adobe") => self.adobe = body.get(11).copied(),
            _ => {}
        }
    }

    /// The name of a kind that is not read.
    pub fn unread_kind(&self) -> Option<&'static str> {
        Some(match self.frame {
            0xC3 => "a lossless JPEG",
            0xC5..=0xC7 | 0xCD..=0xCF => "a hierarchical JPEG",
            0xC9 | 0xCA => "a JPEG with arithmetic coding",
            0xCB => "a lossless JPEG with arithmetic coding",
            0xF7 => "a JPEG-LS picture",
            0xC0..=0xC2 if self.bits == 12 => "a JPEG of 12 bits a channel",
            0xC0..=0xC2 if !matches!(self.components, 1 | 3 | 4) => "a JPEG of an unusual number of channels",
            _ => return None,
        })
    }

    /// A sequential picture without all the tables that its scan may name.
    pub fn lacks_tables(&self) -> bool {
        matches!(self.frame, 0xC0 | 0xC1) && self.tables < if self.components == 1 { 2 } else { 4 }
    }

    /// A sequential picture whose channels are not all in one scan.
    pub fn has_separate_scans(&self) -> bool {
        matches!(self.frame, 0xC0 | 0xC1) && self.scan_components < self.components
    }
}

/// Steps over the segments up to the first scan, with the marker of each without its first byte. Returns where the
/// scan's data begins; `None` if there is no scan.
pub fn segments<'a>(bytes: &'a [u8], mut see: impl FnMut(u8, &'a [u8])) -> Option<usize> {
    let mut at = 2;
    loop {
        match bytes.get(at..at + 2)? {
            [0xFF, 0xFF] => at += 1,
            [0xFF, 0x01 | 0xD0..=0xD8] => at += 2,
            &[0xFF, marker] => {
                let &[high, low] = bytes.get(at + 2..at + 4)? else { return None };
                let length = usize::from(u16::from_be_bytes([high, low])).max(2);
                see(marker, bytes.get(at + 4..at + 2 + length).unwrap_or_default());
                at += 2 + length;
                if marker == 0xDA {
                    return Some(at);
                }
            }
            // Stray bytes between segments: the decoder tolerates them, so does this.
            _ => at += 1,
        }
    }
}

/// Huffman tables in a segment: each is 16 counts after its number, and as many values.
fn tables_in(mut body: &[u8]) -> u8 {
    let mut tables = 0;
    while let Some((head, rest)) = body.split_at_checked(17) {
        let values = head[1..].iter().map(|count| usize::from(*count)).sum();
        let Some(rest) = rest.get(values..) else { break };
        (tables, body) = (tables + 1, rest);
    }
    tables
}
