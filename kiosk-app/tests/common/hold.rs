//! Holding a thread of another process, as if it hung in a driver.
#![allow(dead_code, reason = "each test file uses a part of it")]

use nix::sys::ptrace::{self, Options};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

/// The newest thread of this name.
pub fn thread(process: u32, name: &str) -> u32 {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).unwrap().flatten();
    let named =
        |folder: &std::path::Path| std::fs::read_to_string(folder.join("comm")).is_ok_and(|comm| comm.trim() == name);
    let tasks = tasks.filter(|task| named(&task.path()));
    let found = tasks.map(|task| task.file_name().to_str().unwrap().parse::<u32>().unwrap()).max();
    found.unwrap_or_else(|| panic!("there is no thread {name}"))
}

/// A thread that does not run. Only the thread that made this may drop it.
pub struct Held(Pid);

impl Held {
    /// Holds the newest thread of this name.
    pub fn thread(process: u32, name: &str) -> Self {
        let thread = Pid::from_raw(i32::try_from(thread(process, name)).unwrap());
        ptrace::seize(thread, Options::empty()).expect("tracing needs the right to");
        ptrace::interrupt(thread).unwrap();
        let stopped = waitpid(thread, Some(WaitPidFlag::__WALL)).unwrap();
        assert!(matches!(stopped, WaitStatus::PtraceEvent(..) | WaitStatus::Stopped(..)), "{stopped:?}");
        Self(thread)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = ptrace::detach(self.0, None);
    }
}
