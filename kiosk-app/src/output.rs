//! Results reach their place whole or not at all.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::AppError;

/// Writes a file beside its final place and renames it there at the end; dropped before that, it leaves nothing.
pub struct WholeFile {
    path: PathBuf,
    temporary: PathBuf,
    file: Option<BufWriter<File>>,
}

fn failed(path: &Path, error: &std::io::Error) -> AppError {
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "its folder does not exist; create it or choose another place".to_owned(),
        std::io::ErrorKind::PermissionDenied => "no permission; choose another place".to_owned(),
        std::io::ErrorKind::IsADirectory => "a folder is in its place; give a file name".to_owned(),
        _ => format!("{error}; choose another place"),
    };
    AppError::Output { path: path.into(), why }
}

impl WholeFile {
    /// Begins a file.
    pub fn create(path: &Path) -> Result<Self, AppError> {
        if path.is_dir() {
            return Err(failed(path, &std::io::ErrorKind::IsADirectory.into()));
        }
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let temporary = path.with_file_name(name);
        let file = File::create(&temporary).map_err(|error| failed(path, &error))?;
        Ok(Self { path: path.into(), temporary, file: Some(BufWriter::new(file)) })
    }

    /// Puts the file in its place.
    pub fn finish(mut self) -> Result<(), AppError> {
        if let Some(file) = self.file.take() {
            file.into_inner().map_err(|error| failed(&self.path, error.error()))?;
            std::fs::rename(&self.temporary, &self.path).map_err(|error| failed(&self.path, &error))?;
        }
        Ok(())
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
        // Gone already after a rename; otherwise nothing more can be done about it.
        let _ = std::fs::remove_file(&self.temporary);
    }
}

/// Writes `bytes` as a whole file.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let mut file = WholeFile::create(path)?;
    file.write_all(bytes).map_err(|error| file.error(&error))?;
    file.finish()
}

/// Makes a folder for results, unless it is there.
pub fn make_folder(path: &Path) -> Result<(), AppError> {
    std::fs::create_dir_all(path).map_err(|error| AppError::Output {
        path: path.into(),
        why: format!("it cannot be made a folder ({error}); choose another place"),
    })
}

/// Prints to standard output; a reader that closed the pipe has read enough.
pub fn print(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}

/// Says a line on standard error, where `eprintln!` would panic if nobody can hear it any more.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
