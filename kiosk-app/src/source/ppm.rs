//! PPM and PAM pictures one behind another (Netpbm's P6 and P7): red, green and blue of 8 or 16 bits, and alpha, as
//! ffmpeg hands them over.

use std::io::{BufRead, ErrorKind, Read};
use std::path::{Path, PathBuf};

use carmine::frame::PixelFormat;

use super::colour::{Channels, Meaning, Pixels};
use super::{MAX_DECODED_BYTES, Picture, SourceError};

/// Longest line of a header.
const MAX_LINE: u64 = 64;
/// Most lines of one.
const MAX_LINES: usize = 16;

/// What a picture begins with.
#[derive(Default)]
struct Header {
    width: u64,
    height: u64,
    /// Of a channel.
    most: u64,
    channels: u64,
}

/// Reads pictures of one size from a stream.
pub struct PpmReader<R> {
    path: PathBuf,
    bytes: R,
    meaning: Meaning,
    size: Option<[u32; 2]>,
    read: usize,
    encoded: Vec<u8>,
}

impl<R: BufRead> PpmReader<R> {
    /// `path` is for messages; `meaning` is what the numbers mean.
    pub fn new(path: &Path, bytes: R, meaning: Meaning) -> Self {
        Self { path: path.into(), bytes, meaning, size: None, read: 0, encoded: Vec::new() }
    }

    /// What the bytes come from.
    pub fn bytes_mut(&mut self) -> &mut R {
        &mut self.bytes
    }

    /// How many pictures have been read.
    pub fn frames_read(&self) -> usize {
        self.read
    }

    /// Reads the next picture into `into`, or returns false at the end.
    pub fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        let Some(magic) = self.line()? else {
            return if self.read > 0 { Ok(false) } else { Err(SourceError::Empty { path: self.path.clone() }) };
        };
        let header = match magic.as_str() {
            "P6" => self.ppm_header()?,
            "P7" => self.pam_header()?,
            _ => Header::default(),
        };
        let bytes_each = match header.most {
            255 => 1,
            65535 => 2,
            _ => return Err(self.damaged("no picture where one begins")),
        };
        let has_alpha = header.channels == 4;
        let (width, height) = SourceError::check_size(&self.path, header.width, header.height)?;
        if *self.size.get_or_insert([width, height]) != [width, height] {
            return Err(self.damaged("its size changes"));
        }
        let length = u64::from(width) * u64::from(height) * header.channels * bytes_each;
        if length > MAX_DECODED_BYTES {
            return Err(SourceError::TooHeavy { path: self.path.clone(), mib: length >> 20 });
        }
        let is_as_shown = bytes_each == 1 && !has_alpha && matches!(self.meaning, Meaning::Srgb);
        let mut encoded = std::mem::take(if is_as_shown { &mut into.data } else { &mut self.encoded });
        encoded.clear();
        // The buffer grows with what is there, not with what the header claims.
        let read = (&mut self.bytes).take(length).read_to_end(&mut encoded);
        read.map_err(|error| SourceError::Read { path: self.path.clone(), error })?;
        if encoded.len() as u64 != length {
            return Err(self.damaged("it is cut off"));
        }
        if is_as_shown {
            into.data = encoded;
            into.shape(PixelFormat::Rgb8, width, height);
        } else {
            let pixels = Pixels { bytes: &encoded, channels: Channels::Rgb, has_alpha, is_deep: bytes_each == 2 };
            into.data.clear();
            self.meaning.convert(pixels, &mut into.data);
            into.shape(PixelFormat::Rgba8, width, height);
            self.encoded = encoded;
        }
        self.read += 1;
        Ok(true)
    }

    /// Width and height in a line, the most of a channel in the next.
    fn ppm_header(&mut self) -> Result<Header, SourceError> {
        let (size, most) = (self.line()?.unwrap_or_default(), self.line()?.unwrap_or_default());
        let mut sides = size.split(' ').map_while(|side| side.parse().ok());
        let (width, height) = (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
        Ok(Header { width, height, most: most.parse().unwrap_or_default(), channels: 3 })
    }

    /// A name and its value in each line; red, green, blue and alpha.
    fn pam_header(&mut self) -> Result<Header, SourceError> {
        let mut header = Header::default();
        for _ in 0..MAX_LINES {
            let line = self.line()?.unwrap_or_default();
            let (name, value) = line.split_once(' ').unwrap_or((&line, ""));
            let number = value.parse().unwrap_or_default();
            match name {
                "WIDTH" => header.width = number,
                "HEIGHT" => header.height = number,
                "DEPTH" => header.channels = number,
                "MAXVAL" => header.most = number,
                "ENDHDR" if header.channels == 4 => return Ok(header),
                "ENDHDR" => break,
                _ => {}
            }
        }
        Ok(Header::default())
    }

    fn line(&mut self) -> Result<Option<String>, SourceError> {
        let mut line = Vec::new();
        let read = (&mut self.bytes).take(MAX_LINE).read_until(b'\n', &mut line);
        match read {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(SourceError::Read { path: self.path.clone(), error }),
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned())),
        }
    }

    fn damaged(&self, why: &str) -> SourceError {
        SourceError::damaged(&self.path, format!("frame {}: {why}; copy or export it again", self.read + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Vec<Vec<u8>>, Option<String>) {
        let mut reader = PpmReader::new(Path::new("clip.mkv"), bytes, Meaning::Srgb);
        let (mut picture, mut seen) = (Picture::default(), Vec::new());
        loop {
            match reader.next_frame(&mut picture) {
                Ok(true) => seen.push(picture.data.clone()),
                Ok(false) => return (seen, None),
                Err(error) => return (seen, Some(error.to_string())),
            }
        }
    }

    #[test]
    fn pictures_of_8_and_16_bits_with_any_bytes_in_them() {
        let eight = b"P6\n2 1\n255\n\n\n\n123".repeat(2);
        assert_eq!(read(&eight), (vec![b"\n\n\n123".to_vec(); 2], None));
        let sixteen = [&b"P6\n1 2\n65535\n"[..], &[0, 0, 0x80, 0x80, 255, 255, 1, 1, 2, 2, 0x7F, 0xFF]].concat();
        assert_eq!(read(&sixteen), (vec![vec![0, 128, 255, 255, 1, 2, 127, 255]], None));
    }

    #[test]
    fn what_is_transparent_is_laid_on_paper() {
        let head = &b"P7\nWIDTH 2\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"[..];
        let paper = crate::source::colour::PAPER;
        let picture = [head, &[1, 2, 3, 255, 9, 9, 9, 0]].concat();
        assert_eq!(read(&picture.repeat(2)), (vec![vec![1, 2, 3, 255, paper, paper, paper, 255]; 2], None));
        assert!(read(b"P7\nWIDTH 2\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\nENDHDR\n123456").1.unwrap().contains("no picture"));
    }

    #[test]
    fn what_is_broken_ends_it_with_what_came_before() {
        let whole = &b"P6\n2 1\n255\n123456"[..];
        for (tail, says) in [
            (&b"P6\n2 1\n255\n123"[..], "cut off"),
            (b"P6\n1 2\n255\n123456", "size changes"),
            (b"P5\n2 1\n255\n123456", "no picture"),
            (b"P6\n2 1\n", "no picture"),
            (b"P6\n99999 1\n255\n", "too large"),
        ] {
            let (seen, error) = read(&[whole, tail].concat());
            assert!(seen.len() == 1 && error.as_ref().is_some_and(|error| error.contains(says)), "{error:?}");
        }
        assert!(read(b"").1.unwrap().contains("holds no pictures"));
    }
}
