//! The web server: one thread that never blocks, so that no client can keep another waiting.
//!
//! In: a listener, the secret path, the pages, and one picture. Out: the picture, once, to the first client that posts
//! to the path; what became of it is said.
//!
//! 1. New connections are accepted, up to [`MAX_CLIENTS`]. If all places are taken, the oldest that has its response
//!    makes room, else the oldest that has sent no request for [`GRACE`]; else the new ones wait in the system's queue.
//! 2. Each connection is advanced as far as it goes without waiting: request, response, close. Each of these has a time
//!    limit. Whoever asks is answered: no connection is closed between its request and its response.
//! 3. The thread sleeps for a moment, or until it is unparked to end.
//! 4. At the offer's end everything is closed, and what is left of the picture overwritten.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::order::PhotoSaid;
use super::page::{self, PhotoTexts};
use super::request::{self, Method, Request};

/// Connections at one time.
pub const MAX_CLIENTS: usize = 128;
/// For a client to send its request before it may have to make room for another.
const GRACE: Duration = Duration::from_millis(250);
/// For a client to send its request.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);
/// For a client to take the response: 1 MB over a poor network.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(60);
/// For a client to close its end.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);
/// How often connections are looked at while there are some.
const BUSY_INTERVAL: Duration = Duration::from_millis(2);
/// How often new connections are looked for while there are none.
const IDLE_INTERVAL: Duration = Duration::from_millis(25);

/// How often it is said that the server goes on.
const BEAT: Duration = Duration::from_secs(2);

enum Body {
    Page(Arc<str>),
    Photo(Zeroizing<Vec<u8>>),
    None,
}

enum ClientState {
    /// Its request, as far as it was received.
    Requesting(Vec<u8>),
    /// The response, and how many bytes of head and body were sent.
    Responding { head: String, body: Body, sent: usize },
    /// All was sent. To close at once would throw away what the client has not read yet.
    Closing,
}

struct Client {
    stream: TcpStream,
    state: ClientState,
    /// When its state began.
    since: Instant,
}

impl Client {
    fn enter(&mut self, state: ClientState) {
        self.state = state;
        self.since = Instant::now();
    }

    /// Whether its state has lasted for too long.
    fn is_late(&self) -> bool {
        let most = match self.state {
            ClientState::Requesting(_) => REQUEST_TIMEOUT,
            ClientState::Responding { .. } => RESPONSE_TIMEOUT,
            ClientState::Closing => CLOSE_TIMEOUT,
        };
        self.since.elapsed() >= most
    }
}

/// What has become of the picture.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Picture {
    Waiting,
    OnItsWay,
    Gone,
}

/// The server without the picture.
pub struct Host {
    listener: TcpListener,
    path: String,
    landing: Arc<str>,
    gone: Arc<str>,
    policy: String,
    end: Instant,
}

/// The server while it runs.
struct Serving<'a, S> {
    host: &'a Host,
    photo: Option<Zeroizing<Vec<u8>>>,
    picture: Picture,
    say: S,
}

impl Host {
    /// Serves what is posted for at `path`, until `end`.
    pub fn new(listener: TcpListener, path: String, texts: &PhotoTexts, end: Instant) -> Self {
        let (landing, gone) = (page::landing(texts).into(), page::gone(texts).into());
        Self { listener, path, landing, gone, policy: page::policy(), end }
    }

    /// Serves until the offer's end, or until it is over. Everything is wiped and closed when this returns.
    pub fn run(self, jpeg: Zeroizing<Vec<u8>>, is_over: &AtomicBool, say: impl FnMut(&PhotoSaid)) {
        let mut serving = Serving { host: &self, photo: Some(jpeg), picture: Picture::Waiting, say };
        let mut clients: Vec<Client> = Vec::new();
        let mut beat = Instant::now();
        while !is_over.load(Ordering::Acquire) && Instant::now() < self.end {
            self.accept(&mut clients);
            clients.retain_mut(|client| serving.advance(client));
            if beat.elapsed() >= BEAT {
                (serving.say)(&PhotoSaid::Alive);
                beat = Instant::now();
            }
            thread::park_timeout(if clients.is_empty() { IDLE_INTERVAL } else { BUSY_INTERVAL });
        }
        match serving.picture {
            Picture::Waiting => (serving.say)(&PhotoSaid::Expired),
            Picture::OnItsWay => (serving.say)(&PhotoSaid::Broken),
            Picture::Gone => {}
        }
    }

    fn accept(&self, clients: &mut Vec<Client>) {
        // At most as many as there is room for: however many connect, those that are in get their turn.
        for _ in 0..MAX_CLIENTS {
            if clients.len() == MAX_CLIENTS && !make_room(clients) {
                return;
            }
            let stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(error) => {
                    // A client that has gone again, or no file handles left for now.
                    log::debug!("photo: {error}");
                    return;
                }
            };
            if stream.set_nonblocking(true).is_ok() {
                clients.push(Client { stream, state: ClientState::Requesting(Vec::new()), since: Instant::now() });
            }
        }
    }
}

/// Gives the place of one that needs it least to another; false where all need theirs.
fn make_room(clients: &mut Vec<Client>) -> bool {
    let is_silent =
        |client: &Client| matches!(client.state, ClientState::Requesting(_)) && client.since.elapsed() >= GRACE;
    let has_all = |client: &Client| matches!(client.state, ClientState::Closing);
    let Some(place) = clients.iter().position(has_all).or_else(|| clients.iter().position(is_silent)) else {
        return false;
    };
    let mut client = clients.remove(place);
    // What is not read when a connection is closed makes the system throw away what the other end has not read yet.
    let _ = receive(&mut client.stream, &mut Vec::new());
    if matches!(client.state, ClientState::Requesting(_)) {
        let head = request::head(request::TOO_SLOW, "text/html; charset=utf-8", 0, &page::policy());
        // To one that never asked; it may not listen either.
        let _ = client.stream.write(head.as_bytes());
    }
    true
}

impl<S: FnMut(&PhotoSaid)> Serving<'_, S> {
    /// Does what can be done for a client without waiting. Returns whether the connection stays.
    fn advance(&mut self, client: &mut Client) -> bool {
        let is_late = client.is_late();
        match &mut client.state {
            ClientState::Requesting(received) => {
                let more = receive(&mut client.stream, received);
                let (status, body, wants_body) = match request::parse(received) {
                    Some(Ok(asked)) => {
                        let (status, body) = self.respond(asked);
                        (status, body, asked.method != Method::Head)
                    }
                    Some(Err(refused)) => (refused.0, Body::None, true),
                    None if is_late => (request::TOO_SLOW, Body::None, true),
                    None => return more,
                };
                let kind = if matches!(body, Body::Photo(_)) { "image/jpeg" } else { "text/html; charset=utf-8" };
                let head = request::head(status, kind, body.bytes().len(), &self.host.policy);
                let body = if wants_body { body } else { Body::None };
                client.enter(ClientState::Responding { head, body, sent: 0 });
                self.advance(client)
            }
            ClientState::Responding { head, body, sent } => {
                let is_open = send(&mut client.stream, &[head.as_bytes(), body.bytes()], sent);
                let is_done = *sent == head.len() + body.bytes().len();
                if matches!(body, Body::Photo(_)) && (is_done || is_late || !is_open) {
                    self.picture = Picture::Gone;
                    (self.say)(if is_done { &PhotoSaid::Taken } else { &PhotoSaid::Broken });
                }
                if is_done && is_open {
                    let _ = client.stream.shutdown(Shutdown::Write);
                    // Drops the answer: here the picture is wiped.
                    client.enter(ClientState::Closing);
                    return true;
                }
                is_open && !is_late
            }
            ClientState::Closing => !is_late && receive(&mut client.stream, &mut Vec::new()),
        }
    }

    fn respond(&mut self, asked: Request) -> (&'static str, Body) {
        if !is_same(asked.path, &self.host.path) {
            return (request::NOT_FOUND, Body::Page(self.host.gone.clone()));
        }
        match (asked.method, self.photo.take()) {
            (_, None) => (request::GONE, Body::Page(self.host.gone.clone())),
            (Method::Post, Some(jpeg)) => {
                self.picture = Picture::OnItsWay;
                (self.say)(&PhotoSaid::Fetching);
                (request::OK, Body::Photo(jpeg))
            }
            (Method::Get | Method::Head, waiting) => {
                self.photo = waiting;
                (request::OK, Body::Page(self.host.landing.clone()))
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

/// Whether two texts are equal, in a time that does not depend on where they differ.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |different, (a, b)| different | (a ^ b)) == 0
}

/// Reads what is there, up to a request's size. False at the end of the stream.
fn receive(stream: &mut TcpStream, received: &mut Vec<u8>) -> bool {
    let mut part = [0; 2048];
    while received.len() < request::MOST_HEAD_BYTES {
        match stream.read(&mut part) {
            Ok(0) => return false,
            Ok(length) => received.extend_from_slice(&part[..length]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
    true
}

/// Sends as much of the parts as goes. False where the client is gone.
fn send(stream: &mut TcpStream, parts: &[&[u8]; 2], sent: &mut usize) -> bool {
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
