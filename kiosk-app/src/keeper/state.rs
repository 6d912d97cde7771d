//! The state folder as the keeper has it: found anew for each mirror, and looked after while nobody is there. A mirror may
//! write only into the folder that was there at its start, so one that was deleted or came back takes a fresh mirror.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::limited_read::{Patience, within};
use crate::{output, state_folder};

/// How often it is looked whether it is still, or again, what it was.
const LOOK: Duration = Duration::from_secs(30);
/// A look is short: it comes again, and the keeper has others to attend to.
const PATIENCE: Patience = Patience { silence: Duration::from_millis(200), whole: Duration::from_millis(400) };

/// The folder, if there is one.
pub struct StateFolder {
    path: Option<PathBuf>,
    /// That it cannot be used was told.
    is_told: bool,
    given: Given,
    looked: Option<Instant>,
}

/// What the mirror may write into.
enum Given {
    Nothing,
    /// Held open: the system would give the number of one that was deleted to another.
    Folder(Arc<File>),
    /// Its drive was too slow to tell which it is.
    Unknown,
}

impl StateFolder {
    /// At this path, which need not exist.
    pub fn at(path: Option<PathBuf>) -> Self {
        Self { path, is_told: false, given: Given::Nothing, looked: None }
    }

    /// For a mirror that starts: the folder, made where it is not there; `None` where there is none, or it cannot be used.
    pub fn give(&mut self, now: Instant) -> Option<PathBuf> {
        self.looked = Some(now);
        self.given = Given::Nothing;
        let state = std::path::absolute(self.path.as_deref()?).ok()?;
        match state_folder::prepare(&state) {
            Ok(()) => {
                if std::mem::take(&mut self.is_told) {
                    output::tell(&format!("carmine: {} is used again", state.display()));
                }
                self.given = open(&state);
                Some(state)
            }
            Err(error) => {
                if !std::mem::replace(&mut self.is_told, true) {
                    output::tell(&format!("carmine: {error}"));
                }
                None
            }
        }
    }

    /// Whether a fresh mirror could use what this one cannot. To be asked while nobody is there; looks now and then.
    pub fn wants_fresh_mirror(&mut self, now: Instant) -> bool {
        let Some(path) = &self.path else { return false };
        if self.looked.is_some_and(|looked| now.saturating_duration_since(looked) < LOOK) {
            return false;
        }
        self.looked = Some(now);
        let given = match &self.given {
            Given::Nothing => return state_folder::prepare(path).is_ok(),
            Given::Folder(given) => given,
            Given::Unknown => return false,
        };
        match is_at(given, path) {
            Ok(Some(same)) => !same,
            // Deleted; where it can be made again, it is of use.
            Ok(None) => {
                let is_made = state_folder::prepare(path).is_ok();
                if is_made {
                    output::tell(&format!("carmine: {} was deleted; it was made again", path.display()));
                }
                is_made
            }
            // It does not answer: what the mirror wants to keep waits for it.
            Err(()) => false,
        }
    }
}

fn open(folder: &Path) -> Given {
    let owned = folder.to_owned();
    let opened = within(folder, Patience::default(), move || File::open(owned));
    opened.ok().and_then(Result::ok).map_or(Given::Unknown, |folder| Given::Folder(Arc::new(folder)))
}

/// Whether this folder is the one at the path; `None` if there is none. Fails where the drive does not answer.
fn is_at(given: &Arc<File>, path: &Path) -> Result<Option<bool>, ()> {
    let (given, owned) = (Arc::clone(given), path.to_owned());
    let look = move || {
        let found = std::fs::metadata(&owned)?;
        let given = given.metadata()?;
        Ok((found.dev(), found.ino()) == (given.dev(), given.ino()))
    };
    match within(path, PATIENCE, look) {
        Ok(Ok(same)) => Ok(Some(same)),
        Ok(Err(error)) if io::Error::kind(&error) == ErrorKind::NotFound => Ok(None),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_was_deleted_is_made_again_and_wants_a_fresh_mirror() {
        let path = std::env::temp_dir().join(format!("carmine-state-{}", std::process::id()));
        let mut state = StateFolder::at(Some(path.clone()));
        let mut now = Instant::now();
        assert_eq!(state.give(now).as_deref(), Some(&*path));
        let mut looks = |state: &mut StateFolder| {
            now += LOOK;
            state.wants_fresh_mirror(now)
        };
        assert!(!looks(&mut state), "all is well");
        std::fs::remove_dir(&path).unwrap();
        assert!(looks(&mut state) && path.is_dir());
        assert!(looks(&mut state), "until there is one");
        state.give(now).unwrap();
        assert!(!state.wants_fresh_mirror(now + LOOK));
        std::fs::remove_dir(&path).unwrap();
    }

    #[test]
    fn one_that_could_not_be_used_wants_a_fresh_mirror_once_it_can() {
        let path = std::env::temp_dir().join(format!("carmine-state-file-{}", std::process::id()));
        std::fs::write(&path, "").unwrap();
        let mut state = StateFolder::at(Some(path.clone()));
        let now = Instant::now();
        assert_eq!(state.give(now), None);
        assert!(!state.wants_fresh_mirror(now + LOOK));
        std::fs::remove_file(&path).unwrap();
        assert!(!state.wants_fresh_mirror(now + LOOK), "not too often");
        assert!(state.wants_fresh_mirror(now + 2 * LOOK));
        assert!(state.give(now + 2 * LOOK).is_some());
        std::fs::remove_dir(&path).unwrap();
    }
}
