//! The programs that the mirror asked for: started by kind with the settings' commands, killed on request and when the
//! mirror ends, and reaped.

use std::ffi::OsStr;
use std::io::Error;
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::mirror::own_program;
use super::reaping;
use crate::link::{FromKeeper, Link, LinkError, Refusal};
use crate::service::Service;
use crate::settings::Settings;

/// The most that run at once: far more than one shopper needs.
const MOST: usize = 16;
/// How long a page may take to be printed, from its beginning: also where the mirror that asked for it ends before.
pub const LAST_PAGE: Duration = Duration::from_secs(20);

/// Those that run.
#[derive(Default)]
pub struct Services {
    last_id: u32,
    running: Vec<Running>,
}

struct Running {
    id: u32,
    child: Child,
    service: Service,
    started: Instant,
    /// The mirror that asked for it is gone.
    orphaned: bool,
}

impl Running {
    /// Kills it and whatever it started. It is reaped later, so its id, which is its group's, is nobody else's.
    fn kill(&mut self) {
        // Both fail only where it has ended already.
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let _ = self.child.kill();
    }
}

impl Services {
    /// Starts one and answers over the link.
    pub fn start(&mut self, request: u32, service: Service, settings: &Settings, link: &Link) -> Result<(), LinkError> {
        if self.running.len() >= MOST {
            return link.send(&FromKeeper::Refused { request, why: Refusal::TooMany(MOST) }, &[]);
        }
        let mut child = match spawn(&service, settings) {
            Ok(child) => child,
            Err(why) => return link.send(&FromKeeper::Refused { request, why }, &[]),
        };
        self.last_id = self.last_id.wrapping_add(1);
        let id = self.last_id;
        // The mirror gets copies; the keeper's own are closed on return.
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        self.running.push(Running { id, child, service, started: Instant::now(), orphaned: false });
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else { return Ok(()) };
        link.send(&FromKeeper::Started { request, id }, &[stdin.as_fd(), stdout.as_fd(), stderr.as_fd()])
    }

    /// Kills one; its end is told when it is reaped.
    pub fn kill(&mut self, id: u32) {
        if let Some(running) = self.running.iter_mut().find(|running| running.id == id && !running.orphaned) {
            running.kill();
        }
    }

    /// Reaps those that ended, and tells the mirror if there is one.
    pub fn reap(&mut self, link: Option<&Link>) {
        let now = Instant::now();
        self.running.retain_mut(|running| {
            if running.orphaned && now.saturating_duration_since(running.started) >= LAST_PAGE {
                running.kill();
            }
            let Ok(Some(status)) = running.child.try_wait() else { return true };
            if let (Some(link), false) = (link, running.orphaned) {
                let ended = FromKeeper::Ended { id: running.id, wait_status: status.into_raw() };
                if let Err(error) = link.send(&ended, &[]) {
                    log::debug!("the mirror was not told that a program ended: {error}");
                }
            }
            false
        });
    }

    /// The mirror has ended: kills what it asked for, but for a page that is being printed.
    pub fn end_of_mirror(&mut self) {
        for running in &mut self.running {
            if !running.service.outlives_mirror() {
                running.kill();
                let _ = reaping::end(&mut running.child);
            }
            running.orphaned = true;
        }
        self.running.retain(|running| running.service.outlives_mirror());
    }

    /// Whether any runs.
    pub fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }

    /// Kills and reaps all.
    pub fn kill_all(&mut self) {
        for mut running in self.running.drain(..) {
            running.kill();
            let _ = reaping::end(&mut running.child);
        }
    }
}

/// Starts a service behind its locks, in a process group of its own.
fn spawn(service: &Service, settings: &Settings) -> Result<Child, Refusal> {
    let failed = |error: Error| Refusal::Start { program: "carmine".into(), why: error.to_string() };
    // What is behind the locks is looked for here: afterwards there is only an exit code.
    let inner = service.command(settings);
    if let Some(program) = inner.first().filter(|program| !is_there(program)) {
        return Err(Refusal::Missing(program.clone()));
    }
    let words = service.locked_command(settings, &own_program().map_err(failed)?);
    let [program, arguments @ ..] = words.as_slice() else { return Err(Refusal::None) };
    let mut command = Command::new(program);
    command.arg0("carmine").args(arguments).process_group(0);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env_remove("NOTIFY_SOCKET").env_remove("WATCHDOG_USEC").env_remove("WATCHDOG_PID");
    command.spawn().map_err(failed)
}

/// Whether there is a file of this name, in the folders of `PATH` if it is a name alone.
fn is_there(program: &OsStr) -> bool {
    if Path::new(program).components().count() > 1 {
        return Path::new(program).exists();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
