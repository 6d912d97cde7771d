//! Where the kiosk keeps what must outlast it: compiled shaders, the last good settings and catalogue, counters of
//! restarts, logs. Nothing about a person is ever written there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::AppError;
use crate::limited_read::{Patience, Unanswered, within};
use crate::output;

/// The folder asked for, else systemd's (`$STATE_DIRECTORY`, of which the first counts), else `carmine` in the user's
/// state folder (`$XDG_STATE_HOME`, or `~/.local/state`). `None` where none of them is known: then nothing is kept. The
/// folder need not exist.
pub fn find(asked: Option<&Path>) -> Option<PathBuf> {
    find_in(asked, |name| std::env::var_os(name))
}

fn find_in(asked: Option<&Path>, env: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    // Relative values of these variables are to be ignored, by the XDG base directory specification.
    let absolute = |path: PathBuf| path.is_absolute().then_some(path);
    let of_unit = || {
        let all = env("STATE_DIRECTORY")?;
        std::env::split_paths(&all).next().and_then(absolute)
    };
    let of_user = || {
        let xdg = env("XDG_STATE_HOME").map(PathBuf::from).and_then(absolute);
        let home = || Some(env("HOME").map(PathBuf::from).and_then(absolute)?.join(".local/state"));
        Some(xdg.or_else(home)?.join("carmine"))
    };
    asked.map(Path::to_path_buf).or_else(of_unit).or_else(of_user)
}

/// Makes the folder, closed to other users, with its parents.
///
/// # Errors
///
/// [`AppError::Output`] where it cannot be made.
pub fn make(folder: &Path) -> Result<(), AppError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| AppError::Output {
        path: folder.into(),
        why: format!("{error}; give another folder with --state"),
    })
}

/// Makes the folder where it is not there, and proves that its drive answers to who writes. A drive that is full or can only
/// be read will do: what is there already is read.
///
/// # Errors
///
/// [`AppError::Output`] where it cannot be made, or does not answer in time.
pub fn prepare(folder: &Path) -> Result<(), AppError> {
    let owned = folder.to_owned();
    let work = move || {
        make(&owned)?;
        let _ = output::check_folder(&owned);
        Ok(())
    };
    let late =
        |late: Unanswered| AppError::Output { path: folder.into(), why: format!("{late}; nothing is kept there") };
    within(folder, Patience::default(), work).unwrap_or_else(|error| Err(late(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_is_known() {
        let env = |set: &'static [(&str, &str)]| {
            move |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        };
        let found = |asked: Option<&str>, set| find_in(asked.map(Path::new), env(set));
        let all = &[("STATE_DIRECTORY", "/var/lib/a:/var/lib/b"), ("XDG_STATE_HOME", "/x"), ("HOME", "/home/me")];
        assert_eq!(found(Some("here"), all), Some("here".into()));
        assert_eq!(found(None, all), Some("/var/lib/a".into()));
        assert_eq!(found(None, &all[1..]), Some("/x/carmine".into()));
        assert_eq!(found(None, &all[2..]), Some("/home/me/.local/state/carmine".into()));
        assert_eq!(
            found(None, &[("XDG_STATE_HOME", "relative"), ("HOME", "/h")]),
            Some("/h/.local/state/carmine".into())
        );
        assert_eq!(found(None, &[]), None);
    }
}
