//! A photo is served once, by a process of its own, then it is gone; nobody else is served, nobody blocks the server, and
//! whoever asks is answered.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod crowd;
mod server;

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use carmine_kiosk::take_home::photo::{PhotoOffer, PhotoSettings, PhotoState};

use self::server::{
    LIFETIME, MOST_HEAD_BYTES, Offer, ask, offer_of, parts, say, settings, snapshot, start, texts, until,
};

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

/// Stopped before it has the picture, which is more than its pipe holds, or while it serves.
#[test]
#[cfg(target_os = "linux")]
fn a_server_that_hangs_is_not_waited_for() {
    use rustix::process::{Pid, Signal, kill_process};
    let folder = std::env::temp_dir().join(format!("carmine-photo-hangs-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let pid = folder.join("pid");
    let told = |does: &str, pid: &std::path::Path| -> [std::ffi::OsString; 6] {
        let script = format!("echo $$ > \"$2\"; {does} exec \"$1\" service photo");
        ["sh".into(), "-c".into(), script.into(), "sh".into(), env!("CARGO_BIN_EXE_carmine").into(), pid.into()]
    };
    let stopped = PhotoOffer::start(
        snapshot(2600, 2600),
        &settings(LIFETIME),
        &texts(),
        &told("kill -STOP $$;", &folder.join("stopped")),
        || {},
    );
    let serves = PhotoOffer::start(snapshot(64, 64), &settings(LIFETIME), &texts(), &told("", &pid), || {}).unwrap();
    until("it is offered", || serves.state() != PhotoState::Preparing);
    let server = std::fs::read_to_string(&pid).unwrap().trim().parse().ok().and_then(Pid::from_raw).unwrap();
    kill_process(server, Signal::STOP).unwrap();
    let stopped = stopped.unwrap();
    for offer in [serves, stopped] {
        until("it is given up", || matches!(&offer.state(), PhotoState::Failed(why) if why.contains("does not")));
        offer.withdraw();
    }
    assert!(rustix::process::test_kill_process(server).is_err(), "it is gone, and the picture with it");
    std::fs::remove_dir_all(&folder).unwrap();
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
