//! How many people agreed in a day, for each market and version of the consent text: a number for the shop, off unless it
//! is switched on, and nothing else. No time of day, no order, nothing of what came after.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::kept_files::KeptFiles;
use crate::limited_read::ExpectedFile;
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

/// Days (`2026-11-30`, UTC), and for each the numbers by market and version (`eu 2`).
type Days = BTreeMap<String, BTreeMap<String, u64>>;

/// The counter; without a folder it counts until the app ends.
#[derive(Debug, Default)]
pub struct Consents {
    file: Option<PathBuf>,
    files: KeptFiles,
    record: Record,
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
        let record = file.as_deref().map_or_else(Record::default, |file| {
            let read = EXPECTED.read_if_there(file).and_then(|text| {
                text.map_or_else(
                    || Ok(Record::default()),
                    |text| serde_json::from_str(&text).map_err(|e| e.to_string()),
                )
            });
            read.unwrap_or_else(|why| {
                log::warn!("cannot read {}: {why}; counting consents from 0", file.display());
                Record::default()
            })
        });
        Self { file, files, record }
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
            // Numbers and short names are always JSON.
            self.files.put(file, serde_json::to_vec_pretty(&self.record).unwrap_or_default());
        }
    }

    /// How many agreed today, whatever the market and version.
    pub fn today(&self) -> u64 {
        self.record.days.get(&today()).map_or(0, |texts| texts.values().sum())
    }
}

fn today() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

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
