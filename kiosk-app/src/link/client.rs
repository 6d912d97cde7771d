//! The mirror's end of the link: reports to the keeper, and asks it for programs.
//!
//! A thread receives what the keeper says. When the keeper is gone, that thread ends the process: a mirror that nobody
//! watches is none.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::{FromKeeper, FromMirror, Link, LinkError, Received, Refusal};
use crate::child::ChildError;
use crate::service::Service;

/// How long the keeper may take to answer: it starts a program at once.
const ANSWER: Duration = Duration::from_secs(5);
/// How long a killed program may take to be gone.
const GONE: Duration = Duration::from_secs(2);

static CLIENT: OnceLock<Client> = OnceLock::new();

/// The mirror's end, once it is [installed](Client::install).
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    link: Link,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    last_request: u32,
    /// Of requests that still wait.
    answers: HashMap<u32, Option<Answer>>,
    /// Programs with a handle, and their status once they have ended.
    programs: HashMap<u32, Option<ExitStatus>>,
    is_closed: bool,
}

type Answer = Result<(u32, [File; 3]), Refusal>;

/// The link of this process, if it is a mirror with a keeper.
pub fn installed() -> Option<&'static Client> {
    CLIENT.get()
}

impl Client {
    /// Makes this the link of the process: programs are started over it from now on. `closed` is called on the link's
    /// thread when the keeper is gone or sends what is no message.
    pub fn install(link: Link, closed: impl FnOnce(LinkError) + Send + 'static) -> std::io::Result<&'static Self> {
        let client =
            CLIENT.get_or_init(|| Self(Arc::new(Shared { link, state: Mutex::default(), changed: Condvar::new() })));
        let shared = Arc::clone(&client.0);
        std::thread::Builder::new().name("link".into()).spawn(move || closed(shared.listen()))?;
        Ok(client)
    }

    /// Tells the keeper something. Does not block.
    pub fn tell(&self, message: &FromMirror) -> Result<(), LinkError> {
        self.0.link.send(message, &[])
    }

    /// Asks for a program; returns its handle, standard input, output and error.
    pub fn start(&self, service: &Service) -> Result<(Remote, [File; 3]), ChildError> {
        let shared = &self.0;
        let mut state = shared.state();
        state.last_request = state.last_request.wrapping_add(1);
        let request = state.last_request;
        state.answers.insert(request, None);
        let sent = self.tell(&FromMirror::Start { request, service: service.clone() });
        let until = Instant::now() + ANSWER;
        let answer = loop {
            if let Err(error) = &sent {
                break Err(error.to_string());
            }
            if let Some(answer) = state.answers.get_mut(&request).and_then(Option::take) {
                break Ok(answer);
            }
            let left = until.saturating_duration_since(Instant::now());
            if state.is_closed || left.is_zero() {
                break Err("it is gone or hangs".to_owned());
            }
            state = shared.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        };
        state.answers.remove(&request);
        match answer {
            Ok(Ok((id, files))) => Ok((Remote { id, shared: Arc::clone(shared) }, files)),
            Ok(Err(refusal)) => Err(refusal.into()),
            Err(why) => Err(ChildError::NoKeeper(why)),
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Receives until that fails; returns why it did.
    fn listen(&self) -> LinkError {
        let error = loop {
            match self.link.receive() {
                Ok(Received { message, files }) => self.take(message, files.into_iter().map(File::from).collect()),
                Err(error) => break error,
            }
        };
        self.state().is_closed = true;
        self.changed.notify_all();
        error
    }

    fn take(&self, message: FromKeeper, files: Vec<File>) {
        let mut state = self.state();
        match message {
            FromKeeper::Started { request, id } => {
                match (state.answers.get_mut(&request), <[File; 3]>::try_from(files)) {
                    (Some(answer), Ok(files)) => {
                        *answer = Some(Ok((id, files)));
                        state.programs.insert(id, None);
                    }
                    // Nobody waits for it any more.
                    _ => drop(self.link.send(&FromMirror::Kill { id }, &[])),
                }
            }
            FromKeeper::Refused { request, why } => {
                if let Some(answer) = state.answers.get_mut(&request) {
                    *answer = Some(Err(why));
                }
            }
            FromKeeper::Ended { id, wait_status } => {
                if let Some(status) = state.programs.get_mut(&id) {
                    *status = Some(ExitStatus::from_raw(wait_status));
                }
            }
        }
        drop(state);
        self.changed.notify_all();
    }
}

impl From<Refusal> for ChildError {
    fn from(refusal: Refusal) -> Self {
        let name = |program: std::ffi::OsString| program.to_string_lossy().into_owned();
        match refusal {
            Refusal::None => Self::None,
            Refusal::Missing(program) => Self::Missing(name(program)),
            Refusal::Start { program, why } => Self::Start { program: name(program), why },
            Refusal::TooMany(most) => Self::TooMany(most),
        }
    }
}

/// A program that the keeper runs for this process. Dropping it does not end the program; [`kill`](Self::kill) does.
pub struct Remote {
    id: u32,
    shared: Arc<Shared>,
}

impl Remote {
    /// Its status once it has ended.
    pub fn status(&self) -> Option<ExitStatus> {
        let state = self.shared.state();
        match state.programs.get(&self.id) {
            Some(status) => *status,
            // Its end can no longer be told.
            None => Some(ExitStatus::from_raw(0)),
        }
        .or(state.is_closed.then(|| ExitStatus::from_raw(rustix::process::Signal::KILL.as_raw())))
    }

    /// Has it killed without waiting for its end.
    pub fn send_kill(&self) {
        if self.status().is_none() {
            // A keeper that is gone has killed it.
            let _ = self.shared.link.send(&FromMirror::Kill { id: self.id }, &[]);
        }
    }

    /// Has it killed, and waits until it is gone.
    pub fn kill(&self) {
        if self.status().is_some() || self.shared.link.send(&FromMirror::Kill { id: self.id }, &[]).is_err() {
            return;
        }
        let until = Instant::now() + GONE;
        let mut state = self.shared.state();
        while !state.is_closed && state.programs.get(&self.id).is_some_and(Option::is_none) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                log::warn!("a program of the kiosk does not end, though it was killed");
                return;
            }
            state = self.shared.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        self.shared.state().programs.remove(&self.id);
    }
}
