//! Locks that a process puts on itself, first thing, so that a fault in it can do little: no core dump, no debugger, no
//! network, no writing beside its own folder, no other program. They hold until the process ends and cannot be opened.
//!
//! In: [`Rules`], what this process may still do. Out: [`Locks`], which of the locks are held, and why the others are
//! not: an old kernel, or another system than Linux. Nothing is taken for granted: [`probe`] tries what is forbidden.
//!
//! 1. No dumps and no debugger (`PR_SET_DUMPABLE`), no core file (`RLIMIT_CORE`), no new privileges.
//! 2. Files (landlock): what may be written, read and executed.
//! 3. System calls (seccomp), for all threads: sockets, programs, other processes, namespaces, the kernel's own matters.
//!
//! Landlock binds the calling thread and those it starts later, so the locks are taken before any other thread runs.

#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod files;
pub mod probe;
mod rules;

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::error::AppError;
pub use rules::{Reading, Rules, Sockets, Writing};

/// A lock, in the order in which they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lock {
    /// The kernel writes no dump of this process, and nobody but root reads its memory.
    Dumps,
    /// No core file, whatever the limits were; programs that it starts inherit this.
    CoreFile,
    /// No program can give it more rights.
    Privileges,
    /// Which files it may touch.
    Files,
    /// What it may ask of the kernel.
    Calls,
}

impl Lock {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Dumps, Self::CoreFile, Self::Privileges, Self::Files, Self::Calls];

    /// What it keeps from happening, for a log or a technician.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dumps => "memory dumps and debuggers (not dumpable)",
            Self::CoreFile => "core files (RLIMIT_CORE)",
            Self::Privileges => "new privileges (no_new_privs)",
            Self::Files => "other files and programs (landlock)",
            Self::Calls => "network, programs, other processes (seccomp)",
        }
    }
}

/// A lock that is not held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Which.
    pub lock: Lock,
    /// Why, and how to mend it.
    pub why: String,
}

/// Which locks a process holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locks {
    /// These hold until it ends.
    pub held: Vec<Lock>,
    /// These do not.
    pub missing: Vec<Missing>,
}

impl Locks {
    /// Without any, each for this reason.
    pub fn none(why: &str) -> Self {
        let missing = Lock::ALL.into_iter().map(|lock| Missing { lock, why: why.to_owned() });
        Self { held: Vec::new(), missing: missing.collect() }
    }

    /// Whether none is missing.
    pub fn are_all_held(&self) -> bool {
        self.missing.is_empty()
    }

    /// One line about what is missing; `None` where nothing is.
    pub fn lacking(&self) -> Option<String> {
        let lines: Vec<String> =
            self.missing.iter().map(|Missing { lock, why }| format!("{}: {why}", lock.name())).collect();
        (!lines.is_empty()).then(|| lines.join("; "))
    }

    fn note(&mut self, lock: Lock, taken: Result<(), String>) {
        match taken {
            Ok(()) => self.held.push(lock),
            Err(why) => self.missing.push(Missing { lock, why }),
        }
    }
}

static TAKEN: OnceLock<Locks> = OnceLock::new();

/// The locks that [`confine`] took in this process; none if it was not called.
pub fn taken() -> Locks {
    TAKEN.get().cloned().unwrap_or_else(|| Locks::none("this process was started without them"))
}

/// Says on standard error and in the log what a process lacks that should hold all locks.
///
/// # Errors
///
/// [`AppError::Locks`] if any is missing and `required` is set.
pub fn check(required: bool) -> Result<(), AppError> {
    let Some(lacking) = taken().lacking() else { return Ok(()) };
    if required {
        return Err(AppError::Locks(lacking));
    }
    crate::output::tell(&format!("carmine: NOT LOCKED IN: this machine gives no lock on {lacking}"));
    Ok(())
}

/// Takes every lock that this system has. What cannot be taken is left out; the caller decides whether to go on.
#[cfg(target_os = "linux")]
pub fn confine(rules: &Rules<'_>) -> Locks {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    use rustix::thread::set_no_new_privs;

    let mut locks = Locks::default();
    let said = |error: rustix::io::Errno| format!("the kernel refuses it ({error})");
    locks.note(Lock::Dumps, set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(said));
    let no_bytes = Rlimit { current: Some(0), maximum: Some(0) };
    locks.note(Lock::CoreFile, setrlimit(Resource::Core, no_bytes).map_err(said));
    locks.note(Lock::Privileges, set_no_new_privs(true).map_err(said));
    // Before any other thread runs; the system calls come last, since they also close the way to further locks.
    locks.note(Lock::Files, files::lock(rules));
    locks.note(Lock::Calls, calls::lock(rules));
    // Only the first locks of a process count; none of them is ever opened again.
    TAKEN.get_or_init(|| locks.clone());
    locks
}

/// There are no such locks on this system.
#[cfg(not(target_os = "linux"))]
pub fn confine(_: &Rules<'_>) -> Locks {
    Locks::none("only Linux has it: run the kiosk there")
}
