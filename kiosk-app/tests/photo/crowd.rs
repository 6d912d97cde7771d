//! Many at once, and some that are slow: everybody who asks is answered.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use crate::server::{ask, offer_of, parts};

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
