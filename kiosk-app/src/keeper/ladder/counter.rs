//! The count of failures of late: every five minutes one of them is forgotten. It lies in the state folder, so that a
//! kiosk that is started again knows what happened before.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::kept_files::KeptFiles;
use crate::limited_read::ExpectedFile;
use crate::output;

/// The file's name.
pub const FILE: &str = "restarts.json";
/// After so long one failure is forgotten.
const FORGET_S: u64 = 300;

const EXPECTED: ExpectedFile = ExpectedFile {
    max_bytes: 1024,
    missing: "it does not exist",
    folder: "it is a folder",
    too_large: "it is too long",
};

/// What is on record: so many failures, the last of them at this time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    failures: u32,
    last_unix_s: u64,
}

impl Record {
    fn failures_at(self, now_s: u64) -> u32 {
        let forgotten = now_s.saturating_sub(self.last_unix_s) / FORGET_S;
        self.failures.saturating_sub(u32::try_from(forgotten).unwrap_or(u32::MAX))
    }
}

/// The count and its file.
pub struct Counter {
    file: Option<PathBuf>,
    files: KeptFiles,
    record: Record,
}

impl Counter {
    /// What is on record in this folder. A file that cannot be read is told and counts as none.
    pub fn open(folder: Option<PathBuf>) -> Self {
        let file = folder.map(|folder| folder.join(FILE));
        let record = file.as_deref().map_or_else(Record::default, |file| {
            read(file).unwrap_or_else(|why| {
                output::tell(&format!("carmine: cannot read {}: {why}; counting failures from 0", file.display()));
                Record::default()
            })
        });
        let mut counter = Self { file, files: KeptFiles::default(), record };
        counter.mend_time(now_s());
        counter
    }

    /// Failures of late.
    pub fn failures(&mut self) -> u32 {
        let now_s = now_s();
        self.mend_time(now_s);
        self.record.failures_at(now_s)
    }

    /// One more.
    pub fn add(&mut self) {
        let failures = self.failures().saturating_add(1);
        self.put(failures);
    }

    /// The last one was none.
    pub fn take_back(&mut self) {
        let failures = self.failures().saturating_sub(1);
        self.put(failures);
    }

    fn put(&mut self, failures: u32) {
        self.record = Record { failures, last_unix_s: now_s() };
        if let Some(file) = &self.file {
            self.files.put(file, serde_json::to_vec(&self.record).unwrap_or_default());
        }
    }

    /// A clock that was set back would keep the record for as long: then its time begins now.
    fn mend_time(&mut self, now_s: u64) {
        self.record.last_unix_s = self.record.last_unix_s.min(now_s);
    }
}

fn now_s() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

fn read(file: &Path) -> Result<Record, String> {
    let Some(text) = EXPECTED.read_if_there(file)? else { return Ok(Record::default()) };
    serde_json::from_str(&text).map_err(|error| format!("it is damaged ({error})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_forgotten_one_by_one() {
        let record = Record { failures: 4, last_unix_s: 1000 };
        for (now_s, left) in [(0, 4), (1000, 4), (1299, 4), (1300, 3), (1600, 2), (2200, 0), (u64::MAX, 0)] {
            assert_eq!(record.failures_at(now_s), left, "{now_s}");
        }
    }

    #[test]
    fn the_count_outlasts_the_keeper_and_a_broken_file_is_none() {
        let folder = std::env::temp_dir().join(format!("carmine-counter-{}", std::process::id()));
        let open = || Counter::open(Some(folder.clone()));
        for _ in 0..3 {
            open().add();
        }
        assert_eq!(open().failures(), 3);
        for bad in ["", "{", "[]", "{\"failures\":-1,\"last_unix_s\":0}", &"x".repeat(2000)] {
            std::fs::write(folder.join(FILE), bad).unwrap();
            assert_eq!(open().failures(), 0, "{bad}");
        }
        // From a clock that was set back a century later.
        std::fs::write(folder.join(FILE), "{\"failures\":4,\"last_unix_s\":9999999999}").unwrap();
        let mut counter = open();
        assert_eq!(counter.failures(), 4);
        assert!(counter.record.last_unix_s <= now_s());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
