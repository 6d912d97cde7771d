//! Encoded pictures among bytes: files, and what is in memory.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::{Path, PathBuf};

use image::ImageFormat;

/// How JPEG and PNG files begin.
const BEGINNINGS: [(&[u8], ImageFormat); 2] =
    [(&[0xFF, 0xD8, 0xFF], ImageFormat::Jpeg), (b"\x89PNG\r\n\x1a\n", ImageFormat::Png)];
/// Smaller ones show nobody.
const LEAST_SIDE: u32 = 64;

/// Sizes of the pictures that begin anywhere among these bytes and can be decoded.
pub fn among(bytes: &[u8]) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for (beginning, format) in BEGINNINGS {
        let mut at = 0;
        while let Some(next) = bytes[at..].windows(beginning.len()).position(|window| window == beginning) {
            at += next;
            if let Ok(picture) = image::load_from_memory_with_format(&bytes[at..], format)
                && picture.width().min(picture.height()) >= LEAST_SIDE
            {
                found.push((picture.width(), picture.height()));
            }
            at += 1;
        }
    }
    found
}

/// Every file below a folder, links not followed.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files(&entry.path())),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found
}
