//! Opens regular files and lists folders. A pipe, socket or device in a file's place is refused without being opened for
//! reading: that could block for ever, or do something.

use std::fs::{File, FileType, OpenOptions};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use super::note;

/// Opens a regular file for reading.
///
/// # Errors
///
/// What the system says; [`ErrorKind::IsADirectory`] for a folder, and [`ErrorKind::InvalidInput`] with a message that
/// names the mend for whatever else is no regular file.
pub fn open_regular(path: &Path) -> std::io::Result<File> {
    note(path);
    // Opening some devices does something, so the kind is looked at before; and what was opened is looked at again.
    check(std::fs::metadata(path)?.file_type())?;
    let mut options = OpenOptions::new();
    options.read(true);
    // A pipe that took the file's place in between must not hold this up.
    #[cfg(target_os = "linux")]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    let file = options.open(path)?;
    check(file.metadata()?.file_type())?;
    Ok(file)
}

/// What is in a folder, in no order; at most `most` entries.
pub fn list(folder: &Path, most: usize) -> std::io::Result<Vec<PathBuf>> {
    note(folder);
    std::fs::read_dir(folder)?.take(most).map(|entry| Ok(entry?.path())).collect()
}

fn check(kind: FileType) -> std::io::Result<()> {
    if kind.is_file() {
        Ok(())
    } else if kind.is_dir() {
        Err(ErrorKind::IsADirectory.into())
    } else {
        let what = name(kind);
        Err(Error::new(ErrorKind::InvalidInput, format!("it is {what}; put a file in its place")))
    }
}

#[cfg(unix)]
fn name(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn name(_: FileType) -> &'static str {
    "no regular file"
}
