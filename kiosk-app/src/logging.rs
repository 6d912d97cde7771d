//! Logging: records of the `log` crate and lines for people, one line each, to standard error, and in a kiosk also into
//! files of a fixed total size in the state folder.
//!
//! ```text
//! log::warn!, output::tell ──▶ sink: escape, count repeats ─┬─▶ standard error
//! standard error of a child ──▶ (in the keeper)             └─▶ files, rotated (state folder)
//! ```
//!
//! Only the process that the user or systemd started writes files; what it started writes to a pipe that it reads. What
//! may be logged is listed in `docs/PRIVACY.md`: nothing about a person.

mod child;
pub mod files;
mod kept;
mod line;
mod repeats;
mod sink;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use clap::ValueEnum;
use log::{Log, Metadata, Record};

pub use self::child::{ChildLog, Complaints};
use self::line::Line;
use self::sink::Sink;

/// How lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Plain,
    /// One JSON object a line, for programs.
    Json,
}

/// Which records are written where `RUST_LOG` does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Errors alone: a command's answer is its output.
    Command,
    /// Carmine's warnings, too: nobody sits before a kiosk.
    Kiosk,
}

impl Filter {
    fn directives(self) -> &'static str {
        match self {
            Self::Command => "error,wgpu_hal=off",
            Self::Kiosk => "error,carmine=warn,carmine_kiosk=warn,wgpu_hal=off",
        }
    }
}

/// The most detailed of libraries' records that are ever written.
const LIBRARIES: log::Level = log::Level::Info;

/// The variable that asks for a format where no option does.
pub const FORMAT_VARIABLE: &str = "CARMINE_LOG_FORMAT";
/// Where the files lie in the state folder.
pub const FOLDER: &str = "log";

static SINK: OnceLock<Mutex<Sink>> = OnceLock::new();

fn sink() -> MutexGuard<'static, Sink> {
    // A panic while a line was written leaves a sink that can go on.
    SINK.get_or_init(|| Mutex::new(Sink::new(LogFormat::Plain))).lock().unwrap_or_else(PoisonError::into_inner)
}

/// The format that was asked for, else the one that the environment names, else plain.
pub fn format(asked: Option<LogFormat>) -> LogFormat {
    let named = || LogFormat::from_str(&std::env::var(FORMAT_VARIABLE).ok()?, true).ok();
    asked.or_else(named).unwrap_or_default()
}

/// Begins: records go to standard error from here on. To be called once, first thing.
pub fn start(format: LogFormat, filter: Filter) {
    sink().set_format(format);
    let env = env_logger::Env::default().default_filter_or(filter.directives());
    let logger = Logger { filter: env_logger::Builder::from_env(env).build() };
    let most = logger.filter.filter();
    // Fails only where a logger is set already.
    if log::set_boxed_logger(Box::new(logger)).is_ok() {
        log::set_max_level(most);
    }
}

/// Also keeps lines in files below this state folder, from here on. Where that fails, one line says so, and it is tried
/// again later: the kiosk goes on.
pub fn keep_in(state_folder: &Path) {
    sink().keep_in(&state_folder.join(FOLDER));
}

/// Waits a moment for the files to have every line: to be called last.
pub fn flush() {
    sink().flush();
}

/// A line for people, such as an error and its mend; on standard error it appears without time and level.
pub(crate) fn tell(text: &str) {
    sink().write(&Line::told(text));
}

/// Whatever `RUST_LOG` asks for: in detail only our own records, which hold nothing about a person. Libraries write down
/// what they work on, such as each text that is laid out, products and shades among them.
fn may_be_logged(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let crate_name = target.split("::").next().unwrap_or(target);
    metadata.level() <= LIBRARIES || crate_name == "carmine" || crate_name.starts_with("carmine_")
}

/// Passes records on; `env_logger` reads `RUST_LOG` and decides which.
struct Logger {
    filter: env_logger::Logger,
}

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        may_be_logged(metadata) && self.filter.enabled(metadata)
    }

    fn log(&self, record: &Record<'_>) {
        if may_be_logged(record.metadata()) && self.filter.matches(record) {
            sink().write(&Line::of(record));
        }
    }

    fn flush(&self) {}
}
