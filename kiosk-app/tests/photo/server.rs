//! An offer of a photo, its server, and those who ask it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use carmine_kiosk::l10n::{Language, Locale};
use carmine_kiosk::take_home::photo::{PhotoError, PhotoOffer, PhotoSettings, PhotoState, PhotoTexts, Snapshot};
use zeroize::Zeroizing;

pub const LIFETIME: Duration = Duration::from_secs(600);
/// Longest head of a request.
pub const MOST_HEAD_BYTES: usize = 8192;

/// Waits for something to come true.
pub fn until(what: &str, mut done: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !done() {
        assert!(Instant::now() < end, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

pub fn texts() -> PhotoTexts {
    PhotoTexts { title: "Your <picture>".into(), ..PhotoTexts::of(&Locale::new(Language::En), "Maison & Co") }
}

pub fn snapshot(width: u32, height: u32) -> Snapshot {
    let rgba = (0..width * height).flat_map(|at| [(at * 7 % 251) as u8, (at * 13 % 241) as u8, (at % 239) as u8, 255]);
    Snapshot { rgba: Zeroizing::new(rgba.collect()), width, height }
}

pub fn settings(lifetime: Duration) -> PhotoSettings {
    PhotoSettings { address: Some([127, 0, 0, 1].into()), port: 0, lifetime }
}

/// An offer, and the link that it had.
pub struct Offer {
    pub offer: PhotoOffer,
    pub url: String,
    pub end: Instant,
}

impl Offer {
    /// Waits until it can be fetched.
    pub fn start(picture: Snapshot, settings: &PhotoSettings) -> Self {
        let offer = start(picture, settings).unwrap();
        until("it is offered", || offer.state() != PhotoState::Preparing);
        match offer.state() {
            PhotoState::Offered { url, end } => Self { offer, url, end },
            other => panic!("{other:?}"),
        }
    }

    pub fn state(&self) -> PhotoState {
        self.offer.state()
    }

    pub fn is_waiting(&self) -> bool {
        matches!(self.state(), PhotoState::Offered { .. })
    }
}

pub fn start(picture: Snapshot, settings: &PhotoSettings) -> Result<PhotoOffer, PhotoError> {
    let command: [OsString; 3] = [env!("CARGO_BIN_EXE_carmine").into(), "service".into(), "photo".into()];
    PhotoOffer::start(picture, settings, &texts(), &command, || {})
}

pub fn offer_of(width: u32, height: u32) -> Offer {
    Offer::start(snapshot(width, height), &settings(LIFETIME))
}

/// Host and path of a link.
pub fn parts(offer: &Offer) -> (String, String) {
    let (host, path) = offer.url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    (host.to_owned(), format!("/{path}"))
}

pub struct Answer {
    pub status: u16,
    pub fields: HashMap<String, String>,
    pub body: Vec<u8>,
}

pub fn say(host: &str, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(bytes)?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all)?;
    Ok(all)
}

pub fn ask(host: &str, method: &str, path: &str) -> std::io::Result<Answer> {
    let all = say(host, format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n").as_bytes())?;
    let at = all.windows(4).position(|end| end == b"\r\n\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8(all[..at].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let fields = head.lines().skip(1).map(|line| line.split_once(": ").unwrap()).map(|(k, v)| (k.into(), v.into()));
    Ok(Answer { status, fields: fields.collect(), body: all[at + 4..].to_vec() })
}
