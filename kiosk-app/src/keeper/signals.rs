//! Signals, as something that can be waited for: requests to end, and children that ended.

use std::io::Read;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM};
use signal_hook::{flag, low_level::pipe};

/// Those that ask the kiosk to end.
const STOP: [i32; 3] = [SIGTERM, SIGINT, SIGHUP];

/// The signals of this process, from [`catch`](Self::catch) on.
pub struct Signals {
    /// Readable after a signal.
    wake: UnixStream,
    /// The last one of [`STOP`]; 0 if there was none.
    stop: Arc<AtomicUsize>,
}

impl Signals {
    /// Catches them from now on.
    pub fn catch() -> std::io::Result<Self> {
        let (wake, sender) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let stop = Arc::new(AtomicUsize::new(0));
        for signal in STOP {
            // Before the pipe, so that who is woken finds it.
            flag::register_usize(signal, Arc::clone(&stop), usize::try_from(signal).unwrap_or_default())?;
            pipe::register(signal, sender.try_clone()?)?;
        }
        pipe::register(SIGCHLD, sender)?;
        Ok(Self { wake, stop })
    }

    /// The signal that asked to end, if one did since the last call.
    pub fn stop(&self) -> Option<i32> {
        i32::try_from(self.stop.swap(0, Ordering::Relaxed)).ok().filter(|signal| *signal != 0)
    }

    /// Waits until a signal comes, `also` is readable, or the time is over; the last at most.
    pub fn wait(&mut self, also: Option<BorrowedFd<'_>>, most: Duration) {
        let timeout = Timespec {
            tv_sec: i64::try_from(most.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(most.subsec_nanos()),
        };
        let wake = PollFd::from_borrowed_fd(self.wake.as_fd(), PollFlags::IN);
        // Interrupted is as good as woken: the caller looks at everything.
        let _ = match also {
            Some(also) => poll(&mut [wake, PollFd::from_borrowed_fd(also, PollFlags::IN)], Some(&timeout)),
            None => poll(&mut [wake], Some(&timeout)),
        };
        let mut bytes = [0; 64];
        while self.wake.read(&mut bytes).is_ok_and(|count| count > 0) {}
    }
}
