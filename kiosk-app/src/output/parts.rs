//! Temporary files beside the files that they become: `.NAME.PID.part`. A process that is killed leaves them, and the
//! next one that writes there takes them away.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Most entries of a folder that are looked through.
const MAX_ENTRIES: usize = 10_000;
/// Longest name, in bytes, that stands as it is in its temporary file's: drives take 255 in all.
const MAX_NAME: usize = 200;

/// The temporary file of this process for `target`.
pub(super) fn part_of(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(short(target.file_name().unwrap_or_default()));
    name.push(format!(".{}.part", std::process::id()));
    target.with_file_name(name)
}

/// The name; of a longer one its hash, so that what is added to it fits.
fn short(name: &OsStr) -> OsString {
    if name.len() <= MAX_NAME {
        return name.into();
    }
    HEXLOWER.encode(&Sha256::digest(name.as_encoded_bytes())[..16]).into()
}

/// Marks a temporary file as one whose writer lives. File systems without locks are content with the process's id.
pub(super) fn hold(file: &File) {
    let _ = file.try_lock();
}

/// Removes what killed processes left of `target`.
pub(super) fn clean_beside(target: &Path) {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Some(name) = target.file_name().map(short) {
        clean(folder, |of| name == of);
    }
}

/// Removes what killed processes left of any file in `folder`.
pub fn clean_folder(folder: &Path) {
    clean(folder, |_| true);
}

fn clean(folder: &Path, wanted: impl Fn(&str) -> bool) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.take(MAX_ENTRIES).filter_map(|entry| Some(entry.ok()?.path())) {
        let parsed = path.file_name().and_then(|name| parse(name.to_str()?));
        if parsed.is_some_and(|(of, pid)| wanted(of) && pid != std::process::id() && !is_running(pid)) && is_free(&path)
        {
            // If it cannot be removed it does no harm.
            let _ = std::fs::remove_file(&path);
        }
    }
}

/// The name and process in `.NAME.PID.part`.
fn parse(name: &str) -> Option<(&str, u32)> {
    let (of, pid) = name.strip_prefix('.')?.strip_suffix(".part")?.rsplit_once('.')?;
    Some((of, pid.parse().ok()?))
}

/// Where it is not known, the lock alone decides.
fn is_running(pid: u32) -> bool {
    cfg!(target_os = "linux") && Path::new(&format!("/proc/{pid}")).exists()
}

/// Whether no living process holds it, in whatever container: ids alone mean nothing there.
fn is_free(path: &Path) -> bool {
    crate::limited_read::open_regular(path).is_ok_and(|file| file.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_as_long_as_a_drive_takes_has_a_temporary_file() {
        for length in [1, 199, 200, 201, 236, 255] {
            let part = part_of(Path::new(&"n".repeat(length)));
            assert!(part.as_os_str().len() <= 255, "{length}: {part:?}");
            assert!(parse(part.to_str().unwrap()).is_some_and(|(_, pid)| pid == std::process::id()), "{part:?}");
        }
        let other = |end: &str| part_of(Path::new(&("n".repeat(240) + end)));
        assert_ne!(other("a.png"), other("b.png"));
    }

    #[test]
    fn only_what_dead_processes_left_is_removed() {
        let folder = std::env::temp_dir().join(format!("carmine-parts-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let dead = u32::MAX - 1;
        let make = |name: String| std::fs::write(folder.join(name), "half").unwrap();
        make(format!(".out.json.{dead}.part"));
        make(format!(".other.json.{dead}.part"));
        make(format!(".out.json.{}.part", std::process::id()));
        make(".out.json.1.part".into());
        for name in ["out.json", ".out.json.x.part", "out.json.12.part", ".part"] {
            make(name.into());
        }
        let held = File::create(folder.join(format!(".held.{dead}.part"))).unwrap();
        hold(&held);
        let count = || std::fs::read_dir(&folder).unwrap().count();
        clean_beside(&folder.join("out.json"));
        assert_eq!(count(), 8, "one was removed");
        assert!(!folder.join(format!(".out.json.{dead}.part")).exists());
        clean_folder(&folder);
        assert_eq!(count(), 7, "the other, but not the held one");
        assert!(folder.join(format!(".held.{dead}.part")).exists());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
