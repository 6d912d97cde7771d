//! Runs another program with bytes on its standard input: a print command, a sound player.
//!
//! In: a kind of program with its command, and bytes. Out: nothing, or the first line that the program wrote to standard error.
//! 1. Start the program, a thread that writes its input, and one that reads its standard error.
//! 2. Poll it until it ends, its deadline passes, or the stop flag is set; in the latter two cases kill it.

mod patient;
mod program;

use std::ffi::OsString;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use thiserror::Error;
use zeroize::Zeroizing;

pub use patient::PatientPipe;
pub use program::{Output, Program};

use crate::service::Service;
use crate::threads::spawn_holder;

/// How often a running program is polled.
const LOOK: Duration = Duration::from_millis(10);
/// Most bytes kept of a program's standard error.
const MOST_COMPLAINT_BYTES: u64 = 4096;
/// How long to wait for the rest of its standard error after a program has ended.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Why a program did not do its work.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChildError {
    /// No program is named.
    #[error("no program is configured: name one and its arguments in the settings")]
    None,
    /// There is no such program.
    #[error("there is no program '{0}': install it, or name another in the settings")]
    Missing(String),
    /// It could not be started.
    #[error("'{program}' cannot be started: {why}")]
    Start {
        /// Which.
        program: String,
        /// Why.
        why: String,
    },
    /// It ended with an error.
    #[error("'{program}' failed with {status}: {complaint}")]
    Failed {
        /// Which.
        program: String,
        /// Its exit code or signal.
        status: String,
        /// First line of its standard error.
        complaint: String,
    },
    /// It took too long and was ended.
    #[error("'{program}' took longer than {seconds} s and was ended: check what it waits for")]
    Late {
        /// Which.
        program: String,
        /// Its deadline.
        seconds: u64,
    },
    /// So many run already.
    #[error("{0} programs of the kiosk run already; check what they wait for")]
    TooMany(usize),
    /// Nobody is there to start it.
    #[error("the process that starts programs does not answer ({0})")]
    NoKeeper(String),
    /// It was ended on request.
    #[error("'{0}' was ended before it was done")]
    Stopped(String),
}

/// Starts a program (see [`Program::start`]), writes `input` to it and waits for its end. Blocks: for worker threads.
/// The program is killed through its handle after `deadline`, and as soon as `stop` is set. Its standard output is
/// discarded.
pub fn run(
    service: &Service,
    command: &[OsString],
    input: Zeroizing<Vec<u8>>,
    deadline: Duration,
    stop: &AtomicBool,
) -> Result<(), ChildError> {
    start(service, command, input)?.wait(deadline, stop)
}

/// A program that has its input or is about to.
pub struct Running {
    child: Program,
    program: String,
    complaint: mpsc::Receiver<String>,
}

/// Starts a program and hands it its input, which may hold a picture of a person: until the program has taken it, a
/// thread of its own is among the [`holders`](crate::threads::holders).
pub fn start(service: &Service, command: &[OsString], input: Zeroizing<Vec<u8>>) -> Result<Running, ChildError> {
    let mut child = Program::start(service, command)?;
    let program = command.first().map_or_else(String::new, |program| program.to_string_lossy().into_owned());
    if let Some(mut stdout) = child.stdout.take() {
        thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
    }
    // On threads of their own, since a pipe may block as long as any process holds its other end. They are not joined:
    // a grandchild process may hold the pipe longer than the program lives.
    if let Some(mut stdin) = child.stdin.take() {
        // A program may stop reading early; its exit status says whether it succeeded.
        let writes = spawn_holder("input", move || _ = stdin.write_all(&input));
        writes.map_err(|error| ChildError::Start { program: program.clone(), why: error.to_string() })?;
    }
    let (sender, complaint) = mpsc::channel();
    if let Some(stderr) = child.stderr.take() {
        thread::spawn(move || listen(stderr, &sender));
    }
    Ok(Running { child, program, complaint })
}

impl Running {
    /// Waits for its end: see [`run`].
    pub fn wait(self, deadline: Duration, stop: &AtomicBool) -> Result<(), ChildError> {
        let Self { mut child, program, complaint } = self;
        let end = Instant::now() + deadline;
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if stop.load(Ordering::Acquire) => return Err(ChildError::Stopped(program.clone())),
                Ok(None) if Instant::now() >= end => {
                    return Err(ChildError::Late { program: program.clone(), seconds: deadline.as_secs() });
                }
                Ok(None) => thread::sleep(LOOK),
                Err(error) => return Err(ChildError::Start { program: program.clone(), why: error.to_string() }),
            }
        };
        if status.success() {
            return Ok(());
        }
        let complaint = complaint.recv_timeout(LAST_WORDS).unwrap_or_default();
        let complaint = if complaint.is_empty() { "it does not say why".to_owned() } else { complaint };
        Err(ChildError::Failed { program: program.clone(), status: status.to_string(), complaint })
    }
}

/// Sends the first line that is not blank, then reads on so that the program never blocks on a full pipe.
fn listen(mut stderr: impl Read, sender: &mpsc::Sender<String>) {
    let mut said = Vec::new();
    let _ = stderr.by_ref().take(MOST_COMPLAINT_BYTES).read_to_end(&mut said);
    let said = String::from_utf8_lossy(&said);
    let line = said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let _ = sender.send(line.chars().filter(|c| !c.is_control()).take(200).collect());
    let _ = std::io::copy(&mut stderr, &mut std::io::sink());
}

/// Flag that tells a worker to stop.
pub type Stop = Arc<AtomicBool>;

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
pub(crate) mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};

    use super::*;

    /// A folder for fake programs that is gone at the end.
    pub struct ProgramFolder(pub PathBuf);

    impl ProgramFolder {
        pub fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("carmine-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        /// A program written for the shell, run by name so that no other test's fork can hold it open.
        pub fn program(&self, name: &str, script: &str) -> Vec<String> {
            let path = self.0.join(name);
            std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
            std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
            vec!["/bin/sh".to_owned(), path.to_str().unwrap().to_owned()]
        }

        pub fn path(&self, name: &str) -> PathBuf {
            self.0.join(name)
        }
    }

    impl Drop for ProgramFolder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn words(command: &[String]) -> Vec<OsString> {
        command.iter().map(OsString::from).collect()
    }

    /// Waits for something to come true.
    pub fn until(what: &str, mut done: impl FnMut() -> bool) {
        let end = Instant::now() + Duration::from_secs(20);
        while !done() {
            assert!(Instant::now() < end, "waited in vain: {what}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether the process whose id stands in a file is gone.
    pub fn is_gone(pid_file: &Path) -> bool {
        let pid = std::fs::read_to_string(pid_file).unwrap();
        let state = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
        !state.is_ok_and(|stat| !stat.contains(") Z"))
    }

    const SOON: Duration = Duration::from_secs(20);

    fn bytes(length: usize) -> Zeroizing<Vec<u8>> {
        Zeroizing::new((0..length).map(|at| at as u8).collect())
    }

    #[test]
    fn a_program_gets_every_byte() {
        let folder = ProgramFolder::new("child-all");
        let to = folder.path("got");
        let mut command = folder.program("keep", "cat > \"$1\"; echo noise; echo noise >&2");
        command.push(to.to_str().unwrap().to_owned());
        run(&Service::Chime, &words(&command), bytes(3_000_000), SOON, &AtomicBool::new(false)).unwrap();
        assert!(std::fs::read(to).unwrap() == *bytes(3_000_000));
    }

    #[test]
    fn what_goes_wrong_is_one_line() {
        let folder = ProgramFolder::new("child-wrong");
        let go = |command: &[String]| {
            run(&Service::Chime, &words(command), bytes(1_000_000), SOON, &AtomicBool::new(false)).unwrap_err()
        };
        assert_eq!(go(&[]), ChildError::None);
        assert!(go(&["no-such-printer".into()]).to_string().contains("'no-such-printer': install it"));
        let failing = folder.program("fail", "echo >&2; echo 'lp: no paper' >&2; echo more >&2; exit 3");
        let error = go(&failing).to_string();
        assert!(error.contains("lp: no paper") && error.contains('3') && !error.contains("more"), "{error}");
        assert!(go(&folder.program("mute", "exit 1")).to_string().contains("does not say why"));
        let flood = folder.program("flood", "yes complaint | head -c 3000000 >&2; exit 1");
        assert!(go(&flood).to_string().ends_with(": complaint"));
        // It reads nothing and is content.
        run(
            &Service::Chime,
            &words(&folder.program("deaf", "exit 0")),
            bytes(1_000_000),
            SOON,
            &AtomicBool::new(false),
        )
        .unwrap();
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let folder = ProgramFolder::new("child-hang");
        let mut command = folder.program("hang", "echo $$ > \"$1\"; exec sleep 600");
        command.push(folder.path("pid").to_str().unwrap().to_owned());
        let begun = Instant::now();
        let error = run(&Service::Chime, &words(&command), bytes(9), Duration::from_secs(1), &AtomicBool::new(false))
            .unwrap_err();
        assert!(matches!(error, ChildError::Late { seconds: 1, .. }), "{error}");
        assert!(begun.elapsed() < Duration::from_secs(10) && is_gone(&folder.path("pid")));

        std::fs::remove_file(folder.path("pid")).unwrap();
        let stop = Stop::default();
        let worker = thread::spawn({
            let stop = stop.clone();
            move || run(&Service::Chime, &words(&command), bytes(9), Duration::from_secs(600), &stop)
        });
        until("it started", || std::fs::read_to_string(folder.path("pid")).is_ok_and(|pid| pid.ends_with('\n')));
        stop.store(true, Ordering::Release);
        assert!(matches!(worker.join().unwrap(), Err(ChildError::Stopped(_))));
        assert!(is_gone(&folder.path("pid")));
    }
}
