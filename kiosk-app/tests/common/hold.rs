//! Holding a thread of another process, and looking at a process in the moment of its end.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::panic, reason = "a test that cannot go on should say where")]

use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::Signal;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use crate::common::display::PATIENCE;

fn pid(id: u32) -> Pid {
    Pid::from_raw(i32::try_from(id).unwrap())
}

/// The newest thread of this name.
pub fn thread(process: u32, name: &str) -> u32 {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).unwrap().flatten();
    let named =
        |folder: &std::path::Path| std::fs::read_to_string(folder.join("comm")).is_ok_and(|comm| comm.trim() == name);
    let tasks = tasks.filter(|task| named(&task.path()));
    let found = tasks.map(|task| task.file_name().to_str().unwrap().parse::<u32>().unwrap()).max();
    found.unwrap_or_else(|| panic!("there is no thread {name}"))
}

/// A thread that does not run, as if it hung in a driver. Only the thread that made this may drop it.
pub struct Held(Pid);

impl Held {
    /// Holds the newest thread of this name.
    pub fn thread(process: u32, name: &str) -> Self {
        let thread = pid(thread(process, name));
        ptrace::seize(thread, Options::empty()).expect("tracing needs the right to");
        ptrace::interrupt(thread).unwrap();
        let stopped = waitpid(thread, Some(WaitPidFlag::__WALL)).unwrap();
        assert!(matches!(stopped, WaitStatus::PtraceEvent(..) | WaitStatus::Stopped(..)), "{stopped:?}");
        Self(thread)
    }

    /// Waits until the thread is gone with its process.
    pub fn until_gone(&self) {
        let started = Instant::now();
        loop {
            match waitpid(self.0, Some(WaitPidFlag::__WALL | WaitPidFlag::WNOHANG)) {
                Ok(WaitStatus::StillAlive) => {}
                Ok(WaitStatus::Exited(..) | WaitStatus::Signaled(..)) | Err(_) => return,
                Ok(_) => _ = ptrace::cont(self.0, None),
            }
            assert!(started.elapsed() < PATIENCE, "the held thread never ended");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = ptrace::detach(self.0, None);
    }
}

/// Traces a process's main thread.
pub struct Traced(Pid);

impl Traced {
    pub fn process(process: u32) -> Self {
        ptrace::seize(pid(process), Options::PTRACE_O_TRACEEXIT).expect("tracing needs the right to");
        Self(pid(process))
    }

    /// Waits for its end, passing signals on, and calls `look` while its memory is still there; then lets it go.
    pub fn at_its_end<T>(self, mut look: impl FnMut() -> T) -> T {
        let mut seen = None;
        let started = Instant::now();
        loop {
            assert!(started.elapsed() < PATIENCE, "it never ended");
            match waitpid(self.0, Some(WaitPidFlag::__WALL | WaitPidFlag::WNOHANG)) {
                Ok(WaitStatus::StillAlive) => std::thread::sleep(Duration::from_millis(5)),
                Ok(WaitStatus::PtraceEvent(..)) if seen.is_none() && is_ending(self.0) => {
                    seen = Some(look());
                    ptrace::detach(self.0, None).unwrap();
                    return seen.unwrap();
                }
                Ok(WaitStatus::Stopped(_, signal)) => ptrace::cont(self.0, signal).unwrap(),
                Ok(WaitStatus::PtraceEvent(_, Signal::SIGTRAP, _)) => ptrace::cont(self.0, None).unwrap(),
                // Stopped by a real-time signal, which has no name here: it is kept back, as by a thread that blocks it.
                Err(Errno::EINVAL) => ptrace::cont(self.0, None).unwrap(),
                Ok(other) => panic!("it ended unseen: {other:?}"),
                Err(error) => panic!("{error}"),
            }
        }
    }
}

fn is_ending(process: Pid) -> bool {
    // The exit status is known in this event alone.
    ptrace::getevent(process).is_ok()
}
