//! `carmine` as a library, so that its tests can sit in every room: commands, sources, screens, the session.
#![warn(clippy::print_stderr, reason = "it panics once nobody can hear it: use output::tell")]

use std::sync::LazyLock;
use std::time::Instant;

pub mod app;
pub mod backoff;
pub mod catalogue;
pub mod child;
pub mod choices;
pub mod cli;
pub mod commands;
pub mod confine;
pub mod consents;
#[cfg(target_os = "linux")]
pub mod curtain;
pub mod error;
pub mod exit;
pub mod file_watch;
pub mod full_screen;
pub mod gpu;
pub mod health;
#[cfg(target_os = "linux")]
pub mod keeper;
pub mod kept_files;
pub mod l10n;
pub mod last_good;
pub mod limited_read;
#[cfg(target_os = "linux")]
pub mod link;
pub mod logging;
mod logo;
pub mod memory;
pub mod models;
pub mod output;
pub mod palette;
pub mod provenance;
pub mod scanner;
pub mod service;
pub mod session;
pub mod settings;
pub mod sound;
pub mod source;
pub mod state_folder;
pub mod take_home;
pub mod text;
pub mod text_position;
pub mod threads;
pub mod tryable;
pub mod ui;

/// When this was first asked: `main` does so before all else.
pub fn started() -> Instant {
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    *STARTED
}
