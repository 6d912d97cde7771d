//! Tries what the locks of the mirror forbid: a lock counts as held only if the kernel refuses.
//!
//! In: the locks that a process says it holds. Out: the same, without those that let something through.
//! 1. [`ask`] starts this program as another process, which takes the mirror's locks and calls [`attempt`].
//! 2. Each attempt that succeeds, and each permitted thing that fails, moves its lock to the missing ones.

use std::fs::File;
use std::io::{Error, ErrorKind};
use std::net::{TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Lock, Locks, Missing};

/// Which locks a mirror would hold on this machine: taken and tried in a process of their own.
pub fn ask() -> Locks {
    let name = format!("carmine-probe-{}", std::process::id());
    let state = std::env::temp_dir().join(name);
    let asked = std::fs::create_dir_all(&state).and_then(|()| {
        let program = std::env::current_exe()?;
        let output = Command::new(program).args(["service", "probe"]).arg(&state).stdin(Stdio::null()).output()?;
        serde_json::from_slice(&output.stdout).map_err(Error::from)
    });
    let _ = std::fs::remove_dir_all(&state);
    asked.unwrap_or_else(|error| Locks::none(&format!("it cannot be tried: {error}")))
}

/// Tries each lock that is held. `state` is the folder in which this process may write; its parent is one in which it
/// may not. Leaves nothing behind.
pub fn attempt(locks: Locks, state: &Path) -> Locks {
    let mut tried = Locks { held: Vec::new(), missing: locks.missing };
    for lock in locks.held {
        let fault = match lock {
            Lock::Dumps => dumps(),
            Lock::CoreFile => core_file(),
            Lock::Privileges => privileges(),
            Lock::Files => files(state),
            Lock::Calls => calls(),
        };
        match fault {
            None => tried.held.push(lock),
            Some(what) => tried.missing.push(Missing { lock, why: format!("it was taken, yet {what}") }),
        }
    }
    tried
}

#[cfg(target_os = "linux")]
fn dumps() -> Option<String> {
    let is_off = rustix::process::dumpable_behavior() == Ok(rustix::process::DumpableBehavior::NotDumpable);
    (!is_off).then(|| "the process can be dumped".to_owned())
}

#[cfg(target_os = "linux")]
fn core_file() -> Option<String> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Core);
    (limit.maximum != Some(0)).then(|| "the limit is not 0".to_owned())
}

#[cfg(target_os = "linux")]
fn privileges() -> Option<String> {
    (rustix::thread::no_new_privs() != Ok(true)).then(|| "programs can get new ones".to_owned())
}

#[cfg(not(target_os = "linux"))]
fn dumps() -> Option<String> {
    Some("this system has none".to_owned())
}

#[cfg(not(target_os = "linux"))]
fn core_file() -> Option<String> {
    dumps()
}

#[cfg(not(target_os = "linux"))]
fn privileges() -> Option<String> {
    dumps()
}

/// Whether the kernel refused.
fn is_refused<T>(tried: &Result<T, Error>) -> bool {
    tried.as_ref().is_err_and(|error| error.kind() == ErrorKind::PermissionDenied)
}

fn files(state: &Path) -> Option<String> {
    let (own, foreign) = (state.join("probe"), state.with_extension("foreign"));
    if let Err(error) = std::fs::write(&own, "probe").and_then(|()| std::fs::remove_file(&own)) {
        return Some(format!("its own folder cannot be written ({error})"));
    }
    let tried = File::create(&foreign);
    let is_made = std::fs::remove_file(&foreign).is_ok();
    if is_made || !is_refused(&tried) {
        return Some(format!("a file could be made beside its own folder, {}", foreign.display()));
    }
    None
}

fn calls() -> Option<String> {
    let any = (std::net::Ipv4Addr::LOCALHOST, 0);
    if !is_refused(&UdpSocket::bind(any)) || !is_refused(&TcpListener::bind(any)) {
        return Some("a network socket could be opened".to_owned());
    }
    #[cfg(target_os = "linux")]
    if let Some(what) = other_sockets() {
        return Some(what);
    }
    let started = Command::new("/proc/self/exe").arg("--version").stdout(Stdio::null()).spawn();
    if let Ok(mut child) = started {
        let _ = child.wait();
        return Some("a program could be started".to_owned());
    }
    None
}

#[cfg(target_os = "linux")]
fn other_sockets() -> Option<String> {
    use rustix::net::{AddressFamily, SocketType, socket};
    let refused = |family, kind| socket(family, kind, None).is_err_and(|error| error == rustix::io::Errno::PERM);
    if !refused(AddressFamily::NETLINK, SocketType::RAW) || !refused(AddressFamily::PACKET, SocketType::DGRAM) {
        return Some("a socket to the kernel could be opened".to_owned());
    }
    let local = socket(AddressFamily::UNIX, SocketType::STREAM, None);
    local.err().map(|error| format!("a socket of this machine cannot be opened ({error})"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    /// The other way round is tested on the program itself, since locks cannot be opened again.
    #[test]
    fn a_process_without_locks_is_found_out() {
        let state = std::env::temp_dir().join(format!("carmine-unlocked-{}", std::process::id()));
        std::fs::create_dir_all(&state).unwrap();
        let tried = attempt(Locks { held: Lock::ALL.to_vec(), missing: Vec::new() }, &state);
        std::fs::remove_dir_all(&state).unwrap();
        let whys: Vec<_> = tried.missing.iter().map(|missing| (missing.lock, missing.why.as_str())).collect();
        // A machine may forbid core files by itself.
        assert!(tried.held.iter().all(|lock| matches!(lock, Lock::CoreFile | Lock::Privileges)), "{tried:?}");
        assert!(
            whys.iter().any(|(lock, why)| *lock == Lock::Files && why.contains("beside its own folder")),
            "{whys:?}"
        );
        assert!(whys.iter().any(|(lock, why)| *lock == Lock::Calls && why.contains("network")), "{whys:?}");
        assert!(whys.iter().any(|(lock, _)| *lock == Lock::Dumps), "{whys:?}");
    }
}
