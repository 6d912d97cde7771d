//! Writing results: a file reaches its place whole or not at all. What goes to a terminal is in `terminal`.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::error::AppError;

mod parts;
mod png;
mod terminal;

pub use png::{PngEncodeError, encode_png};

pub use parts::clean_folder;
pub use terminal::{escape, print, print_data, tell};

/// Writes a temporary file beside the final path, and at the end puts it on the disk and renames it: after a power cut
/// either the old file is there or the whole new one. If dropped before that, it is removed. A process that is killed
/// leaves its `.NAME.PID.part`, which the next one that writes there removes, and the final path as it was. What cannot
/// be replaced, such as a pipe or a device, is written directly.
pub struct WholeFile {
    path: PathBuf,
    /// What is renamed to what at the end.
    rename: Option<(PathBuf, PathBuf)>,
    existing: Existing,
    file: Option<BufWriter<File>>,
}

/// What becomes of a file that is in a result's place already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It gives way: the user named this very file.
    Replace,
    /// It stays, and the result is refused: the app chose the name.
    Keep,
}

fn failed(path: &Path, error: &std::io::Error) -> AppError {
    let why = match error.kind() {
        // Where the system keeps files of its own.
        ErrorKind::NotFound if path.parent().is_some_and(Path::is_dir) => {
            "its folder takes no new files; choose another place".to_owned()
        }
        ErrorKind::NotADirectory => "a file is in the place of its folder; choose another place".to_owned(),
        ErrorKind::NotFound => "its folder does not exist; create it or choose another place".to_owned(),
        ErrorKind::PermissionDenied => "no permission; choose another place".to_owned(),
        ErrorKind::StorageFull => "the disk is full; free some space or choose another place".to_owned(),
        ErrorKind::QuotaExceeded => "this user's part of the disk is full; free some space".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "its drive can only be read; choose another place".to_owned(),
        ErrorKind::IsADirectory => "a folder is in its place; give a file name".to_owned(),
        ErrorKind::AlreadyExists => "a file of that name is there; remove it or choose another place".to_owned(),
        ErrorKind::InvalidFilename => "its drive takes no name that long; give a shorter one".to_owned(),
        _ => format!("{error}; choose another place"),
    };
    AppError::Output { path: path.into(), why }
}

impl WholeFile {
    /// Begins a file, which replaces one that is there.
    pub fn create(path: &Path) -> Result<Self, AppError> {
        Self::begin(path, Existing::Replace)
    }

    /// Begins a file whose place may be taken, now or when it is done.
    pub fn begin(path: &Path, existing: Existing) -> Result<Self, AppError> {
        let fail = |error: std::io::Error| failed(path, &error);
        // A link to nowhere counts, too: following it would make a file in a place that nobody named.
        if existing == Existing::Keep && path.symlink_metadata().is_ok() {
            return Err(fail(ErrorKind::AlreadyExists.into()));
        }
        let there = std::fs::metadata(path).ok();
        if there.as_ref().is_some_and(std::fs::Metadata::is_dir) {
            return Err(fail(ErrorKind::IsADirectory.into()));
        }
        if is_own_stream(path) || there.is_some_and(|there| !there.is_file()) {
            let file = OpenOptions::new().append(true).open(path).map_err(fail)?;
            return Ok(Self { path: path.into(), rename: None, existing, file: Some(BufWriter::new(file)) });
        }
        let target = behind_links(path);
        parts::clean_beside(&target);
        let temporary = parts::part_of(&target);
        let file = File::create(&temporary).map_err(fail)?;
        parts::hold(&file);
        Ok(Self { path: path.into(), rename: Some((temporary, target)), existing, file: Some(BufWriter::new(file)) })
    }

    /// Puts the file in its place.
    pub fn finish(mut self) -> Result<(), AppError> {
        let fail = |error: &std::io::Error| failed(&self.path, error);
        let file = self.file.take().map(|file| file.into_inner().map_err(|error| fail(error.error()))).transpose()?;
        if let Some((temporary, target)) = &self.rename {
            file.map_or(Ok(()), |file| file.sync_all()).map_err(|error| fail(&error))?;
            match self.existing {
                Existing::Replace => std::fs::rename(temporary, target),
                Existing::Keep => rename_new(temporary, target),
            }
            .map_err(|error| fail(&error))?;
            sync_folder(target);
        }
        Ok(())
    }

    /// Writes all of it and puts it in its place.
    pub fn fill(mut self, bytes: &[u8]) -> Result<(), AppError> {
        self.write_all(bytes).map_err(|error| self.error(&error))?;
        self.finish()
    }

    /// Turns a failed write into its message.
    pub fn error(&self, error: &std::io::Error) -> AppError {
        failed(&self.path, error)
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some((temporary, _)) = &self.rename {
            // After a rename it no longer exists; a failure to remove it cannot be handled.
            let _ = std::fs::remove_file(temporary);
        }
    }
}

/// Renames only where nothing is. File systems that cannot promise that are looked at before.
fn rename_new(from: &Path, to: &Path) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            renamed => return Ok(renamed?),
        }
    }
    if to.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    std::fs::rename(from, to)
}

/// Puts a rename on the disk. Not every system can open folders; the file itself is whole either way.
fn sync_folder(of: &Path) {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// Names for streams that this process has open: what is behind them belongs to whoever opened it.
fn is_own_stream(path: &Path) -> bool {
    ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"].iter().any(|stream| path.starts_with(stream))
}

/// The file that a chain of symbolic links ends at, whether it exists or not.
fn behind_links(path: &Path) -> PathBuf {
    let mut at = path.to_owned();
    // As many links as Linux follows.
    for _ in 0..40 {
        let Ok(next) = std::fs::read_link(&at) else { break };
        at = at.parent().unwrap_or(Path::new("")).join(next);
    }
    at
}

/// Whether both paths lead to one existing file or folder.
fn is_same(a: &Path, b: &Path) -> bool {
    a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

/// Refuses to write a result over what it is made from.
pub fn refuse_input(output: &Path, input: &Path) -> Result<(), AppError> {
    if is_same(output, input) {
        return Err(AppError::Usage(format!("-o {} is the input itself: give another place", output.display())));
    }
    let is_frame = output.extension().is_some_and(|e| ["png", "jpg", "jpeg"].iter().any(|x| e.eq_ignore_ascii_case(x)));
    let inside = output.canonicalize().is_ok_and(|file| file.parent().is_some_and(|folder| is_same(folder, input)));
    if is_frame && inside {
        return Err(AppError::Usage(format!(
            "-o {} is one of the input's frames: give another place",
            output.display()
        )));
    }
    Ok(())
}

/// Writes `bytes` as a whole file.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    WholeFile::create(path)?.fill(bytes)
}

/// Makes a folder for results, unless it is there.
pub fn make_folder(path: &Path) -> Result<(), AppError> {
    std::fs::create_dir_all(path).map_err(|error| AppError::Output {
        path: path.into(),
        why: format!("it cannot be made a folder ({error}); choose another place"),
    })
}

/// Proves that files can be made in a folder, or in the one that it will be made in. Leaves nothing.
pub fn check_folder(path: &Path) -> Result<(), AppError> {
    let mut probe = path.join("carmine");
    while let Some(folder) = probe.parent()
        && !folder.as_os_str().is_empty()
        && !folder.exists()
    {
        probe = folder.to_owned();
    }
    let fail = |why: String| AppError::Output { path: path.into(), why: format!("{why}; choose another place") };
    if probe.parent().is_some_and(Path::is_file) {
        return Err(fail("a file is where a folder should be".into()));
    }
    match WholeFile::create(&probe) {
        Ok(_) => Ok(()),
        Err(AppError::Output { why, .. }) => Err(AppError::Output { path: path.into(), why }),
        Err(other) => Err(other),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_taken_while_the_file_is_written_is_not_overwritten() {
        let folder = std::env::temp_dir().join(format!("carmine-taken-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let place = folder.join("out.png");
        let file = WholeFile::begin(&place, Existing::Keep).unwrap();
        std::fs::write(&place, "another program's").unwrap();
        let error = file.fill(b"ours").unwrap_err().to_string();
        assert!(error.contains("out.png") && error.contains("is there"), "{error}");
        assert!(WholeFile::begin(&place, Existing::Keep).is_err());
        assert_eq!(std::fs::read(&place).unwrap(), b"another program's");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "no temporary file is left");
        WholeFile::begin(&place, Existing::Replace).unwrap().fill(b"ours").unwrap();
        assert_eq!(std::fs::read(&place).unwrap(), b"ours");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn links_stay_links_and_special_files_stay_special() {
        let folder = std::env::temp_dir().join(format!("carmine-output-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("far")).unwrap();
        for (link, to) in [("there", "far/one"), ("dangling", "far/two"), ("null", "/dev/null")] {
            let _ = std::fs::remove_file(folder.join(link));
            std::os::unix::fs::symlink(to, folder.join(link)).unwrap();
        }
        std::fs::write(folder.join("far/one"), "old").unwrap();
        for name in ["there", "dangling", "null"] {
            write_whole(&folder.join(name), b"new").unwrap();
            assert!(folder.join(name).is_symlink(), "{name}");
        }
        assert_eq!(std::fs::read(folder.join("far/one")).unwrap(), b"new");
        assert_eq!(std::fs::read(folder.join("far/two")).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(folder.join("far")).unwrap().count(), 2, "no temporary file is left");
        assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
