//! How many people agreed in a day, for each market and version of the consent text: a number for the shop, off unless it
//! is switched on, and nothing else. No time of day, no order, nothing of what came after.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::limited_read::ExpectedFile;
use crate::output;
use crate::session::Consent;
use crate::state_folder;

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
    record: Record,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    days: Days,
}

impl Consents {
    /// Goes on from what is on record in the state folder. A file that cannot be read is told and counted from 0.
    pub fn open(state_folder: Option<&Path>) -> Self {
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
        Self { file, record }
    }

    /// One more today.
    ///
    /// # Errors
    ///
    /// [`AppError::Output`] if it cannot be written; it is counted all the same, and written with the next.
    pub fn count(&mut self, consent: &Consent) -> Result<(), AppError> {
        self.count_on(today(), consent)
    }

    fn count_on(&mut self, day: String, consent: &Consent) -> Result<(), AppError> {
        let text = format!("{} {}", consent.market(), consent.version());
        *self.record.days.entry(day).or_default().entry(text).or_default() += 1;
        while self.record.days.len() > MOST_DAYS {
            self.record.days.pop_first();
        }
        let Some(file) = &self.file else { return Ok(()) };
        if let Some(folder) = file.parent() {
            state_folder::make(folder)?;
        }
        // Numbers and short names are always JSON.
        let text = serde_json::to_string_pretty(&self.record).unwrap_or_default();
        output::write_whole(file, text.as_bytes())
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
        let mut consents = Consents::open(Some(&folder));
        let consent = Consent::for_tests();
        consents.count_on("2026-11-29".into(), &consent).unwrap();
        for _ in 0..3 {
            consents.count(&consent).unwrap();
        }
        let again = Consents::open(Some(&folder));
        assert_eq!((consents.today(), again.today()), (3, 3));
        let text = std::fs::read_to_string(folder.join(FILE)).unwrap();
        let plain: String = text.split_whitespace().collect();
        assert_eq!(plain, format!(r#"{{"days":{{"2026-11-29":{{"test1":1}},"{}":{{"test1":3}}}}}}"#, today()));
        for day in 0..500 {
            consents.count_on(format!("2020-{day:03}"), &consent).unwrap();
        }
        assert_eq!(consents.record.days.len(), MOST_DAYS);
        std::fs::write(folder.join(FILE), "not JSON").unwrap();
        assert_eq!(Consents::open(Some(&folder)).today(), 0);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
