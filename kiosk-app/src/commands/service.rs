//! The hidden command `carmine service …`: one of the kiosk's own processes, which its keeper starts. Each locks itself
//! before it takes anything in, and becomes what it is for.

use std::ffi::OsString;
use std::io::Read;
#[cfg(target_os = "linux")]
use std::io::Seek;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::{Purpose, ServiceCommand};
use crate::confine::{Locks, Rules, confine, probe};
use crate::error::AppError;
use crate::output::{self, Existing, WholeFile};
use crate::take_home::photo::server;

/// Most bytes that are taken in: no picture of a screen, page or sound has more.
const MAX_INPUT_BYTES: u64 = 1 << 28;

/// Runs it to its end: the exit code.
pub fn run(command: &ServiceCommand) -> Result<u8, AppError> {
    // A list of processes would call it `exe`, after the way in which its keeper starts it.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::set_name(command.process_name());
    match command {
        ServiceCommand::Probe { state } => probe_locks(state)?,
        #[cfg(target_os = "linux")]
        ServiceCommand::Curtain(args) => return crate::curtain::run(args),
        ServiceCommand::Photo => {
            server::serve(std::io::stdin(), std::io::stdout(), || tell(&confine(&Rules::closed())));
        }
        ServiceCommand::Save { name } => save(name)?,
        ServiceCommand::Run { purpose, command } => run_program(*purpose, command)?,
    }
    Ok(0)
}

/// Says what is missing, on standard error.
fn tell(locks: &Locks) {
    if let Some(lacking) = locks.lacking() {
        log::warn!("this process runs without all locks: {lacking}");
    }
}

fn probe_locks(state: &Path) -> Result<(), AppError> {
    let locks = probe::attempt(confine(&Rules::mirror(Some(state))), state);
    let text = serde_json::to_string(&locks).map_err(|error| AppError::Usage(error.to_string()))?;
    output::print(&format!("{text}\n"));
    Ok(())
}

/// Saves standard input under a plain name, never over another file.
fn save(name: &Path) -> Result<(), AppError> {
    if name.file_name() != Some(name.as_os_str()) {
        return Err(AppError::Usage(format!("{}: give a name without a folder", name.display())));
    }
    let here = Path::new(".");
    tell(&confine(&Rules::saver(here)));
    let fail = |why: String| AppError::Output { path: name.into(), why };
    let mut bytes = Vec::new();
    let read = std::io::stdin().take(MAX_INPUT_BYTES + 1).read_to_end(&mut bytes);
    match read {
        Ok(0) => return Err(fail("nothing came to be saved".into())),
        Ok(_) if bytes.len() as u64 > MAX_INPUT_BYTES => return Err(fail("it is larger than any picture".into())),
        Ok(_) => {}
        Err(error) => return Err(fail(format!("it did not come whole ({error})"))),
    }
    WholeFile::begin(name, Existing::Keep)?.fill(&bytes)
}

fn run_program(purpose: Purpose, words: &[OsString]) -> Result<(), AppError> {
    let [program, arguments @ ..] = words else { return Err(AppError::Usage("no program is given".into())) };
    let rules = match purpose {
        Purpose::Print => Rules::program(),
        Purpose::Sound => Rules::local_program(),
        Purpose::Decode => Rules::decoder(),
    };
    tell(&confine(&rules));
    let mut command = Command::new(program);
    command.args(arguments);
    if purpose != Purpose::Decode {
        let whole = take_input().map_err(|error| AppError::Program { program: "carmine".into(), error })?;
        command.stdin(whole);
    }
    let error = become_program(command);
    Err(AppError::Program { program: program.to_string_lossy().into_owned(), error })
}

/// All of standard input, in memory that belongs to no other process: whoever sends it, a page with a picture for one,
/// is rid of it at once, however slowly the program reads.
#[cfg(target_os = "linux")]
fn take_input() -> std::io::Result<Stdio> {
    let memory = rustix::fs::memfd_create(c"input", rustix::fs::MemfdFlags::CLOEXEC)?;
    let mut memory = std::fs::File::from(memory);
    std::io::copy(&mut std::io::stdin().take(MAX_INPUT_BYTES), &mut memory)?;
    memory.rewind()?;
    Ok(memory.into())
}

#[cfg(not(target_os = "linux"))]
fn take_input() -> std::io::Result<Stdio> {
    Ok(Stdio::inherit())
}

#[cfg(unix)]
fn become_program(mut command: Command) -> std::io::Error {
    std::os::unix::process::CommandExt::exec(&mut command)
}

/// Without exec this process stays beside the program, and ends as it does.
#[cfg(not(unix))]
fn become_program(mut command: Command) -> std::io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
