//! Paths, of which only the kind of file and the line in it are kept. A path may hold spaces, so that it goes on up to
//! what ends a part of a message; one that does not start at a root begins where that part begins.

/// Ends of files that may be shown: others may be a part of a name.
const KINDS: [&str; 44] = [
    "avi", "bin", "bmp", "conf", "csv", "ftl", "gif", "heic", "html", "ini", "jpeg", "jpg", "json", "lock", "log",
    "m4v", "md", "mkv", "mov", "mp3", "mp4", "obj", "ogg", "onnx", "part", "pdf", "pem", "png", "py", "raw", "rgb",
    "rs", "sh", "so", "sock", "svg", "tif", "tiff", "tmp", "toml", "txt", "wav", "webm", "webp",
];
/// More kinds, which say the same of a file.
const MORE_KINDS: [&str; 6] = ["y4m", "yaml", "yml", "zip", "gz", "service"];
/// Files that every kiosk has.
const OWN: [&str; 13] = [
    "kiosk.toml",
    "manifest.toml",
    "catalogue.toml",
    "order.txt",
    "restarts.json",
    "consents.json",
    "carmine.log",
    "carmine-report.txt",
    "face_detector.onnx",
    "face_landmarks.onnx",
    "canonical_face.json",
    "face_256.rgb",
    "expected.json",
];
/// What ends a path.
const ENDS: [&str; 8] = [": ", " is ", "; ", "\"", "`", " holds no ", " has no products", " (os error"];
/// What a path that does not start at a root follows.
const BEFORE: [&str; 9] =
    [": ", "; ", "\"", "`", "cannot read ", "cannot write ", "model file ", "models in ", "panicked at "];
/// Words with a slash that are no path.
const SLASHED: [&str; 11] =
    ["and/or", "GNU/Linux", "N/A", "n/a", "TCP/IP", "I/O", "Input/output", "PNG/JPEG", "products/", "looks/", "masks/"];
/// Devices that every machine has, up to their number.
const DEVICES: [&str; 9] = [
    "/dev/video",
    "/dev/null",
    "/dev/stdout",
    "/dev/stderr",
    "/dev/dri/card",
    "/dev/dri/renderD",
    "/dev/input/event",
    "/dev/input/mouse",
    "/dev/media",
];
const SEPARATORS: [char; 2] = ['/', '\\'];

/// The line without them.
pub(super) fn without(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(start) = next(line, at) {
        out.push_str(&line[at..start]);
        at = start + end(line, start);
        out.push_str(&instead_of(&line[start..at]));
    }
    out.push_str(&line[at..]);
    out
}

/// What stands in place of a path: its kind, its line and the signs that follow it.
pub(super) fn instead_of(path: &str) -> String {
    let bare = path.trim_end_matches([':', ',', ';', '.', ')', ' ']);
    let file = without_position(bare);
    let (position, after) = (&bare[file.len()..], &path[bare.len()..]);
    let name = file.rsplit(SEPARATORS).next().unwrap_or_default();
    let shown = match kind(name) {
        _ if is_own_file(name) || is_source(name) => name.to_owned(),
        Some(kind) => format!("*.{kind}"),
        None => "*".to_owned(),
    };
    format!("…/{shown}{position}{after}")
}

/// A file that every kiosk has.
pub(super) fn is_own_file(name: &str) -> bool {
    let is_old_log = || {
        let number = name.strip_prefix("carmine.").and_then(|name| name.strip_suffix(".log"));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    OWN.contains(&name) || is_old_log()
}

/// Whether a word is the name of a file.
pub(super) fn is_file(word: &str) -> bool {
    is_own_file(word) || kind(word).is_some()
}

/// A file of this program's sources.
fn is_source(name: &str) -> bool {
    name.strip_suffix(".rs").is_some_and(|stem| {
        !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    })
}

/// A library of the system, such as a graphics driver.
fn is_library(name: &str) -> bool {
    name.starts_with("lib") && name.ends_with(".so")
}

fn kind(name: &str) -> Option<&'static str> {
    let (stem, end) = name.rsplit_once('.')?;
    let known = || KINDS.iter().chain(&MORE_KINDS).find(|kind| kind.eq_ignore_ascii_case(end));
    if stem.is_empty() { None } else { known().copied() }
}

/// Without `:line` or `:line:column`.
fn without_position(word: &str) -> &str {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let cut = |text| match str::rsplit_once(text, ':') {
        Some((before, last)) if number(last) => before,
        _ => text,
    };
    cut(cut(word))
}

/// Where the message of a line begins: after the log's time, level and place in the source, or the report's own mark.
pub(super) fn head(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    let text = &line[indent..];
    let after = |mark: &str| text.find(mark).map(|at| at + mark.len());
    let marks = ["ok ", "LACKING ", "→ "];
    let of_log = after("] ").filter(|end| text.starts_with("[2") && text[..*end].split_whitespace().count() == 3);
    indent + of_log.or_else(|| marks.iter().find(|mark| text.starts_with(**mark)).map(|mark| mark.len())).unwrap_or(0)
}

/// Where the next path begins.
fn next(line: &str, from: usize) -> Option<usize> {
    let mut at = from;
    for word in line[from..].split_inclusive(|c: char| c.is_whitespace() || matches!(c, '"' | '`')) {
        let bare = word.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '`'));
        match begins(bare, bare.len() < word.len() && word.ends_with('"')) {
            Begin::Root(inside) => return Some(at + inside),
            Begin::Within => return Some(part(line, from, at)),
            Begin::None => {}
        }
        at += word.len();
    }
    None
}

enum Begin {
    /// Here in the word.
    Root(usize),
    /// The word belongs to a path that may have begun before it.
    Within,
    None,
}

fn begins(word: &str, before_quote: bool) -> Begin {
    // A backslash before a quote belongs to the quote.
    let word = if before_quote { word.trim_end_matches('\\') } else { word };
    let inner =
        word.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':' | '\'' | '.' | '<' | '>' | '*'));
    if SLASHED.contains(&inner) || is_ratio(inner) || is_device(word) || inner.ends_with("/PCIe/SSE2") {
        return Begin::None;
    }
    if let Some(at) = word.find(SEPARATORS) {
        if !word.chars().any(char::is_alphanumeric) && !word.starts_with('…') {
            return Begin::None;
        }
        let before = &word[..at];
        let start = before.rfind(['(', '[', '<', '{', '=', ',', ':', '\'', '|', '>']).map_or(0, |found| found + 1);
        let is_drive = |text: &str| text.len() == 2 && text.ends_with(':') && text.as_bytes()[0].is_ascii_alphabetic();
        return match &before[start..] {
            "" if is_drive(before) => Begin::Root(0),
            "" | "." | ".." | "~" | "…" => Begin::Root(start),
            _ => Begin::Within,
        };
    }
    let positioned = inner != without_position(inner);
    let name = without_position(inner);
    let may_stay = is_own_file(name) || is_library(name) || positioned && is_source(name);
    if kind(name).is_some() && !may_stay { Begin::Within } else { Begin::None }
}

/// A number for something: 30/s, 3/4, B/s.
fn is_ratio(word: &str) -> bool {
    word.split_once('/').is_some_and(|(over, under)| {
        let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let unit = matches!(over, "B" | "KiB" | "MiB" | "kB" | "MB" | "px" | "frames" | "faces");
        number(over) && (number(under) || under == "s") || unit && under == "s"
    })
}

fn is_device(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let number = |rest: &str| rest.bytes().all(|b| b.is_ascii_digit());
    DEVICES.iter().any(|device| word.strip_prefix(device).is_some_and(number))
}

/// Where the part of the message begins that holds what is at `at`.
fn part(line: &str, from: usize, at: usize) -> usize {
    let before = &line[from..at];
    let after = |mark: &&str| before.rfind(*mark).map(|found| found + mark.len());
    let quote = before.char_indices().rev().find(|&(at, c)| {
        c == '\'' && !before[..at].ends_with(char::is_alphanumeric) && !before[at + 1..].starts_with(' ')
    });
    let start = BEFORE.iter().filter_map(after).chain(quote.map(|(at, _)| at + 1)).max().unwrap_or(0);
    let part = &before[start..];
    from + start + (part.len() - part.trim_start().len())
}

/// How far a path goes that begins at `start`.
fn end(line: &str, start: usize) -> usize {
    let text = &line[start..];
    // An apostrophe is a part of a name unless one stands before the path.
    let closes = |&(at, c): &(usize, char)| {
        let after = &text[at + c.len_utf8()..];
        c == '\'' && after.chars().next().is_none_or(|next| next.is_whitespace() || ":;,.)".contains(next))
    };
    let quote = line[..start].ends_with('\'').then(|| text.char_indices().find(closes)).flatten();
    let ends = ENDS.iter().filter_map(|end| text.find(end)).chain(quote.map(|(at, _)| at));
    // At least a character, so that the search goes on.
    let least = text.chars().next().map_or(0, char::len_utf8);
    ends.min().unwrap_or(text.len()).max(least)
}
