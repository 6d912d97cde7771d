//! A pipe from another program, read under a time limit.

use std::io::Read;
use std::time::{Duration, Instant};

use super::Output;
#[cfg(target_os = "linux")]
use crate::limited_read::go_on;

/// How often it is told that this waits for a program.
#[cfg(target_os = "linux")]
const LOOK: Duration = Duration::from_millis(200);

/// Fails with [`std::io::ErrorKind::TimedOut`] where what is wanted has not come in time. Other systems than Linux wait
/// without a limit.
pub struct PatientPipe {
    pipe: Output,
    until: Instant,
}

impl PatientPipe {
    /// With this much time for all that is read until [`allow`](Self::allow) is called.
    pub fn new(pipe: Output, limit: Duration) -> Self {
        Self { pipe, until: Instant::now() + limit }
    }

    /// From now on there is this much time for all that is read until the next call.
    pub fn allow(&mut self, limit: Duration) {
        self.until = Instant::now() + limit;
    }

    #[cfg(target_os = "linux")]
    fn wait(&self) -> std::io::Result<()> {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        loop {
            let left = self.until.saturating_duration_since(Instant::now());
            // A program is not a drive: who waits for the file's drive is told that it answers.
            go_on();
            let timeout = Timespec::try_from(left.min(LOOK)).map_err(|_| std::io::ErrorKind::InvalidInput)?;
            let mut pipes = [PollFd::from_borrowed_fd(self.pipe.as_fd(), PollFlags::IN)];
            match poll(&mut pipes, Some(&timeout)) {
                Ok(0) if left > LOOK => {}
                Ok(0) => return Err(std::io::ErrorKind::TimedOut.into()),
                Ok(_) => return Ok(()),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn wait(&self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Read for PatientPipe {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        self.wait()?;
        self.pipe.read(bytes)
    }
}
