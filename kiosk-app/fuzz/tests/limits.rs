//! Inputs as large and as odd as the limits allow, which fuzzing with small inputs does not reach: what costs more than its size
//! (nesting, repetition, claims of huge pictures) shows here as a hang, a crash or a crowd of memory.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests tell what they measured, and where they cannot go on"
)]

use std::time::{Duration, Instant};

use carmine::look::{MAX_TEXT_BYTES, Mask};
use carmine_fuzz as targets;
use carmine_kiosk::l10n::MOST_MESSAGE_BYTES;

const MIB: usize = 1 << 20;
/// A hang. On an idle machine each takes less than a second.
const MOST_TIME: Duration = Duration::from_secs(20);

/// On a thread with the stack that the kiosk's threads have, so that deep nesting is seen. Tells the processor's time, which
/// other programs do not lengthen.
fn run(what: &str, target: fn(&[u8]), input: impl Into<Vec<u8>>) {
    let input = input.into();
    let start = Instant::now();
    let measured = move || {
        target(&input);
        processor_time()
    };
    let thread = std::thread::Builder::new().stack_size(2 * MIB).spawn(measured).unwrap();
    let joined = thread.join();
    assert!(joined.is_ok(), "{what} panicked");
    let busy = joined.ok().flatten();
    let taken = start.elapsed();
    println!("{:7.1} ms: {what}", busy.unwrap_or(taken).as_secs_f64() * 1000.0);
    assert!(taken < MOST_TIME, "{what} took {taken:?}");
}

/// The time that the calling thread has had a processor; `None` where the system does not say.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(stat.split(' ').next()?.parse().ok()?))
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
    let most = carmine_kiosk::settings::MOST_BYTES;
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
    run("many layers", targets::look, filled("name=\"a\"\n", |_| layer.to_owned(), "", MAX_TEXT_BYTES));
    let inline =
        "[[layers]]\nproduct={name=\"a\",category=\"lipstick\",shade=\"#000000\",coverage=1,finish=\"matte\"}\n";
    run("inline products", targets::look, format!("name=\"a\"\n{}", inline.repeat(24)));
    run(
        "a wide product",
        targets::look,
        filled("name=\"a\"\n[[layers]]\nproduct={", |i| format!("k{i}=1,"), "a=1}\n", MAX_TEXT_BYTES),
    );
    run("a long name", targets::product, format!("name=\"{}\"", "a".repeat(MAX_TEXT_BYTES - 8)));
    run("deep product", targets::product, format!("shade={}", "{a=".repeat(MAX_TEXT_BYTES / 4)));
    run(
        "many shapes",
        targets::mask,
        filled("chart=\"face\"\n", |_| "[[shapes]]\nkind=\"all\"\n".to_owned(), "", MAX_TEXT_BYTES),
    );
    for (chart, shape) in costly_shapes() {
        let mask = |count| format!("chart=\"{chart}\"\n{}", shape.repeat(count));
        let is_read = |count: &usize| Mask::from_toml("mask", &mask(*count)).is_ok();
        let most = (1..=64).take_while(is_read).last().unwrap_or(1);
        let kind = &shape[..shape.len().min(40)].replace('\n', " ");
        run(&format!("{most} × {kind} of {chart}"), targets::mask, mask(most));
    }
}

/// Shapes that take long to draw each, of every kind, with the charts that they are for.
fn costly_shapes() -> Vec<(&'static str, String)> {
    let texture = "texture={amount=1,grain=[0.001,0.001]}";
    let shape = |keys: &str, texture: &str| format!("[[shapes]]\nkind={keys}\n{texture}\n");
    let points = |count: usize, width: &str| {
        let at = |i: usize, by: usize| (i * by % 100) as f32 / 100.0;
        (0..count).map(|i| format!("[{:.2},{:.2}{width}],", at(i, 37), at(i, 61))).collect::<String>()
    };
    let mut shapes = Vec::new();
    for texture in ["", texture] {
        for keys in ["\"all\"", "\"ellipse\"\ncentre=[0.5,0.5]\nradii=[2,1]\nangle_deg=30\nfeather=2"] {
            shapes.push(("face", shape(keys, texture)));
        }
        shapes.push(("face", shape("\"gradient\"\nfrom=[0,0]\nto=[1,1]", texture)));
        shapes.push(("iris", shape("\"spokes\"\ncount=400", texture)));
        shapes.push(("lips", shape("\"band\"\nbetween=[0,1]\nfeather=1", texture)));
        shapes.push(("eyes", shape("\"wing\"\nangle_deg=40\nlength=0.5\nfeather=2", texture)));
        for count in [3, 6, 12, 24, 48, 128] {
            for feather in [0.0, 0.02, 0.1, 0.5, 2.0] {
                let area = format!("\"area\"\npoints=[{}]\nfeather={feather}", points(count, ""));
                let stroke = format!("\"stroke\"\npoints=[{}]\nfeather={feather}", points(count, ",0.3"));
                shapes.extend([area, stroke].map(|keys| ("face", shape(&keys, texture))));
            }
        }
    }
    shapes
}

/// Of a `catalogue.toml`, whose cost grows with its size: a shop's whole file may be five times as long, and is read before
/// it is needed.
const CARDS_BYTES: usize = 768 << 10;

#[test]
fn cards() {
    let line = |i| format!("[[lines]]\nid=\"l{i}\"\nname=\"a\"\nbrand=\"b\"\ncategory=\"lipstick\"\nitems=[]\n");
    run("many lines", targets::cards, filled("", line, "", CARDS_BYTES));
    run("many unknown items", targets::cards, filled("", |i| format!("[items.i{i}]\n"), "", CARDS_BYTES));
    run(
        "many claims",
        targets::cards,
        filled("[items.velvet-rose]\nclaims=[", |_| "\"a\",".to_owned(), "]", CARDS_BYTES),
    );
    run(
        "many languages",
        targets::cards,
        filled("[items.velvet-rose.names]\n", |i| format!("en-{i}=\"a\"\n"), "", CARDS_BYTES),
    );
    run("a long key", targets::cards, format!("{}=1", "k".repeat(CARDS_BYTES - 2)));
}

#[test]
fn messages() {
    run("many messages", targets::messages, filled("", |i| format!("m{i} = a\n"), "", MOST_MESSAGE_BYTES));
    run(
        "many selections",
        targets::messages,
        filled("", |i| format!("m{i} = {{ $n ->\n *[a] b\n }}\n"), "", MOST_MESSAGE_BYTES),
    );
    run("deep placeables", targets::messages, format!("m = {}", "{".repeat(MOST_MESSAGE_BYTES - 4)));
    run(
        "deep whole placeables",
        targets::messages,
        format!("m = {}\"a\"{}\n", "{".repeat(MOST_MESSAGE_BYTES / 2 - 8), "}".repeat(MOST_MESSAGE_BYTES / 2 - 8)),
    );
    run("deep calls", targets::messages, format!("m = {{ {} }}\n", "NUMBER(".repeat(MOST_MESSAGE_BYTES / 7 - 2)));
    run("deep selections", targets::messages, format!("m = {}", "{ $a ->\n *[b] ".repeat(MOST_MESSAGE_BYTES / 14 - 1)));
    let doubled = (0..60).map(|i| format!("a{i} = {{a{0}}}{{a{0}}}\n", i + 1)).collect::<String>();
    run("doubled again and again", targets::messages, doubled + "a60 = x\n");
    run("a cycle", targets::messages, "a = {b}{b}\nb = {a}{a}\n");
    run("many junk entries", targets::messages, "!\n".repeat(MOST_MESSAGE_BYTES / 2));
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
    let mut webp = std::fs::read(format!("{}/corpus/webp/lossy.webp", env!("CARGO_MANIFEST_DIR"))).unwrap();
    // Width and height follow the start code of VP8's key frame.
    let at = webp.windows(3).position(|code| code == [0x9D, 0x01, 0x2A]).unwrap() + 3;
    webp[at..at + 4].copy_from_slice(&[0, 0x20, 0, 0x20]);
    run("a WebP of 8192×8192 in a few bytes", targets::webp, webp);
}
