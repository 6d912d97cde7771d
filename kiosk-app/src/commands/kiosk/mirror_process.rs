//! What makes a process the mirror: it ends with its keeper, and takes its locks before anything else.

use rustix::process::{Signal, set_parent_process_death_signal};

use crate::app::pulse::{Sign, Signs};
use crate::cli::KioskArgs;
use crate::confine::{Rules, confine};
use crate::error::AppError;
use crate::exit;
use crate::health;
use crate::link::client::Client;
use crate::link::{Beat, FromMirror, LinkError, StageBeat};

/// What `ps` shows it as.
const NAME: &std::ffi::CStr = c"carmine-mirror";

/// Called first thing, before any other thread runs.
pub fn begin(args: &KioskArgs) -> Result<(), AppError> {
    // By SIGKILL: what a hung process does not answer would let it stay, with a picture that nobody watches over.
    let no_signal = |error: rustix::io::Errno| AppError::Keeper(error.to_string());
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(no_signal)?;
    let _ = rustix::thread::set_name(NAME);
    // What is missing is told once the settings say what that means. The keeper has made the folder.
    confine(&Rules::mirror(args.state_folder().as_deref()));
    Ok(())
}

/// Ends the process at once: nobody watches over it any more.
pub fn end_without_keeper(why: &LinkError) {
    crate::output::tell(&format!("carmine: the mirror ends with its keeper: {why}"));
    carmine_heap::wipe_and_exit(exit::FAILED);
}

/// Passes the window's signs of life on to the keeper.
pub fn signs(client: &'static Client) -> Signs {
    Box::new(|sign| {
        let message = match sign {
            Sign::Shown => FromMirror::Shown,
            Sign::Beat { sessions, idle, dark } => {
                let resident_bytes = if idle { resident_bytes() } else { 0 };
                let dark_ms = u64::try_from(dark.as_millis()).unwrap_or(u64::MAX);
                FromMirror::Beat(Beat { sessions, idle, resident_bytes, dark_ms, stages: stages() })
            }
        };
        // A keeper that is gone ends this process by itself; one that does not listen misses a beat.
        if let Err(error) = client.tell(&message) {
            log::debug!("the keeper: {error}");
        }
    })
}

/// How the stages are.
fn stages() -> Vec<StageBeat> {
    let beat = |stage: health::StageHealth| StageBeat {
        stage: stage.name.into(),
        age_ms: u64::try_from(stage.age.as_millis()).unwrap_or(u64::MAX),
        in_time: stage.in_time,
    };
    health::report().into_iter().map(beat).collect()
}

/// What this process has in memory; 0 if the system does not say.
fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()).unwrap_or_default() * 1024
}
