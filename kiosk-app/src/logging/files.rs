//! Log files whose total size is bounded: `carmine.log`, and what it held before in `carmine.1.log` and so on.
//!
//! The crates that rotate files bring a calendar and compression, or panic where a folder cannot be made; here a renamed
//! file is all there is, and every failure is returned.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Largest file, in bytes.
pub const MAX_BYTES: u64 = 1 << 20;
/// Files in all.
pub const FILES: usize = 4;

/// The file of this number; 0 is the newest.
pub fn path(folder: &Path, number: usize) -> PathBuf {
    folder.join(if number == 0 { "carmine.log".to_owned() } else { format!("carmine.{number}.log") })
}

/// The newest file, open for appending.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    file: File,
    bytes: u64,
}

impl Files {
    /// Opens or makes the newest file. The folder is closed to other users, and so are the files.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        let file = append(&path(folder, 0))?;
        let bytes = file.metadata()?.len();
        Ok(Self { folder: folder.to_owned(), file, bytes })
    }

    /// Appends a line, which has no end of its own, in one write: a process that is killed leaves whole lines, and so does a
    /// disk that is full.
    pub(super) fn write(&mut self, line: &str) -> io::Result<()> {
        let line = format!("{line}\n");
        // Somebody may have deleted it, or its folder.
        if !is_at(&self.file, &path(&self.folder, 0))? {
            *self = Self::open(&self.folder)?;
        }
        if self.bytes > 0 && self.bytes + line.len() as u64 > MAX_BYTES {
            self.rotate()?;
        }
        self.file.write_all(line.as_bytes()).inspect_err(|_| {
            // Fails only where the next try fails too.
            let _ = self.file.set_len(self.bytes);
        })?;
        self.bytes += line.len() as u64;
        Ok(())
    }

    fn rotate(&mut self) -> io::Result<()> {
        for number in (1..FILES).rev() {
            match std::fs::rename(path(&self.folder, number - 1), path(&self.folder, number)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        self.file = append(&path(&self.folder, 0))?;
        self.bytes = 0;
        Ok(())
    }
}

/// Whether this file is what lies at the path. Where the system cannot tell, whether anything does.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let found = match std::fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let open = file.metadata()?;
        Ok((found.dev(), found.ino()) == (open.dev(), open.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = (file, found);
        Ok(true)
    }
}

fn append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        use rustix::fs::OFlags;

        options.mode(0o600);
        // A link would lead the log to where others may read it, and a pipe would hold the kiosk up.
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    let file = options.open(path).map_err(|error| match error.raw_os_error() {
        #[cfg(unix)]
        Some(code) if code == rustix::io::Errno::LOOP.raw_os_error() => io::Error::other("a link is in its place"),
        #[cfg(unix)]
        Some(code) if code == rustix::io::Errno::NXIO.raw_os_error() => io::Error::other("a pipe is in its place"),
        _ => error,
    })?;
    // A device cannot be rotated.
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("something other than a file is in its place"));
    }
    Ok(file)
}

/// The newest lines of all files, oldest first, at most so many bytes of them. What cannot be read is left out.
pub fn newest(folder: &Path, most_bytes: usize) -> String {
    let mut text = String::new();
    for number in 0..FILES {
        if text.len() >= most_bytes {
            break;
        }
        let Ok(bytes) = std::fs::read(path(folder, number)) else { continue };
        text = String::from_utf8_lossy(&bytes).into_owned() + &text;
    }
    let mut from = text.len().saturating_sub(most_bytes);
    if from > 0 {
        // Whole lines only.
        from = text.bytes().skip(from).position(|byte| byte == b'\n').map_or(text.len(), |end| from + end + 1);
    }
    text.split_off(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("carmine-log-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn files_rotate_within_a_fixed_size_and_lines_stay_whole() {
        let folder = folder("rotate");
        let mut files = Files::open(&folder).unwrap();
        let line = |number: u32| format!("line {number} {}", "x".repeat(4000));
        for number in 0..3000 {
            files.write(&line(number)).unwrap();
            if number == 1500 {
                // A restart goes on where it was.
                files = Files::open(&folder).unwrap();
            }
        }
        let mut names: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["carmine.1.log", "carmine.2.log", "carmine.3.log", "carmine.log"]);
        let sizes = (0..FILES).map(|number| std::fs::metadata(path(&folder, number)).unwrap().len());
        assert!(sizes.clone().all(|size| size <= MAX_BYTES), "{sizes:?}");
        let tail = newest(&folder, 20_000);
        let lines: Vec<_> = tail.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[3], line(2999));
        let all = newest(&folder, usize::MAX);
        let first: u32 = all.split(' ').nth(1).unwrap().parse().unwrap();
        assert!(all.lines().zip(first..).all(|(found, number)| found == line(number)), "in order, none lost between");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn files_that_are_deleted_are_made_again_with_their_folder() {
        let folder = folder("deleted");
        let mut files = Files::open(&folder).unwrap();
        files.write("before").unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        files.write("after").unwrap();
        std::fs::remove_file(path(&folder, 0)).unwrap();
        files.write("again").unwrap();
        files.write("and more").unwrap();
        assert_eq!(newest(&folder, 100), "again\nand more\n");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn other_users_read_nothing_and_a_link_to_a_device_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder("rights");
        drop(Files::open(&folder).unwrap());
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&path(&folder, 0))), (0o700, 0o600));
        std::fs::remove_file(path(&folder, 0)).unwrap();
        std::os::unix::fs::symlink("/dev/full", path(&folder, 0)).unwrap();
        assert!(Files::open(&folder).is_err());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
