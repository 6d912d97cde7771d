//! What the mirror hands to the photo's server, and what the server says.
//!
//! The order, on the server's standard input: a length and JSON, a length and the JPEG; both lengths are 4 bytes, the
//! least first. The input then stays open as long as the offer holds. The answer, on its standard output: JSON, one
//! [`PhotoSaid`] a line.

use std::io::{self, Error, ErrorKind, Read, Write};
use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::page::PhotoTexts;

/// Most bytes of JSON.
const MAX_ORDER_BYTES: usize = 1 << 16;
/// Most bytes of a JPEG.
const MAX_JPEG_BYTES: usize = 1 << 26;

/// How a picture is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoOrder {
    /// Where to listen; `None`: the address that this machine has in its network.
    pub address: Option<IpAddr>,
    /// 0: any free one.
    pub port: u16,
    /// For how long.
    pub lifetime_ms: u64,
    /// What the pages say.
    pub texts: PhotoTexts,
}

/// What the server says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhotoSaid {
    /// It listens.
    Offered {
        /// What the QR code says.
        url: String,
    },
    /// It goes on serving.
    Alive,
    /// The picture is on its way.
    Fetching,
    /// All of it was sent.
    Taken,
    /// The connection broke.
    Broken,
    /// The time is over.
    Expired,
    /// It cannot be offered.
    Failed {
        /// Why, and how to mend it.
        why: String,
    },
}

impl PhotoOrder {
    /// Writes the order and the picture.
    pub fn send(&self, jpeg: &[u8], to: &mut impl Write) -> io::Result<()> {
        for bytes in [&serde_json::to_vec(self)?, jpeg] {
            let length = u32::try_from(bytes.len()).map_err(|_| Error::from(ErrorKind::FileTooLarge))?;
            to.write_all(&length.to_le_bytes())?;
            to.write_all(bytes)?;
        }
        to.flush()
    }

    /// Reads the order, not yet the picture.
    pub fn receive(from: &mut impl Read) -> io::Result<Self> {
        Ok(serde_json::from_slice(&block(from, MAX_ORDER_BYTES)?)?)
    }
}

/// Reads the picture.
pub fn receive_jpeg(from: &mut impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    block(from, MAX_JPEG_BYTES)
}

fn block(from: &mut impl Read, most: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    // Of its full size at once: what grows leaves copies behind.
    let mut bytes = Zeroizing::new(vec![0; length]);
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_received_and_sizes_are_bounded() {
        let texts = PhotoTexts { title: "Your picture".into(), ..PhotoTexts::default() };
        let order = PhotoOrder { address: Some([127, 0, 0, 1].into()), port: 7, lifetime_ms: 600_000, texts };
        let mut sent = Vec::new();
        order.send(b"JPEG", &mut sent).unwrap();
        let mut from = sent.as_slice();
        assert_eq!(PhotoOrder::receive(&mut from).unwrap(), order);
        assert_eq!(receive_jpeg(&mut from).unwrap().as_slice(), b"JPEG");
        assert!(from.is_empty());
        let kind = |bytes: &[u8]| PhotoOrder::receive(&mut &*bytes).unwrap_err().kind();
        assert_eq!(kind(&[0xFF; 9]), ErrorKind::FileTooLarge);
        assert_eq!(kind(&sent[..7]), ErrorKind::UnexpectedEof);
        assert_eq!(kind(b"\x03\0\0\0{x}"), ErrorKind::InvalidData);
    }
}
