//! Looks at a pipe that another thread reads.

use crate::child::Output;

/// A pipe for whoever does not read it.
#[cfg(target_os = "linux")]
pub struct OtherEnd(std::os::fd::OwnedFd);
/// On other systems there is none.
#[cfg(not(target_os = "linux"))]
pub struct OtherEnd;

#[cfg(target_os = "linux")]
impl OtherEnd {
    /// Of this pipe.
    pub fn of(pipe: &Output) -> Option<Self> {
        pipe.as_fd().try_clone_to_owned().ok().map(Self)
    }

    /// Whether nothing waits in it.
    pub fn is_empty(&self) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
        matches!(poll(&mut [PollFd::new(&self.0, PollFlags::IN)], Some(&at_once)), Ok(0))
    }
}

#[cfg(not(target_os = "linux"))]
impl OtherEnd {
    /// None.
    pub fn of(_: &Output) -> Option<Self> {
        None
    }

    /// Never.
    pub fn is_empty(&self) -> bool {
        false
    }
}

/// Returns once there is something to read, or the pipe has ended.
#[cfg(target_os = "linux")]
pub fn wait_for_input(pipe: &Output) -> std::io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    poll(&mut [PollFd::from_borrowed_fd(pipe.as_fd(), PollFlags::IN)], None)?;
    Ok(())
}

/// Returns at once.
#[cfg(not(target_os = "linux"))]
pub fn wait_for_input(_: &Output) -> std::io::Result<()> {
    Ok(())
}
