//! How many people agreed in a day, for each market and version of the consent text: a number for the shop, off unless it
//! is switched on, and nothing else. No time of day, no order, nothing of what came after.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::kept_files::KeptFiles;
use crate::limited_read::{self, ExpectedFile, Patience};
use crate::session::Consent;

/// The file's name in the state folder.
pub const FILE: &str = "consents.json";
/// Days that are kept.
const MOST_DAYS: usize = 400;

const EXPECTED: ExpectedFile = ExpectedFile {
    max_bytes: 1 << 20,
    missing: "it does not exist",
    folder: "it is a folder",
    too_large: "it is larger than 1 MiB",
};

/// Days (`2026-11-30`, UTC), and for each the numbers by market and version (`eu 3`).
type Days = BTreeMap<String, BTreeMap<String, u64>>;

/// The counter; without a folder it counts until the app ends.
#[derive(Debug, Default)]
pub struct Consents {
    file: Option<PathBuf>,
    files: KeptFiles,
    record: Record,
    /// There is a record that could not be read: it is not replaced before it was.
    is_unread: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    days: Days,
}

impl Consents {
    /// Goes on from what is on record in the state folder. A file that cannot be read is told and counted from 0; `files` writes it.
    pub fn open(state_folder: Option<&Path>, files: KeptFiles) -> Self {
        let file = state_folder.map(|folder| folder.join(FILE));
        let mut consents = Self { file, files, ..Self::default() };
        if let Some(file) = &consents.file {
            match Record::read(file) {
                Ok(record) => consents.record = record,
                Err(why) => {
                    consents.is_unread = is_closed(file);
                    let then = if consents.is_unread { "it is read again" } else { "counting consents from 0" };
                    log::warn!("cannot read {}: {why}; {then}", file.display());
                }
            }
        }
        consents
    }

    /// One more today.
    pub fn count(&mut self, consent: &Consent) {
        self.count_on(today(), consent);
    }

    fn count_on(&mut self, day: String, consent: &Consent) {
        let text = format!("{} {}", consent.market(), consent.version());
        *self.record.days.entry(day).or_default().entry(text).or_default() += 1;
        while self.record.days.len() > MOST_DAYS {
            self.record.days.pop_first();
        }
        if let Some(file) = &self.file {
            if self.is_unread {
                match Record::read(file) {
                    Ok(before) => self.record.add(before),
                    Err(_) if is_closed(file) => return,
                    // Damaged: there is nothing to be lost.
                    Err(_) => {}
                }
                self.is_unread = false;
            }
            // Numbers and short names are always JSON.
            self.files.put(file, serde_json::to_vec_pretty(&self.record).unwrap_or_default());
        }
    }

    /// How many agreed today, whatever the market and version.
    pub fn today(&self) -> u64 {
        self.record.days.get(&today()).map_or(0, |texts| texts.values().sum())
    }
}

impl Record {
    /// What the file holds; nothing if there is none.
    fn read(file: &Path) -> Result<Self, String> {
        let Some(text) = EXPECTED.read_if_there(file)? else { return Ok(Self::default()) };
        serde_json::from_str(&text).map_err(|error| error.to_string())
    }

    fn add(&mut self, other: Self) {
        for (day, texts) in other.days {
            let numbers = self.days.entry(day).or_default();
            texts.into_iter().for_each(|(text, number)| *numbers.entry(text).or_default() += number);
        }
    }
}

/// Whether the file is there, or may be, and cannot be read now.
fn is_closed(file: &Path) -> bool {
    limited_read::bytes(file, 1, Patience::default()).is_err_and(|error| error.kind() != ErrorKind::NotFound)
}

fn today() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_could_not_be_read_is_added_to() {
        let folder = std::env::temp_dir().join(format!("carmine-consents-closed-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let file = folder.join(FILE);
        // A folder in its place cannot be read, whoever this runs as.
        std::fs::create_dir_all(&file).unwrap();
        let mut consents = Consents::open(Some(&folder), KeptFiles::default());
        consents.count(&Consent::for_tests());
        assert_eq!(consents.today(), 1);
        std::fs::remove_dir(&file).unwrap();
        std::fs::write(&file, format!(r#"{{"days":{{"{}":{{"test 1":5}}}}}}"#, today())).unwrap();
        consents.count(&Consent::for_tests());
        consents.files.flush();
        let again = Consents::open(Some(&folder), KeptFiles::default());
        assert_eq!((consents.today(), again.today()), (7, 7));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_number_a_day_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("carmine-consents-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let open = || Consents::open(Some(&folder), KeptFiles::default());
        let mut consents = open();
        let consent = Consent::for_tests();
        consents.count_on("2026-11-29".into(), &consent);
        for _ in 0..3 {
            consents.count(&consent);
        }
        consents.files.flush();
        let again = open();
        assert_eq!((consents.today(), again.today()), (3, 3));
        let text = std::fs::read_to_string(folder.join(FILE)).unwrap();
        let plain: String = text.split_whitespace().collect();
        assert_eq!(plain, format!(r#"{{"days":{{"2026-11-29":{{"test1":1}},"{}":{{"test1":3}}}}}}"#, today()));
        for day in 0..500 {
            consents.count_on(format!("2020-{day:03}"), &consent);
        }
        assert_eq!(consents.record.days.len(), MOST_DAYS);
        consents.files.flush();
        std::fs::write(folder.join(FILE), "not JSON").unwrap();
        assert_eq!(open().today(), 0);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
