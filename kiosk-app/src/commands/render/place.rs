//! Where rendered pictures go.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::error::AppError;
use crate::output::{self, WholeFile};

/// Where results go: proved to be writable and not to be the input, before any work is done.
pub enum Place {
    /// Taken when the picture is written.
    File(Option<WholeFile>),
    /// Numbered files in it.
    Folder(PathBuf),
}

impl Place {
    /// The place that `-o` names, for a photo (`still`) or a clip.
    pub fn of(path: &Path, input: &Path, still: bool) -> Result<Self, AppError> {
        let is_png = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("png"));
        match (still, is_png && !path.is_dir()) {
            (true, true) => Self::picture(path, input),
            (true, false) if path.is_dir() => {
                let stem = input.file_stem().unwrap_or(OsStr::new("carmine"));
                Self::picture(&path.join(stem).with_extension("png"), input)
            }
            (true, false) => Err(AppError::Usage(format!(
                "a photo becomes a PNG: end -o {} in .png, or give a folder that exists",
                path.display()
            ))),
            (false, true) => Err(AppError::Usage(format!(
                "a clip becomes many PNGs: give -o a folder instead of {}",
                path.display()
            ))),
            (false, false) => Self::frames(path, input),
        }
    }

    fn picture(path: &Path, input: &Path) -> Result<Self, AppError> {
        output::refuse_input(path, input)?;
        Ok(Self::File(Some(WholeFile::create(path)?)))
    }

    fn frames(folder: &Path, input: &Path) -> Result<Self, AppError> {
        output::refuse_input(folder, input)?;
        if let Some(name) = numbered(folder) {
            return Err(AppError::Usage(format!(
                "{} holds frames already ({name}): remove them, or give -o another folder",
                folder.display()
            )));
        }
        output::check_folder(folder)?;
        Ok(Self::Folder(folder.into()))
    }

    /// Writes frame `index`. The folder is made when the first frame is ready, so that failure leaves none.
    pub fn put(&mut self, index: usize, png: &[u8]) -> Result<(), AppError> {
        match self {
            Self::File(file) => match file.take() {
                Some(file) => file.fill(png),
                None => Ok(()),
            },
            Self::Folder(folder) => {
                if index == 0 {
                    output::make_folder(folder)?;
                }
                output::write_whole(&folder.join(format!("{:05}.png", index + 1)), png)
            }
        }
    }
}

/// A frame of an earlier run: left among new ones it would look like one of them.
fn numbered(folder: &Path) -> Option<String> {
    let names = std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_frame = |name: &str| {
        let stem = name.strip_suffix(".png").unwrap_or_default();
        stem.len() >= 5 && stem.bytes().all(|byte| byte.is_ascii_digit())
    };
    names.filter(|name| is_frame(name)).min()
}
