//! Where rendered pictures go.
//!
//! A file that `-o` names is the user's word, and replaces what is there. In a folder the names are the app's choice,
//! so nothing there is overwritten unless `--overwrite` says so.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::cli::RenderArgs;
use crate::error::AppError;
use crate::output::{self, Existing, WholeFile};
use crate::source::endings;

/// Where results go: proved to be writable and not to be the input, before any work is done.
pub enum Place {
    /// Taken when the picture is written.
    File(Option<WholeFile>),
    /// Numbered files in it.
    Folder {
        /// Which.
        folder: PathBuf,
        /// What becomes of files that are there.
        existing: Existing,
    },
}

impl Place {
    /// The place that `-o` names, for a photo (`still`) or a clip.
    pub fn of(args: &RenderArgs, still: bool) -> Result<Self, AppError> {
        let (path, input) = (args.output.as_path(), args.input.as_path());
        let existing = if args.overwrite { Existing::Replace } else { Existing::Keep };
        let is_png = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("png"));
        match (still, is_png && !path.is_dir()) {
            (true, true) => Self::picture(path, input, Existing::Replace),
            (true, false) if path.is_dir() => Self::picture(&path.join(name_of(input)), input, existing),
            (true, false) if path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(".png")) => {
                Err(AppError::Usage(format!("{}: give -o a name before its .png", path.display())))
            }
            (true, false) => Err(AppError::Usage(format!(
                "a photo becomes a PNG: end -o {} in .png, or give a folder that exists",
                path.display()
            ))),
            (false, true) => Err(AppError::Usage(format!(
                "a clip becomes many PNGs: give -o a folder instead of {}",
                path.display()
            ))),
            (false, false) => Self::frames(path, input, existing),
        }
    }

    fn picture(path: &Path, input: &Path, existing: Existing) -> Result<Self, AppError> {
        output::refuse_input(path, input)?;
        if existing == Existing::Keep && path.symlink_metadata().is_ok() {
            return Err(AppError::Usage(format!(
                "{} is there already: give -o a name of its own, or say --overwrite",
                path.display()
            )));
        }
        Ok(Self::File(Some(WholeFile::begin(path, existing)?)))
    }

    fn frames(folder: &Path, input: &Path, existing: Existing) -> Result<Self, AppError> {
        output::refuse_input(folder, input)?;
        if let Some(name) = numbered(folder).filter(|_| existing == Existing::Keep) {
            return Err(AppError::Usage(format!(
                "{} holds frames already ({name}): remove them, give -o another folder, or say --overwrite",
                folder.display()
            )));
        }
        output::check_folder(folder)?;
        Ok(Self::Folder { folder: folder.into(), existing })
    }

    /// Writes frame `index`. The folder is made when the first frame is ready, so that failure leaves none.
    pub fn put(&mut self, index: usize, png: &[u8]) -> Result<(), AppError> {
        match self {
            Self::File(file) => match file.take() {
                Some(file) => file.fill(png),
                None => Ok(()),
            },
            Self::Folder { folder, existing } => {
                if index == 0 {
                    output::make_folder(folder)?;
                }
                WholeFile::begin(&folder.join(format!("{:05}.png", index + 1)), *existing)?.fill(png)
            }
        }
    }
}

/// What a photo's result is called in a folder: as the photo, with `.png` in the place of its own ending. What follows
/// any other dot belongs to the name: `me.v2.jpg` becomes `me.v2.png`, and `me.v2` too.
fn name_of(input: &Path) -> OsString {
    let name = input.file_name().unwrap_or(OsStr::new("carmine"));
    let stem = input.file_stem().filter(|_| endings::is_picture(input)).unwrap_or(name);
    let mut name = stem.to_owned();
    name.push(".png");
    name
}

/// A frame of an earlier run: left among new ones it would look like one of them.
pub fn numbered(folder: &Path) -> Option<String> {
    let names = std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_frame = |name: &str| {
        let stem = name.strip_suffix(".png").unwrap_or_default();
        stem.len() >= 5 && stem.bytes().all(|byte| byte.is_ascii_digit())
    };
    names.filter(|name| is_frame(name)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_never_cut_at_dots() {
        for (input, name) in [
            ("me.jpg", "me.png"),
            ("me.v2.png", "me.v2.png"),
            ("d/me.v2", "me.v2.png"),
            ("IMG.1.JPEG", "IMG.1.png"),
            ("IMG.1", "IMG.1.png"),
            (".hidden", ".hidden.png"),
            ("trailing.", "trailing..png"),
            ("Screenshot 2026-11-30 at 13.08.36", "Screenshot 2026-11-30 at 13.08.36.png"),
            ("..", "carmine.png"),
        ] {
            assert_eq!(name_of(Path::new(input)), name, "{input}");
        }
    }
}
