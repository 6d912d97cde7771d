//! The endings that picture files have. What is in a file decides how it is read; its ending, whether it is looked at
//! in a folder, and what its results are called.

use std::path::Path;

/// Of formats that are read.
const READ: [&str; 10] = ["png", "jpg", "jpeg", "jpe", "jfif", "webp", "heic", "heif", "hif", "avif"];
/// Of pictures that are known and named.
const NAMED: [&str; 6] = ["bmp", "tif", "tiff", "gif", "jxl", "jp2"];

/// Whether the name is that of a picture in a format that is read.
pub fn is_read(path: &Path) -> bool {
    has(path, &READ)
}

/// Whether the name ends as any picture's does.
pub fn is_picture(path: &Path) -> bool {
    is_read(path) || has(path, &NAMED)
}

fn has(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
