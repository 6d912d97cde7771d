//! Text files that somebody else wrote: never more than a limit of them is read, whatever they say of their length.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// What a file should be. The texts are for whoever gave another one: what is wrong, and the mend.
pub struct ExpectedFile {
    /// Largest file that is read.
    pub max_bytes: u64,
    /// What to say where there is no such file.
    pub missing: &'static str,
    /// What to say of a folder.
    pub folder: &'static str,
    /// What to say of a larger file.
    pub too_large: &'static str,
}

impl ExpectedFile {
    /// The file's text; else why there is none, in one line.
    pub fn read(&self, path: &Path) -> Result<String, String> {
        self.read_if_there(path)?.ok_or_else(|| self.missing.to_owned())
    }

    /// The file's text, `None` if there is no such file; else why there is none, in one line.
    pub fn read_if_there(&self, path: &Path) -> Result<Option<String>, String> {
        if path.is_dir() {
            return Err(self.folder.to_owned());
        }
        let mut bytes = Vec::new();
        match File::open(path).and_then(|file| file.take(self.max_bytes + 1).read_to_end(&mut bytes)) {
            Err(error) => match error.kind() {
                ErrorKind::NotFound => Ok(None),
                ErrorKind::PermissionDenied => Err("no permission; let this user read it".to_owned()),
                _ => Err(error.to_string()),
            },
            Ok(_) if bytes.len() as u64 > self.max_bytes => Err(self.too_large.to_owned()),
            Ok(_) => String::from_utf8(bytes).map(Some).map_err(|_| "it is not text in UTF-8; save it so".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_limit_is_read() {
        let expected = ExpectedFile { max_bytes: 4, missing: "missing", folder: "folder", too_large: "too large" };
        let path = std::env::temp_dir().join(format!("carmine-limited-{}", std::process::id()));
        assert_eq!(expected.read(&path), Err("missing".to_owned()));
        assert_eq!(expected.read_if_there(&path), Ok(None));
        assert_eq!(expected.read(&std::env::temp_dir()), Err("folder".to_owned()));
        std::fs::write(&path, "four").unwrap();
        assert_eq!(expected.read(&path).as_deref(), Ok("four"));
        std::fs::write(&path, "fives").unwrap();
        assert_eq!(expected.read(&path), Err("too large".to_owned()));
        std::fs::write(&path, b"\xFF").unwrap();
        assert!(expected.read(&path).unwrap_err().contains("UTF-8"));
        std::fs::remove_file(&path).unwrap();
    }
}
