//! A photo is served once, then it is gone; nobody else is served, and nobody blocks the server.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use super::*;
use crate::child::tests::until;
use crate::l10n::{Language, Locale};

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

fn offer_of(width: u32, height: u32) -> PhotoOffer {
    PhotoOffer::start(snapshot(width, height), &settings(LIFETIME), &texts()).unwrap()
}

/// Host and path of a link.
fn parts(offer: &PhotoOffer) -> (String, String) {
    let (host, path) = offer.url().strip_prefix("http://").unwrap().split_once('/').unwrap();
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
        assert_eq!((page.status, offer.state()), (200, PhotoState::Offered));
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
    assert_eq!(status(&[b'a'; request::MOST_HEAD_BYTES]), Some(431));
    // Endless: answered and cut off, whether or not the answer gets through to one that never listens.
    let mut endless = TcpStream::connect(&host).unwrap();
    endless.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    until("it is cut off", || endless.write_all(&[b'a'; 65536]).is_err());
    assert_eq!(offer.state(), PhotoState::Offered);
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
    let start = Arc::new(std::sync::Barrier::new(100));
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
    let offer = PhotoOffer::start(snapshot(64, 64), &settings(Duration::from_millis(700)), &texts()).unwrap();
    let (host, path) = parts(&offer);
    assert_eq!(ask(&host, "GET", &path).unwrap().status, 200);
    assert!(offer.left(Instant::now()) <= Duration::from_millis(700));
    until("it ends", || offer.state() == PhotoState::Expired);
    until("the port closes", || TcpStream::connect(&host).is_err());
    assert_eq!(offer.left(Instant::now()), Duration::ZERO);
}

#[test]
fn withdrawn_it_is_closed_at_once() {
    let offer = offer_of(64, 64);
    let (host, path) = parts(&offer);
    let mut open = TcpStream::connect(&host).unwrap();
    assert_eq!(ask(&host, "GET", &path).unwrap().status, 200);
    let begun = Instant::now();
    offer.withdraw();
    assert!(begun.elapsed() < Duration::from_millis(500), "{:?}", begun.elapsed());
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
    let start =
        |address| PhotoOffer::start(snapshot(8, 8), &PhotoSettings { address, ..PhotoSettings::default() }, &texts());
    assert!(matches!(start(Some([0, 0, 0, 0].into())), Err(PhotoError::Everywhere(_))));
    // Not of this machine.
    assert!(matches!(start(Some([192, 0, 2, 7].into())), Err(PhotoError::Listen { .. })));
    match (start(None), lan::address()) {
        (Ok(offer), Some(address)) => {
            assert!(!address.is_loopback() && offer.url().contains(&address.to_string()), "{}", offer.url());
        }
        (Err(PhotoError::NoNetwork), None) => {}
        (offer, address) => panic!("{:?} {address:?}", offer.map(|offer| offer.url().to_owned())),
    }
}

/// What a frame of the screens may cost is 16 ms; an offer, asked about in every frame, must be far below.
#[test]
fn the_screens_never_wait() {
    let picture = snapshot(1080, 1920);
    let begun = Instant::now();
    let offer = PhotoOffer::start(picture, &settings(LIFETIME), &texts()).unwrap();
    let start = begun.elapsed();
    let (host, path) = parts(&offer);
    let fetch = thread::spawn(move || ask(&host, "POST", &path).map(|answer| answer.body.len()));
    let mut longest = Duration::ZERO;
    until("it is taken", || {
        let begun = Instant::now();
        let _ = (offer.state(), offer.left(begun), offer.url().len());
        longest = longest.max(begun.elapsed());
        offer.state() == PhotoState::Taken
    });
    let bytes = fetch.join().unwrap().unwrap();
    let begun = Instant::now();
    drop(offer);
    let end = begun.elapsed();
    println!("start {start:?}, asked {longest:?}, end {end:?}, {bytes} bytes");
    // Generous for a busy machine: alone each is below 1 ms.
    assert!(start.max(longest).max(end) < Duration::from_millis(100), "{start:?} {longest:?} {end:?}");
}

#[test]
fn the_page_speaks_every_language() {
    for language in Language::ALL {
        let texts = PhotoTexts::of(&Locale::new(language), "");
        let html = page::landing(&texts);
        let direction = if language.is_rtl() { "rtl" } else { "ltr" };
        assert!(html.contains(&format!("lang=\"{}\" dir=\"{direction}\"", language.code())), "{html}");
        assert!(!html.contains("photo-"), "a message is missing: {html}");
        assert_eq!(language == Language::En, html.contains("Your picture"), "{html}");
    }
}
