//! The web server: one thread that never blocks, so that no client can keep another, or the app, waiting.
//!
//! In: a listener, the secret path, the pages, and one picture. Out: the picture, once, to the first client that posts
//! to the path; what became of it in [`OfferControl`].
//!
//! 1. The picture becomes a JPEG; the pixels are overwritten.
//! 2. New connections are accepted, up to [`MAX_CLIENTS`].
//! 3. Each connection is advanced as far as it goes without waiting: request, response, close. Each of these has a time
//!    limit.
//! 4. The thread sleeps for a moment, or until it is unparked to end.
//! 5. At the offer's end everything is closed, and what is left of the picture overwritten.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::page::{self, PhotoTexts};
use super::request::{self, Method, Request};
use super::{OfferControl, PhotoState, Snapshot};
use crate::take_home::jpeg::encode_jpeg;

/// Connections at one time. For one more, the oldest that has no response yet is dropped.
const MAX_CLIENTS: usize = 128;
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
    /// When its state must have changed.
    until: Instant,
}

/// The server without the picture.
pub struct Host {
    listener: TcpListener,
    path: String,
    landing: Arc<str>,
    gone: Arc<str>,
    policy: String,
    end: Instant,
    control: Arc<OfferControl>,
}

impl Host {
    pub fn new(
        listener: TcpListener,
        path: String,
        texts: &PhotoTexts,
        end: Instant,
        control: Arc<OfferControl>,
    ) -> Self {
        let (landing, gone) = (page::landing(texts).into(), page::gone(texts).into());
        Self { listener, path, landing, gone, policy: page::policy(), end, control }
    }

    /// Serves until the offer's end. Everything is wiped and closed when this returns.
    pub fn run(self, picture: Snapshot) {
        let mut photo = match encode_jpeg(&picture.rgba, picture.width, picture.height) {
            Ok(jpeg) => Some(jpeg),
            Err(error) => {
                log::error!("{error}");
                self.control.set(PhotoState::Failed);
                return;
            }
        };
        drop(picture);
        let mut clients: Vec<Client> = Vec::new();
        while !self.control.stop.load(Ordering::Acquire) && Instant::now() < self.end {
            self.accept(&mut clients);
            clients.retain_mut(|client| self.advance(client, &mut photo));
            thread::park_timeout(if clients.is_empty() { IDLE_INTERVAL } else { BUSY_INTERVAL });
        }
        match self.control.state() {
            PhotoState::Offered => self.control.set(PhotoState::Expired),
            PhotoState::Fetching => self.control.set(PhotoState::Broken),
            _ => {}
        }
    }

    fn accept(&self, clients: &mut Vec<Client>) {
        // At most as many as there is room for: however many connect, those that are in get their turn.
        for _ in 0..MAX_CLIENTS {
            let stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(error) => {
                    // A client that has gone again, or no file handles left for now.
                    log::debug!("photo: {error}");
                    return;
                }
            };
            if clients.len() == MAX_CLIENTS {
                match clients.iter().position(|client| !matches!(client.state, ClientState::Responding { .. })) {
                    Some(oldest) => _ = clients.remove(oldest),
                    None => continue,
                }
            }
            if stream.set_nonblocking(true).is_ok() {
                clients.push(Client {
                    stream,
                    state: ClientState::Requesting(Vec::new()),
                    until: Instant::now() + REQUEST_TIMEOUT,
                });
            }
        }
    }

    /// Does what can be done for a client without waiting. Returns whether the connection stays.
    fn advance(&self, client: &mut Client, photo: &mut Option<Zeroizing<Vec<u8>>>) -> bool {
        let is_late = Instant::now() >= client.until;
        match &mut client.state {
            ClientState::Requesting(received) => {
                let more = receive(&mut client.stream, received);
                let (status, body, wants_body) = match request::parse(received) {
                    Some(Ok(asked)) => {
                        let (status, body) = self.respond(asked, photo);
                        (status, body, asked.method != Method::Head)
                    }
                    Some(Err(refused)) => (refused.0, Body::None, true),
                    None if is_late => (request::TOO_SLOW, Body::None, true),
                    None => return more,
                };
                let kind = if matches!(body, Body::Photo(_)) { "image/jpeg" } else { "text/html; charset=utf-8" };
                let head = request::head(status, kind, body.bytes().len(), &self.policy);
                let body = if wants_body { body } else { Body::None };
                client.state = ClientState::Responding { head, body, sent: 0 };
                client.until = Instant::now() + RESPONSE_TIMEOUT;
                self.advance(client, photo)
            }
            ClientState::Responding { head, body, sent } => {
                let is_open = send(&mut client.stream, &[head.as_bytes(), body.bytes()], sent);
                let is_done = *sent == head.len() + body.bytes().len();
                if matches!(body, Body::Photo(_)) && (is_done || is_late || !is_open) {
                    self.control.set(if is_done { PhotoState::Taken } else { PhotoState::Broken });
                }
                if is_done && is_open {
                    let _ = client.stream.shutdown(Shutdown::Write);
                    // Drops the answer: here the picture is wiped.
                    client.state = ClientState::Closing;
                    client.until = Instant::now() + CLOSE_TIMEOUT;
                    return true;
                }
                is_open && !is_late
            }
            ClientState::Closing => !is_late && receive(&mut client.stream, &mut Vec::new()),
        }
    }

    fn respond(&self, asked: Request, photo: &mut Option<Zeroizing<Vec<u8>>>) -> (&'static str, Body) {
        if !is_same(asked.path, &self.path) {
            return (request::NOT_FOUND, Body::Page(self.gone.clone()));
        }
        match (asked.method, photo.take()) {
            (_, None) => (request::GONE, Body::Page(self.gone.clone())),
            (Method::Post, Some(jpeg)) => {
                self.control.set(PhotoState::Fetching);
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
