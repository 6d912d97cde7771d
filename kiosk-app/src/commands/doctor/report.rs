//! `carmine doctor --report`: everything that helps to find a fault from afar, as one text that is safe to send: no
//! pictures, no names of the host or its user, no serial numbers, no addresses or paths, no secrets.
//!
//! It is shown before it is saved, and saved only after a yes.

use std::fmt::Write as _;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use super::scrub::Scrubber;
use super::settings_lines;
use crate::error::AppError;
use crate::logging::{self, files};
use crate::settings::Settings;
use crate::{output, state_folder};

/// What a report is made from, and what becomes of it.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// Where it is saved.
    pub file: &'a Path,
    /// Save it without asking.
    pub yes: bool,
    /// The kiosk's settings file; `None`: it runs without one.
    pub config: Option<&'a Path>,
    /// The kiosk's state folder, if it is not the usual one.
    pub state: Option<&'a Path>,
}

/// Newest bytes of the log.
const LOG_BYTES: usize = 64 << 10;
/// Faults of the log that are listed apart.
const FAULTS: usize = 40;
/// Small files of the state folder that hold counters.
const COUNTERS: [&str; 1] = ["restarts.json"];
const MAX_COUNTER_BYTES: u64 = 4096;

/// Shows the report; saves it if it is wanted.
///
/// # Errors
///
/// [`AppError::Output`] if the file cannot be written.
pub fn run(findings: &str, report: &Report<'_>) -> Result<(), AppError> {
    let text = text(findings, report);
    output::print(&text);
    if !report.yes && !agrees(report.file) {
        output::tell("carmine: nothing was saved");
        return Ok(());
    }
    output::write_whole(report.file, text.as_bytes())?;
    output::tell(&format!("carmine: saved as {}; it is what was shown above", report.file.display()));
    Ok(())
}

fn agrees(file: &Path) -> bool {
    output::tell(&format!("Save this report as {}? It is what was shown above. [y/N]", file.display()));
    let mut answer = String::new();
    // No answer is a no.
    let _ = std::io::stdin().lock().take(64).read_line(&mut answer);
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

/// The report, with everything that could name a person, a place or a machine taken out.
fn text(findings: &str, report: &Report<'_>) -> String {
    let state = state_folder::find(report.state);
    let mut scrubber = Scrubber::of_this_machine();
    [report.config, report.state, Some(report.file)].into_iter().flatten().for_each(|path| scrubber.add_path(path));
    let mut text = findings.trim_start().to_owned();
    let _ = writeln!(text, "\nSettings");
    match report.config.map(Settings::open) {
        None => text.push_str("           no settings file was given (--config FILE)\n"),
        Some(Ok(settings)) => {
            scrubber.add_settings(&settings);
            settings_lines::of(&settings).iter().for_each(|line| {
                let _ = writeln!(text, "           {line}");
            });
        }
        Some(Err(error)) => {
            let _ = writeln!(text, "  LACKING  {error}");
        }
    }
    let _ = writeln!(text, "\nRestarts");
    let counters: Vec<String> = state.iter().flat_map(|folder| counters(folder)).collect();
    if counters.is_empty() {
        text.push_str("           none are on record\n");
    }
    counters.iter().for_each(|line| {
        let _ = writeln!(text, "           {line}");
    });
    let log = state.map(|folder| files::newest(&folder.join(logging::FOLDER), LOG_BYTES)).unwrap_or_default();
    let _ = writeln!(text, "\nFaults in the log, the newest last");
    let faults: Vec<&str> = log.lines().filter(|line| is_fault(line)).collect();
    if faults.is_empty() {
        text.push_str("           none\n");
    }
    for line in &faults[faults.len().saturating_sub(FAULTS)..] {
        let _ = writeln!(text, "  {line}");
    }
    let _ = writeln!(text, "\nThe log's last lines");
    text.push_str(if log.is_empty() { "           none\n" } else { &log });
    let mut clean = String::with_capacity(text.len());
    for line in text.lines() {
        let _ = writeln!(clean, "{}", scrubber.line(&output::escape(line)));
    }
    clean
}

/// Errors, warnings and what was told, in either format.
fn is_fault(line: &str) -> bool {
    ["ERROR", "WARN", "NOTE"]
        .iter()
        .any(|level| line.contains(&format!(" {level} ")) || line.contains(&format!("\"level\":\"{level}\"")))
}

/// Counters in the state folder, a line each.
fn counters(folder: &Path) -> Vec<String> {
    let read = |name: &str| {
        let file = std::fs::File::open(PathBuf::from(folder).join(name)).ok()?;
        let mut text = String::new();
        file.take(MAX_COUNTER_BYTES).read_to_string(&mut text).ok()?;
        Some(format!("{name}: {}", text.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    COUNTERS.into_iter().filter_map(read).collect()
}
