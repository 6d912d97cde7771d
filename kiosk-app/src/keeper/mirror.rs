//! The mirror's process, as its keeper has it.

use std::ffi::OsString;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::reaping;
use crate::error::AppError;
use crate::link::Link;
use crate::logging::{ChildLog, Complaints};

/// The running program, also where its file was replaced meanwhile.
const OWN: &str = "/proc/self/exe";
/// Free bytes on the state folder's disk below which the graphics driver keeps no compiled shaders.
const ROOM: u64 = 32 << 20;

/// What the C library is told. A mirror has two arenas at most: the graphics driver's threads allocate from them, and with
/// each session others do, so that by its own measure of eight a core every arena would keep the most that it ever held.
/// What C code frees is overwritten, which a cache for each thread would keep from being done. From 4 MiB on, what is
/// freed goes back to the system at once: by its own measure, which grows with what was freed before, a software driver's
/// pictures of a window that was large once would stay.
const MALLOC: (&str, &str) = (
    "GLIBC_TUNABLES",
    "glibc.malloc.arena_max=2:glibc.malloc.mmap_threshold=4194304:glibc.malloc.tcache_count=0:glibc.malloc.perturb=165",
);
/// The same in safe mode, which a driver that uses what it has freed may be in need of.
const MALLOC_IN_SAFE_MODE: (&str, &str) =
    ("GLIBC_TUNABLES", "glibc.malloc.arena_max=2:glibc.malloc.mmap_threshold=4194304");

/// A mirror and the link to it. Dropping it kills and reaps the process.
pub struct MirrorProcess {
    child: Child,
    link: Link,
    /// It is not waited for any more.
    is_left: bool,
    /// What it writes to standard error, where the keeper keeps a log.
    log: Option<ChildLog>,
}

impl MirrorProcess {
    /// Starts one with these options of the kiosk. The graphics driver keeps compiled shaders in `state`, or nothing is
    /// kept; with it, what the mirror writes to standard error goes into the keeper's log, but for what mirrors before it
    /// complained of.
    pub fn start(
        options: &[OsString],
        safe_mode: bool,
        state: Option<&Path>,
        told: &Complaints,
    ) -> Result<Self, AppError> {
        let failed = |why: String| AppError::Keeper(why);
        let (link, theirs) = Link::pair().map_err(|error| failed(error.to_string()))?;
        let mut command = Command::new(own_program().map_err(|error| failed(error.to_string()))?);
        command.arg0("carmine").arg("mirror").args(options);
        if safe_mode {
            command.arg("--safe-mode");
        }
        if state.is_none() {
            command.arg("--without-state");
        }
        match state.filter(|state| has_room(state)) {
            Some(state) => {
                let shaders = state.join("shaders");
                command.env("MESA_SHADER_CACHE_DIR", &shaders).env("__GL_SHADER_DISK_CACHE_PATH", &shaders);
                // In its other format an index is mapped into memory, which kills the process once the disk is full.
                command.env("MESA_DISK_CACHE_SINGLE_FILE", "true");
            }
            None => _ = command.env("MESA_SHADER_CACHE_DISABLE", "true").env("__GL_SHADER_DISK_CACHE", "0"),
        }
        let (tunables, value) = if safe_mode { MALLOC_IN_SAFE_MODE } else { MALLOC };
        if std::env::var_os(tunables).is_none() {
            command.env(tunables, value);
        }
        // The mirror has a keeper in place of a service manager.
        command.env_remove("NOTIFY_SOCKET").env_remove("WATCHDOG_USEC").env_remove("WATCHDOG_PID");
        if state.is_some() {
            command.stderr(Stdio::piped());
        }
        let child = command.stdin(Stdio::from(theirs.into_file())).spawn();
        let mut child = child.map_err(|error| failed(error.to_string()))?;
        let stderr = child.stderr.take();
        let mut mirror = Self { child, link, is_left: false, log: None };
        let log = stderr.map(|stderr| ChildLog::follow_after(told.clone(), stderr)).transpose();
        mirror.log = log.map_err(|error| failed(error.to_string()))?;
        Ok(mirror)
    }

    /// The link to it.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// The link as something to wait for.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.link.as_fd()
    }

    /// Its status once it has ended.
    pub fn try_wait(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Waits for it no longer: it is reaped on a thread, whenever the system lets go of it.
    pub fn leave(&mut self) {
        self.is_left = true;
        reaping::reap_later(&self.child);
    }

    fn pid(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        // Not reaped yet, so the number is still its own.
        if let Some(pid) = self.pid() {
            let _ = kill_process(pid, signal);
        }
    }
}

impl Drop for MirrorProcess {
    fn drop(&mut self) {
        if self.is_left {
            return;
        }
        let _ = reaping::end(&mut self.child);
        self.log.take().into_iter().for_each(ChildLog::finish);
    }
}

/// Whether compiled shaders can be kept there: a disk that is nearly full is left to what matters more.
fn has_room(state: &Path) -> bool {
    rustix::fs::statvfs(state).is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) >= ROOM)
}

/// The file of the running program.
pub fn own_program() -> std::io::Result<PathBuf> {
    if Path::new(OWN).exists() { Ok(OWN.into()) } else { std::env::current_exe() }
}
