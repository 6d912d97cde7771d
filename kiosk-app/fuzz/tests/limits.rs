//! Inputs as large and as odd as the limits allow, which fuzzing with small inputs does not reach: what costs more than its size
//! (nesting, repetition, claims of huge pictures) shows here as a hang, a crash or a crowd of memory.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests tell what they measured, and where they cannot go on"
)]

use std::time::{Duration, Instant};

use carmine_fuzz as targets;

const MIB: usize = 1 << 20;
/// A hang. On an idle machine each takes less than a second.
const MOST_TIME: Duration = Duration::from_secs(20);

/// On a thread with the stack that the kiosk's threads have, so that deep nesting is seen.
fn run(what: &'static str, target: fn(&[u8]), input: impl Into<Vec<u8>>) {
    let input = input.into();
    let start = Instant::now();
    let thread = std::thread::Builder::new().stack_size(2 * MIB).spawn(move || target(&input));
    assert!(thread.unwrap().join().is_ok(), "{what} panicked");
    let taken = start.elapsed();
    println!("{what}: {taken:?}");
    assert!(taken < MOST_TIME, "{what} took {taken:?}");
}

fn filled(head: &str, part: impl Fn(usize) -> String, tail: &str, bytes: usize) -> String {
    let mut text = head.to_owned();
    for index in 0.. {
        let part = part(index);
        if text.len() + part.len() + tail.len() > bytes {
            break;
        }
        text.push_str(&part);
    }
    text + tail
}

#[test]
fn settings() {
    let most = 256 << 10;
    run("many keys", targets::settings, filled("", |i| format!("k{i}=1\n"), "", most));
    run("many markets", targets::settings, filled("", |i| format!("[[markets]]\nid=\"m{i}\"\n"), "", most));
    run("deep arrays", targets::settings, format!("a={}", "[".repeat(most - 2)));
    run("deep tables", targets::settings, format!("[{}a]\n", "a.".repeat(most / 2 - 4)));
    run("deep keys", targets::settings, format!("{}a=1\n", "a.".repeat(most / 2 - 4)));
    run("a long key", targets::settings, format!("{}=1", "k".repeat(most - 2)));
    run("many inner keys", targets::settings, filled("a=[", |_| "{b=1},".to_owned(), "]", most));
}

#[test]
fn looks_products_and_masks() {
    let layer = "[[layers]]\nproduct=\"own\"\n";
    run("many layers", targets::look, filled("name=\"a\"\n", |_| layer.to_owned(), "", MIB));
    let inline =
        "[[layers]]\nproduct={name=\"a\",category=\"lipstick\",shade=\"#000000\",coverage=1,finish=\"matte\"}\n";
    run("inline products", targets::look, format!("name=\"a\"\n{}", inline.repeat(24)));
    run(
        "a wide product",
        targets::look,
        filled("name=\"a\"\n[[layers]]\nproduct={", |i| format!("k{i}=1,"), "a=1}\n", MIB),
    );
    run("a long name", targets::product, format!("name=\"{}\"", "a".repeat(MIB - 8)));
    run("deep product", targets::product, format!("shade={}", "{a=".repeat(MIB / 4)));
    run("many shapes", targets::mask, filled("chart=\"face\"\n", |_| "[[shapes]]\nkind=\"all\"\n".to_owned(), "", MIB));
    let point = |i: usize| format!("[{:.2},{:.2}],", (i * 37 % 100) as f32 / 100.0, (i * 61 % 100) as f32 / 100.0);
    let points: String = (0..128).map(point).collect();
    let area =
        format!("[[shapes]]\nkind=\"area\"\npoints=[{points}]\nfeather=2\ntexture={{amount=1,grain=[0.001,0.001]}}\n");
    run("the costliest areas", targets::mask, format!("chart=\"face\"\n{}", area.repeat(64)));
    let stroke = area.replace("area", "stroke").replace("],", ",1],");
    run("the costliest strokes", targets::mask, format!("chart=\"face\"\n{}", stroke.repeat(64)));
    let band = "[[shapes]]\nkind=\"band\"\nbetween=[0,1]\ntexture={amount=1,grain=[0.001,0.001]}\n";
    run("the costliest bands", targets::mask, format!("chart=\"lips\"\n{}", band.repeat(64)));
}

#[test]
fn cards() {
    let line = |i| format!("[[lines]]\nid=\"l{i}\"\nname=\"a\"\nbrand=\"b\"\ncategory=\"lipstick\"\nitems=[]\n");
    run("many lines", targets::cards, filled("", line, "", MIB));
    run("many unknown items", targets::cards, filled("", |i| format!("[items.i{i}]\n"), "", MIB));
    run("many claims", targets::cards, filled("[items.velvet-rose]\nclaims=[", |_| "\"a\",".to_owned(), "]", MIB));
    run(
        "many languages",
        targets::cards,
        filled("[items.velvet-rose.names]\n", |i| format!("en-{i}=\"a\"\n"), "", MIB),
    );
    run("a key of a mebibyte", targets::cards, format!("{}=1", "k".repeat(MIB - 2)));
}

#[test]
fn messages() {
    run("many messages", targets::messages, filled("", |i| format!("m{i} = a\n"), "", MIB));
    run("many selections", targets::messages, filled("", |i| format!("m{i} = {{ $n ->\n *[a] b\n }}\n"), "", MIB));
    run("deep placeables", targets::messages, format!("m = {}", "{".repeat(MIB - 4)));
    run(
        "deep whole placeables",
        targets::messages,
        format!("m = {}\"a\"{}\n", "{".repeat(MIB / 2 - 8), "}".repeat(MIB / 2 - 8)),
    );
    run("deep calls", targets::messages, format!("m = {{ {} }}\n", "NUMBER(".repeat(MIB / 7 - 2)));
    run("deep selections", targets::messages, format!("m = {}", "{ $a ->\n *[b] ".repeat(MIB / 14 - 1)));
    let doubled = (0..60).map(|i| format!("a{i} = {{a{0}}}{{a{0}}}\n", i + 1)).collect::<String>();
    run("doubled again and again", targets::messages, doubled + "a60 = x\n");
    run("a cycle", targets::messages, "a = {b}{b}\nb = {a}{a}\n");
    run("many junk entries", targets::messages, "!\n".repeat(MIB / 2));
}

#[test]
fn codes() {
    run("a long code", targets::look_code, format!("\0{}", "1".repeat(MIB)));
    run("a long burst", targets::scanner, format!("{}\n", "12".repeat(MIB / 2)));
    run("many codes", targets::scanner, "9506000134352\n".repeat(MIB / 14));
    run("many segments", targets::scanner, format!("https://{}\n", "/01".repeat(600)));
    run("many brackets", targets::scanner, format!("{}\n", "(01)0".repeat(400)));
    run("a long request", targets::photo_request, "GET / HTTP/1.1\r\n".repeat(MIB / 16));
}

#[test]
fn clips() {
    let header = b"YUV4MPEG2 W8192 H8192 F25:1\nFRAME\n";
    run("a huge picture that is not there", targets::y4m, header.as_slice());
    run("a huge odd picture that is not there", targets::y4m, b"YUV4MPEG2 W8191 H8191 F25:1\nFRAME\n".as_slice());
    run("a line without end", targets::y4m, vec![b'Y'; MIB]);
    let mut chunks = b"RIFF\xFF\xFF\xFF\xFFAVI ".to_vec();
    chunks.extend(b"JUNK\0\0\0\0".repeat(6 * MIB));
    run("millions of empty chunks", targets::avi, chunks);
    let mut lists = b"RIFF\xFF\xFF\xFF\xFFAVI ".to_vec();
    lists.extend(b"LIST\xFF\xFF\xFF\x7Fmovi".repeat(MIB));
    run("lists in lists", targets::avi, lists);
}

/// A JPEG or PNG whose head claims the largest picture that is read.
#[test]
fn photos() {
    for name in ["yuvj420p.jpg", "progressive.jpg", "gray.jpg", "cmyk.jpg"] {
        let path = format!("{}/corpus/jpeg/{name}", env!("CARGO_MANIFEST_DIR"));
        let mut bytes = std::fs::read(path).unwrap();
        let frame = bytes.windows(2).position(|pair| matches!(pair, [0xFF, 0xC0 | 0xC2])).unwrap();
        bytes[frame + 5..frame + 9].copy_from_slice(&[0x20, 0, 0x20, 0]);
        run("a JPEG of 8192×8192 in a few bytes", targets::jpeg, bytes);
    }
    let mut png = std::fs::read(format!("{}/corpus/png/rgba.png", env!("CARGO_MANIFEST_DIR"))).unwrap();
    png[16..24].copy_from_slice(&[0, 0, 0x20, 0, 0, 0, 0x20, 0]);
    run("a PNG of 8192×8192 in a few bytes", targets::png, png);
}
