//! The clip as a file of raw RGB frames: the same pixels for every program that is measured, read one at a time so
//! that a process's memory is its own and not the clip's.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use carmine::Frame;

use crate::clip::{self, Size};
use crate::{Fault, avi};

/// Writes every frame of the clip, scaled to `size`.
pub fn write(path: &Path, size: Size) -> Result<(), Fault> {
    let mut file = BufWriter::new(File::create(path)?);
    let encoded = clip::encoded()?;
    for jpeg in avi::frames(&encoded) {
        file.write_all(&clip::scaled_rgb(jpeg, size)?)?;
    }
    Ok(file.flush()?)
}

/// Reads those frames back as RGBA.
pub struct Reader {
    file: BufReader<File>,
    size: Size,
    rgb: Vec<u8>,
    rgba: Vec<u8>,
    next: usize,
}

impl Reader {
    /// A file of frames of `size`.
    pub fn open(path: &Path, size: Size) -> Result<Self, Fault> {
        let pixels = size.0 as usize * size.1 as usize;
        let file = BufReader::new(File::open(path)?);
        Ok(Self { file, size, rgb: vec![0; pixels * 3], rgba: vec![255; pixels * 4], next: 0 })
    }

    /// The next frame, or `None` after the last.
    pub fn next_frame(&mut self) -> Option<Frame<'_>> {
        self.file.read_exact(&mut self.rgb).ok()?;
        for (to, from) in self.rgba.chunks_exact_mut(4).zip(self.rgb.chunks_exact(3)) {
            to[..3].copy_from_slice(from);
        }
        self.next += 1;
        Some(clip::rgba(&self.rgba, self.size, self.next - 1))
    }
}
