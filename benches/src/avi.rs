//! The JPEGs of a motion-JPEG AVI that is known to be sound. Kiosk-app reads the ones that may not be.

/// The bytes of every frame of the first video stream, in order.
pub fn frames(avi: &[u8]) -> Vec<&[u8]> {
    let mut frames = Vec::new();
    // Past "RIFF", its length and "AVI ".
    walk(avi.get(12..).unwrap_or_default(), &mut frames);
    frames
}

fn walk<'a>(mut bytes: &'a [u8], frames: &mut Vec<&'a [u8]>) {
    while let Some((head, rest)) = bytes.split_at_checked(8) {
        let length = head[4..].iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
        let body = &rest[..length.min(rest.len())];
        match &head[..4] {
            // Past the list's own name.
            b"LIST" => walk(body.get(4..).unwrap_or_default(), frames),
            b"00dc" => frames.push(body),
            _ => {}
        }
        // Chunks start at even places.
        bytes = rest.get(length + length % 2..).unwrap_or_default();
    }
}
