//! A photo is served once, by a process of its own, then it is gone; nobody else is served, nobody blocks the server, and
//! whoever asks is answered.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use carmine_kiosk::l10n::{Language, Locale};
use carmine_kiosk::take_home::photo::{PhotoError, PhotoOffer, PhotoSettings, PhotoState, PhotoTexts, Snapshot};
use zeroize::Zeroizing;

const LIFETIME: Duration = Duration::from_secs(600);
/// Longest head of a request.
const MOST_HEAD_BYTES: usize = 8192;

/// Waits for something to come true.
fn until(what: &str, mut done: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !done() {
        assert!(Instant::now() < end, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

fn texts() -> PhotoTexts {
    PhotoTexts { title: "Your <picture>".into(), ..PhotoTexts::of(&Locale::new(Language::En), "Maison & Co") }
}

fn snapshot(width: u32, height: u32) -> Snapshot {
    let rgba = (0..width * height).flat_map(|at| [(at * 7 % 251) as u8, (at * 13 % 241) as u8, (at % 239) as u8, 255]);
    Snapshot { rgba: Zeroizing::new(rgba.collect()), width, height }
}

fn settings(lifetime: Duration) -> PhotoSettings {
    PhotoSettings { address: Some([127, 0, 0, 1].into()), port: 0, lifetime }
}

/// An offer, and the link that it had.
struct Offer {
    offer: PhotoOffer,
    url: String,
    end: Instant,
}

impl Offer {
    /// Waits until it can be fetched.
    fn start(picture: Snapshot, settings: &PhotoSettings) -> Self {
        let offer = start(picture, settings).unwrap();
        until("it is offered", || offer.state() != PhotoState::Preparing);
        match offer.state() {
            PhotoState::Offered { url, end } => Self { offer, url, end },
            other => panic!("{other:?}"),
        }
    }

    fn state(&self) -> PhotoState {
        self.offer.state()
    }

    fn is_waiting(&self) -> bool {
        matches!(self.state(), PhotoState::Offered { .. })
    }
}

fn start(picture: Snapshot, settings: &PhotoSettings) -> Result<PhotoOffer, PhotoError> {
    let command: [OsString; 3] = [env!("CARGO_BIN_EXE_carmine").into(), "service".into(), "photo".into()];
    PhotoOffer::start(picture, settings, &texts(), &command, || {})
}

fn offer_of(width: u32, height: u32) -> Offer {
    Offer::start(snapshot(width, height), &settings(LIFETIME))
}

/// Host and path of a link.
fn parts(offer: &Offer) -> (String, String) {
    let (host, path) = offer.url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    (host.to_owned(), format!("/{path}"))
}

struct Answer {
    status: u16,
    fields: HashMap<String, String>,
    body: Vec<u8>,
}

fn say(host: &str, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(bytes)?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all)?;
    Ok(all)
}

fn ask(host: &str, method: &str, path: &str) -> std::io::Result<Answer> {
    let all = say(host, format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n").as_bytes())?;
    let at = all.windows(4).position(|end| end == b"\r\n\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8(all[..at].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let fields = head.lines().skip(1).map(|line| line.split_once(": ").unwrap()).map(|(k, v)| (k.into(), v.into()));
    Ok(Answer { status, fields: fields.collect(), body: all[at + 4..].to_vec() })
}

#[test]
fn a_picture_is_fetched_once() {
    let offer = offer_of(320, 480);
    let (host, path) = parts(&offer);
    // 144 random bits.
    assert_eq!(path.len(), 25);
    assert_ne!(path, parts(&offer_of(8, 8)).1);
    for method in ["GET", "HEAD", "GET", "GET"] {
        let page = ask(&host, method, &path).unwrap();
        assert_eq!(page.status, 200);
        assert!(offer.is_waiting());
        assert_eq!(page.fields["Cache-Control"], "no-store");
        assert_eq!(page.body.is_empty(), method == "HEAD");
        assert!(page.fields["Content-Length"].parse::<usize>().unwrap() > 500);
        if method == "GET" {
            let html = String::from_utf8(page.body).unwrap();
            assert!(html.contains("Get my picture") && html.contains("Your &lt;picture&gt;"), "{html}");
            assert!(html.contains("lang=\"en\" dir=\"ltr\"") && html.contains("Maison &amp; Co"), "{html}");
            assert!(!html.contains("//") && !html.contains("url("), "nothing from elsewhere: {html}");
        }
    }
    let picture = ask(&host, "POST", &format!("{path}?from=preview")).unwrap();
    assert_eq!((picture.status, picture.fields["Content-Type"].as_str()), (200, "image/jpeg"));
    assert_eq!(picture.fields["Cache-Control"], "no-store");
    assert_eq!(picture.fields["Content-Length"], picture.body.len().to_string());
    let image = image::load_from_memory_with_format(&picture.body, image::ImageFormat::Jpeg).unwrap();
    assert_eq!((image.width(), image.height()), (320, 480));
    until("it is taken", || offer.state() == PhotoState::Taken);
    for method in ["POST", "GET", "HEAD"] {
        let gone = ask(&host, method, &path).unwrap();
        assert_eq!(gone.status, 410);
        assert_eq!(String::from_utf8(gone.body).unwrap().contains("This picture is gone"), method != "HEAD");
    }
    assert_eq!(offer.state(), PhotoState::Taken);
}

#[test]
fn wrong_ways_are_refused_and_use_nothing_up() {
    let offer = offer_of(64, 64);
    let (host, path) = parts(&offer);
    let mut wrong = path.clone().into_bytes();
    wrong[5] ^= 1;
    let wrong = String::from_utf8(wrong).unwrap();
    for (method, path, status) in [
        ("POST", "/", 404),
        ("POST", &path[..path.len() - 1], 404),
        ("POST", &wrong, 404),
        ("GET", "/favicon.ico", 404),
        ("PUT", &path, 405),
        ("DELETE", &path, 405),
        ("post", &path, 405),
        ("POST", "http://x", 400),
    ] {
        assert_eq!(ask(&host, method, path).unwrap().status, status, "{method} {path}");
    }
    let status = |bytes: &[u8]| {
        let all = say(&host, bytes).unwrap();
        String::from_utf8_lossy(&all).split(' ').nth(1).map(|status| status.parse::<u16>().unwrap())
    };
    assert_eq!(status(b"\xFF\xFE\x00\n\n"), Some(400));
    assert_eq!(status(format!("POST {path}\r\n\r\n").as_bytes()), Some(400));
    assert_eq!(status(format!("POST {path} HTTP/9.9\r\n\r\n").as_bytes()), Some(400));
    assert_eq!(status(&[b'a'; MOST_HEAD_BYTES]), Some(431));
    // Endless: answered and cut off, whether or not the answer gets through to one that never listens.
    let mut endless = TcpStream::connect(&host).unwrap();
    endless.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    until("it is cut off", || endless.write_all(&[b'a'; 65536]).is_err());
    assert!(offer.is_waiting());
    assert_eq!(ask(&host, "POST", &path).unwrap().status, 200);
}

#[test]
fn a_slow_client_keeps_nobody_waiting() {
    let offer = offer_of(64, 64);
    let (host, path) = parts(&offer);
    // More than there is room for: silent ones, and some that drip.
    let mut slow: Vec<TcpStream> = (0..150).map(|_| TcpStream::connect(&host).unwrap()).collect();
    for stream in slow.iter_mut().skip(75) {
        let _ = stream.write_all(b"POST /");
    }
    let begun = Instant::now();
    assert_eq!(ask(&host, "GET", &path).unwrap().status, 200);
    assert_eq!(ask(&host, "POST", &path).unwrap().status, 200);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    // Their time runs out too.
    let last = slow.last_mut().unwrap();
    last.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = Vec::new();
    last.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&answer));
    assert!(begun.elapsed() < Duration::from_secs(12), "{:?}", begun.elapsed());
}

#[test]
fn of_a_hundred_one_gets_it() {
    let offer = offer_of(800, 600);
    let (host, path) = parts(&offer);
    let start = Arc::new(Barrier::new(100));
    let clients: Vec<_> = (0..100)
        .map(|_| {
            let (host, path, start) = (host.clone(), path.clone(), start.clone());
            thread::spawn(move || {
                start.wait();
                ask(&host, "POST", &path).map(|answer| answer.status).unwrap_or(0)
            })
        })
        .collect();
    let statuses: Vec<u16> = clients.into_iter().map(|client| client.join().unwrap()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 410).count(), 99, "{statuses:?}");
}

#[test]
fn its_time_runs_out() {
    let offer = Offer::start(snapshot(64, 64), &settings(Duration::from_millis(700)));
    let (host, path) = parts(&offer);
    assert_eq!(ask(&host, "GET", &path).unwrap().status, 200);
    assert!(offer.end.saturating_duration_since(Instant::now()) <= Duration::from_millis(700));
    until("it ends", || offer.state() == PhotoState::Expired);
    until("the port closes", || TcpStream::connect(&host).is_err());
}

#[test]
fn withdrawn_it_is_closed_at_once() {
    let offer = offer_of(64, 64);
    let (host, path) = parts(&offer);
    let mut open = TcpStream::connect(&host).unwrap();
    assert_eq!(ask(&host, "GET", &path).unwrap().status, 200);
    let begun = Instant::now();
    offer.offer.withdraw();
    // An open connection may otherwise stay silent for ten seconds.
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(TcpStream::connect(&host).is_err());
    let mut rest = Vec::new();
    assert!(open.read_to_end(&mut rest).is_err() || rest.is_empty());
}

#[test]
fn a_way_that_breaks_off_is_told_and_uses_it_up() {
    // Larger than what the system takes in one go, for a client that never reads.
    let offer = offer_of(2600, 2600);
    let (host, path) = parts(&offer);
    let mut stream = TcpStream::connect(&host).unwrap();
    stream.write_all(format!("POST {path} HTTP/1.1\r\n\r\n").as_bytes()).unwrap();
    until("it is on its way", || offer.state() == PhotoState::Fetching);
    assert_eq!(ask(&host, "POST", &path).unwrap().status, 410);
    assert_eq!(offer.state(), PhotoState::Fetching);
    let _ = stream.shutdown(Shutdown::Both);
    drop(stream);
    until("it broke", || offer.state() == PhotoState::Broken);
    assert_eq!(ask(&host, "GET", &path).unwrap().status, 410);
}

#[test]
fn addresses_that_make_no_sense_are_refused() {
    let outcome = |address| {
        let offer = start(snapshot(8, 8), &PhotoSettings { address, ..PhotoSettings::default() }).unwrap();
        until("it is offered or not", || offer.state() != PhotoState::Preparing);
        offer.state()
    };
    let failed = |state| matches!(state, PhotoState::Failed(why) if why.contains("address"));
    assert!(failed(outcome(Some([0, 0, 0, 0].into()))));
    // Not of this machine.
    assert!(failed(outcome(Some([192, 0, 2, 7].into()))));
    // Found by itself: never loopback.
    match outcome(None) {
        PhotoState::Offered { url, .. } => assert!(!url.contains("//127.") && !url.contains("//[::1]"), "{url}"),
        other => assert!(failed(other)),
    }
}

/// What a frame of the screens may cost is 16 ms; an offer, asked about in every frame, must be far below.
#[test]
fn the_screens_never_wait() {
    let picture = snapshot(1080, 1920);
    let begun = Instant::now();
    let offer = start(picture, &settings(LIFETIME)).unwrap();
    let (start, mut longest) = (begun.elapsed(), Duration::ZERO);
    let mut url = None;
    until("it is offered", || {
        let begun = Instant::now();
        let state = offer.state();
        longest = longest.max(begun.elapsed());
        if let PhotoState::Offered { url: known, .. } = state {
            url = Some(known);
        }
        url.is_some()
    });
    let url = url.unwrap();
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let (host, path) = (host.to_owned(), format!("/{path}"));
    let fetch = thread::spawn(move || ask(&host, "POST", &path).map(|answer| answer.body.len()));
    until("it is taken", || {
        let begun = Instant::now();
        let state = offer.state();
        longest = longest.max(begun.elapsed());
        state == PhotoState::Taken
    });
    let bytes = fetch.join().unwrap().unwrap();
    let begun = Instant::now();
    drop(offer);
    let end = begun.elapsed();
    println!("start {start:?}, asked {longest:?}, end {end:?}, {bytes} bytes");
    // Generous for a busy machine: alone each is below 1 ms.
    assert!(start.max(longest).max(end) < Duration::from_millis(100), "{start:?} {longest:?} {end:?}");
}

/// Everybody in the shop scans at once: each gets a whole answer, however many come in one moment.
#[test]
fn whoever_asks_is_answered() {
    const CLIENTS: usize = 600;
    let offer = offer_of(320, 480);
    let (host, path) = parts(&offer);
    let begin = Arc::new(Barrier::new(CLIENTS));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (host, path, begin) = (host.clone(), path.clone(), begin.clone());
            let ask = move || {
                begin.wait();
                ask(&host, "GET", &path).map(|answer| answer.status)
            };
            thread::Builder::new().stack_size(1 << 17).spawn(ask).unwrap()
        })
        .collect();
    let answers: Vec<_> = clients.into_iter().map(|client| client.join().unwrap()).collect();
    let wrong: Vec<_> = answers.iter().filter(|answer| !matches!(answer, Ok(200))).collect();
    assert!(wrong.is_empty(), "{} of {CLIENTS}: {wrong:?}", wrong.len());
    assert!(offer.is_waiting());
}

/// One that takes its time to ask keeps its place, however many come and go meanwhile and do not hang up.
#[test]
fn one_that_is_slow_to_ask_is_answered_among_many() {
    let offer = offer_of(64, 64);
    let (host, path) = parts(&offer);
    let mut slow = TcpStream::connect(&host).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let others: Vec<_> = (0..300)
        .map(|_| {
            let mut stream = TcpStream::connect(&host).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            assert!(answer.starts_with(b"HTTP/1.1 200"));
            stream
        })
        .collect();
    slow.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    drop(others);
}

/// The process is gone once the offer is, also if the mirror was killed and withdrew nothing.
#[test]
#[cfg(target_os = "linux")]
fn no_server_is_left_behind() {
    let mut server = std::process::Command::new(env!("CARGO_BIN_EXE_carmine"))
        .args(["service", "photo"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    let order = br#"{"address":"127.0.0.1","port":0,"lifetime_ms":600000,"texts":{}}"#;
    for bytes in [&order[..], b"JPEG"] {
        input.write_all(&u32::try_from(bytes.len()).unwrap().to_le_bytes()).unwrap();
        input.write_all(bytes).unwrap();
    }
    thread::sleep(Duration::from_millis(200));
    assert!(server.try_wait().unwrap().is_none(), "it serves");
    drop(input);
    until("it ends by itself", || server.try_wait().unwrap().is_some());
}
