//! A program that does not outlive its handle: a child process of this one, or, in the mirror, one that its keeper
//! started.

use std::ffi::OsString;
use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};

use super::ChildError;
#[cfg(target_os = "linux")]
use crate::link::client;
use crate::service::Service;
use crate::threads::interrupts::{self, Interrupt};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A pipe that is read; on Unix it can be waited for.
#[cfg(unix)]
pub trait Pipe: Read + Send + std::os::fd::AsFd {}
#[cfg(unix)]
impl<P: Read + Send + std::os::fd::AsFd> Pipe for P {}
/// A pipe that is read.
#[cfg(not(unix))]
pub trait Pipe: Read + Send {}
#[cfg(not(unix))]
impl<P: Read + Send> Pipe for P {}

/// What a program writes.
pub type Output = Box<dyn Pipe>;

/// A running program. Dropping it kills and reaps the program.
pub struct Program {
    /// What it reads; taken away to be closed.
    pub stdin: Option<Box<dyn Write + Send>>,
    /// What it writes.
    pub stdout: Option<Output>,
    /// What it complains.
    pub stderr: Option<Output>,
    handle: Arc<Mutex<Handle>>,
    /// Ends it with the session.
    interrupt: Option<Interrupt>,
}

enum Handle {
    Child(Child),
    #[cfg(target_os = "linux")]
    Remote(client::Remote),
}

impl Program {
    /// Starts the program with pipes to all its streams. In the mirror, its keeper does that, which takes the command
    /// from its own settings by the kind; elsewhere `command` (program, then arguments) is started.
    pub fn start(service: &Service, command: &[OsString]) -> Result<Self, ChildError> {
        #[cfg(target_os = "linux")]
        if let Some(client) = client::installed() {
            let (remote, [stdin, stdout, stderr]) = client.start(service)?;
            return Ok(Self {
                stdin: Some(Box::new(stdin)),
                stdout: Some(Box::new(stdout)),
                stderr: Some(Box::new(stderr)),
                handle: Arc::new(Mutex::new(Handle::Remote(remote))),
                interrupt: None,
            });
        }
        let _ = service;
        let [program, arguments @ ..] = command else { return Err(ChildError::None) };
        let start = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let name = || program.to_string_lossy().into_owned();
        let mut child = match start {
            Ok(child) => child,
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(ChildError::Missing(name())),
            Err(error) => return Err(ChildError::Start { program: name(), why: error.to_string() }),
        };
        Ok(Self {
            stdin: child.stdin.take().map(|pipe| Box::new(pipe) as _),
            stdout: child.stdout.take().map(|pipe| Box::new(pipe) as _),
            stderr: child.stderr.take().map(|pipe| Box::new(pipe) as _),
            handle: Arc::new(Mutex::new(Handle::Child(child))),
            interrupt: None,
        })
    }

    /// Has it killed at the end of the session, also while a thread waits for what it writes.
    pub fn end_with_session(&mut self) {
        let handle = Arc::clone(&self.handle);
        self.interrupt = Some(interrupts::on_end(move || {
            // Whoever has the lock looks whether it has ended, which is quick, or is killing it.
            if let Ok(mut handle) = handle.try_lock() {
                handle.send_kill();
            }
        }));
    }

    fn handle(&self) -> MutexGuard<'_, Handle> {
        self.handle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its status once it has ended. Does not block.
    pub fn try_wait(&mut self) -> std::io::Result<Option<ExitStatus>> {
        match &mut *self.handle() {
            Handle::Child(child) => child.try_wait(),
            #[cfg(target_os = "linux")]
            Handle::Remote(remote) => Ok(remote.status()),
        }
    }

    /// Kills it and reaps the process.
    pub fn kill(&mut self) {
        match &mut *self.handle() {
            Handle::Child(child) => {
                // Both fail only where it has ended already.
                let _ = child.kill();
                let _ = child.wait();
            }
            #[cfg(target_os = "linux")]
            Handle::Remote(remote) => remote.kill(),
        }
    }
}

impl Handle {
    /// Kills it without waiting for its end.
    fn send_kill(&mut self) {
        match self {
            // Fails only where it has ended already.
            Self::Child(child) => _ = child.kill(),
            #[cfg(target_os = "linux")]
            Self::Remote(remote) => remote.send_kill(),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.interrupt = None;
        self.kill();
    }
}
