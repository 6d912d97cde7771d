//! The thread that touches the watched files, and how it is waited for: a drive may never answer.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{Ended, Stamp, pause};
use crate::limited_read::{Patience, Supervised, Unanswered, limit, note, spend, supervise};

/// How often it is looked at whether a hung drive answers, or the watch has ended.
const LOOK: Duration = Duration::from_millis(100);

/// What the thread is asked to do.
enum Job {
    Stamp,
    Read,
}

/// What it answers.
enum Answer<T, E> {
    Stamps(Vec<Stamp>),
    Read(Result<T, E>),
}

/// The thread that touches the files. It ends with this, or when the drive answers after that.
pub(super) struct Hand<T, E> {
    jobs: Sender<Job>,
    answers: Receiver<Answer<T, E>>,
    place: Supervised,
}

impl<T: Send + 'static, E: From<Unanswered> + Send + 'static> Hand<T, E> {
    pub(super) fn start(
        name: &str,
        files: impl Fn() -> Vec<PathBuf> + Send + 'static,
        read: impl Fn() -> Result<T, E> + Send + 'static,
    ) -> Result<Self, std::io::Error> {
        let ((jobs, asked), (answer, answers)) = (channel(), channel());
        let place = Supervised::new(Path::new(""));
        let followed = place.clone();
        thread::Builder::new().name(format!("{name} files")).spawn(move || {
            supervise(followed);
            for job in asked {
                let done = match job {
                    Job::Stamp => Answer::Stamps(stamps(files())),
                    Job::Read => Answer::Read(read()),
                };
                if answer.send(done).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { jobs, answers, place })
    }

    /// Asks for the files' stamps at the very beginning without waiting for them.
    pub(super) fn ask_first(&self) -> Option<Vec<Stamp>> {
        // A thread that is gone is found out by who waits for its answer.
        let _ = self.jobs.send(Job::Stamp);
        None
    }

    /// The files' stamps at the very beginning; `None` where the drive does not answer in time. Then
    /// [`first_stamps_late`](Self::first_stamps_late) is to be called next.
    pub(super) fn first_stamps(&self) -> Option<Vec<Stamp>> {
        self.jobs.send(Job::Stamp).ok()?;
        let silence = limit(Patience::default()).silence;
        match self.answers.recv_timeout(silence) {
            Ok(Answer::Stamps(stamps)) => Some(stamps),
            Ok(Answer::Read(_)) | Err(_) => {
                spend(silence);
                None
            }
        }
    }

    /// The stamps that were asked for at the beginning, once the drive answers. `told`: who read the files meanwhile has
    /// told that it does not.
    pub(super) fn first_stamps_late(
        &mut self,
        stopped: &Receiver<()>,
        tell: &impl Fn(Result<T, E>) -> bool,
        told: bool,
    ) -> Result<Vec<Stamp>, Ended> {
        match self.wait(stopped, tell, told)? {
            (Answer::Stamps(stamps), _) => Ok(stamps),
            (Answer::Read(_), _) => Err(Ended),
        }
    }

    /// The files' stamps, and whether a drive was long in answering.
    pub(super) fn stamps(
        &mut self,
        stopped: &Receiver<()>,
        tell: &impl Fn(Result<T, E>) -> bool,
    ) -> Result<(Vec<Stamp>, bool), Ended> {
        match self.ask(Job::Stamp, stopped, tell)? {
            (Answer::Stamps(stamps), hung) => Ok((stamps, hung)),
            (Answer::Read(_), _) => Err(Ended),
        }
    }

    /// What the files hold.
    pub(super) fn read(
        &mut self,
        stopped: &Receiver<()>,
        tell: &impl Fn(Result<T, E>) -> bool,
    ) -> Result<Result<T, E>, Ended> {
        match self.ask(Job::Read, stopped, tell)? {
            (Answer::Read(result), _) => Ok(result),
            (Answer::Stamps(_), _) => Err(Ended),
        }
    }

    fn ask(
        &mut self,
        job: Job,
        stopped: &Receiver<()>,
        tell: &impl Fn(Result<T, E>) -> bool,
    ) -> Result<(Answer<T, E>, bool), Ended> {
        self.jobs.send(job).map_err(|_| Ended)?;
        self.wait(stopped, tell, false)
    }

    /// Waits for the answer as long as it takes. That a drive does not answer is told once; what is read when it does
    /// again tells that.
    fn wait(
        &mut self,
        stopped: &Receiver<()>,
        tell: &impl Fn(Result<T, E>) -> bool,
        mut told: bool,
    ) -> Result<(Answer<T, E>, bool), Ended> {
        let silence = Patience::default().silence;
        let begun = Instant::now();
        let mut hung = false;
        loop {
            match self.answers.recv_timeout(LOOK) {
                Ok(answer) => return Ok((answer, hung)),
                Err(RecvTimeoutError::Disconnected) => return Err(Ended),
                Err(RecvTimeoutError::Timeout) => {}
            }
            pause(stopped, Duration::ZERO)?;
            let (path, since) = self.place.at();
            let waited = since.max(begun).elapsed();
            if waited >= silence {
                hung = true;
                if !std::mem::replace(&mut told, true) && !tell(Err(Unanswered { path, waited }.into())) {
                    return Err(Ended);
                }
            }
        }
    }
}

fn stamps(files: Vec<PathBuf>) -> Vec<Stamp> {
    let stamp = |path: PathBuf| {
        note(&path);
        let seen = path.metadata().ok();
        let length = seen.as_ref().map_or(0, std::fs::Metadata::len);
        Stamp { path, modified: seen.and_then(|seen| seen.modified().ok()), length }
    };
    files.into_iter().map(stamp).collect()
}
