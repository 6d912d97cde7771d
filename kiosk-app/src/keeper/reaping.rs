//! Ends child processes without waiting for the system: it holds a process in a call to a drive that does not answer, for
//! as long as that takes, whatever is sent to it.

use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use rustix::process::{Pid, WaitOptions, waitpid};

/// How long one that was killed may take to be gone, where nothing holds it.
const GONE: Duration = Duration::from_millis(300);
const LOOK: Duration = Duration::from_millis(2);

/// Kills and reaps it. `None` where the system holds it: then a thread reaps it, whenever that is over.
pub fn end(child: &mut Child) -> Option<ExitStatus> {
    // Fails only where it has ended already.
    let _ = child.kill();
    let until = Instant::now() + GONE;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < until => std::thread::sleep(LOOK),
            // Nobody's child any more.
            Err(_) => return None,
            Ok(None) => {
                reap_later(child);
                return None;
            }
        }
    }
}

/// Waits for its end on a thread of its own: without that it would stay in the list of processes.
pub fn reap_later(child: &Child) {
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return };
    let wait = move || _ = waitpid(Some(pid), WaitOptions::empty());
    let _ = std::thread::Builder::new().name("reaping".into()).spawn(wait);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::process::Command;

    use super::*;

    #[test]
    fn one_that_runs_is_killed_and_one_that_ended_has_its_status() {
        let mut runs = Command::new("sleep").arg("60").spawn().unwrap();
        assert_eq!(end(&mut runs).unwrap().signal(), Some(9));
        let mut ended = Command::new("false").spawn().unwrap();
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(end(&mut ended).unwrap().code(), Some(1));
    }
}
