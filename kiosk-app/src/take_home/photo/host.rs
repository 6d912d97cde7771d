//! The web server: one thread that never blocks, so that no client can keep another, or the app, waiting.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::page::{self, PhotoTexts};
use super::request::{self, Method, Request};
use super::{PhotoState, Shared, Snapshot};
use crate::take_home::jpeg::encode_jpeg;

/// Connections at one time. One more, and the oldest that has not asked yet must go.
const MOST_CLIENTS: usize = 128;
/// For a client to ask.
const ASK: Duration = Duration::from_secs(5);
/// For an answer to be taken: 1 MB over a poor network.
const ANSWER: Duration = Duration::from_secs(60);
/// For a client to close its end.
const LINGER: Duration = Duration::from_secs(2);
/// How often connections are looked at: while there are some, and while there are none.
const BUSY: Duration = Duration::from_millis(2);
const IDLE: Duration = Duration::from_millis(25);

enum Body {
    Page(Arc<str>),
    Photo(Zeroizing<Vec<u8>>),
    None,
}

enum Step {
    /// What it has said so far.
    Asking(Vec<u8>),
    /// What it is told, and how much of head and body it has.
    Answering { head: String, body: Body, sent: usize },
    /// All is said. Closing at once would throw away what the client has not read yet.
    Closing,
}

struct Client {
    stream: TcpStream,
    step: Step,
    /// When its step must be over.
    until: Instant,
}

/// Everything but the picture.
pub struct Host {
    listener: TcpListener,
    path: String,
    landing: Arc<str>,
    gone: Arc<str>,
    policy: String,
    end: Instant,
    shared: Arc<Shared>,
}

impl Host {
    pub fn new(listener: TcpListener, path: String, texts: &PhotoTexts, end: Instant, shared: Arc<Shared>) -> Self {
        let (landing, gone) = (page::landing(texts).into(), page::gone(texts).into());
        Self { listener, path, landing, gone, policy: page::policy(), end, shared }
    }

    /// Serves until the offer's end. Everything is wiped and closed when this returns.
    pub fn run(self, picture: Snapshot) {
        let mut photo = match encode_jpeg(&picture.rgba, picture.width, picture.height) {
            Ok(jpeg) => Some(jpeg),
            Err(error) => {
                log::error!("{error}");
                self.shared.set(PhotoState::Failed);
                return;
            }
        };
        drop(picture);
        let mut clients: Vec<Client> = Vec::new();
        while !self.shared.stop.load(Ordering::Acquire) && Instant::now() < self.end {
            self.accept(&mut clients);
            clients.retain_mut(|client| self.goes_on(client, &mut photo));
            thread::park_timeout(if clients.is_empty() { IDLE } else { BUSY });
        }
        match self.shared.state() {
            PhotoState::Offered => self.shared.set(PhotoState::Expired),
            PhotoState::Fetching => self.shared.set(PhotoState::Broken),
            _ => {}
        }
    }

    fn accept(&self, clients: &mut Vec<Client>) {
        // As many at a time as there is room for: however many knock, those inside get their turn.
        for _ in 0..MOST_CLIENTS {
            let stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(error) => {
                    // A client that has gone again, or no file handles left for now.
                    log::debug!("photo: {error}");
                    return;
                }
            };
            if clients.len() == MOST_CLIENTS {
                match clients.iter().position(|client| !matches!(client.step, Step::Answering { .. })) {
                    Some(oldest) => _ = clients.remove(oldest),
                    None => continue,
                }
            }
            if stream.set_nonblocking(true).is_ok() {
                clients.push(Client { stream, step: Step::Asking(Vec::new()), until: Instant::now() + ASK });
            }
        }
    }

    /// Does what can be done for a client without waiting. False: it is done with.
    fn goes_on(&self, client: &mut Client, photo: &mut Option<Zeroizing<Vec<u8>>>) -> bool {
        let is_late = Instant::now() >= client.until;
        match &mut client.step {
            Step::Asking(said) => {
                let more = hear(&mut client.stream, said);
                let (status, body, wants_body) = match request::parse(said) {
                    Some(Ok(asked)) => {
                        let (status, body) = self.answer(asked, photo);
                        (status, body, asked.method != Method::Head)
                    }
                    Some(Err(refused)) => (refused.0, Body::None, true),
                    None if is_late => (request::TOO_SLOW, Body::None, true),
                    None => return more,
                };
                let kind = if matches!(body, Body::Photo(_)) { "image/jpeg" } else { "text/html; charset=utf-8" };
                let head = request::head(status, kind, body.bytes().len(), &self.policy);
                let body = if wants_body { body } else { Body::None };
                client.step = Step::Answering { head, body, sent: 0 };
                client.until = Instant::now() + ANSWER;
                self.goes_on(client, photo)
            }
            Step::Answering { head, body, sent } => {
                let is_open = tell(&mut client.stream, &[head.as_bytes(), body.bytes()], sent);
                let is_done = *sent == head.len() + body.bytes().len();
                if matches!(body, Body::Photo(_)) && (is_done || is_late || !is_open) {
                    self.shared.set(if is_done { PhotoState::Taken } else { PhotoState::Broken });
                }
                if is_done && is_open {
                    let _ = client.stream.shutdown(Shutdown::Write);
                    // Drops the answer: here the picture is wiped.
                    client.step = Step::Closing;
                    client.until = Instant::now() + LINGER;
                    return true;
                }
                is_open && !is_late
            }
            Step::Closing => !is_late && hear(&mut client.stream, &mut Vec::new()),
        }
    }

    fn answer(&self, asked: Request, photo: &mut Option<Zeroizing<Vec<u8>>>) -> (&'static str, Body) {
        if !is_same(asked.path, &self.path) {
            return (request::NOT_FOUND, Body::Page(self.gone.clone()));
        }
        match (asked.method, photo.take()) {
            (_, None) => (request::GONE, Body::Page(self.gone.clone())),
            (Method::Post, Some(jpeg)) => {
                self.shared.set(PhotoState::Fetching);
                (request::OK, Body::Photo(jpeg))
            }
            (Method::Get | Method::Head, waiting) => {
                *photo = waiting;
                (request::OK, Body::Page(self.landing.clone()))
            }
        }
    }
}

impl Body {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Page(page) => page.as_bytes(),
            Self::Photo(jpeg) => jpeg,
            Self::None => &[],
        }
    }
}

/// Whether two texts are equal, in a time that does not tell how much of them is.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |different, (a, b)| different | (a ^ b)) == 0
}

/// Reads what is there, up to a request's size. False at the end of the stream.
fn hear(stream: &mut TcpStream, said: &mut Vec<u8>) -> bool {
    let mut part = [0; 2048];
    while said.len() < request::MOST_HEAD_BYTES {
        match stream.read(&mut part) {
            Ok(0) => return false,
            Ok(length) => said.extend_from_slice(&part[..length]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
    true
}

/// Sends as much of the parts as goes. False where the client is gone.
fn tell(stream: &mut TcpStream, parts: &[&[u8]; 2], sent: &mut usize) -> bool {
    loop {
        let rest = match sent.checked_sub(parts[0].len()) {
            None => &parts[0][*sent..],
            Some(sent) => &parts[1][sent..],
        };
        if rest.is_empty() {
            return true;
        }
        match stream.write(rest) {
            Ok(0) => return false,
            Ok(length) => *sent += length,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
}
